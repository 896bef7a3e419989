"""On which dates a flight could bring a patient, with the family and nobody else, to a hospital.

The question behind `no-flight`: any aircraft, date, layout, route and departure, in a plan that is
otherwise empty and without fixed flights (rules 1 to 6).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import inf

from medevac.planner.lanes import Lanes
from medevac.planner.lookup import ProblemIndex, may_go, offers
from medevac.planner.occupancy import ON_BOARD, demand_of
from medevac.planner.problem import Aircraft, Hospital, Layout, Patient
from medevac.planner.timeline import TOLERANCE, minute_of

Load = tuple[float, ...]  # what a party takes on board, in the order of `ON_BOARD`


class Reachability:
    """Answers for all patients of a problem; what patients share is found once."""

    def __init__(self, index: ProblemIndex) -> None:
        self._index = index
        self._lanes = Lanes(index.problem)
        self._fitting: dict[Load, list[Aircraft]] = {}
        self._simple: dict[tuple[str, str, float, Load], frozenset[date]] = {}
        self._roads: dict[tuple[str, str, date], float] = {}

    def dates(self, party: Sequence[Patient], patient: Patient, hospital: Hospital) -> set[date]:
        """Dates of flights that could bring `patient` to the hospital, with the rest of the `party`.

        A family of the rule same-hospital goes to this hospital as a whole; of the rule same-stop, its
        other members leave at the same airport for any hospital that offers what they need.
        """
        found: set[date] = set()
        for reach in hospital.reach:
            airport = self._index.problem.airports[reach.airport]
            if airport.ambulances is not None and airport.ambulances < len(party):
                continue
            if len(party) == 1 and patient.fit_until is None:
                found |= self._simple_dates(patient, hospital, reach.airport)
            else:
                found.update(self._party_dates(party, patient, hospital, reach.airport))
        return found

    def _simple_dates(self, patient: Patient, hospital: Hospital, airport: str) -> set[date]:
        """Dates for one patient without a last date of fitness: the same for many patients."""
        within = patient.max_transit_minutes - self._index.road_minutes[hospital.id, airport]
        load = load_of([patient])
        key = (patient.hub, airport, within, load)
        if key not in self._simple:
            days: set[date] = set()
            for aircraft in self._aircraft(load):
                lane = self._lanes.lane(aircraft, patient.hub, airport)
                if lane.reaches(within - aircraft.unload_minutes):
                    days.update(aircraft.days)
            self._simple[key] = frozenset(days)
        return {day for day in self._simple[key] if day >= patient.ready and hospital.open_on(day)}

    def _party_dates(
        self, party: Sequence[Patient], patient: Patient, hospital: Hospital, airport: str
    ) -> Iterator[date]:
        """Dates for a party, each of whom has limits and perhaps a road of their own."""
        ready = max(member.ready for member in party)
        for aircraft in self._aircraft(load_of(party)):
            lane = self._lanes.lane(aircraft, patient.hub, airport)
            for day in aircraft.days:
                if day < ready or not hospital.open_on(day):
                    continue
                within = deadline = inf
                for member in party:
                    road = self._road(member, patient, hospital, airport, day) + aircraft.unload_minutes
                    within = min(within, member.max_transit_minutes - road)
                    if member.fit_until is not None:
                        deadline = min(deadline, minute_of(day, member.fit_until) - road)
                if lane.reaches(within, deadline):
                    yield day

    def _road(self, member: Patient, patient: Patient, hospital: Hospital, airport: str, day: date) -> float:
        """Minutes on the road for a member of the patient's party, infinite where there is no way."""
        same_hospital = (
            member is patient or self._index.problem.family_rule(member.family or "") != "same-stop"
        )
        if same_hospital:
            return self._index.road_minutes[hospital.id, airport]
        key = (member.id, airport, day)
        if key not in self._roads:
            roads = self._index.road_minutes
            self._roads[key] = min(
                (
                    roads[one.id, airport]
                    for one in self._index.problem.hospitals
                    if (one.id, airport) in roads
                    and one.open_on(day)
                    and offers(one, member.needs)
                    and may_go(member, one)
                ),
                default=inf,
            )
        return self._roads[key]

    def _aircraft(self, load: Load) -> list[Aircraft]:
        """Aircraft that may fly and have a layout with room for this load."""
        if load not in self._fitting:
            self._fitting[load] = [
                one
                for one in self._index.problem.aircraft
                if one.max_flights >= 1 and any(_carries(layout, load) for layout in one.layouts)
            ]
        return self._fitting[load]


def load_of(party: Sequence[Patient]) -> Load:
    """What a party takes on board (rule 5)."""
    demands = [demand_of(member).tolist() for member in party]
    return tuple(sum(demand[column] for demand in demands) for column in range(len(ON_BOARD)))


def _carries(layout: Layout, load: Load) -> bool:
    """Whether an empty cabin has room for a load."""
    limits = (layout.seats, layout.litters, layout.intensive, layout.isolation, layout.care)
    return all(
        limit is None or amount <= limit + TOLERANCE for amount, limit in zip(load, limits, strict=True)
    )
