"""Leaving out drops at which nobody leaves, which only cost time, wherever every rule then still holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from medevac.planner.decision import Assignment, Decision, FlightChoice
from medevac.planner.lookup import ProblemIndex
from medevac.planner.problem import DAY_MINUTES
from medevac.planner.scoring import transit_minutes
from medevac.planner.timeline import broken_flight_rules, timeline


def without_empty_stops(index: ProblemIndex, decision: Decision) -> Decision:
    """Leave out every drop where nobody leaves and which no rule needs.

    A drop may be needed though nobody leaves there: without it the range does not suffice, or the aircraft
    would come before the next airport opens. Fixed flights fly as they are fixed, and a departure stays.

    Returns
    -------
    A decision with the same placements that breaks no rule if the first did not. Flights are shorter where
    the way past an airport is no longer than the way over it, which holds on a globe.
    """
    flights = tuple(
        one
        if one.key in index.fixed_flights
        else _shortened(index, one, [seat for seat in decision.assignments if seat.flight_index == number])
        for number, one in enumerate(decision.flights)
    )
    return decision if flights == decision.flights else Decision(flights, decision.assignments)


def _shortened(index: ProblemIndex, flight: FlightChoice, aboard: Sequence[Assignment]) -> FlightChoice:
    used = {seat.leaves_at for seat in aboard}
    for stop in flight.stops:
        if stop in used or len(flight.stops) == 1:
            continue
        shorter = replace(flight, stops=tuple(one for one in flight.stops if one != stop))
        if _holds(index, flight, shorter, aboard):
            flight = shorter
    return flight


def _holds(
    index: ProblemIndex, flight: FlightChoice, shorter: FlightChoice, aboard: Sequence[Assignment]
) -> bool:
    """Whether the shorter flight breaks no rule, and nobody comes to the hospital on another date."""
    aircraft = index.aircraft[flight.aircraft_id]
    if broken_flight_rules(index.problem, aircraft, shorter.hub, shorter.stops, shorter.leaves_base):
        return False
    before = timeline(index.problem, aircraft, flight.hub, flight.stops, flight.leaves_base)
    after = timeline(index.problem, aircraft, shorter.hub, shorter.stops, shorter.leaves_base)
    for seat in aboard:
        there = [
            times.arrives_hub + transit_minutes(index, aircraft, times, seat.hospital_id, seat.leaves_at)
            for times in (before, after)
        ]
        if there[0] // DAY_MINUTES != there[1] // DAY_MINUTES or there[1] > there[0]:
            return False
    return after.back_at_base <= before.back_at_base
