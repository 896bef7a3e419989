"""Judging flights: rules 1 to 4, fixed flights of rule 10, and printed times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from medevac.planner.evaluate.finding import PRINTED_TIMES, REFERENCE, RULES, BrokenRule, KnownFlight
from medevac.planner.lookup import ProblemIndex
from medevac.planner.plan import Flight, Plan
from medevac.planner.problem import FlightKey
from medevac.planner.timeline import (
    TOLERANCE,
    broken_flight_rules,
    clock_text,
    minute_of,
    timeline,
)

PRINTED_MINUTES = 1 + TOLERANCE  # FORMAT: a checker allows one minute on printed times


def known_flights(index: ProblemIndex, plan: Plan, broken: list[BrokenRule]) -> dict[str, KnownFlight]:
    """Read the plan's flights; what cannot be read is added to `broken` and left out."""
    used_drops = {(one.flight, one.leaves_at) for one in plan.placements}
    known: dict[str, KnownFlight] = {}
    for flight in plan.flights:
        unreadable = list(_unreadable(index, flight, known))
        broken += unreadable
        if unreadable:
            continue
        aircraft = index.aircraft[flight.aircraft]
        stops = _stops(index, flight, (flight.id, aircraft.base) in used_drops)
        leaves_base = minute_of(flight.date, flight.leaves_base)
        times = timeline(index.problem, aircraft, flight.hub, stops, leaves_base)
        layout = aircraft.layout(flight.layout)
        known[flight.id] = KnownFlight(flight, aircraft, layout, stops, leaves_base, times)
    return known


def judge_flights(index: ProblemIndex, known: Sequence[KnownFlight]) -> Iterator[BrokenRule]:
    """Find what the flights break, one by one and together."""
    for flown in known:
        yield from _judge_flight(index, flown)
        yield from _judge_printed_times(flown)
    yield from _judge_aircraft(known)
    yield from _judge_fixed_flights(index, known)


def _unreadable(index: ProblemIndex, flight: Flight, known: dict[str, KnownFlight]) -> Iterator[BrokenRule]:
    """Names that the problem does not know, and legs that do not make a way."""
    where = (flight.id,)
    if flight.id in known:
        yield BrokenRule(REFERENCE, where, f"Flight {flight.id} is listed more than once.")
    aircraft = index.aircraft.get(flight.aircraft)
    if aircraft is None:
        text = f"Flight {flight.id} names the aircraft {flight.aircraft}, which the problem does not list."
        yield BrokenRule(REFERENCE, where, text)
        return
    if all(layout.id != flight.layout for layout in aircraft.layouts):
        text = f"Flight {flight.id} uses layout {flight.layout}, which {aircraft.id} does not have."
        yield BrokenRule(RULES[1], where, text)
    if flight.hub not in index.problem.hubs:
        text = f"Flight {flight.id} goes to {flight.hub}, which is not a hub of the problem."
        yield BrokenRule(REFERENCE, where, text)
    flown = [leg.origin for leg in flight.legs] + [leg.destination for leg in flight.legs[-1:]]
    for code in dict.fromkeys([flight.hub, *flown]):
        if code not in index.problem.airports:
            text = f"Flight {flight.id} names the airport {code}, which the problem does not list."
            yield BrokenRule(REFERENCE, where, text)
    chained = all(one.destination == two.origin for one, two in pairwise(flight.legs))
    ends = (aircraft.base, flight.hub, aircraft.base)
    if not chained or len(flown) < 3 or (flown[0], flown[1], flown[-1]) != ends:
        way = "–".join(flown)
        text = f"Flight {flight.id} flies {way}, not {ends[0]}–{ends[1]}–drops–{ends[2]} leg by leg."
        yield BrokenRule(RULES[1], where, text)


def _stops(index: ProblemIndex, flight: Flight, base_is_used: bool) -> tuple[str, ...]:
    """The drops: all airports between hub and the last base, and the base where it is a drop."""
    stops = tuple(leg.destination for leg in flight.legs[1:-1])
    fixed = index.fixed_flights.get(FlightKey(flight.aircraft, flight.date))
    base = flight.legs[-1].destination
    is_drop = base_is_used or (fixed is not None and base in fixed.stops)
    return (*stops, base) if is_drop and base not in stops else stops


