"""The score of a decision, term by term (FORMAT: what makes a plan better). Checks nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from medevac.planner.decision import Assignment, FlightChoice
from medevac.planner.lookup import ProblemIndex, index_of, preference_value, priority_value
from medevac.planner.plan import TERM_NAMES
from medevac.planner.problem import Aircraft, Hospital, Patient, Problem
from medevac.planner.timeline import Timeline, timeline

FlownFlight = tuple[Aircraft, Timeline]
PlacedPatient = tuple[Patient, Hospital, float]  # the float: minutes in transit, unrounded


def score_terms(
    problem: Problem, flights: Sequence[FlightChoice], assignments: Sequence[Assignment]
) -> dict[str, float]:
    """Compute every term of the score; the score is their sum.

    Parameters
    ----------
    flights
        All flights that are flown.
    assignments
        All placed patients; each `flight_index` counts in `flights`.

    Returns
    -------
    The terms by name; `transit`, `fair_share` and `cost` are negative or zero.
    """
    index = index_of(problem)
    flown = []
    for flight in flights:
        aircraft = index.aircraft[flight.aircraft_id]
        times = timeline(problem, aircraft, flight.hub, flight.stops, flight.leaves_base)
        flown.append((aircraft, times))
    placed = []
    for one in assignments:
        aircraft, times = flown[one.flight_index]
        minutes = transit_minutes(index, aircraft, times, one.hospital_id, one.leaves_at)
        placed.append((index.patients[one.patient_id], index.hospitals[one.hospital_id], minutes))
    return terms_of(index, flown, placed)


def transit_minutes(
    index: ProblemIndex, aircraft: Aircraft, times: Timeline, hospital_id: str, leaves_at: str
) -> float:
    """Minutes from the aircraft's arrival at the hub to the hospital's door, unrounded (rule 6)."""
    elapsed = times.elapsed_to(times.stops.index(leaves_at))
    return elapsed + aircraft.unload_minutes + index.road_minutes[hospital_id, leaves_at]


def terms_of(
    index: ProblemIndex, flown: Sequence[FlownFlight], placed: Sequence[PlacedPatient]
) -> dict[str, float]:
    """Sum the terms of flights and patients whose times are known already."""
    weights = index.problem.weights
    terms = dict.fromkeys(TERM_NAMES, 0.0)
    for patient, hospital, minutes in placed:
        terms["priority"] += priority_value(weights, patient)
        terms["suitability"] += weights.suitability * index.suitability(hospital, patient.needs)
        terms["preference"] += preference_value(weights, patient, hospital.country)
        terms["transit"] -= weights.transit_per_hour * minutes / 60
    arrived = Counter(hospital.country for _, hospital, _ in placed)
    terms["fair_share"] -= weights.above_fair_share * _above_fair_share(index.problem, arrived)
    for aircraft, times in flown:
        terms["cost"] -= weights.cost_per_1000 * times.flying_hours * aircraft.cost_per_hour / 1000
    return terms


def _above_fair_share(problem: Problem, arrived: Mapping[str, int]) -> int:
    """How many patients come to countries beyond their fair shares."""
    above = 0
    for code, count in arrived.items():
        country = problem.countries.get(code)
        if country is not None and country.fair_share is not None:
            above += max(0, count - country.fair_share)
    return above
