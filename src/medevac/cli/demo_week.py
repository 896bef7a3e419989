"""`medevac demo --week`: plans the example week that comes with the program, and shows the plan."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from medevac.cli.opening import open_page
from medevac.cli.plan_folder import PAGE_FILE, PLAN_FILE, PROBLEM_FILE
from medevac.cli.planning import Limits, plan_into
from medevac.cli.screen import errors, line, output

LONGEST_SECONDS = 120.0
WEEK = (
    "An example week: 72 invented patients wait at Rzeszów, 61 hospitals in 20 countries have places (an "
    "assumption), a Boeing 737 flies on Wednesday. Searching …"
)


def plan_example_week(folder: Path, *, open_it: bool) -> None:
    """Plan an example week with invented patients, and show the plan."""
    line(errors(), WEEK)
    with as_file(files("medevac.planner") / "example" / "week.json") as week:
        plan_into(folder, week, Limits(LONGEST_SECONDS, 1e-4, 0), quiet=False)
    _say_where(folder)
    if open_it:
        open_page(folder / PAGE_FILE)


def _say_where(folder: Path) -> None:
    problem, plan, page = folder / PROBLEM_FILE, folder / PLAN_FILE, folder / PAGE_FILE
    console = output()
    line(console, f"The problem:   {problem}")
    line(console, f"The plan:      {plan}")
    line(console, f"To look at:    {page}")
    line(console, f"Check it with: medevac check {problem} {plan}")
