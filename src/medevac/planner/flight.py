"""The best single flight of one slot, with a proof: which stops, in which order, with whom.

Best first. Every stop set is bounded by one scan of the tree (`pricing`); the most promising set is split
into its orders, the most promising order is loaded by a linear model whose prices tighten all other bounds,
and only an order whose linear bound leads is loaded with whole patients. The search ends when nothing left
can beat the best load by more than the gap.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from medevac.planner.fleet import Fleet
from medevac.planner.instance import BOARD, NO_LIMIT, Floats, Instance, Ints
from medevac.planner.model import Load, Prices, Room, RouteModel, Way, board_capacity, flight_cost
from medevac.planner.pricing import airport_values, pair_weights, scan_sets
from medevac.planner.routes import EPS, Library, Route
from medevac.planner.tighten import standalone_prices, tighten

CHUNK = 16
SET_STEPS = 40
ORDER_STEPS = 80
FADE = 0.5
LAST_ORDERS = 6
LEAST_SHARE = 1e-9
FIRST_TARGET = 0.7  # of the loosest bound, while nothing is known to beat


@dataclass(frozen=True, slots=True)
class Task:
    """What one slot is asked for.

    `weight` is what each pair is worth before transit, other slots' prices taken off; `patients` may be
    placed; `room` is free; `shares` says whether fair shares cost here; the aircraft is away from its base
    only between `not_before` and `back_before` (minutes from 00:00 of the slot's date). Loads worth no more
    than `beat` are of no use.
    """

    slot: int
    patients: Ints
    weight: Floats
    room: Room
    shares: bool = True
    not_before: float = 0.0
    back_before: float = np.inf
    beat: float = 0.0


@dataclass(slots=True)
class Found:
    """The outcome: an upper bound on the value of any flight, and the loads found, best first."""

    bound: float
    loads: list[tuple[float, Load]] = field(default_factory=list)
    models: int = 0
    scans: int = 0
    tightened: int = 0

    @property
    def value(self) -> float:
        """Value of the best load, 0 where there is none; below 0 where it is better not to fly."""
        return self.loads[0][0] if self.loads else 0.0


@dataclass(frozen=True, slots=True)
class MixedLoad:
    """People in parts on a way: pairs, their transit minutes and shares."""

    way: Way
    pair: Ints
    transit: Floats
    share: Floats


@dataclass(order=True, slots=True)
class _Candidate:
    key: tuple[float, int]
    kind: str = field(compare=False)
    hub: int = field(compare=False)
    at: int = field(compare=False, default=-1)
    way: Way | None = field(compare=False, default=None)
    model: RouteModel | None = field(compare=False, default=None)


@dataclass(frozen=True, slots=True)
class SlotPrices:
    """Prices of all that is scarce to one slot: resources, arrivals by hospital, drops by airport, board."""

    resource: Floats
    arrivals: Floats
    drops: Floats
    board: Floats


class _Hub:
    """The sets of one hub: their tree, their bounds per layout, and the prices they were made with."""

    def __init__(self, search: FlightSearch, library: Library) -> None:
        self.library = library
        instance, task = search.instance, search.task
        mine = task.patients[instance.hub_of[task.patients] == library.hub]
        allowed = instance.may_fly(task.slot)
        self.patients = mine[allowed[mine]]
        self.units = np.unique(instance.unit_of[self.patients])
        whole = np.bincount(instance.unit_of[self.patients], minlength=len(instance.units))
        self.units = self.units[whole[self.units] == instance.unit_size[self.units]]
        self.size = instance.unit_size[self.units].astype(np.float64)
        layouts = len(library.aircraft.layouts)
        self.bound = np.full((len(library.depth), 2, layouts), np.inf)
        self.bound[~np.isfinite(library.flying)] = -np.inf
        if not len(self.units):
            self.bound[:] = -np.inf
        widths = np.diff(instance.pair_start)[self.patients]
        reach = np.diff(instance.reach_start)
        of_pair = np.concatenate([[0], np.cumsum(reach[instance.pair_hospital])])
        options = of_pair[instance.pair_start[1:]] - of_pair[instance.pair_start[:-1]]
        self.most_entries = int(options[self.patients].sum()) * 2 + int(widths.sum()) + 1
        self.node_constant = np.zeros(len(library.codes))
        self.shared = np.zeros((len(library.codes), len(library.codes)))


class FlightSearch:
    """The search for one slot.

    It starts from the price of each place standing alone: prices of an earlier search, tried as a start,
    bound the sets far worse.

    Parameters
    ----------
    instance, fleet
        The arrays of the problem and its libraries of routes.
    task
        What is asked.
    sift_to
        Options that a model of one load keeps at most; then no bound is proved.
    """

    def __init__(self, instance: Instance, fleet: Fleet, task: Task, *, sift_to: int | None = None) -> None:
        self.instance = instance
        self.task = task
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
        self.counter = 0
        self.sift_to = sift_to
        self.closed_bound = -np.inf  # of orders loaded to a gap
        self.heap: list[_Candidate] = []
        self.found = Found(np.inf)
        self.fixed = instance.fixed_flight.get(task.slot)
        self.hubs: list[_Hub] = []
        if self.fixed is not None:
            self._push_fixed(fleet)
            return
        self.hubs = [_Hub(self, library) for library in fleet.libraries(task.slot)]
        self._price_places()
        self._scan()

    # -- bounds ----------------------------------------------------------------------------------------

    def _scan(self) -> None:
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

    def _scan_hub(self, hub: _Hub, by_hospital: Floats, constant: float) -> None:
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

    def _set_constants(self, hub: _Hub, by_hospital: Floats) -> None:
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

    def _adopt(self, prices: Prices) -> None:
        """Take over the prices of one model as a start for the next candidates."""
        for mine, theirs in (
            (self.price.resource, prices.resource),
            (self.price.arrivals, prices.arrivals),
            (self.price.drops, prices.drops),
        ):
            for key, price in theirs.items():
                mine[key] = price
        self.price.board[:] = prices.board

    # -- candidates ------------------------------------------------------------------------------------

    def _push_fixed(self, fleet: Fleet) -> None:
        assert self.fixed is not None
        way = fleet.fixed_way(self.task.slot, self.fixed)
        free = (self.task.not_before - EPS, self.task.back_before + EPS)
        if way is not None and way.route.leaves_base >= free[0] and way.route.back_at <= free[1]:
            self._push(np.inf, "order", 0, way=way)

    def _push(
        self,
        bound: float,
        kind: str,
        hub: int,
        *,
        at: int = -1,
        way: Way | None = None,
        model: RouteModel | None = None,
    ) -> None:
        self.counter += 1
        heapq.heappush(self.heap, _Candidate((-bound, self.counter), kind, hub, at, way, model))

    def _top_set(self) -> float:
        return max((float(hub.bound.max(initial=-np.inf)) for hub in self.hubs), default=-np.inf)

    def _target(self) -> float:
        """What a candidate must beat; a guess while nothing is known."""
        if self.found.loads or self.task.beat > 0:
            return max(self.task.beat, self.found.value)
        return FIRST_TARGET * max(self._top_set(), -self.heap[0].key[0] if self.heap else -np.inf, 0.0)

    def _tighten_sets(self) -> None:
        """Tighten the leading coarse sets of the leading hub, at the direct time to each drop."""
        number = max(range(len(self.hubs)), key=lambda i: float(self.hubs[i].bound.max(initial=-np.inf)))
        hub = self.hubs[number]
        flat = hub.bound.ravel()
        size = min(CHUNK, flat.size)
        leading = np.argpartition(-flat, size - 1)[:size]
        leading = leading[flat[leading] > -np.inf]
        leading = leading[np.lexsort((leading, -flat[leading]))]
        bound = flat[leading].copy()
        self._tighten_at(number, leading, bound)
        row, base, layout = np.unravel_index(leading, hub.bound.shape)
        hub.bound[row, base, layout] = -np.inf
        for i, at in enumerate(leading):
            self._push(float(bound[i]), "set", number, at=int(at))
        self._scan()

    def _tighten_at(self, number: int, at: Ints, bound: Floats) -> None:
        """Tighten some sets of a hub at the direct time to each drop."""
        hub = self.hubs[number]
        library = hub.library
        row, base, layout = np.unravel_index(at, hub.bound.shape)
        nodes, count = self._set_nodes(library, row, base)
        cost = np.asarray(self.cost_per_minute * library.flying[row, base], dtype=np.float64)
        clock = np.full(len(row), max(library.at_hub_first, self.task.not_before + library.at_hub))
        self._tighten(
            hub, nodes, count, np.asarray(library.direct[nodes]), clock, cost, layout, SET_STEPS, bound
        )

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
        hub: _Hub,
        nodes: Ints,
        count: Ints,
        elapsed: Floats,
        at_hub: Floats,
        cost: Floats,
        layout: Ints,
        steps: int,
        bound: Floats,
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
            np.full(len(count), self._target()),
            steps,
            FADE,
            hub.most_entries,
            bound,
        )

    def _expand(self, candidate: _Candidate) -> None:
        """Split a set into its orders, each tightened."""
        hub = self.hubs[candidate.hub]
        row, base, layout = (int(x) for x in np.unravel_index(candidate.at, hub.bound.shape))
        routes = hub.library.orders(
            hub.library.stops_of(row),
            base_drop=bool(base),
            not_before=self.task.not_before,
            back_before=self.task.back_before,
        )
        if not routes:
            return
        ways = [Way(self.task.slot, layout, route, flown=True) for route in routes]
        nodes = np.array([[hub.library.node_of[a] for a in r.stops] for r in routes], dtype=np.int64)
        count = np.full(len(routes), nodes.shape[1], dtype=np.int64)
        elapsed = np.array([r.elapsed for r in routes])
        at_hub = np.array([r.at_hub for r in routes])
        cost = np.array([flight_cost(self.instance, w) for w in ways])
        bound = np.full(len(routes), -candidate.key[0])
        layouts = np.full(len(routes), layout)
        self._tighten(hub, nodes, count, elapsed, at_hub, cost, layouts, ORDER_STEPS, bound)
        for way, value in zip(ways, bound.tolist(), strict=True):
            self._push(value, "order", candidate.hub, way=way)

    # -- search ----------------------------------------------------------------------------------------

    def run(
        self,
        *,
        gap: float = 1e-6,
        slack: float = 0.0,
        whole: bool = True,
        most_models: int | None = None,
        most_tightened: int | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Found:
        """Search until nothing can beat the best load by more than `gap` (relative) or `slack`.

        With `whole` false the search ends as soon as the leading bound comes from a linear model and a load
        of that route is known: enough for prices. `most_models`, `most_tightened` (then the best order so
        far is loaded) and `stop` end it early, with a bound that stays valid.
        """
        found = self.found
        while True:
            coarse = self._top_set()
            lead = -self.heap[0].key[0] if self.heap else -np.inf
            top = max(coarse, lead)
            best = self._value_to_beat()
            found.bound = max(best, top, self.closed_bound)
            if not self.hubs and not self.heap:
                return found
            if top <= best + max(slack, gap * max(1.0, abs(best))):
                return found
            if (most_models is not None and found.models >= most_models) or (stop is not None and stop()):
                return found
            if most_tightened is not None and found.tightened >= most_tightened:
                self._load_leading_order()
                return found
            if coarse >= lead:
                self._tighten_sets()
                continue
            candidate = heapq.heappop(self.heap)
            if candidate.kind == "set":
                self._expand(candidate)
            elif candidate.kind == "order":
                self._try_linear(candidate)
            elif self._try_whole(candidate, gap) and not whole:
                return found

    def bound_sets(self, *, slack: float, stop: Callable[[], bool] | None = None) -> float:
        """Bound the value of any flight by stop sets alone, each drop reached as if flown to first.

        Ends when no set but those within `slack` of what is to be beaten is left, or the leading set has been
        tightened. Looser than `run`, and many times faster.
        """
        while True:
            coarse, lead = self._top_set(), -self.heap[0].key[0] if self.heap else -np.inf
            top = max(coarse, lead)
            ends = top <= max(0.0, self.task.beat) + slack or lead > coarse
            if ends or (stop is not None and stop()):
                return max(self.task.beat, top, 0.0)
            self._tighten_sets()

    def set_loads(self, most: int) -> list[MixedLoad]:
        """What the leading tightened sets would carry, people in parts: `most` of them at most."""
        found = []
        for candidate in heapq.nsmallest(most, self.heap):
            hub = self.hubs[candidate.hub]
            way = self._direct_way(hub, candidate.at)
            model = RouteModel(
                self.instance,
                [way],
                self.task.room,
                hub.patients,
                self.task.weight,
                shares=self.task.shares,
                blocked={self.day: self.blocked},
            )
            solved = model.solve(whole=False)
            if solved.status == "optimal":
                share = solved.values[model.x]
                used = share > LEAST_SHARE
                found.append(MixedLoad(way, model.pair[used], model.transit[used], share[used]))
        return found

    def _direct_way(self, hub: _Hub, at: int) -> Way:
        """A set as a way that no aircraft can fly: each drop at the time of flying there first."""
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

    def _load_leading_order(self) -> None:
        """Load the most promising orders known, to have something to show at an early end."""
        for _ in range(LAST_ORDERS):
            known = [c for c in self.heap if c.kind != "set"] or self.heap
            if not known:
                return
            candidate = min(known)
            if -candidate.key[0] <= self._value_to_beat():
                return
            self.heap.remove(candidate)
            heapq.heapify(self.heap)
            if candidate.kind == "set":
                self._expand(candidate)
            elif candidate.kind == "order":
                self._try_linear(candidate)
            else:
                self._try_whole(candidate, 1e-4)

    def _value_to_beat(self) -> float:
        if self.fixed is None:
            return max(self.found.value, self.task.beat)
        return self.found.loads[0][0] if self.found.loads else -np.inf

    def _try_linear(self, candidate: _Candidate) -> None:
        task, way = self.task, candidate.way
        assert way is not None
        patients = self.hubs[candidate.hub].patients if self.hubs else task.patients
        model = RouteModel(
            self.instance,
            [way],
            task.room,
            patients,
            task.weight,
            shares=task.shares,
            blocked={self.day: self.blocked},
            sift_to=self.sift_to,
            target=max(0.0, self._target()),
        )
        solved = model.solve(whole=False)
        self.found.models += 1
        if solved.status != "optimal":
            if solved.status == "stopped":
                self.closed_bound = max(self.closed_bound, -candidate.key[0])
            return
        self._adopt(model.prices(solved))
        fraction = np.abs(solved.values - np.round(solved.values)).max(initial=0.0)
        if fraction < 1e-7:
            self._keep(solved.objective, model.loads(solved)[0])
            return
        value = min(-candidate.key[0], solved.objective)
        self._push(value, "linear", candidate.hub, way=way, model=model)

    def _try_whole(self, candidate: _Candidate, gap: float) -> bool:
        assert candidate.model is not None
        solved = candidate.model.solve(whole=True, gap=max(1e-7, gap / 2))
        self.found.models += 1
        if solved.status != "infeasible":
            self.closed_bound = max(self.closed_bound, min(solved.bound, -candidate.key[0]))
        if solved.status == "infeasible" or not len(solved.values):
            return False
        self._keep(solved.objective, candidate.model.loads(solved)[0])
        return True

    def _keep(self, value: float, load: Load) -> None:
        loads = self.found.loads
        loads.append((value, load))
        loads.sort(key=lambda x: -x[0])
        del loads[20:]
