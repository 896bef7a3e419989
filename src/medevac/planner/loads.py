"""Flights in the making: ways to fly, who sits where, and the room that is left. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from medevac.planner.instance import BOARD, NO_LIMIT, Floats, Instance
from medevac.planner.problem import Layout
from medevac.planner.routes import EPS, Route


@dataclass(frozen=True, slots=True)
class Way:
    """One way to fly a slot: a layout and a route. A `flown` way flies whatever it carries."""

    slot: int
    layout: int
    route: Route
    flown: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """One placed patient on a way: the pair (patient and hospital) and the stop's place in the order."""

    pair: int
    stop: int


@dataclass(frozen=True, slots=True)
class Load:
    """A way with those who travel on it."""

    way: Way
    seats: tuple[Seat, ...]


@dataclass(slots=True)
class Room:
    """What is still free: resources, and arrivals per date and hospital."""

    free: Floats
    arrivals: dict[date, Floats]

    @classmethod
    def whole(cls, instance: Instance) -> Room:
        """Everything free."""
        limits = np.array([instance.arrivals_limit(j) for j in range(len(instance.hospitals))])
        return cls(instance.capacity.copy(), {slot.day: limits.copy() for slot in instance.slots})

    def copy(self) -> Room:
        """A copy that can be used up on its own."""
        return Room(self.free.copy(), {day: a.copy() for day, a in self.arrivals.items()})

    def take(self, instance: Instance, load: Load, sign: float = 1.0) -> None:
        """Use up what a load needs; with `sign` -1 give it back."""
        day = instance.slots[load.way.slot].day
        for seat in load.seats:
            use = instance.pair_use[seat.pair]
            held = use >= 0
            self.free[use[held]] -= sign * instance.pair_amount[seat.pair][held]
            self.arrivals[day][instance.pair_hospital[seat.pair]] -= sign


@dataclass(slots=True)
class Prices:
    """Multipliers of the rows of one model: resources, arrivals by hospital, board, drops by airport."""

    resource: dict[int, float] = field(default_factory=dict)
    arrivals: dict[int, float] = field(default_factory=dict)
    board: Floats = field(default_factory=lambda: np.zeros(len(BOARD)))
    drops: dict[int, float] = field(default_factory=dict)


def flight_cost(instance: Instance, way: Way) -> float:
    """What flying a way costs in score (FORMAT, `cost_per_1000`)."""
    craft = instance.problem.aircraft[instance.slots[way.slot].aircraft]
    return instance.problem.weights.cost_per_1000 * way.route.flying / 60.0 * craft.cost_per_hour / 1000.0


def board_capacity(layout: Layout) -> Floats:
    """Seats, litters, intensive, airborne isolation and care of a layout, `NO_LIMIT` where there is none."""
    return np.array(
        [
            layout.seats,
            layout.litters,
            layout.intensive,
            NO_LIMIT if layout.isolation is None else layout.isolation,
            NO_LIMIT if layout.care is None else layout.care,
        ],
        dtype=np.float64,
    )


def clash(instance: Instance, first: Way, second: Way) -> bool:
    """Whether `second` leaves after `first` by date, but before `first` is back (rule 1, last sentence)."""
    days = instance.days_after(first.slot, second.slot)
    return days > 0 and first.route.back_at > second.route.leaves_base + days * 24 * 60 + EPS
