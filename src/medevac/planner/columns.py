"""Bounds for many flights: Dantzig-Wolfe decomposition over loaded flights, with smoothed prices.

A master problem mixes loaded flights so that no patient flies twice and no hospital, country or date is
overbooked; its prices tell each slot what patients and places are worth elsewhere, and each slot answers with
its best stop sets, or its best flight (`flight`). Prices x what there is, plus what the slots answer, bounds
every plan from above, whatever the prices: so each round gives a valid bound, and the smallest is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from medevac.planner.coupling import Coupling, Duals
from medevac.planner.fleet import Fleet, alike_craft
from medevac.planner.flight import FlightSearch, Found, MixedLoad, Task
from medevac.planner.instance import Instance
from medevac.planner.loads import Load, Room, Way
from medevac.planner.master import Master
from medevac.planner.price_rounds import PriceRounds

MIXED_PER_SLOT, LOADS_PER_SLOT = 3, 5  # columns that one answer adds
SETS_RADIUS, ORDERS_RADIUS = 0.02, 0.0075
Stop = Callable[[], bool]


class Bounder:
    """Asks all slots at some prices, and keeps the best bound.

    Stop sets carry people in parts and fly direct to each drop, so their columns have a master problem of
    their own.
    """

    def __init__(self, instance: Instance, fleet: Fleet, bonus: float = 0.0, threads: int = 2) -> None:
        self.instance = instance
        self.fleet = fleet
        self.coupling = Coupling(instance, bonus)
        self.sets = Master(self.coupling)
        self.orders = Master(self.coupling)
        self.pool = ThreadPoolExecutor(threads)
        self.room = Room.whole(instance)
        self.everybody = np.arange(len(instance.patients))
        self.best_bound = np.inf
        self.promised = bonus * len(instance.fixed)

    # -- flights ---------------------------------------------------------------------------------------

    def price(self, duals: Duals, *, gap: float, slack: float, stop: Stop) -> dict[int, Found]:
        """Each slot's best flight at these prices; slots that are asked the same are asked once."""
        known = self.orders.best_known(duals)
        tasks = {s: self._task(s, duals) for s in range(len(self.instance.slots))}
        asked: dict[tuple[object, ...], int] = {}
        first = {s: asked.setdefault(self._question(t), s) for s, t in tasks.items()}

        def ask(slot: int) -> tuple[int, Found]:
            beat = 0.0 if slot in self.instance.fixed_flight else float(known[slot])
            return slot, self._price_one(replace(tasks[slot], beat=beat), gap, slack, stop)

        answers = dict(self.pool.map(ask, sorted(set(first.values()))))
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

    def _price_one(self, task: Task, gap: float, slack: float, stop: Stop) -> Found:
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

    def bound_by_flights(self, duals: Duals, *, slack: float, stop: Stop, gap: float = 0.0) -> float:
        """The bound that the best flight of each slot proves at these prices; adds columns of the best few.

        Each answer may leave `slack` open, or `gap` of its value.
        """
        found = self.price(duals, gap=gap, slack=slack, stop=stop)
        bound = self.bound_at(duals, found)
        for answer in found.values():
            for _, load in answer.loads[:LOADS_PER_SLOT]:
                self.orders.add(load)
        self.best_bound = min(self.best_bound, bound)
        return bound

    def rounds_by_flights(self, start: Duals, stop: Stop) -> PriceRounds:
        """Rounds that ask for flights: slower than for stop sets, and the best bound there is."""
        return self._rounds(self.orders, self.bound_by_flights, start, stop, ORDERS_RADIUS)

    # -- stop sets -------------------------------------------------------------------------------------

    def bound_by_sets(self, duals: Duals, *, slack: float, stop: Stop) -> float:
        """The bound that stop sets alone prove at these prices; adds columns of the leading sets.

        Fixed flights, of which there is one way each, are asked for in full.
        """
        known = self.sets.best_known(duals)

        def ask(slot: int) -> tuple[float, list[MixedLoad], Found | None]:
            task = replace(self._task(slot, duals), beat=float(known[slot]))
            if slot in self.instance.fixed_flight:
                found = self._price_one(replace(task, beat=0.0), 0.0, slack, stop)
                return found.bound, [], found
            search = FlightSearch(self.instance, self.fleet, task)
            bound = search.bound_sets(slack=slack, stop=stop)
            return bound, search.set_loads(MIXED_PER_SLOT), None

        total = self.coupling.constant(duals) - self.promised
        slots = range(len(self.instance.slots))
        for slot, (bound, loads, found) in zip(slots, self.pool.map(ask, slots), strict=True):
            value = bound - duals.craft[self.instance.slots[slot].aircraft]
            total += value if found is not None else max(0.0, value)
            for load in loads:
                self.sets.mix(load)
            for _, whole in found.loads[:1] if found is not None else []:
                self.sets.add(whole)
        self.best_bound = min(self.best_bound, total)
        return total

    def rounds_by_sets(self, start: Duals, stop: Stop) -> PriceRounds:
        """Rounds that ask for stop sets."""
        return self._rounds(self.sets, self.bound_by_sets, start, stop, SETS_RADIUS)

    def _rounds(
        self, master: Master, bound: Callable[..., float], start: Duals, stop: Stop, radius: float
    ) -> PriceRounds:
        slots = max(1, len(self.instance.slots))

        def answer(duals: Duals, leaving: float) -> float:
            return bound(duals, slack=leaving / slots, stop=stop)

        return PriceRounds(master, answer, promised=self.promised, start=start, radius=radius)


def _on_slot(found: Found, slot: int) -> Found:
    loads = [(v, Load(Way(slot, x.way.layout, x.way.route, x.way.flown), x.seats)) for v, x in found.loads]
    return Found(found.bound, loads, found.models, found.scans, found.tightened)
