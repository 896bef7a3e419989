"""`medevac replan`: a plan and what has changed in, a plan that touches as few others as possible out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from medevac.cli.instants import Now, parse_instant
from medevac.cli.languages import Language
from medevac.cli.plan_folder import OfPage, PlanFolder, plan_folder, say_written, write_plan
from medevac.cli.reading import ProblemFile, read_planned
from medevac.cli.screen import (
    ExitCode,
    aborting,
    errors,
    fail,
    line,
    output,
    print_faults,
    print_warnings,
)
from medevac.planner.faults import FaultsError

if TYPE_CHECKING:
    from medevac.planner.reading import ProblemDocument
    from medevac.planner.replanning import Changes, Replanned

NOTHING_FOUND = (
    "No plan was found after this change, and none was excluded. Nothing was written. "
    "Plan the changed problem anew with medevac plan."
)


def _layouts(pairs: list[str]) -> list[str]:
    for pair in pairs:
        flight, equals, layout = pair.partition("=")
        if not (flight and equals and layout):
            raise typer.BadParameter(f"expected FLIGHT=LAYOUT, such as F1=standard, got {pair!r}.")
    return pairs


def replan(
    problem: ProblemFile,
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="The plan that changes: medevac-plan/1.")],
    output_folder: PlanFolder,
    without: Annotated[
        list[str],
        typer.Option(metavar="P", help="Who has withdrawn or died; frees the place. May be repeated."),
    ] = [],  # noqa: B006 - typer copies it
    hold: Annotated[
        list[str], typer.Option(metavar="P", help="Who is unfit today; keeps the place. May be repeated.")
    ] = [],  # noqa: B006
    close: Annotated[
        list[str], typer.Option(metavar="AIRPORT", help="An airport that has closed. May be repeated.")
    ] = [],  # noqa: B006
    layout: Annotated[
        list[str],
        typer.Option(
            metavar="FLIGHT=L", callback=_layouts, help="The layout in which a flight comes. May be repeated."
        ),
    ] = [],  # noqa: B006
    add: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Further patients, hospitals and the like.")
    ] = None,
    now: Now = None,
    language: OfPage = Language.EN,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print no tables.")] = False,
) -> None:
    """Change a plan so that the fewest other patients are touched, then so that it scores most.

    Exit codes: 0 a plan, 2 bad input, 3 infeasible, 4 no plan found.
    """
    from medevac.planner.reading import ProblemDocument
    from medevac.planner.replanning import Changes

    with aborting():
        document, old = read_planned(problem, plan)
        changes = Changes(
            without=tuple(dict.fromkeys(without)),
            hold=tuple(dict.fromkeys(hold)),
            close=tuple(dict.fromkeys(close)),
            layouts=dict(pair.split("=", 1) for pair in layout),
            add=None if add is None else _read_addition(add, document),
            now=None if now is None else parse_instant(now),
        )
        with plan_folder(output_folder):
            result = _replanned(document, old, changes)
            changed = ProblemDocument(result.problem, result.warnings, result.problem_bytes)
            write_plan(output_folder, changed, result.plan, language=language.value)
    _report(result, quiet=quiet)
    if not quiet:
        say_written(output_folder)
    if result.plan.status == "infeasible":
        raise typer.Exit(ExitCode.INFEASIBLE)


def _read_addition(source: Path, document: ProblemDocument) -> dict[str, Any]:
    """Read what is added and see that it fits the problem; end with every fault if it does not."""
    from medevac.planner.reading import PROBLEM_FORMAT, read_document
    from medevac.planner.replanning.adding import with_added

    try:
        added = read_document(source, PROBLEM_FORMAT)
        print_warnings(source, with_added(json.loads(document.raw), added).warnings)
    except FaultsError as error:
        print_faults(source, error)
        raise typer.Exit(ExitCode.BAD_INPUT) from None
    return added


def _replanned(document: ProblemDocument, old: Any, changes: Changes) -> Replanned:
    from medevac.planner.replanning import replan as change_plan

    try:
        result = change_plan(document, old, changes)
    except FaultsError as error:
        print_faults("What has changed", error)
        raise typer.Exit(ExitCode.BAD_INPUT) from None
    if result is None:
        fail(NOTHING_FOUND, ExitCode.NOTHING_FOUND)
    return result


def _report(result: Replanned, *, quiet: bool) -> None:
    from medevac.cli.change_tables import print_change
    from medevac.cli.tables import print_conflicts, print_plan

    for note in result.notes:
        line(errors(), note, "yellow")
    if result.plan.status == "infeasible":
        print_conflicts(errors(), result.plan)
    elif not quiet:
        print_plan(output(), result.problem, result.plan)
        print_change(output(), result)
