"""Bounds of all stop sets of one slot: one scan at common prices, then prices for the leading ones alone.

`pricing` and `tighten` do the sums; here they are asked for one task, and the prices are kept between asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from medevac.planner.flight.hub_sets import HubSets
from medevac.planner.flight.task import Found, Task
from medevac.planner.instance import BOARD, NO_LIMIT, Floats, Instance, Ints
from medevac.planner.loads import Prices, Way, board_capacity, flight_cost
from medevac.planner.pricing import airport_values, pair_weights, scan_sets
from medevac.planner.routes import Library, Route
from medevac.planner.tighten import standalone_prices, tighten

CHUNK = 16
SET_STEPS = 40
ORDER_STEPS = 80
FADE = 0.5


@dataclass(frozen=True, slots=True)
class SlotPrices:
    """Prices of all that is scarce to one slot: resources, arrivals by hospital, drops by airport, board."""

    resource: Floats
    arrivals: Floats
    drops: Floats
    board: Floats


class SetBounds:
    """The stop sets of one slot, hub by hub, and the prices that bound them.

    It starts from the price of each place standing alone: prices of an earlier search, tried as a start,
    bound the sets far worse.

    Parameters
    ----------
    instance
        The arrays of the problem.
    libraries
        The stop sets of the slot by hub; none where the flight is fixed.
    task
        What is asked.
    found
        Where scans and tightened candidates are counted.
    """

    def __init__(self, instance: Instance, libraries: Sequence[Library], task: Task, found: Found) -> None:
        self.instance = instance
        self.task = task
        self.found = found
        self.craft = instance.problem.aircraft[instance.slots[task.slot].aircraft]
        self.day = instance.slots[task.slot].day
        self.capacities = [board_capacity(x) for x in self.craft.layouts]
        self.free = np.maximum(0.0, task.room.free)
        self.price = SlotPrices(
            np.zeros(len(instance.capacity)),
            np.zeros(len(instance.hospitals)),
            np.zeros(len(instance.airport_codes)),
            np.zeros(len(BOARD)),
        )
        self.pair_weight = np.empty(len(instance.pair_patient))
        self.blocked = instance.blocked_pairs(self.day, task.room.free)
        self.latest = instance.latest_arrival(self.day)
        self.ambulances = np.array(
            [
                NO_LIMIT if a.ambulances is None else float(a.ambulances)
                for a in instance.problem.airports.values()
            ]
        )
        self.cost_per_minute = (
            instance.problem.weights.cost_per_1000 * self.craft.cost_per_hour / 1000.0 / 60.0
        )
        self.hubs = [HubSets(instance, task, library) for library in libraries]
        if self.hubs:
            self._price_places()
            self.scan()

    def top(self) -> float:
        """The greatest bound of a set that was not tightened yet."""
        return max((float(hub.bound.max(initial=-np.inf)) for hub in self.hubs), default=-np.inf)

    # -- all sets at common prices ---------------------------------------------------------------------

    def scan(self) -> None:
        """Bound every set at the prices in force; bounds only ever fall."""
        self.found.scans += 1
        instance = self.instance
        rooms = instance.first_country_resource
        by_hospital = np.bincount(
            instance.resource_hospital,
            weights=self.price.resource[:rooms] * self.free[:rooms],
            minlength=len(instance.hospitals),
        )
        arrivals = self.task.room.arrivals[self.day]
        by_hospital = by_hospital + np.where(
            self.price.arrivals > 0, self.price.arrivals * np.maximum(0.0, arrivals), 0.0
        )
        constant = float((self.price.resource[rooms:] * self.free[rooms:]).sum())
        for hub in self.hubs:
            if len(hub.units):
                self._scan_hub(hub, np.asarray(by_hospital, dtype=np.float64), constant)

    def _scan_hub(self, hub: HubSets, by_hospital: Floats, constant: float) -> None:
        instance, library = self.instance, hub.library
        pair_weights(
            hub.patients,
            instance.pair_start,
            self.task.weight,
            instance.pair_use,
            instance.pair_amount,
            self.price.resource,
            self.pair_weight,
        )
        best = airport_values(
            hub.units,
            instance.unit_start,
            instance.unit_members,
            instance.unit_same_stop,
            instance.pair_start,
            instance.pair_hospital,
            self.pair_weight,
            self.blocked,
            instance.board @ self.price.board,
            self.price.arrivals,
            instance.reach_start,
            instance.reach_airport,
            instance.reach_road,
            library.node_of,
            self.price.drops[library.airport],
            library.direct,
            max(library.at_hub_first, self.task.not_before + library.at_hub),
            float(self.craft.unload_minutes),
            instance.tau,
            instance.transit_limit,
            self.latest,
            len(instance.hospitals),
            len(library.codes),
        )
        self._set_constants(hub, by_hospital)
        useful = best.max(axis=0, initial=0.0) > 0
        value = np.full(library.flying.shape, np.inf)
        scan_sets(
            library.depth,
            library.node,
            library.flying,
            np.ascontiguousarray(best[:, useful]),
            hub.node_constant,
            hub.shared,
            self.cost_per_minute,
            constant,
            value,
        )
        for i, capacity in enumerate(self.capacities):
            board = float(self.price.board @ np.where(self.price.board > 0, capacity, 0.0))
            np.minimum(hub.bound[:, :, i], value + board, out=hub.bound[:, :, i])

    def _set_constants(self, hub: HubSets, by_hospital: Floats) -> None:
        instance, library = self.instance, hub.library
        at_airport = np.bincount(
            instance.reach_airport,
            weights=by_hospital[instance.reach_owner],
            minlength=len(instance.airport_codes),
        )
        drops = np.where(self.price.drops > 0, self.price.drops * self.ambulances, 0.0)
        hub.node_constant = np.asarray(at_airport + drops, dtype=np.float64)[library.airport]
        first, second = library.node_of[instance.twins[:, 1]], library.node_of[instance.twins[:, 2]]
        both = (first >= 0) & (second >= 0)
        hub.shared[:] = 0.0
        weights = by_hospital[instance.twins[:, 0]][both]
        np.add.at(hub.shared, (first[both], second[both]), weights)
        np.add.at(hub.shared, (second[both], first[both]), weights)

    def _price_places(self) -> None:
        for hub in self.hubs:
            standalone_prices(
                hub.patients,
                self.instance.pair_start,
                self.task.weight,
                self.blocked,
                self.instance.pair_use,
                self.instance.pair_amount,
                self.free,
                self.price.resource,
            )

    def adopt(self, prices: Prices) -> None:
        """Take over the prices of one model as a start for the next candidates."""
        for mine, theirs in (
            (self.price.resource, prices.resource),
            (self.price.arrivals, prices.arrivals),
            (self.price.drops, prices.drops),
        ):
            for key, price in theirs.items():
                mine[key] = price
        self.price.board[:] = prices.board

    # -- single candidates -----------------------------------------------------------------------------

    def take_leading(self, target: float) -> tuple[int, Ints, Floats]:
        """Tighten the leading sets of the leading hub towards `target` and take them out.

        Returns the hub's number, the sets' numbers in its flat `bound`, and what they are worth at most.
        """
        number = max(range(len(self.hubs)), key=lambda i: float(self.hubs[i].bound.max(initial=-np.inf)))
        hub = self.hubs[number]
        flat = hub.bound.ravel()
        size = min(CHUNK, flat.size)
        leading = np.argpartition(-flat, size - 1)[:size]
        leading = leading[flat[leading] > -np.inf]
        leading = leading[np.lexsort((leading, -flat[leading]))]
        bound = flat[leading].copy()
        self.tighten_at(number, leading, bound, target)
        row, base, layout = np.unravel_index(leading, hub.bound.shape)
        hub.bound[row, base, layout] = -np.inf
        return number, leading, bound

    def tighten_at(self, number: int, at: Ints, bound: Floats, target: float) -> None:
        """Tighten some sets of a hub, their numbers in its flat `bound`, at the direct time to each drop."""
        hub = self.hubs[number]
        library = hub.library
        row, base, layout = np.unravel_index(at, hub.bound.shape)
        nodes, count = self._set_nodes(library, row, base)
        cost = np.asarray(self.cost_per_minute * library.flying[row, base], dtype=np.float64)
        clock = np.full(len(row), max(library.at_hub_first, self.task.not_before + library.at_hub))
        elapsed = np.asarray(library.direct[nodes])
        self._tighten(hub, nodes, count, elapsed, clock, cost, layout, SET_STEPS, bound, target)

    @staticmethod
    def _set_nodes(library: Library, row: Ints, base: Ints) -> tuple[Ints, Ints]:
        sets = library.sets[row]
        nodes = np.zeros((len(row), sets.shape[1] + 1), dtype=np.int64)
        nodes[:, : sets.shape[1]] = np.maximum(sets, 0)
        count = library.depth[row] + 1
        nodes[np.arange(len(row)), count] = 0  # the base, where it is a drop
        return nodes, count + base

    def _tighten(
        self,
        hub: HubSets,
        nodes: Ints,
        count: Ints,
        elapsed: Floats,
        at_hub: Floats,
        cost: Floats,
        layout: Ints,
        steps: int,
        bound: Floats,
        target: float,
    ) -> None:
        instance, task = self.instance, self.task
        self.found.tightened += len(count)
        share = instance.problem.weights.above_fair_share if task.shares else 0.0
        tighten(
            nodes,
            count,
            elapsed,
            at_hub,
            cost,
            np.array(self.capacities)[layout],
            hub.library.airport,
            self.ambulances,
            hub.units,
            instance.unit_start,
            instance.unit_members,
            instance.unit_same_stop,
            instance.pair_start,
            instance.pair_hospital,
            instance.pair_patient,
            task.weight,
            self.blocked,
            instance.reach_start,
            instance.reach_airport,
            instance.reach_road,
            float(self.craft.unload_minutes),
            instance.tau,
            instance.transit_limit,
            self.latest,
            instance.pair_use,
            instance.pair_amount,
            self.free,
            instance.first_share_resource,
            share,
            instance.board,
            task.room.arrivals[self.day],
            self.price.resource,
            self.price.board,
            self.price.arrivals,
            self.price.drops,
            np.full(len(count), target),
            steps,
            FADE,
            hub.most_entries,
            bound,
        )

    def orders(self, number: int, at: int, bound: float, target: float) -> list[tuple[Way, float]]:
        """The orders of a set as ways, each tightened towards `target` from the set's bound."""
        hub = self.hubs[number]
        row, base, layout = (int(x) for x in np.unravel_index(at, hub.bound.shape))
        routes = hub.library.orders(
            hub.library.stops_of(row),
            base_drop=bool(base),
            not_before=self.task.not_before,
            back_before=self.task.back_before,
        )
        if not routes:
            return []
        ways = [Way(self.task.slot, layout, route, flown=True) for route in routes]
        nodes = np.array([[hub.library.node_of[a] for a in r.stops] for r in routes], dtype=np.int64)
        count = np.full(len(routes), nodes.shape[1], dtype=np.int64)
        elapsed = np.array([r.elapsed for r in routes])
        at_hub = np.array([r.at_hub for r in routes])
        cost = np.array([flight_cost(self.instance, w) for w in ways])
        bounds = np.full(len(routes), bound)
        layouts = np.full(len(routes), layout)
        self._tighten(hub, nodes, count, elapsed, at_hub, cost, layouts, ORDER_STEPS, bounds, target)
        return list(zip(ways, bounds.tolist(), strict=True))

    def direct_way(self, number: int, at: int) -> Way:
        """A set as a way that no aircraft can fly: each drop at the time of flying there first."""
        hub = self.hubs[number]
        library = hub.library
        row, base, layout = (int(x) for x in np.unravel_index(at, hub.bound.shape))
        nodes = [*library.stops_of(row), *([0] if base else [])]
        route = Route(
            hub=library.hub,
            stops=tuple(int(library.airport[n]) for n in nodes),
            leaves_base=0,
            at_hub=max(library.at_hub_first, self.task.not_before + library.at_hub),
            elapsed=tuple(float(library.direct[n]) for n in nodes),
            flying=float(library.flying[row, base]),
            back_at=0.0,
        )
        return Way(self.task.slot, layout, route, flown=True)
