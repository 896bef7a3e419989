"""Bounds for many flights: Dantzig-Wolfe decomposition over loaded flights, with smoothed prices.

The master problem mixes loaded flights so that no patient flies twice and no hospital, country or date is
overbooked; its prices tell each slot what patients and places are worth elsewhere, and each slot answers with
its best flight (`flight`). Prices x what there is, plus what the slots answer, bounds every plan from above,
whatever the prices: so each round gives a valid bound, and the smallest is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import highspy
import numpy as np
from numpy.typing import NDArray

from medevac.planner.fleet import Fleet, alike_craft
from medevac.planner.flight import FlightSearch, Found, MixedLoad, Task
from medevac.planner.instance import NO_LIMIT, Floats, Instance, Ints
from medevac.planner.linear import INFINITY, new_engine
from medevac.planner.model import Load, Room, Way, flight_cost
from medevac.planner.standing import load_value

COLUMNS_PER_SLOT = 3
SETTLED, SLACK = 4e-4, 5e-4  # of the bound: what rounds must promise, and what answers may leave open
NAMES = ("unit", "resource", "arrivals", "craft")


@dataclass(slots=True)
class Duals:
    """Prices of what couples the slots.

    `unit` per unit, `resource` per resource, `arrivals` per slot date and hospital, `craft` per aircraft
    (its number of flights).
    """

    unit: Floats
    resource: Floats
    arrivals: Floats
    craft: Floats


class Coupling:
    """What couples the slots of an instance, as rows: units, resources, arrivals, aircraft."""

    def __init__(self, instance: Instance, bonus: float) -> None:
        self.instance = instance
        fixed = np.array([i in instance.fixed for i in range(len(instance.patients))], dtype=np.bool_)
        self.weight = instance.pair_value + bonus * fixed[instance.pair_patient]
        self.days = sorted({slot.day for slot in instance.slots})
        self.day_number = {day: i for i, day in enumerate(self.days)}
        self.limits = np.array([instance.arrivals_limit(j) for j in range(len(instance.hospitals))])
        self.flights = np.array([a.max_flights for a in instance.problem.aircraft], dtype=np.float64)
        size = instance.unit_size[instance.unit_of].astype(np.float64)
        self.member_share = 1.0 / size

    def none(self) -> Duals:
        """All prices zero."""
        instance = self.instance
        return Duals(
            np.zeros(len(instance.units)),
            np.zeros(len(instance.capacity)),
            np.zeros((len(self.days), len(instance.hospitals))),
            np.zeros(len(self.flights)),
        )

    def supply(self) -> Duals:
        """What there is: one of each unit, the resources, arrivals, flights."""
        instance = self.instance
        arrivals = np.where(self.limits < NO_LIMIT, self.limits, 0.0)
        return Duals(
            np.ones(len(instance.units)),
            instance.capacity.copy(),
            np.tile(arrivals, (len(self.days), 1)),
            self.flights.copy(),
        )

    def use(self, load: Load, supply: Duals) -> None:
        """Take what a load uses from a supply."""
        instance = self.instance
        slot = instance.slots[load.way.slot]
        supply.craft[slot.aircraft] -= 1.0
        pairs = np.array([s.pair for s in load.seats], dtype=np.int64)
        if not len(pairs):
            return
        supply.unit[np.unique(instance.unit_of[instance.pair_patient[pairs]])] -= 1.0
        use = instance.pair_use[pairs]
        held = use >= 0
        np.subtract.at(supply.resource, use[held], instance.pair_amount[pairs][held])
        hospitals = instance.pair_hospital[pairs]
        limited = hospitals[self.limits[hospitals] < NO_LIMIT]
        np.subtract.at(supply.arrivals[self.day_number[slot.day]], limited, 1.0)

    def constant(self, duals: Duals) -> float:
        """Prices x what there is."""
        supply = self.supply()
        return float(sum((getattr(duals, n) * getattr(supply, n)).sum() for n in NAMES))

    def weight_at(self, slot: int, duals: Duals) -> Floats:
        """What each pair is worth to one slot at these prices."""
        instance = self.instance
        p = instance.pair_patient
        weight = self.weight - (duals.unit[instance.unit_of] * self.member_share)[p]
        use = np.where(instance.pair_use >= 0, instance.pair_use, 0)
        weight -= (duals.resource[use] * instance.pair_amount).sum(axis=1)
        day = self.day_number[instance.slots[slot].day]
        weight -= duals.arrivals[day][instance.pair_hospital]
        return weight


@dataclass(frozen=True, slots=True)
class Column:
    """A loaded flight in the master problem: its slot, its worth, and what it uses."""

    slot: int
    value: float
    rows: NDArray[np.int32]
    use: Floats


class Master:
    """The linear master problem over loaded flights."""

    def __init__(self, coupling: Coupling) -> None:
        self.coupling = coupling
        instance = coupling.instance
        self.highs = new_engine()
        self.highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.columns: list[Column] = []
        self.seen: set[tuple[object, ...]] = set()
        self.units = len(instance.units)
        self.first_resource = self.units
        self.first_slot = self.first_resource + len(instance.capacity)
        self.first_craft = self.first_slot + len(instance.slots)
        self.first_arrival = self.first_craft + len(coupling.flights)
        self.arrival_row: dict[tuple[int, int], int] = {}
        row = self.first_arrival
        for d in range(len(coupling.days)):
            for h in np.flatnonzero(coupling.limits < NO_LIMIT):
                self.arrival_row[d, int(h)] = row
                row += 1
        upper = np.concatenate(
            [
                np.ones(self.units),
                instance.capacity,
                np.ones(len(instance.slots)),
                coupling.flights,
                [coupling.limits[h] for _, h in self.arrival_row],
            ]
        )
        lower = np.full(row, -INFINITY)
        for slot in instance.fixed_flight:
            lower[self.first_slot + slot] = 1.0
        none = np.zeros(0, dtype=np.int32)
        self.highs.addRows(row, lower, upper, 0, np.zeros(row, dtype=np.int32), none, np.zeros(0))
        self._add_slack()
        self._add_box()

    def _add_slack(self) -> None:
        instance = self.coupling.instance
        weight = instance.problem.weights.above_fair_share
        for r in range(instance.first_share_resource, len(instance.capacity)):
            self.highs.addCol(
                -weight,
                0.0,
                INFINITY,
                1,
                np.array([self.first_resource + r], dtype=np.int32),
                np.array([-1.0]),
            )
        for slot in instance.fixed_flight:
            row = np.array([self.first_slot + slot], dtype=np.int32)
            self.highs.addCol(-1e6, 0.0, INFINITY, 1, row, np.ones(1))

    def _add_box(self) -> None:
        instance, coupling = self.coupling.instance, self.coupling
        rows = [*range(self.first_slot), *range(self.first_craft, self.first_arrival)]
        n = len(rows)
        first = self.highs.getNumCol()
        worth = np.zeros(len(instance.units))
        np.add.at(worth, instance.unit_of, instance.worth)
        mean = float(instance.worth.mean()) if len(instance.worth) else 1.0
        self.scale = np.concatenate(
            [worth, np.full(len(instance.capacity), mean), np.full(len(coupling.flights), 10.0 * mean)]
        )
        for value in (-1.0, 1.0):
            self.highs.addCols(
                n,
                np.zeros(n),
                np.zeros(n),
                np.full(n, INFINITY),
                n,
                np.arange(n, dtype=np.int32),
                np.array(rows, dtype=np.int32),
                np.full(n, value),
            )
        self.buy = np.arange(first, first + n, dtype=np.int32)
        self.sell = self.buy + n

    def add(self, load: Load) -> bool:
        """Add a column of whole patients; False when it is there already."""
        pair = np.array([seat.pair for seat in load.seats], dtype=np.int64)
        value = load_value(self.coupling.instance, load, self.coupling.weight)
        return self._add(load.way, pair, np.ones(len(pair)), value)

    def mix(self, load: MixedLoad) -> bool:
        """Add a column of people in parts; False when it is there already."""
        instance = self.coupling.instance
        worth = self.coupling.weight[load.pair] - instance.tau * load.transit
        value = float(worth @ load.share) - flight_cost(instance, load.way)
        return self._add(load.way, load.pair, load.share, value)

    def _add(self, way: Way, pair: Ints, share: Floats, value: float) -> bool:
        key = (way.slot, way.layout, way.route.stops, pair.tobytes(), np.round(share, 6).tobytes())
        if key in self.seen:
            return False
        self.seen.add(key)
        instance, slot = self.coupling.instance, way.slot
        use = np.zeros(self.first_arrival + len(self.arrival_row))
        use[[self.first_slot + slot, self.first_craft + instance.slots[slot].aircraft]] = 1.0
        unit = instance.unit_of[instance.pair_patient[pair]]
        np.add.at(use, unit, share / instance.unit_size[unit])
        entry, kind = np.nonzero(instance.pair_use[pair] >= 0)
        amount = instance.pair_amount[pair][entry, kind] * share[entry]
        np.add.at(use, self.first_resource + instance.pair_use[pair][entry, kind], amount)
        day = self.coupling.day_number[instance.slots[slot].day]
        for hospital, part in zip(instance.pair_hospital[pair].tolist(), share.tolist(), strict=True):
            row = self.arrival_row.get((day, hospital), -1)
            if row >= 0:
                use[row] += part
        rows = np.flatnonzero(use).astype(np.int32)
        self.highs.addCol(value, 0.0, INFINITY, len(rows), rows, use[rows])
        self.columns.append(Column(slot, value, rows, use[rows]))
        return True

    def best_known(self, duals: Duals) -> Floats:
        """What the best known column of each slot is worth at these prices, 0 at least, shape (slots,)."""
        price = np.zeros(self.first_arrival + len(self.arrival_row))
        price[: self.units] = duals.unit
        price[self.first_resource : self.first_slot] = duals.resource
        for (d, h), row in self.arrival_row.items():
            price[row] = duals.arrivals[d, h]
        known = np.zeros(len(self.coupling.instance.slots))
        for column in self.columns:
            worth = column.value - float(column.use @ price[column.rows])
            known[column.slot] = max(known[column.slot], worth)
        return known

    def solve(self, centre: Duals, radius: float) -> tuple[float, Duals]:
        """Objective and prices of the master problem, prices within a box around `centre`.

        The box keeps prices from jumping about while the columns know little (du Merle and others 1999): room
        beyond what there is can be bought at the box's upper price, and unused room sold at its lower one.
        """
        rows = np.concatenate([centre.unit, centre.resource, centre.craft])
        reach = radius * self.scale
        upper = rows + reach
        lower = np.maximum(0.0, rows - reach)
        n = len(rows)
        self.highs.changeColsCost(n, self.buy, -upper)
        self.highs.changeColsCost(n, self.sell, lower)
        self.highs.run()
        duals = np.array(self.highs.getSolution().row_dual)
        np.maximum(duals, 0.0, out=duals)
        instance, coupling = self.coupling.instance, self.coupling
        found = coupling.none()
        found.unit[:] = duals[: self.units]
        found.resource[:] = duals[self.first_resource : self.first_slot]
        found.craft[:] = duals[self.first_craft : self.first_arrival]
        for (d, h), row in self.arrival_row.items():
            found.arrivals[d, h] = duals[row]
        assert len(found.resource) == len(instance.capacity)
        return float(self.highs.getInfo().objective_function_value), found


@dataclass(slots=True)
class Settled:
    """Where rounds of the master problem stand: the best prices, their bound, and the box around them."""

    prices: Duals
    bound: float
    radius: float


class Bounder:
    """Rounds of pricing; keeps the best bound and the prices that gave it."""

    def __init__(self, instance: Instance, fleet: Fleet, bonus: float = 0.0, threads: int = 2) -> None:
        self.instance = instance
        self.fleet = fleet
        self.coupling = Coupling(instance, bonus)
        self.master = Master(self.coupling)
        self.pool = ThreadPoolExecutor(threads)
        self.room = Room.whole(instance)
        self.everybody = np.arange(len(instance.patients))
        self.best_bound = np.inf
        self.settled: Settled | None = None
        self.promised = bonus * len(instance.fixed)

    def price(self, duals: Duals, gap: float, slack: float, stop: Callable[[], bool]) -> dict[int, Found]:
        """Each slot's best flight at these prices; slots that are asked the same are asked once."""
        tasks = {s: self._task(s, duals) for s in range(len(self.instance.slots))}
        asked: dict[tuple[object, ...], int] = {}
        first = {s: asked.setdefault(self._question(t), s) for s, t in tasks.items()}
        distinct = sorted(set(first.values()))
        answers = dict(
            self.pool.map(lambda s: (s, self._price_one(tasks[s], duals, gap, slack, stop)), distinct)
        )
        return {s: _on_slot(answers[first[s]], s) for s in tasks}

    def _task(self, slot: int, duals: Duals) -> Task:
        return Task(slot, self.everybody, self.coupling.weight_at(slot, duals), self.room, shares=False)

    def _question(self, task: Task) -> tuple[object, ...]:
        instance = self.instance
        slot = instance.slots[task.slot]
        if task.slot in instance.fixed_flight:
            return (task.slot,)
        allowed = instance.may_fly(task.slot)
        pairs = allowed[instance.pair_patient] & ~instance.closed_pairs(slot.day)
        limited = np.isfinite(instance.latest_arrival(slot.day)[allowed]).any()
        craft = instance.problem.aircraft[slot.aircraft]
        alike = (slot.day if limited else None, alike_craft(craft), craft.layouts, craft.cost_per_hour)
        return (alike, craft.unload_minutes, allowed.tobytes(), pairs.tobytes(), task.weight[pairs].tobytes())

    def _price_one(
        self, task: Task, duals: Duals, gap: float, slack: float, stop: Callable[[], bool]
    ) -> Found:
        search = FlightSearch(self.instance, self.fleet, task)
        return search.run(gap=gap, slack=slack, whole=False, stop=stop)

    def bound_at(self, duals: Duals, found: dict[int, Found]) -> float:
        """The bound that these prices and answers prove."""
        total = self.coupling.constant(duals) - self.promised
        for slot, answer in found.items():
            craft = self.instance.slots[slot].aircraft
            value = answer.bound - duals.craft[craft]
            total += value if slot in self.instance.fixed_flight else max(0.0, value)
        return total

    def evaluate(
        self, duals: Duals, *, gap: float, slack: float, stop: Callable[[], bool]
    ) -> tuple[float, Duals]:
        """The bound at some prices, and its slope: what there is less what the answers use."""
        found = self.price(duals, gap, slack, stop)
        bound = self.bound_at(duals, found)
        slope = self.coupling.supply()
        for slot, answer in found.items():
            for _, load in answer.loads[:5]:
                self.master.add(load)
            craft = self.instance.slots[slot].aircraft
            if answer.loads and (slot in self.instance.fixed_flight or answer.value > duals.craft[craft]):
                self.coupling.use(answer.loads[0][1], slope)
        self.best_bound = min(self.best_bound, bound)
        return bound, slope

    def bound_by_sets(self, duals: Duals, *, slack: float, stop: Callable[[], bool]) -> float:
        """The bound that stop sets alone prove at these prices; adds columns of the leading sets.

        Fixed flights, of which there is one way each, are asked for in full.
        """
        known = self.master.best_known(duals)

        def ask(slot: int) -> tuple[float, list[MixedLoad], Found | None]:
            task = replace(self._task(slot, duals), beat=float(known[slot]))
            if slot in self.instance.fixed_flight:
                found = self._price_one(replace(task, beat=0.0), duals, 0.0, slack, stop)
                return found.bound, [], found
            search = FlightSearch(self.instance, self.fleet, task)
            bound = search.bound_sets(slack=slack, stop=stop)
            return bound, search.set_loads(COLUMNS_PER_SLOT), None

        total = self.coupling.constant(duals) - self.promised
        slots = range(len(self.instance.slots))
        for slot, (bound, loads, found) in zip(slots, self.pool.map(ask, slots), strict=True):
            value = bound - duals.craft[self.instance.slots[slot].aircraft]
            total += value if found is not None else max(0.0, value)
            for load in loads:
                self.master.mix(load)
            for _, whole in found.loads[:1] if found is not None else []:
                self.master.add(whole)
        self.best_bound = min(self.best_bound, total)
        return total

    def settle(
        self,
        start: Duals,
        *,
        rounds: int,
        stop: Callable[[], bool],
        radius: float = 0.02,
    ) -> Duals:
        """Lower the bound by rounds of the master problem within a box; returns the best prices.

        The box is around the best prices so far, and shrinks where prices outside it do not help. A call with
        the prices of the last one goes on where that ended.
        """
        if self.settled is None or self.settled.prices is not start:
            self.settled = Settled(start, self.bound_by_sets(start, slack=0.0, stop=stop), radius)
        at = self.settled
        for _ in range(rounds):
            if stop():
                break
            value, duals = self.master.solve(at.prices, at.radius)
            promise = at.bound - (value - self.promised)
            if promise <= SETTLED * max(1.0, abs(at.bound)):
                break
            slack = SLACK * max(1.0, abs(at.bound)) / max(1, len(self.instance.slots))
            bound = self.bound_by_sets(duals, slack=slack, stop=stop)
            if bound >= at.bound:
                at.radius *= 0.75
                continue
            at.radius *= 1.2 if bound < at.bound - 0.3 * promise else 0.95
            at.bound, at.prices = bound, duals
        return at.prices


def _on_slot(found: Found, slot: int) -> Found:
    loads = [(v, Load(Way(slot, x.way.layout, x.way.route, x.way.flown), x.seats)) for v, x in found.loads]
    return Found(found.bound, loads, found.models, found.scans, found.tightened)
