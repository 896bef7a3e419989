"""Other ways to fly one slot, judged at the prices of everybody: what would each gain?

The gain of a way is an upper bound of what exchanging the slot's flight for it can bring, as everybody may
change flight or hospital; prices of the cabin are those of the flight that it replaces.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from medevac.planner.crowd.crowd import CrowdPrices, Ground
from medevac.planner.crowd.order_gains import order_gains
from medevac.planner.fleet import Fleet
from medevac.planner.instance import NO_LIMIT, Floats, Ints
from medevac.planner.loads import Way, flight_cost
from medevac.planner.pricing import airport_values, pair_weights, scan_sets
from medevac.planner.routes import Library, Route

Table = tuple[Ints, Floats]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A way and what it could bring beyond leaving the slot on the ground."""

    gain: float
    way: Way


class Proposer:
    """Proposes ways for one slot at given prices.

    Parameters
    ----------
    ground, fleet
        The instance's room and routes.
    slot
        Which slot is flown anew.
    prices
        Of everybody.
    base
        What each unit gains without this slot, shape (units,).
    not_before, back_before
        Minutes of the slot's date between which its aircraft is free.
    """

    def __init__(
        self,
        ground: Ground,
        fleet: Fleet,
        slot: int,
        prices: CrowdPrices,
        base: Floats,
        not_before: float = 0.0,
        back_before: float = np.inf,
    ) -> None:
        self.ground, self.fleet, self.slot = ground, fleet, slot
        self.prices, self.base = prices, base
        self.not_before, self.back_before = not_before, back_before
        instance = ground.instance
        self.day = int(ground.day_of[slot])
        self.craft = instance.problem.aircraft[instance.slots[slot].aircraft]
        self.cost_per_minute = (
            instance.problem.weights.cost_per_1000 * self.craft.cost_per_hour / 1000.0 / 60.0
        )
        self.capacities = ground.capacities(slot)
        # What one layout has without limit has no price: gains then hold for every layout.
        limited = np.all(np.array(self.capacities) < NO_LIMIT, axis=0)
        self.board = np.where(limited, prices.board[slot], 0.0)
        self.patient_price = instance.board @ self.board
        self.weight = np.empty(len(instance.pair_patient))

    def best(self, sets: int, orders: int) -> list[Proposal]:
        """The best ways of the `sets` best stop sets, `orders` of each set at most, best first."""
        candidates: list[tuple[float, int, Library, int, int]] = []
        tables: dict[int, Table] = {}
        for number, library in enumerate(self.fleet.libraries(self.slot)):
            table = self._values(library)
            if table is None:
                continue
            tables[number] = table
            value = self._scan(library, table)
            for layout, capacity in enumerate(self.capacities):
                held = self._held(capacity)
                flat = value.ravel()
                size = min(sets, flat.size)
                for at in np.argpartition(-flat, size - 1)[:size]:
                    if flat[at] > -np.inf:
                        candidates.append((float(flat[at]) + held, number, library, int(at), layout))
        candidates.sort(key=lambda c: (-c[0], c[1], c[3], c[4]))
        found: list[Proposal] = []
        listed: dict[tuple[int, int], list[tuple[Route, float]]] = {}
        for _, number, library, at, layout in candidates[:sets]:
            if (number, at) not in listed:
                listed[number, at] = self._orders(library, tables[number], at, orders)
            for route, gain in listed[number, at]:
                way = Way(self.slot, layout, route, flown=True)
                held = self._held(self.ground.cabin(way))
                found.append(Proposal(gain + held - flight_cost(self.ground.instance, way), way))
        found.sort(key=lambda p: -p.gain)
        return found

    def _held(self, capacity: Floats) -> float:
        """What a cabin's room is worth at the prices of the flight that is replaced."""
        return float(self.board @ np.where(self.board > 0, capacity, 0.0))

    def _values(self, library: Library) -> Table | None:
        """Units that may fly from the library's hub, and their worth at each node, shape (nodes, units)."""
        instance, ground = self.ground.instance, self.ground
        units = ground.units(self.slot, library.hub)
        if not len(units):
            return None
        people = ground.people(self.slot, library.hub)
        pair_weights(
            people,
            instance.pair_start,
            ground.weight,
            instance.pair_use,
            instance.pair_amount,
            self.prices.resource,
            self.weight,
        )
        best = airport_values(
            units,
            instance.unit_start,
            instance.unit_members,
            instance.unit_same_stop,
            instance.pair_start,
            instance.pair_hospital,
            self.weight,
            ground.blocked[self.day],
            self.patient_price,
            self.prices.arrivals[self.day],
            instance.reach_start,
            instance.reach_airport,
            instance.reach_road,
            library.node_of,
            np.zeros(len(library.codes)),
            library.direct,
            max(library.at_hub_first, self.not_before + library.at_hub),
            float(self.craft.unload_minutes),
            instance.tau,
            instance.transit_limit,
            instance.latest_arrival(ground.days[self.day]),
            len(instance.hospitals),
            len(library.codes),
        )
        return units, best

    def _scan(self, library: Library, table: Table) -> Floats:
        """What each stop set would gain at the direct time to each drop, shape (sets, 2)."""
        units, best = table
        beyond = best - self.base[units]
        useful = beyond.max(axis=0, initial=0.0) > 0
        nodes = len(library.codes)
        value = np.full(library.flying.shape, np.inf)
        scan_sets(
            library.depth,
            library.node,
            library.flying,
            np.ascontiguousarray(beyond[:, useful]),
            np.zeros(nodes),
            np.zeros((nodes, nodes)),
            self.cost_per_minute,
            0.0,
            value,
        )
        value[~np.isfinite(library.flying)] = -np.inf
        return value

    def _orders(self, library: Library, table: Table, at: int, most: int) -> list[tuple[Route, float]]:
        """The best orders of a set with what everybody would gain on them."""
        units, best = table
        instance, ground = self.ground.instance, self.ground
        row, base_drop = np.unravel_index(at, library.flying.shape)
        routes = library.orders(
            library.stops_of(int(row)),
            base_drop=bool(base_drop),
            not_before=self.not_before,
            back_before=self.back_before,
        )
        if not routes:
            return []
        nodes = library.node_of[np.array([r.stops for r in routes], dtype=np.int64)]
        gain = np.zeros(len(routes))
        order_gains(
            nodes,
            np.array([r.elapsed for r in routes]),
            np.array([r.at_hub for r in routes]),
            library.node_of,
            units,
            instance.unit_start,
            instance.unit_members,
            self.base[units],
            best,
            instance.pair_start,
            instance.pair_hospital,
            self.weight,
            ground.blocked[self.day],
            self.patient_price,
            self.prices.arrivals[self.day],
            instance.reach_start,
            instance.reach_airport,
            instance.reach_road,
            float(self.craft.unload_minutes),
            instance.tau,
            instance.transit_limit,
            instance.latest_arrival(ground.days[self.day]),
            gain,
        )
        net = gain - self.cost_per_minute * np.array([r.flying for r in routes])
        chosen = np.argsort(-net, kind="stable")[:most]
        return [(routes[i], float(gain[i])) for i in chosen]
