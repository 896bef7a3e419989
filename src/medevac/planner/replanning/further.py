"""Further flights for those who wait, where aircraft still have dates that nothing uses.

Only for problems that are too large to be decided whole: what is decided stays, and the planner solves the
rest as a problem of its own, with the places that are left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import medevac.planner
from medevac.planner.decision import Assignment, Decision, FlightChoice
from medevac.planner.lookup import ProblemIndex, index_of
from medevac.planner.plan import Placement
from medevac.planner.problem import FlightKey, Hospital, Patient, Problem
from medevac.planner.replanning.changed import Changed
from medevac.planner.replanning.progress import states_at
from medevac.planner.scoring import transit_minutes
from medevac.planner.timeline import earliest_departure, minute_of, timeline

LONGEST_SECONDS = 20.0
GAP = 1e-3


def add_flights(changed: Changed, decision: Decision) -> Decision:
    """The decision with further flights on dates that nothing uses, where they raise the score."""
    index = index_of(changed.problem)
    rest = _rest(index, changed, decision)
    if rest is None:
        return decision
    plan = medevac.planner.solve(rest, seconds=LONGEST_SECONDS, gap=GAP)
    if plan is None or not plan.flights:
        return decision
    for flight in states_at(index_of(rest), plan, None):
        aboard = [one for one in plan.placements if one.flight == flight.flight.flight.id]
        decision = _joined(index, changed, decision, flight.choice, aboard)
    return decision


def _rest(index: ProblemIndex, changed: Changed, decision: Decision) -> Problem | None:
    """The problem of those who wait and the dates that are left; None where one of the two is empty."""
    used = {one.key for one in decision.flights}
    placed = {one.patient_id for one in decision.assignments}
    waiting = tuple(
        one for one in changed.problem.patients if one.id not in placed and one.id not in changed.held
    )
    free = [key for key, rule in changed.rules.items() if key not in used and rule.leaves_base is None]
    flown = Counter(one.aircraft_id for one in decision.flights)
    aircraft = tuple(
        replace(one, days=days, max_flights=min(len(days), one.max_flights - flown[one.id]))
        for one in changed.problem.aircraft
        if (days := tuple(key.date for key in free if key.aircraft == one.id))
        and one.max_flights > flown[one.id]
    )
    if not waiting or not aircraft:
        return None
    received = Counter(index.hospitals[one.hospital_id].country for one in decision.assignments)
    families = {one.family for one in waiting}
    return replace(
        changed.problem,
        patients=waiting,
        families={name: rule for name, rule in changed.problem.families.items() if name in families},
        aircraft=aircraft,
        hospitals=tuple(_left(index, one, decision, free) for one in changed.problem.hospitals),
        countries={
            code: replace(
                one,
                limit=None if one.limit is None else max(0, one.limit - received[code]),
                fair_share=None if one.fair_share is None else max(0, one.fair_share - received[code]),
            )
            for code, one in changed.problem.countries.items()
        },
        fixed=(),
        fixed_flights=(),
    )


def _left(index: ProblemIndex, hospital: Hospital, decision: Decision, free: Sequence[FlightKey]) -> Hospital:
    """A hospital less what the decision uses; arrivals less the most of any date that is left."""
    there = [one for one in decision.assignments if one.hospital_id == hospital.id]
    patients: list[Patient] = [index.patients[one.patient_id] for one in there]
    taken = Counter(one.needs[0] for one in patients)
    arrived: Counter[date] = Counter(decision.flights[one.flight_index].date for one in there)
    most = max((arrived[key.date] for key in free), default=0)
    limit = hospital.arrivals_per_day
    return replace(
        hospital,
        places={
            name: replace(places, count=max(0, places.count - taken[name]))
            for name, places in hospital.places.items()
        },
        isolation=max(0, hospital.isolation - sum(one.isolation != "none" for one in patients)),
        child=max(0, hospital.child - sum(one.child for one in patients)),
        intensive=max(0, hospital.intensive - sum(one.position == "intensive" for one in patients)),
        companions=max(0, hospital.companions - sum(one.companions for one in patients)),
        arrivals_per_day=None if limit is None else max(0, limit - most),
    )


def _joined(
    index: ProblemIndex,
    changed: Changed,
    decision: Decision,
    choice: FlightChoice,
    aboard: Sequence[Placement],
) -> Decision:
    """The decision with one more flight, leaving when clock and other flights of the aircraft allow."""
    if changed.closed & {choice.hub, *choice.stops}:
        return decision
    aircraft = index.aircraft[choice.aircraft_id]
    not_before, back_by = changed.rules[choice.key].not_before, float("inf")
    for other in decision.flights:
        if other.aircraft_id != choice.aircraft_id:
            continue
        days = (other.date - choice.date).days
        if days > 0:
            back_by = min(back_by, other.leaves_base + days * 1440)
        else:
            times = timeline(index.problem, aircraft, other.hub, other.stops, other.leaves_base)
            not_before = max(not_before, times.back_at_base + days * 1440)
    leaves = earliest_departure(
        index.problem,
        aircraft,
        choice.hub,
        choice.stops,
        not_before=not_before,
        back_by=back_by,
        latest_arrivals=_latest(index, choice, aboard),
    )
    if leaves is None:
        return decision
    number = len(decision.flights)
    joins = [Assignment(one.patient, one.hospital, number, one.leaves_at) for one in aboard]
    flights = (*decision.flights, replace(choice, leaves_base=leaves))
    return Decision(flights, (*decision.assignments, *joins))


def _latest(index: ProblemIndex, choice: FlightChoice, aboard: Sequence[Placement]) -> dict[str, float]:
    """The last minute of arrival at each drop for patients who are fit until an instant."""
    aircraft = index.aircraft[choice.aircraft_id]
    times = timeline(index.problem, aircraft, choice.hub, choice.stops, choice.leaves_base)
    found: dict[str, float] = {}
    for one in aboard:
        fit_until = index.patients[one.patient].fit_until
        if fit_until is not None:
            minutes = transit_minutes(index, aircraft, times, one.hospital, one.leaves_at)
            after = minutes - times.elapsed_to(times.stops.index(one.leaves_at))
            latest = minute_of(choice.date, fit_until) - after
            found[one.leaves_at] = min(latest, found.get(one.leaves_at, latest))
    return found
