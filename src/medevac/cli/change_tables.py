"""Prints what a change does to a plan: who is touched and why, who joins, who is held, where else to land."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from medevac.cli.screen import line, shown
from medevac.cli.tables import MOST_ROWS, new_table
from medevac.planner.problem import FlightKey
from medevac.planner.replanning import Alternate, OldPlace, Replanned

ASKS_SHOWN = 2  # for each patient on board


def print_change(console: Console, result: Replanned) -> None:
    """Print the whole change, the number of touched patients first."""
    names = {FlightKey(one.aircraft, one.date): one.id for one in result.plan.flights}
    _print_touched(console, result, names)
    _print_joined(console, result, names)
    _print_held(console, result)
    _print_alternates(console, result)
    console.print()


def _print_touched(console: Console, result: Replanned, names: dict[FlightKey, str]) -> None:
    count = len(result.touched)
    others = f"{count} other patient{'' if count == 1 else 's'} touched"
    proof = "proven the fewest" if result.fewest else f"proven only that {result.least} must be"
    line(console, f"{others[0].upper()}{others[1:]} ({proof}).", "bold cyan")
    best = "No plan that touches so few scores more."
    open_end = "Whether another plan that touches so few scores more was not proven."
    line(console, best if result.best else open_end)
    if not result.touched:
        return
    console.print()
    table = new_table("Patient", "Was", "Now", "Why")
    for one in result.touched[:MOST_ROWS]:
        now = _nowhere(result, one.patient) if one.now is None else _place(one.now, names)
        table.add_row(shown(one.patient), _place(one.was, names), now, Text(shown(one.why)))
    if count > MOST_ROWS:
        table.add_row("…", f"and {count - MOST_ROWS} more")
    console.print(table)


def _place(place: OldPlace, names: dict[FlightKey, str]) -> str:
    flight = names.get(place.flight, f"{place.flight.aircraft} {place.flight.date:%d %b}")
    return shown(f"{place.hospital} over {place.leaves_at}, {flight}")


def _print_joined(console: Console, result: Replanned, names: dict[FlightKey, str]) -> None:
    if not result.joined:
        return
    console.print()
    line(console, f"Who takes what is free ({len(result.joined)})", "bold cyan")
    console.print()
    table = new_table("Patient", "Goes to")
    for name, place in list(result.joined.items())[:MOST_ROWS]:
        table.add_row(shown(name), _place(place, names))
    console.print(table)


def _print_held(console: Console, result: Replanned) -> None:
    for name, hospital in result.held.items():
        line(console, f"{name} {_nowhere(result, name)}; {hospital} keeps the place.", "yellow")


def _nowhere(result: Replanned, name: str) -> str:
    return "is on board without a landing" if name in result.stranded else "stays waiting"


def _print_alternates(console: Console, result: Replanned) -> None:
    """Alternates for those whose drop is closed; for everybody on board where none is."""
    needed = [one for one in result.alternates if one.needed]
    for name in sorted(result.stranded - {one.patient for one in needed}):
        line(console, f"{name}: no other hospital of this problem fits. Ask beyond it.", "bold red")
    closed = bool(needed or result.stranded)
    needed = needed if closed else list(result.alternates)
    if not needed:
        return
    console.print()
    title = "Where those on board can leave instead" if closed else "Alternates, should a drop close"
    line(console, title, "bold cyan")
    line(console, "A landing is where the patient's own place is kept; an ask needs somebody's yes first.")
    line(
        console,
        "Times are estimates from the printed times; late is after the patient's limit.",
    )
    console.print()
    table = new_table("Patient", "", "Airport", "Lands", "Hospital", "Road", "Arrives", "Free")
    before = ""
    for one in _shortened(needed)[:MOST_ROWS]:
        table.add_row(
            "" if one.patient == before else shown(one.patient),
            Text(one.kind, style="bold" if one.kind == "landing" else ""),
            shown(one.airport),
            f"{one.lands:%H:%M}",
            shown(one.hospital),
            f"{one.road_minutes:g} min",
            f"{one.arrives:%H:%M}" + ("" if one.in_time else " late"),
            str(one.free),
        )
        before = one.patient
    console.print(table)


def _shortened(alternates: list[Alternate]) -> list[Alternate]:
    kept: list[Alternate] = []
    asks: dict[str, int] = {}
    for one in alternates:
        asks[one.patient] = asks.get(one.patient, 0) + (one.kind == "ask")
        if one.kind == "landing" or asks[one.patient] <= ASKS_SHOWN:
            kept.append(one)
    return kept
