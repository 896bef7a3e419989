"""The last touches to a decision: who may still join, and departures as they were printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from medevac.planner.decision import Decision, FlightChoice
from medevac.planner.family_joining import best_family_insertion
from medevac.planner.joining import PatientWays, best_insertion
from medevac.planner.lookup import ProblemIndex, priority_value
from medevac.planner.open_decision import LEAST_GAIN, Move, OpenDecision
from medevac.planner.problem import Patient
from medevac.planner.replanning.changed import Changed
from medevac.planner.scoring import transit_minutes
from medevac.planner.timeline import TOLERANCE, broken_flight_rules, minute_of, timeline


def finish(index: ProblemIndex, changed: Changed, decision: Decision) -> Decision:
    """Let waiting patients join where the score rises, then fly at the printed times where rules allow."""
    return _as_printed(index, changed, _let_join(index, changed, decision))


def _let_join(index: ProblemIndex, changed: Changed, decision: Decision) -> Decision:
    """Insert whoever can join without moving anybody, those who weigh most first."""
    work = OpenDecision(index, decision)
    joined = True
    while joined:
        joined = False
        for party in _waiting(index, work):
            move = _insertion(work, party)
            if move is None or move.gain <= LEAST_GAIN:
                continue
            if any(one.leaves_at in changed.closed for one in move.joins):
                continue
            work.apply(move)
            joined = True
    return _with_stops(decision, work.occupancy.decision())


def _with_stops(before: Decision, after: Decision) -> Decision:
    """A flight that carries nobody and has left its base keeps a drop, be it the base."""
    flights = [
        one if one.stops else replace(one, stops=old.stops)
        for old, one in zip(before.flights, after.flights, strict=True)
    ]
    return Decision(tuple(flights), after.assignments)


def _insertion(work: OpenDecision, party: Sequence[Patient]) -> Move | None:
    if len(party) == 1:
        return best_insertion(PatientWays(work, party[0]))
    return best_family_insertion(work, party)


def _waiting(index: ProblemIndex, work: OpenDecision) -> list[tuple[Patient, ...]]:
    weights = index.problem.weights
    parties: dict[str, tuple[Patient, ...]] = {}
    for patient in index.problem.patients:
        party = index.family_of(patient)
        if all(one.id not in work.occupancy.assignments for one in party):
            parties.setdefault(party[0].id, party)
    return sorted(parties.values(), key=lambda party: -max(priority_value(weights, one) for one in party))


def _as_printed(index: ProblemIndex, changed: Changed, decision: Decision) -> Decision:
    """Put back the printed departure of each flight that flies as before, one by one while all rules hold."""
    flights = list(decision.flights)
    for number, one in enumerate(flights):
        state = changed.states.get(one.key)
        rule = changed.rules.get(one.key)
        if state is None or rule is None or one.key in index.fixed_flights:
            continue
        old = state.choice
        if (old.hub, old.stops) != (one.hub, one.stops) or old.leaves_base == one.leaves_base:
            continue
        if old.leaves_base < rule.not_before:
            continue
        trial = [*flights[:number], replace(one, leaves_base=old.leaves_base), *flights[number + 1 :]]
        if _holds(index, trial, number, decision):
            flights = trial
    return Decision(tuple(flights), decision.assignments)


def _holds(index: ProblemIndex, flights: Sequence[FlightChoice], number: int, decision: Decision) -> bool:
    """Whether a flight may leave at its new minute: rules 1 to 4, and fitness of those on board."""
    one = flights[number]
    aircraft = index.aircraft[one.aircraft_id]
    if broken_flight_rules(index.problem, aircraft, one.hub, one.stops, one.leaves_base):
        return False
    times = timeline(index.problem, aircraft, one.hub, one.stops, one.leaves_base)
    for seat in decision.assignments:
        patient = index.patients[seat.patient_id]
        if seat.flight_index == number and patient.fit_until is not None:
            minutes = transit_minutes(index, aircraft, times, seat.hospital_id, seat.leaves_at)
            if times.arrives_hub + minutes > minute_of(one.date, patient.fit_until) + TOLERANCE:
                return False
    return _in_turn(index, [each for each in flights if each.aircraft_id == one.aircraft_id])


def _in_turn(index: ProblemIndex, flights: Sequence[FlightChoice]) -> bool:
    """Whether an aircraft is back before each next flight."""
    ordered = sorted(flights, key=lambda one: one.date)
    for one, two in pairwise(ordered):
        aircraft = index.aircraft[one.aircraft_id]
        back = timeline(index.problem, aircraft, one.hub, one.stops, one.leaves_base).back_at_base
        if two.leaves_base + (two.date - one.date).days * 1440 < back - TOLERANCE:
            return False
    return True
