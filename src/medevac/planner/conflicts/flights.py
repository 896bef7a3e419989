"""Fixed flights and flights that fixed patients name: what they break by themselves (rules 1 to 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from medevac.planner.conflicts.wishes import Wish, conflict, flight_name, number
from medevac.planner.explain.sentences import listed
from medevac.planner.lookup import ProblemIndex
from medevac.planner.plan import Conflict
from medevac.planner.problem import Aircraft, FixedFlight, FlightKey
from medevac.planner.timeline import TOLERANCE, broken_flight_rules, clock_text, timeline


def flight_conflicts(index: ProblemIndex, wishes: Sequence[Wish]) -> Iterator[Conflict]:
    """What fixed flights and named flights break, whoever is on board."""
    for fixed in index.problem.fixed_flights:
        yield from _broken_rules(index, fixed)
    for aircraft in index.problem.aircraft:
        fixed_flights = [one for one in index.problem.fixed_flights if one.aircraft == aircraft.id]
        yield from _too_many(aircraft, fixed_flights, wishes)
        yield from _overlaps(index, aircraft, fixed_flights)


def _broken_rules(index: ProblemIndex, fixed: FixedFlight) -> Iterator[Conflict]:
    aircraft = index.aircraft[fixed.aircraft]
    on_board = [one.patient for one in index.problem.fixed if one.flight == fixed.key]
    broken = broken_flight_rules(index.problem, aircraft, fixed.hub, fixed.stops, fixed.leaves_base)
    for rule, sentence in broken:
        text = f"The fixed flight of {fixed.aircraft} on {fixed.date} cannot be flown: {sentence}"
        yield conflict(rule, on_board, f"{text} Change the flight, or do not fix it.")


def _too_many(
    aircraft: Aircraft, fixed_flights: Sequence[FixedFlight], wishes: Sequence[Wish]
) -> Iterator[Conflict]:
    """More flights of one aircraft are fixed or named than it may make."""
    flown = {one.key for one in fixed_flights}
    naming = [one for one in wishes if one.flight is not None and one.flight.aircraft == aircraft.id]
    named = flown | {one.flight for one in naming if one.flight is not None}
    if len(named) <= aircraft.max_flights:
        return
    dates = listed([str(key.date) for key in sorted(named, key=lambda key: key.date)])
    allowed = number(aircraft.max_flights, "flight is", "flights are")
    text = (
        f"{aircraft.id} would have to make {number(len(named), 'flight', 'flights')} ({dates}), as flights "
        f"are fixed or patients are fixed to them; {allowed} allowed. Raise its max_flights, or fix fewer."
    )
    yield conflict(1, [one.patient.id for one in naming if one.flight not in flown], text)


def _overlaps(
    index: ProblemIndex, aircraft: Aircraft, fixed_flights: Sequence[FixedFlight]
) -> Iterator[Conflict]:
    """A fixed flight leaves before the one before it is back."""
    for one, two in pairwise(sorted(fixed_flights, key=lambda flight: flight.date)):
        back = timeline(index.problem, aircraft, one.hub, one.stops, one.leaves_base).back_at_base
        days = (two.date - one.date).days
        if two.leaves_base + days * 1440 >= back - TOLERANCE:
            continue
        concerned = [f.patient for f in index.problem.fixed if f.flight in (one.key, two.key)]
        text = (
            f"The fixed flight of {aircraft.id} on {two.date} leaves at {clock_text(two.leaves_base)}, "
            f"before the aircraft is back from the one on {one.date} at {clock_text(back)} (counted from "
            f"00:00 of {one.date}). Let it leave later, or the other one earlier."
        )
        yield conflict(1, concerned, text)


def hub_conflicts(index: ProblemIndex, key: FlightKey, wishes: Sequence[Wish]) -> Iterator[Conflict]:
    """Patients of different hubs on one named flight, which takes on patients at one."""
    if key in index.fixed_flights:
        return  # each is told by itself
    hubs = sorted({one.patient.hub for one in wishes})
    if len(hubs) > 1:
        waiting = [f"{one.patient.id} at {one.patient.hub}" for one in wishes]
        text = (
            f"Those fixed to {flight_name(key)} wait at {len(hubs)} hubs ({listed(waiting)}); a flight takes "
            "on patients at one hub. Fix those of one hub to another flight."
        )
        yield conflict(6, [one.patient.id for one in wishes], text)
