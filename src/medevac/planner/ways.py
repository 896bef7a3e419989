"""The ways in which patients could travel on the flights of a decision: hospital, flight and drop.

A table for each hub and list of needs holds all ways that rules 6 and 7 allow as far as flight and
hospital decide them; a patient's own limits pick from it. Counts are the work of `occupancy`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from medevac.planner.decision import Assignment
from medevac.planner.lookup import (
    ProblemIndex,
    may_go,
    offers,
    preference_value,
    priority_value,
    receives,
)
from medevac.planner.occupancy import DEMANDS, Floats, Occupancy
from medevac.planner.problem import Patient
from medevac.planner.timeline import TOLERANCE, minute_of

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WayTable:
    """Ways from one hub for one list of needs; all arrays run in parallel.

    `worth` is suitability less transit, in score; `arrives` is the minute at the hospital's door from
    00:00 of the problem's start; `numbers` are those of `Occupancy.numbers`, one row for each way.
    """

    hospital: Integers
    flight: Integers
    drops: tuple[str, ...]
    day: Integers
    transit: Floats
    arrives: Floats
    worth: Floats
    closed: NDArray[np.bool_]
    numbers: Integers


class Ways:
    """Finds the ways of each patient; tables are made when first asked for."""

    def __init__(self, index: ProblemIndex, occupancy: Occupancy) -> None:
        self.index = index
        self._occupancy = occupancy
        self._tables: dict[tuple[str, tuple[str, ...]], WayTable] = {}
        self._allowed: dict[tuple[object, ...], NDArray[np.bool_]] = {}
        self._reached: dict[str, list[int]] = {}
        for number, hospital in enumerate(index.problem.hospitals):
            for code in dict.fromkeys(reach.airport for reach in hospital.reach):
                self._reached.setdefault(code, []).append(number)
        codes = {code: number for number, code in enumerate(index.problem.countries)}
        self.country_codes = tuple(codes)
        self.countries: Integers = np.array(
            [codes[hospital.country] for hospital in index.problem.hospitals], dtype=np.int64
        )

    def table(self, patient: Patient) -> WayTable:
        """All ways from the patient's hub to hospitals that offer what the patient needs."""
        key = (patient.hub, patient.needs)
        if key not in self._tables:
            self._tables[key] = self._make(*key)
        return self._tables[key]

    def rows(self, patient: Patient) -> Integers:
        """Rows of the patient's table that rules 6 and 7 allow, counts and closed flights aside."""
        table = self.table(patient)
        start = self.index.problem.start
        latest = inf if patient.fit_until is None else minute_of(start, patient.fit_until)
        allowed = (
            (table.day >= patient.ready.toordinal())
            & (table.transit <= patient.max_transit_minutes + TOLERANCE)
            & (table.arrives <= latest + TOLERANCE)
            & self._may_go(patient)[table.hospital]
        )
        return np.flatnonzero(allowed)

    def values(self, patient: Patient, rows: Integers) -> Floats:
        """What placing the patient on each of these ways adds to the score, fair shares aside."""
        table, weights = self.table(patient), self.index.problem.weights
        values: Floats = table.worth[rows] + priority_value(weights, patient)
        if patient.prefers is not None and patient.prefers in self.country_codes:
            preferred = self.country_codes.index(patient.prefers)
            bonus = preference_value(weights, patient, patient.prefers)
            values += bonus * (self.countries[table.hospital[rows]] == preferred)
        return values

    def assignment(self, patient: Patient, row: int) -> Assignment:
        """The placement that a row of the patient's table means."""
        table = self.table(patient)
        hospital = self.index.problem.hospitals[table.hospital[row]]
        return Assignment(patient.id, hospital.id, int(table.flight[row]), table.drops[row])

    def value_of(self, one: Assignment) -> float:
        """What a placed patient adds to the score, fair shares aside."""
        patient, hospital = self.index.patients[one.patient_id], self.index.hospitals[one.hospital_id]
        weights, flown = self.index.problem.weights, self._occupancy.flights[one.flight_index]
        transit = flown.drops[one.leaves_at] + self.index.road_minutes[hospital.id, one.leaves_at]
        return (
            priority_value(weights, patient)
            + weights.suitability * self.index.suitability(hospital, patient.needs)
            + preference_value(weights, patient, hospital.country)
            - weights.transit_per_hour * transit / 60
        )

    def _may_go(self, patient: Patient) -> NDArray[np.bool_]:
        """Which hospitals the patient's refusals, list and choice leave."""
        key = (patient.refuses, patient.hospitals, patient.chosen)
        if key not in self._allowed:
            flags = [may_go(patient, hospital) for hospital in self.index.problem.hospitals]
            self._allowed[key] = np.array(flags, dtype=np.bool_)
        return self._allowed[key]

    def _make(self, hub: str, needs: tuple[str, ...]) -> WayTable:
        """Compute the table of all ways from a hub for one list of needs."""
        found = self._gather(hub, needs)
        problem, flights = self.index.problem, self._occupancy.flights
        ways = [(problem.hospitals[where], number, code) for where, number, code in found]
        roads, weights = self.index.road_minutes, problem.weights
        transit = np.array(
            [flights[number].drops[code] + roads[one.id, code] for one, number, code in ways],
            dtype=np.float64,
        )
        suitability = np.array([self.index.suitability(one, needs) for one, _, _ in ways], dtype=np.float64)
        at_hub = np.array([self._minute(number) for _, number, _ in ways], dtype=np.float64)
        numbers = [self._occupancy.numbers(*way, needs[0]) for way in ways]
        return WayTable(
            hospital=np.array([where for where, _, _ in found], dtype=np.int64),
            flight=np.array([number for _, number, _ in found], dtype=np.int64),
            drops=tuple(code for _, _, code in found),
            day=np.array([flights[number].choice.date.toordinal() for _, number, _ in ways], dtype=np.int64),
            transit=transit,
            arrives=at_hub + transit,
            worth=weights.suitability * suitability - weights.transit_per_hour * transit / 60,
            closed=np.array([flights[number].closed for _, number, _ in ways], dtype=np.bool_),
            numbers=np.array(numbers, dtype=np.int64).reshape(len(ways), len(DEMANDS)),
        )

    def _gather(self, hub: str, needs: tuple[str, ...]) -> list[tuple[int, int, str]]:
        """Ways as (hospital, flight, drop): flights in order, then drops, then hospitals."""
        hospitals = self.index.problem.hospitals
        offering = {where for where, one in enumerate(hospitals) if offers(one, needs)}
        found = []
        for number, flown in enumerate(self._occupancy.flights):
            if flown.choice.hub != hub:
                continue
            for code in flown.drops:
                found += [
                    (where, number, code)
                    for where in self._reached.get(code, ())
                    if where in offering and receives(hospitals[where], needs, flown.choice.date)
                ]
        return found

    def _minute(self, flight: int) -> float:
        """Arrival at the hub in minutes from 00:00 of the problem's start."""
        flown = self._occupancy.flights[flight]
        days = (flown.choice.date - self.index.problem.start).days
        return days * 1440 + flown.times.arrives_hub
