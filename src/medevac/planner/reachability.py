"""On which dates a flight could bring a patient, with the family and nobody else, to a hospital.

The question behind `no-flight`: any aircraft, date, layout, route and departure, in a plan that is
otherwise empty and without fixed flights (rules 1 to 6).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from medevac.planner.lanes import Lanes
from medevac.planner.lookup import ProblemIndex, may_go, offers
from medevac.planner.occupancy import ON_BOARD, demand_of
from medevac.planner.problem import Aircraft, Hospital, Layout, Patient
from medevac.planner.timeline import TOLERANCE, minute_of

Load = tuple[float, ...]  # what a party takes on board, in the order of `ON_BOARD`
Dates = frozenset[date]
Fleet = list[tuple[Aircraft, Dates]]


@dataclass(frozen=True, slots=True)
class _Party:
    """A patient with the whole family, and the limits that bind them together."""

    patient: Patient
    members: Sequence[Patient]
    load: Load
    ready: date
    max_transit_minutes: float
    alike: bool  # all go to one hospital, and none has a last instant of fitness
    received: dict[Hashable, Dates]  # what is found for all parties with the same limits


class Reachability:
    """Answers for all patients of a problem; what patients share is found once."""

    def __init__(self, index: ProblemIndex) -> None:
        self._index = index
        self._lanes = Lanes(index.problem)
        self._fleets: dict[Load, Fleet] = {}
        self._flown: dict[tuple[str, str, float, Load], Dates] = {}
        self._received: dict[Hashable, dict[Hashable, Dates]] = {}
        self._ends: dict[tuple[str, str], list[tuple[float, Hospital]]] = {}
        airports, roads = index.problem.airports, index.road_minutes
        self._reaches = {
            one.id: tuple(
                (code, roads[one.id, code], airports[code].ambulances)
                for code in dict.fromkeys(reach.airport for reach in one.reach)
            )
            for one in index.problem.hospitals
        }
        self._reached_from: dict[str, list[tuple[float, Hospital]]] = {}
        for one in index.problem.hospitals:
            for code, road, _ in self._reaches[one.id]:
                self._reached_from.setdefault(code, []).append((road, one))

    def reached(
        self, members: Sequence[Patient], patient: Patient, hospitals: Sequence[Hospital]
    ) -> list[tuple[Hospital, Dates]]:
        """Hospitals to which a flight could bring the patient with the family, and on which dates.

        A family of the rule same-hospital goes to one of these hospitals as a whole; of the rule
        same-stop, its other members leave at the same airport for any hospital that they could go to.

        Parameters
        ----------
        members
            The whole family, the patient included; the patient alone without a family.
        """
        party = self._party(members, patient)
        dates = ((hospital, self._dates(party, hospital)) for hospital in hospitals)
        return [(hospital, days) for hospital, days in dates if days]

    def quickest(
        self, members: Sequence[Patient], patient: Patient, hospitals: Sequence[tuple[Hospital, Dates]]
    ) -> list[float]:
        """Least minutes in transit, from the hub to each hospital, of flights that `reached` has found.

        Parameters
        ----------
        hospitals
            With the dates on which it may fly, of those that `reached` gave for the hospital.

        Returns
        -------
        Minutes, unrounded, in the same order; infinite where no such flight is possible on these dates.
        """
        party = self._party(members, patient)
        return [
            min(
                (
                    road + self._quickest_to(party, code, road, days)
                    for code, road, ambulances in self._reaches[hospital.id]
                    if ambulances is None or ambulances >= len(party.members)
                ),
                default=inf,
            )
            for hospital, days in hospitals
        ]

    def _quickest_to(self, party: _Party, airport: str, road: float, days: Dates) -> float:
        """Least minutes from the hub until the party is unloaded at an airport, its limits kept."""
        limits = (
            [(party.max_transit_minutes - road, inf, days)]
            if party.alike
            else [(*self._limits(party, airport, road, day), frozenset((day,))) for day in days]
        )
        found = inf
        for within, deadline, on in limits:
            for aircraft, dates in self._fleet(party.load):
                if dates.isdisjoint(on):
                    continue
                lane, unload = self._lanes.lane(aircraft, party.patient.hub, airport), aircraft.unload_minutes
                minutes = lane.quickest(deadline - unload) + unload
                if minutes <= within + TOLERANCE:
                    found = min(found, minutes)
        return found

    def _party(self, members: Sequence[Patient], patient: Patient) -> _Party:
        one_end = len(members) == 1 or self._one_hospital(patient)
        load = load_of(members)
        ready = max(member.ready for member in members)
        most = min(member.max_transit_minutes for member in members)
        return _Party(
            patient=patient,
            members=members,
            load=load,
            ready=ready,
            max_transit_minutes=most,
            alike=one_end and all(member.fit_until is None for member in members),
            received=self._received.setdefault((patient.hub, load, ready, most), {}),
        )

    def _dates(self, party: _Party, hospital: Hospital) -> Dates:
        """Dates of flights to any airport of the hospital that has ambulances for the party."""
        found: Dates = frozenset()
        for code, road, ambulances in self._reaches[hospital.id]:
            if ambulances is not None and ambulances < len(party.members):
                continue
            if party.alike:
                days = self._dates_alike(party, hospital, code, road)
            else:
                days = frozenset(self._dates_apart(party, hospital, code, road))
            found = found | days if found else days
        return found

    def _dates_alike(self, party: _Party, hospital: Hospital, airport: str, road: float) -> Dates:
        """Dates for a party with the same limits for all: the same for many parties."""
        key = (airport, road, hospital.from_date, hospital.until_date)
        found = party.received.get(key)
        if found is None:
            within = party.max_transit_minutes - road
            days = self._days_flown(party.patient.hub, airport, within, party.load)
            found = frozenset(day for day in days if day >= party.ready and hospital.open_on(day))
            party.received[key] = found
        return found

    def _days_flown(self, hub: str, airport: str, within: float, load: Load) -> Dates:
        """Dates on which some aircraft carries this load from hub to hospital within these minutes."""
        key = (hub, airport, within, load)
        if key not in self._flown:
            days: set[date] = set()
            for aircraft, dates in self._fleet(load):
                if self._lanes.lane(aircraft, hub, airport).reaches(within - aircraft.unload_minutes):
                    days |= dates
            self._flown[key] = frozenset(days)
        return self._flown[key]

    def _dates_apart(self, party: _Party, hospital: Hospital, airport: str, road: float) -> Iterator[date]:
        """Dates for a party in which each may have limits and a road of their own."""
        patient = party.patient
        own = patient.max_transit_minutes - road
        for day in self._days_flown(patient.hub, airport, own, party.load):
            if day < party.ready or not hospital.open_on(day):
                continue
            within, deadline = self._limits(party, airport, road, day)
            if deadline == inf:
                flown = day in self._days_flown(patient.hub, airport, within, party.load)
            else:
                flown = self._flown_by(party, airport, day, within, deadline)
            if flown:
                yield day

    def _limits(self, party: _Party, airport: str, road: float, day: date) -> tuple[float, float]:
        """Minutes from the hub, and the last minute of the day, by which all must be unloaded."""
        within = deadline = inf
        for member in party.members:
            same = member is party.patient or self._one_hospital(member)
            way = road if same else self._least_road(member, airport, day)
            within = min(within, member.max_transit_minutes - way)
            if member.fit_until is not None:
                deadline = min(deadline, minute_of(day, member.fit_until) - way)
        return within, deadline

    def _flown_by(self, party: _Party, airport: str, day: date, within: float, deadline: float) -> bool:
        """Whether some aircraft unloads the party on this date within both limits."""
        for aircraft, dates in self._fleet(party.load):
            lane = self._lanes.lane(aircraft, party.patient.hub, airport)
            unload = aircraft.unload_minutes
            if day in dates and lane.reaches(within - unload, deadline - unload):
                return True
        return False

    def _least_road(self, member: Patient, airport: str, day: date) -> float:
        """Least minutes on the road to a hospital where a member could go; infinite if there is none."""
        key = (member.id, airport)
        if key not in self._ends:
            ends = self._reached_from.get(airport, ())
            fit = [(road, one) for road, one in ends if may_go(member, one) and offers(one, member.needs)]
            self._ends[key] = sorted(fit, key=lambda end: end[0])
        return next((road for road, one in self._ends[key] if one.open_on(day)), inf)

    def _one_hospital(self, member: Patient) -> bool:
        return self._index.problem.family_rule(member.family or "") != "same-stop"

    def _fleet(self, load: Load) -> Fleet:
        """Aircraft that may fly and have room for this load, one for all that fly alike, and all dates."""
        if load not in self._fleets:
            alike: dict[Hashable, tuple[Aircraft, set[date]]] = {}
            for one in self._index.problem.aircraft:
                if one.max_flights >= 1 and any(_carries(layout, load) for layout in one.layouts):
                    key = (self._lanes.likeness(one), one.unload_minutes)
                    alike.setdefault(key, (one, set()))[1].update(one.days)
            self._fleets[load] = [(one, frozenset(days)) for one, days in alike.values()]
        return self._fleets[load]


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
