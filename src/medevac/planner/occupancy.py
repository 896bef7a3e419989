"""What a decision uses up of everything that is counted: on board, at airports, hospitals, countries.

Every counted thing has a number. One patient on one way (hospital, flight, drop) asks 13 of them for an
amount, in the order of `DEMANDS`; the amounts depend on the patient alone, the numbers on the way alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from math import inf

import numpy as np
from numpy.typing import NDArray

from medevac.planner.decision import Assignment, Decision, FlightChoice
from medevac.planner.lookup import ProblemIndex
from medevac.planner.problem import Aircraft, Hospital, Layout, Patient
from medevac.planner.timeline import TOLERANCE, Timeline, timeline

ON_BOARD = ("seats", "litters", "intensive", "isolation", "care")
ROOMS = ("isolation rooms", "child places", "intensive places", "companion housing")
DEMANDS = (*ON_BOARD, "ambulances", "places", *ROOMS, "arrivals", "country")
AMBULANCES, PLACES, ARRIVALS, COUNTRY = 5, 6, 11, 12

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FlownFlight:
    """One flight of the decision. `drops`: airport to minutes from the hub until patients are unloaded.

    The base is among the drops also where nobody leaves there yet but somebody could (rule 1).
    """

    choice: FlightChoice
    aircraft: Aircraft
    layout: Layout
    times: Timeline
    drops: dict[str, float]
    closed: bool


def demand_of(patient: Patient) -> Floats:
    """How much one patient takes of each of `DEMANDS`."""
    lies = patient.position != "seat"
    intensive = patient.position == "intensive"
    return np.array(
        [
            patient.companions + (not lies),
            lies,
            intensive,
            patient.isolation == "airborne",
            patient.care,
            1,
            1,
            patient.isolation != "none",
            patient.child,
            intensive,
            patient.companions,
            1,
            1,
        ],
        dtype=np.float64,
    )


class Occupancy:
    """Counts what is taken and by whom; patients may be added and removed."""

    def __init__(self, index: ProblemIndex, decision: Decision) -> None:
        self.index = index
        self.flights = [_flown(index, choice) for choice in decision.flights]
        self.assignments: dict[str, Assignment] = {}
        self._numbers: dict[Hashable, int] = {}
        limits: list[float] = []
        for key, limit in self._counted():
            if key not in self._numbers:
                self._numbers[key] = len(limits)
                limits.append(inf if limit is None else limit)
        self.limits: Floats = np.array(limits, dtype=np.float64)
        self.free: Floats = self.limits.copy()
        self.users: list[dict[str, float]] = [{} for _ in limits]
        for one in decision.assignments:
            self.add(one)

    def numbers(self, hospital: Hospital, flight: int, airport: str, specialty: str) -> tuple[int, ...]:
        """The numbers of what a patient on this way asks for, in the order of `DEMANDS`."""
        known = self._numbers
        day = self.flights[flight].choice.date
        return (
            *(known["board", flight, what] for what in ON_BOARD),
            known["ambulances", flight, airport],
            known["places", hospital.id, specialty],
            *(known["room", hospital.id, what] for what in ROOMS),
            known["arrivals", hospital.id, day],
            known["country", hospital.country],
        )

    def numbers_of(self, one: Assignment) -> tuple[int, ...]:
        """As `numbers`, of a placed patient."""
        hospital = self.index.hospitals[one.hospital_id]
        specialty = self.index.patients[one.patient_id].needs[0]
        return self.numbers(hospital, one.flight_index, one.leaves_at, specialty)

    def add(self, one: Assignment) -> tuple[int, ...]:
        """Take what a patient needs; returns the numbers of what changed."""
        demand = demand_of(self.index.patients[one.patient_id])
        numbers = self.numbers_of(one)
        for number, amount in zip(numbers, demand.tolist(), strict=True):
            if amount > 0:
                self.free[number] -= amount
                self.users[number][one.patient_id] = amount
        self.assignments[one.patient_id] = one
        return numbers

    def remove(self, patient_id: str) -> tuple[int, ...]:
        """Give back what a patient took; returns the numbers of what changed."""
        numbers = self.numbers_of(self.assignments.pop(patient_id))
        for number in numbers:
            self.free[number] += self.users[number].pop(patient_id, 0.0)
        return numbers

    def place(self, hospital: str, specialty: str) -> int:
        """The number of a hospital's places of one specialty."""
        return self._numbers["places", hospital, specialty]

    def room(self, hospital: str, what: str) -> int:
        """The number of a hospital's rooms or housing, `what` being one of `ROOMS`."""
        return self._numbers["room", hospital, what]

    def arrivals(self, hospital: str, day: date) -> int | None:
        """The number of a hospital's arrivals on a date; None where no flight of the decision flies."""
        return self._numbers.get(("arrivals", hospital, day))

    def country(self, code: str) -> int:
        """The number of a country's limit."""
        return self._numbers["country", code]

    def received(self, code: str) -> int:
        """How many patients a country receives."""
        return len(self.users[self._numbers["country", code]])

    def taken(self, number: int) -> float:
        """How much is used up of what has this number."""
        return sum(self.users[number].values())

    def decision(self) -> Decision:
        """The decision as it stands now; the base is a drop exactly where somebody leaves (rule 1)."""
        rank = self.index.patient_rank
        ones = sorted(self.assignments.values(), key=lambda one: rank[one.patient_id])
        choices = tuple(self._choice(number) for number in range(len(self.flights)))
        return Decision(choices, tuple(ones))

    def leaves_only_here(self, patient_id: str) -> bool:
        """Whether this patient's flight has no drop but the base, and only this patient leaves there."""
        one = self.assignments[patient_id]
        flown = self.flights[one.flight_index]
        if flown.choice.key in self.index.fixed_flights:
            return False
        others = [code for code in flown.choice.stops if code != flown.aircraft.base]
        return not others and len(self.users[self._numbers_at(one)]) == 1

    def _numbers_at(self, one: Assignment) -> int:
        return self._numbers["ambulances", one.flight_index, one.leaves_at]

    def _choice(self, flight: int) -> FlightChoice:
        flown = self.flights[flight]
        choice, base = flown.choice, flown.aircraft.base
        if base not in flown.drops or choice.key in self.index.fixed_flights:
            return choice
        stops = tuple(code for code in choice.stops if code != base)
        if self.users[self._numbers["ambulances", flight, base]]:
            stops = (*stops, base)
        if stops == choice.stops:
            return choice
        return FlightChoice(
            choice.aircraft_id, choice.date, choice.layout_id, choice.hub, stops, choice.leaves_base
        )

    def _counted(self) -> Iterator[tuple[Hashable, float | None]]:
        """Everything that is counted, with its limit."""
        problem = self.index.problem
        for number, flown in enumerate(self.flights):
            layout = flown.layout
            limits = (layout.seats, layout.litters, layout.intensive, layout.isolation, layout.care)
            for what, limit in zip(ON_BOARD, limits, strict=True):
                yield ("board", number, what), limit
            for code in flown.drops:
                yield ("ambulances", number, code), problem.airports[code].ambulances
        days = {flown.choice.date for flown in self.flights}
        for hospital in problem.hospitals:
            for specialty, places in hospital.places.items():
                yield ("places", hospital.id, specialty), places.count
            rooms = (hospital.isolation, hospital.child, hospital.intensive, hospital.companions)
            for what, limit in zip(ROOMS, rooms, strict=True):
                yield ("room", hospital.id, what), limit
            for day in days:
                yield ("arrivals", hospital.id, day), hospital.arrivals_per_day
        for country in problem.countries.values():
            yield ("country", country.code), country.limit