def _judge_flight(index: ProblemIndex, flown: KnownFlight) -> Iterator[BrokenRule]:
    """Rules 1 to 4 for one flight."""
    flight, aircraft = flown.flight, flown.aircraft
    if flight.date not in aircraft.days:
        text = f"Flight {flight.id}: {aircraft.id} does not fly on {flight.date}."
        yield BrokenRule(RULES[1], (flight.id,), text)
    found = broken_flight_rules(index.problem, aircraft, flight.hub, flown.stops, flown.leaves_base)
    for number, sentence in found:
        yield BrokenRule(RULES[number], (flight.id,), f"Flight {flight.id}: {sentence}")


def _judge_printed_times(flown: KnownFlight) -> Iterator[BrokenRule]:
    """Printed instants of the legs lie within a minute of those computed."""
    times, day = flown.times, flown.flight.date
    departs = [times.leaves_base, times.leaves_hub, *times.departures]
    arrives = [times.arrives_hub, *times.arrivals, times.back_at_base]
    for leg, off, on in zip(flown.flight.legs, departs, arrives, strict=False):
        for word, printed, minute in (("leaves", leg.departs, off), ("arrives", leg.arrives, on)):
            if abs(minute_of(day, printed) - minute) > PRINTED_MINUTES:
                text = (
                    f"Flight {flown.flight.id}, leg {leg.origin}–{leg.destination}: it {word} at "
                    f"{clock_text(minute)}, not at {clock_text(minute_of(day, printed))}."
                )
                yield BrokenRule(PRINTED_TIMES, (flown.flight.id,), text)


def _judge_aircraft(known: Sequence[KnownFlight]) -> Iterator[BrokenRule]:
    """Rule 1 over all flights of one aircraft: one a day, `max_flights`, back before the next leaves."""
    by_aircraft: dict[str, list[KnownFlight]] = {}
    for flown in known:
        by_aircraft.setdefault(flown.aircraft.id, []).append(flown)
    for flights in by_aircraft.values():
        flights.sort(key=lambda one: (one.flight.date, one.leaves_base))
        aircraft = flights[0].aircraft
        if len(flights) > aircraft.max_flights:
            text = f"{aircraft.id} makes {len(flights)} flights; {aircraft.max_flights} are allowed."
            yield BrokenRule(RULES[1], tuple(one.flight.id for one in flights), text)
        for one, two in pairwise(flights):
            yield from _judge_pair(one, two)


def _judge_pair(one: KnownFlight, two: KnownFlight) -> Iterator[BrokenRule]:
    """Two flights of one aircraft, one after the other."""
    where = (one.flight.id, two.flight.id)
    days = (two.flight.date - one.flight.date).days
    if not days:
        text = (
            f"{one.aircraft.id} makes flights {where[0]} and {where[1]} on {one.flight.date}; one is allowed."
        )
        yield BrokenRule(RULES[1], where, text)
        return
    leaves = two.leaves_base + days * 1440
    if leaves < one.times.back_at_base - TOLERANCE:
        text = (
            f"{one.aircraft.id} leaves for flight {where[1]} on {two.flight.date} at "
            f"{clock_text(two.leaves_base)}, before it is back from flight {where[0]} of "
            f"{one.flight.date} at {clock_text(one.times.back_at_base)}."
        )
        yield BrokenRule(RULES[1], where, text)


def _judge_fixed_flights(index: ProblemIndex, known: Sequence[KnownFlight]) -> Iterator[BrokenRule]:
    """Rule 10: fixed flights are flown exactly as given."""
    flown = {FlightKey(one.aircraft.id, one.flight.date): one for one in known}
    for fixed in index.problem.fixed_flights:
        one = flown.get(fixed.key)
        if one is None:
            text = f"The fixed flight of {fixed.aircraft} on {fixed.date} is not flown."
            yield BrokenRule(RULES[10], (fixed.aircraft,), text)
            continue
        asked = (fixed.layout, fixed.hub, fixed.stops, float(fixed.leaves_base))
        if asked != (one.flight.layout, one.flight.hub, one.stops, one.leaves_base):
            text = (
                f"Flight {one.flight.id} is not flown as fixed: layout {fixed.layout}, hub {fixed.hub}, "
                f"stops {', '.join(fixed.stops)}, leaving at {clock_text(fixed.leaves_base)}."
            )
            yield BrokenRule(RULES[10], (one.flight.id,), text)
