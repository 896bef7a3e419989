"""A plan's flights as papers show them: stops in order, who leaves where, what is on board on each leg."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from medevac.planner.plan import Flight, Placement, Plan
from medevac.planner.problem import Aircraft, Hospital, Layout, Patient, Problem

StopKind = Literal["base", "hub", "drop", "home"]


@dataclass(frozen=True, slots=True)
class Traveller:
    """A placed patient with the hospital that receives them."""

    patient: Patient
    placement: Placement
    hospital: Hospital


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a flight is on the ground; `base` is the start, `home` the return when nobody leaves there."""

    airport: str
    kind: StopKind
    arrives: datetime | None
    leaves: datetime | None
    leaving: tuple[Traveller, ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """What is on board, counted as the cabin rule of the format counts it."""

    litters: int
    intensive: int
    seats: int
    airborne: int
    care: float
    patients: int
    companions: int


@dataclass(frozen=True, slots=True)
class ShownFlight:
    """A flight with what it needs to be shown."""

    flight: Flight
    aircraft: Aircraft
    layout: Layout
    stops: tuple[Stop, ...]
    travellers: tuple[Traveller, ...]

    @property
    def hub_stop(self) -> Stop:
        """The stop at the hub, where everybody boards."""
        return next((stop for stop in self.stops if stop.kind == "hub"), self.stops[0])

    def on_leg(self, leg: int) -> tuple[Traveller, ...]:
        """Who is on board on a leg: from the hub until the stop where each leaves."""
        hub = self.stops.index(self.hub_stop)
        if leg < hub:
            return ()
        return tuple(one for stop in self.stops[leg + 1 :] for one in stop.leaving)


def load_of(travellers: Iterable[Traveller]) -> Load:
    """Count what travellers take on board (rule 5 of the format)."""
    patients = [one.patient for one in travellers]
    seated = sum(one.position == "seat" for one in patients)
    companions = sum(one.companions for one in patients)
    return Load(
        litters=len(patients) - seated,
        intensive=sum(one.position == "intensive" for one in patients),
        seats=seated + companions,
        airborne=sum(one.isolation == "airborne" for one in patients),
        care=sum(one.care for one in patients),
        patients=len(patients),
        companions=companions,
    )


def shown_flights(problem: Problem, plan: Plan) -> tuple[ShownFlight, ...]:
    """All flights of a plan, in its order."""
    patients = {one.id: one for one in problem.patients}
    hospitals = {one.id: one for one in problem.hospitals}
    by_flight: dict[str, list[Traveller]] = {flight.id: [] for flight in plan.flights}
    for one in plan.placements:
        by_flight[one.flight].append(Traveller(patients[one.patient], one, hospitals[one.hospital]))
    return tuple(_shown(problem, flight, by_flight[flight.id]) for flight in plan.flights)


def _shown(problem: Problem, flight: Flight, travellers: Sequence[Traveller]) -> ShownFlight:
    aircraft = problem.aircraft_by_id(flight.aircraft)
    leaving: dict[str, list[Traveller]] = {}
    for one in sorted(travellers, key=lambda one: (one.hospital.id, one.patient.id)):
        leaving.setdefault(one.placement.leaves_at, []).append(one)
    stops = _stops(flight, leaving)
    return ShownFlight(flight, aircraft, aircraft.layout(flight.layout), stops, tuple(travellers))


def _stops(flight: Flight, leaving: Mapping[str, Sequence[Traveller]]) -> tuple[Stop, ...]:
    """The flight's stops from its base on. Who would leave where it never lands is left to `check`."""
    if not flight.legs:
        return (Stop(flight.hub, "hub", None, None),)
    first = flight.legs[0]
    stops = [Stop(first.origin, "base", None, first.departs)]
    for leg, following in zip(flight.legs, (*flight.legs[1:], None), strict=True):
        leaves = None if following is None else following.departs
        here = tuple(leaving.get(leg.destination, ()))
        stops.append(
            Stop(leg.destination, _kind(flight, leg.destination, here, leaves), leg.arrives, leaves, here)
        )
    return tuple(stops)


def _kind(flight: Flight, airport: str, here: tuple[Traveller, ...], leaves: datetime | None) -> StopKind:
    if airport == flight.hub:
        return "hub"
    return "home" if leaves is None and not here else "drop"
