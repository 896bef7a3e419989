"""How far each flight of a plan has come at an instant, when it is flown as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from medevac.planner.decision import Assignment, Decision, FlightChoice
from medevac.planner.evaluate.finding import BrokenRule, KnownFlight
from medevac.planner.evaluate.flown import known_flights
from medevac.planner.faults import FaultList
from medevac.planner.lookup import ProblemIndex
from medevac.planner.plan import Plan

Stage = Literal["planned", "boarding", "aboard", "delivered"]


@dataclass(frozen=True, slots=True)
class FlightState:
    """A flight of the plan and how far it has come.

    `planned`: it has not left its base. `boarding`: it has left its base, but not the hub. `aboard`: it has
    left the hub and has stops before it. `delivered`: it has reached its last stop. `reached` counts the
    drops that it has reached.
    """

    flight: KnownFlight
    stage: Stage
    reached: int = 0

    @property
    def has_left_base(self) -> bool:
        """Whether the flight is under way: its departure, layout and hub have happened."""
        return self.stage != "planned"

    @property
    def has_left_hub(self) -> bool:
        """Whether nobody can board or leave the flight at the hub any more."""
        return self.stage in ("aboard", "delivered")

    @property
    def choice(self) -> FlightChoice:
        """The flight as it was decided."""
        one = self.flight
        return FlightChoice(
            one.aircraft.id, one.flight.date, one.layout.id, one.flight.hub, one.stops, int(one.leaves_base)
        )


def states_at(index: ProblemIndex, plan: Plan, now: datetime | None) -> tuple[FlightState, ...]:
    """Find how far every flight of a plan has come.

    Raises
    ------
    FaultsError
        When a flight cannot be read: it does not fly base, hub, drops, base on known airports.
    """
    broken: list[BrokenRule] = []
    known = known_flights(index, plan, broken)
    faults = FaultList()
    for number, flight in enumerate(plan.flights):
        for one in broken:
            if flight.id in one.where and flight.id not in known:
                remedy = "Only a flight that can be read can be kept: check the plan, or plan anew."
                faults.error(f"plan.flights[{number}]", "a flight of this problem", one.sentence, remedy)
    faults.refuse()
    return tuple(_state(one, now) for one in known.values())


def decision_of(plan: Plan, states: Sequence[FlightState]) -> Decision:
    """What a plan decided, flights in the order of the states."""
    numbers = {state.flight.flight.id: number for number, state in enumerate(states)}
    return Decision(
        tuple(state.choice for state in states),
        tuple(
            Assignment(one.patient, one.hospital, numbers[one.flight], one.leaves_at)
            for one in plan.placements
        ),
    )


def in_utc(instant: datetime) -> datetime:
    """The instant with its time zone; one without a zone is UTC."""
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _state(one: KnownFlight, now: datetime | None) -> FlightState:
    legs = one.flight.legs
    if now is None or in_utc(now) < in_utc(one.flight.leaves_base):
        return FlightState(one, "planned")
    if in_utc(now) < in_utc(legs[1].departs):
        return FlightState(one, "boarding")
    reached = sum(in_utc(leg.arrives) <= in_utc(now) for leg in legs[1 : 1 + len(one.stops)])
    return FlightState(one, "delivered" if reached == len(one.stops) else "aboard", reached)
