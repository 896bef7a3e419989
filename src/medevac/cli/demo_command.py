"""`medevac demo`: plans the example week that comes with the program."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from medevac.cli.planning import PAGE_FILE, PLAN_FILE, PROBLEM_FILE, Limits, plan_into
from medevac.cli.screen import errors, line, output

LONGEST_SECONDS = 120.0


def demo(
    output_folder: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for problem.json and plan.json.")
    ] = Path("medevac-demo"),
) -> None:
    """Plan an invented example week and show the plan."""
    line(errors(), "An invented week: 48 patients at Rzeszów, 30 hospitals, two aircraft. Searching …")
    with as_file(files("medevac.cli") / "example" / "week.json") as week:
        plan_into(output_folder, week, Limits(LONGEST_SECONDS, 1e-4, 0), quiet=False)
    problem, plan = output_folder / PROBLEM_FILE, output_folder / PLAN_FILE
    line(output(), f"The problem:   {problem}")
    line(output(), f"The plan:      {plan}")
    line(output(), f"To look at:    {output_folder / PAGE_FILE}")
    line(output(), f"Check it with: medevac check {problem} {plan}")
