"""`medevac compare`: plans side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from medevac.cli.plan_folder import PROBLEM_FILE
from medevac.cli.reading import ProblemFile, read_plan_file, read_problem_file
from medevac.cli.screen import ExitCode, aborting, fail, line, output, print_faults, shown
from medevac.planner.faults import FaultsError
from medevac.planner.plan import TERM_NAMES

if TYPE_CHECKING:
    from medevac.planner.comparing import Column, Comparison, Sight
    from medevac.planner.plan import Plan
    from medevac.planner.problem import Problem
    from medevac.planner.reading import ProblemDocument

MOST_PLANS = 5  # columns that fit 80 characters


def compare(
    problem: ProblemFile,
    plans: Annotated[
        list[Path], typer.Argument(metavar="PLAN...", help="Two to five plans: medevac-plan/1.")
    ],
) -> None:
    """Put plans side by side: score, patients by priority, stops, time aboard, who differs.

    A plan that was made for another problem is judged by that one, where it stands beside the plan as
    problem.json. Exit codes: 0 a comparison, 2 bad input.
    """
    from medevac.planner.comparing import compare as put_side_by_side

    if not 2 <= len(plans) <= MOST_PLANS:
        fail(f"Expected two to {MOST_PLANS} plans to compare, got {len(plans)}. Name them after the problem.")
    with aborting():
        document = read_problem_file(problem)
        read = [_read(plan, problem, document) for plan in plans]
        names = _short_names(plans)
        comparison = put_side_by_side([(name, *one) for name, one in zip(names, read, strict=True)])
    print_comparison(output(), comparison)


def _read(source: Path, named: Path, document: ProblemDocument) -> tuple[Problem, Plan]:
    """A plan with the problem it was made for: the one named, or the problem.json beside the plan."""
    from medevac.planner.reading import read_problem

    beside = source.parent / PROBLEM_FILE
    stated = _stated_sha256(source)
    if stated != document.sha256 and beside.is_file() and not beside.samefile(named):
        raw = beside.read_bytes()
        if hashlib.sha256(raw).hexdigest() == stated:
            try:
                own = read_problem(raw).problem
            except FaultsError as error:
                print_faults(beside, error)
                raise typer.Exit(ExitCode.BAD_INPUT) from None
            return own, read_plan_file(source, own)
    return document.problem, read_plan_file(source, document.problem)


def _stated_sha256(source: Path) -> str | None:
    """The checksum that a plan names; None where it cannot be read, which the full reading tells."""
    from medevac.planner.reading import PLAN_FORMAT, read_document

    try:
        about = read_document(source, PLAN_FORMAT).get("problem")
    except FaultsError:
        return None
    return about.get("sha256") if isinstance(about, dict) else None


def _short_names(plans: list[Path]) -> list[str]:
    """File names where they differ, else the folders' names."""
    names = [plan.stem for plan in plans]
    if len(set(names)) == len(names):
        return names
    names = [plan.resolve().parent.name for plan in plans]
    return names if len(set(names)) == len(names) else [f"{n + 1}: {name}" for n, name in enumerate(names)]


def print_comparison(console: Console, comparison: Comparison) -> None:
    """Print the figures side by side, then the patients on whom plans differ."""
    from medevac.cli.tables import new_table

    names = [column.name for column in comparison.columns]
    table = new_table("", *(shown(name) for name in names), justify="right")
    for section in _sections(comparison.columns):
        for label, values in section:
            table.add_row(label, *values)
        table.add_section()
    console.print(table)
    _print_differences(console, comparison, names)


def _sections(columns: tuple[Column, ...]) -> Iterator[list[tuple[str, list[str]]]]:
    yield [
        ("status", [one.status for one in columns]),
        ("broken rules", [str(one.broken) for one in columns]),
    ]
    terms = [
        (name, [_number(None if one.terms is None else one.terms[name]) for one in columns])
        for name in TERM_NAMES
    ]
    yield [
        *terms,
        ("score", [_number(one.score) for one in columns]),
        ("bound", [_number(one.bound) for one in columns]),
    ]
    by_priority = [
        (
            f"placed, priority {priority}",
            [f"{one.placed_by_priority.get(priority, 0)} of {one.listed_by_priority.get(priority, 0)}"
             for one in columns],
        )
        for priority in (1, 2, 3)
    ]  # fmt: skip
    yield [*by_priority, ("placed", [f"{one.placed} of {one.listed}" for one in columns])]
    yield [
        ("flights", [str(one.flights) for one in columns]),
        ("drops", [str(one.stops) for one in columns]),
        ("in the air", [_hours(one.flying_minutes) for one in columns]),
        ("aboard, mean", [_hours(one.aboard_minutes / max(1, one.placed)) for one in columns]),
        ("transit, mean", [_hours(one.transit_minutes / max(1, one.placed)) for one in columns]),
        ("transit, longest", [_hours(one.longest_transit) for one in columns]),
    ]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value + 0.0:,.2f}"


def _hours(minutes: float) -> str:
    whole = round(minutes)
    return f"{whole // 60} h {whole % 60:02}"


def _print_differences(console: Console, comparison: Comparison, names: list[str]) -> None:
    from medevac.cli.tables import MOST_ROWS, new_table

    console.print()
    count = len(comparison.differences)
    if not count:
        line(console, "The plans agree on every patient.", "bold cyan")
        return
    line(console, f"Who differs ({count})", "bold cyan")
    console.print()
    table = new_table("Patient", "Pri", *(shown(name) for name in names))
    for one in comparison.differences[:MOST_ROWS]:
        told = [_sight(sight, known) for sight, known in zip(one.sights, one.known, strict=True)]
        table.add_row(shown(one.patient), str(one.priority), *told)
    if count > MOST_ROWS:
        table.add_row("…", "", f"and {count - MOST_ROWS} more")
    console.print(table)


def _sight(sight: Sight | None, known: bool) -> Text:
    if not known:
        return Text("not listed", style="dim")
    if sight is None:
        return Text("waits")
    flight = f"{sight.flight.aircraft} {sight.flight.date:%d %b}"
    return Text(shown(f"{sight.hospital} over {sight.leaves_at}, {flight}"))