def _flown(index: ProblemIndex, choice: FlightChoice) -> FlownFlight:
    """A flight with its times and all drops at which somebody may leave."""
    aircraft = index.aircraft[choice.aircraft_id]
    times = timeline(index.problem, aircraft, choice.hub, choice.stops, choice.leaves_base)
    drops = {
        code: times.elapsed_to(number) + aircraft.unload_minutes for number, code in enumerate(choice.stops)
    }
    fixed = index.fixed_flights.get(choice.key)
    if fixed is None and _base_may_be_drop(index, aircraft, times):
        drops[aircraft.base] = times.back_at_base - times.arrives_hub + aircraft.unload_minutes
    closed = fixed is not None and fixed.closed
    return FlownFlight(choice, aircraft, aircraft.layout(choice.layout_id), times, drops, closed)


def _base_may_be_drop(index: ProblemIndex, aircraft: Aircraft, times: Timeline) -> bool:
    """Whether patients could leave at the base too: the flight ends there anyway (rules 1 and 3)."""
    if aircraft.base in times.stops or len(times.stops) >= aircraft.max_stops:
        return False
    base, arrives = index.problem.airports[aircraft.base], times.back_at_base
    return base.always_open or base.opens - TOLERANCE <= arrives <= base.closes + TOLERANCE
