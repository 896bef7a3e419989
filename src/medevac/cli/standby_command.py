"""`medevac standby`: who can take a seat or litter that becomes free, and what blocks the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from medevac.cli.instants import Now, parse_instant
from medevac.cli.languages import Language
from medevac.cli.plan_folder import OfPage, say_written, write_plan
from medevac.cli.reading import PlanFile, ProblemFile, read_planned
from medevac.cli.screen import ExitCode, aborting, line, output, print_faults, shown
from medevac.planner.faults import FaultsError

if TYPE_CHECKING:
    from medevac.planner.standby import FreedPlace, Standby, Taker


def standby(
    problem: ProblemFile,
    plan: PlanFile,
    now: Now = None,
    output_folder: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Write the plan and its page with the lists."),
    ] = None,
    language: OfPage = Language.EN,
    blocked: Annotated[bool, typer.Option("--blocked", help="Say what blocks everybody else.")] = False,
) -> None:
    """List who could take a place on board that becomes free, nobody else being moved.

    Exit codes: 0 lists, 2 bad input.
    """
    from medevac.planner.standby import find_standby, with_standby

    with aborting():
        document, decided = read_planned(problem, plan)
        try:
            instant = None if now is None else parse_instant(now)
            found = find_standby(document.problem, decided, now=instant)
        except FaultsError as error:
            print_faults(plan, error)
            raise typer.Exit(ExitCode.BAD_INPUT) from None
        if output_folder is not None:
            listed = with_standby(document.problem, decided, found)
            write_plan(output_folder, document, listed, language=language.value)
    print_standby(output(), found, blocked=blocked)
    if output_folder is not None:
        say_written(output_folder)


def print_standby(console: Console, standby: Standby, *, blocked: bool) -> None:
    """Print who can take each kind of place, best first."""
    if not standby:
        line(console, "Nobody is on board any flight: no place can become free.")
    for one in standby:
        console.print()
        line(console, f"{one.flight} · a freed {_kind(one)}", "bold cyan")
        console.print()
        _print_takers(console, one)
        _print_depending(console, one)
        if blocked:
            _print_blocked(console, one)
        elif one.blocked:
            line(console, f"Blocked: {len(one.blocked)} others (--blocked says by what).")
    console.print()


def _kind(one: FreedPlace) -> str:
    return "intensive-care place" if one.position == "intensive" else one.position


def _print_takers(console: Console, one: FreedPlace) -> None:
    from medevac.cli.tables import MOST_ROWS, new_table

    if not one.takers:
        line(console, "Nobody who waits can take it while the place abroad is kept.")
        return
    table = new_table("Order", "Patient", "Hospital", "Leaves at", "Score")
    for number, taker in enumerate(one.takers[:MOST_ROWS], start=1):
        where = (shown(taker.hospital), shown(taker.leaves_at), f"{taker.gain:+.2f}")
        table.add_row(str(number), _party(taker), *where)
    console.print(table)


def _party(taker: Taker) -> str:
    others = [name for name in taker.party if name != taker.patient]
    return shown(f"{taker.patient} with {', '.join(others)}" if others else taker.patient)


def _print_depending(console: Console, one: FreedPlace) -> None:
    """Print who can travel when a certain patient withdraws, so that the place abroad is free as well."""
    from medevac.cli.tables import MOST_ROWS, new_table

    if not one.depending:
        return
    console.print()
    line(console, "When the place abroad is free as well (a withdrawal, not a hold):")
    console.print()
    table = new_table("Order", "Patient", "Hospital", "Leaves at", "Score", "Once one of these has left")
    for number, taker in enumerate(one.depending[:MOST_ROWS], start=1):
        where = (shown(taker.hospital), shown(taker.leaves_at), f"{taker.gain:+.2f}")
        table.add_row(str(number), _party(taker), *where, shown(", ".join(taker.after)))
    console.print(table)


def _print_blocked(console: Console, one: FreedPlace) -> None:
    from medevac.cli.tables import MOST_ROWS, new_table

    if not one.blocked:
        return
    console.print()
    table = new_table("Blocked", "What stands in the way")
    for each in one.blocked[:MOST_ROWS]:
        table.add_row(shown(each.patient), Text(shown(each.block.sentence)))
    if len(one.blocked) > MOST_ROWS:
        table.add_row("…", f"and {len(one.blocked) - MOST_ROWS} more")
    console.print(table)
