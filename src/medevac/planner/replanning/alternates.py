"""Where a patient on board could leave instead, with road times: what to say to the crew, not a decision.

A landing is offered only where the patient's own place is reached by road. Every other hospital that fits is
an ask: somebody must say yes first. Arrivals are estimates from where the aircraft is by its printed times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from medevac.planner.geography import distance_km
from medevac.planner.lookup import ProblemIndex, may_go, offers
from medevac.planner.plan import Placement, Plan
from medevac.planner.problem import Airport, Hospital, Patient
from medevac.planner.replanning.progress import FlightState, in_utc

MOST_ASKS = 3  # for each patient


@dataclass(frozen=True, slots=True)
class Alternate:
    """One airport and hospital for a patient on board.

    `kind` is `landing` where the patient's own place is kept there, else `ask`. `lands` and `arrives`, at the
    hospital's door, are estimates; `in_time` says whether that keeps the patient's limits. `free` counts the
    places of the patient's first need that the plan leaves (the own one included). `needed` says that the
    planned drop is closed.
    """

    patient: str
    flight: str
    airport: str
    hospital: str
    kind: Literal["landing", "ask"]
    road_minutes: float
    lands: datetime
    arrives: datetime
    in_time: bool
    free: int
    needed: bool


def find_alternates(
    index: ProblemIndex, plan: Plan, state: FlightState, closed: Collection[str], now: datetime
) -> list[Alternate]:
    """List alternates for everybody who is still on board a flight, landings first."""
    ahead = state.flight.stops[state.reached :]
    here, on_ground = position(index, state, now)
    taken = Counter((one.hospital, index.patients[one.patient].needs[0]) for one in plan.placements)
    found: list[Alternate] = []
    for one in plan.placements:
        if one.flight == state.flight.flight.id and one.leaves_at in ahead:
            ways = _Ways(index, state, one, here, on_ground, in_utc(now), taken)
            found += _shortened(ways.every(closed))
    return found


def position(index: ProblemIndex, state: FlightState, now: datetime) -> tuple[Airport, bool]:
    """Where a flight is by its printed times, and whether it stands on the ground there.

    Between two airports it has flown the same share of the distance as of the printed time.
    """
    airports, moment = index.problem.airports, in_utc(now)
    for leg in state.flight.flight.legs[1:]:
        start, end = airports[leg.origin], airports[leg.destination]
        off, on = in_utc(leg.departs), in_utc(leg.arrives)
        if moment < off:
            return start, True
        if moment < on:
            share = (moment - off) / (on - off)
            lat = start.lat + share * (end.lat - start.lat)
            lon = start.lon + share * (end.lon - start.lon)
            return Airport("in the air", lat, lon), False
    return airports[state.flight.flight.legs[-1].destination], True


@dataclass(frozen=True, slots=True)
class _Ways:
    """All that is needed to list one patient's alternates."""

    index: ProblemIndex
    state: FlightState
    placement: Placement
    here: Airport
    on_ground: bool
    now: datetime
    taken: Counter[tuple[str, str]]

    def every(self, closed: Collection[str]) -> list[Alternate]:
        """Landings, then asks, each the most promising first."""
        passed = {*self.state.flight.stops[: self.state.reached], self.state.flight.flight.hub, *closed}
        patient = self.index.patients[self.placement.patient]
        found = [
            self._alternate(patient, hospital, code, road, self.placement.leaves_at in closed)
            for hospital, code, road in self._reaches(patient)
            if code not in passed
            and (hospital.id, code) != (self.placement.hospital, self.placement.leaves_at)
        ]
        return sorted(found, key=_promise)

    def _reaches(self, patient: Patient) -> Iterator[tuple[Hospital, str, float]]:
        day = self.state.flight.flight.date
        for (name, code), road in self.index.road_minutes.items():
            hospital = self.index.hospitals[name]
            own = name == self.placement.hospital
            fits = offers(hospital, patient.needs) and may_go(patient, hospital) and hospital.open_on(day)
            if own or fits:
                yield hospital, code, road

    def _alternate(
        self, patient: Patient, hospital: Hospital, code: str, road: float, needed: bool
    ) -> Alternate:
        own = hospital.id == self.placement.hospital
        places = hospital.places.get(patient.needs[0])
        free = (0 if places is None else places.count) - self.taken[hospital.id, patient.needs[0]] + own
        lands = self._lands(code)
        arrives = lands + timedelta(minutes=round(self.state.flight.aircraft.unload_minutes + road))
        return Alternate(
            patient=patient.id,
            flight=self.placement.flight,
            airport=code,
            hospital=hospital.id,
            kind="landing" if own else "ask",
            road_minutes=road,
            lands=lands,
            arrives=arrives,
            in_time=self._in_time(patient, arrives),
            free=max(0, free),
            needed=needed,
        )

    def _in_time(self, patient: Patient, arrives: datetime) -> bool:
        at_hub = in_utc(self.state.flight.flight.legs[0].arrives)
        latest = at_hub + timedelta(minutes=patient.max_transit_minutes)
        return arrives <= latest and (patient.fit_until is None or arrives <= in_utc(patient.fit_until))

    def _lands(self, code: str) -> datetime:
        """The estimated landing when the aircraft turns there now."""
        aircraft = self.state.flight.aircraft
        km = distance_km(self.here, self.index.problem.airports[code])
        minutes = 60 * km / aircraft.speed_kmh + (aircraft.leg_minutes if self.on_ground else 0)
        return self.now + timedelta(minutes=round(minutes))


def _shortened(every: list[Alternate]) -> list[Alternate]:
    asks = [one for one in every if one.kind == "ask"]
    return [one for one in every if one.kind == "landing"] + asks[:MOST_ASKS]


def _promise(one: Alternate) -> tuple[object, ...]:
    """Landings first, then asks in time and with a place left as the plan stands, then by arrival."""
    return (one.kind == "ask", not one.in_time, one.free <= 0, one.arrives, one.hospital, one.airport)
