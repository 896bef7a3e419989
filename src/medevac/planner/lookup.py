"""Finding things of a problem by name, prepared once per problem. Not for judging: that is `evaluate`."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from math import floor

from medevac.planner.decision import FlightChoice
from medevac.planner.plan import Basis
from medevac.planner.problem import (
    Aircraft,
    Fixed,
    FixedFlight,
    FlightKey,
    Hospital,
    Patient,
    Problem,
    Weights,
)

REMEMBERED_PROBLEMS = 4


class ProblemIndex:
    """A problem with everything in it found by name in constant time."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.patients: dict[str, Patient] = {one.id: one for one in problem.patients}
        self.patient_rank = {one.id: rank for rank, one in enumerate(problem.patients)}
        self.hospitals: dict[str, Hospital] = {one.id: one for one in problem.hospitals}
        self.aircraft: dict[str, Aircraft] = {one.id: one for one in problem.aircraft}
        self.aircraft_rank = {one.id: rank for rank, one in enumerate(problem.aircraft)}
        self.fixed: dict[str, Fixed] = {one.patient: one for one in problem.fixed}
        self.fixed_flights: dict[FlightKey, FixedFlight] = {one.key: one for one in problem.fixed_flights}
        self._suitability: dict[tuple[str, tuple[str, ...]], float] = {}

    @cached_property
    def families(self) -> dict[str, tuple[Patient, ...]]:
        """Members of each family, in the problem's order."""
        found: dict[str, list[Patient]] = {}
        for patient in self.problem.patients:
            if patient.family is not None:
                found.setdefault(patient.family, []).append(patient)
        return {family: tuple(members) for family, members in found.items()}

    @cached_property
    def road_minutes(self) -> dict[tuple[str, str], float]:
        """Minutes on the road by (hospital, airport); the shortest if an airport is named twice."""
        found: dict[tuple[str, str], float] = {}
        for hospital in self.problem.hospitals:
            for reach in hospital.reach:
                key = (hospital.id, reach.airport)
                found[key] = min(reach.road_minutes, found.get(key, reach.road_minutes))
        return found

    def family_of(self, patient: Patient) -> tuple[Patient, ...]:
        """The patient's whole family, or the patient alone."""
        return (patient,) if patient.family is None else self.families[patient.family]

    def suitability(self, hospital: Hospital, needs: tuple[str, ...]) -> float:
        """Mean of the hospital's suitability over a patient's needs."""
        key = (hospital.id, needs)
        if key not in self._suitability:
            self._suitability[key] = sum(map(hospital.suitability_of, needs)) / len(needs)
        return self._suitability[key]


_remembered: OrderedDict[int, ProblemIndex] = OrderedDict()


def index_of(problem: Problem) -> ProblemIndex:
    """The index of a problem, prepared when first asked for.

    A problem holds mappings and cannot be hashed: the few last ones are remembered by identity, and
    each index keeps its problem alive so that no other can take its identity.
    """
    index = _remembered.get(id(problem))
    if index is None or index.problem is not problem:
        index = ProblemIndex(problem)
        _remembered[id(problem)] = index
        while len(_remembered) > REMEMBERED_PROBLEMS:
            _remembered.popitem(last=False)
    return index


def flight_names(index: ProblemIndex, flights: Sequence[FlightChoice]) -> dict[int, str]:
    """Ids F1, F2, … of flights by their positions: by date, then by the problem's order of aircraft."""
    order = sorted(
        range(len(flights)),
        key=lambda one: (flights[one].date, index.aircraft_rank[flights[one].aircraft_id]),
    )
    return {position: f"F{number}" for number, position in enumerate(order, start=1)}


def basis_of(patient: Patient, hospital_id: str) -> Basis:
    """What stands behind a placement: the first of chosen, accepted, proposal that holds."""
    if patient.chosen == hospital_id:
        return "chosen"
    if patient.hospitals is not None and hospital_id in patient.hospitals:
        return "accepted"
    return "proposal"


def offers(hospital: Hospital, needs: tuple[str, ...]) -> bool:
    """Whether the hospital has at least one place of each specialty, dates ignored (rule 7)."""
    return all(need in hospital.places and hospital.places[need].count >= 1 for need in needs)


def receives(hospital: Hospital, needs: tuple[str, ...], day: date) -> bool:
    """Whether a hospital that offers all needs does so on this date (rules 6 and 7), counts aside."""
    return hospital.open_on(day) and all(hospital.places[need].open_on(day) for need in needs)


def may_go(patient: Patient, hospital: Hospital) -> bool:
    """Whether `refuses`, `hospitals` and `chosen` leave this hospital to the patient (rule 7)."""
    if hospital.country in patient.refuses:
        return False
    if patient.hospitals is not None and hospital.id not in patient.hospitals:
        return False
    return patient.chosen is None or patient.chosen == hospital.id


def priority_value(weights: Weights, patient: Patient) -> float:
    """What placing this patient adds to the score by priority and waiting."""
    weeks = min(weights.waiting_weeks_cap, floor(patient.waiting_days / 7))
    return weights.priority[patient.priority] * (1 + weights.waiting_per_week * weeks)


def preference_value(weights: Weights, patient: Patient, country: str) -> float:
    """What the preferred country adds to the score."""
    return weights.preference if patient.prefers == country else 0.0
