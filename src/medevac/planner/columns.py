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

import numpy as np

from medevac.planner.coupling import Coupling, Duals
from medevac.planner.fleet import Fleet, alike_craft
from medevac.planner.flight import FlightSearch, Found, MixedLoad, Task
from medevac.planner.instance import Instance
from medevac.planner.loads import Load, Room, Way
from medevac.planner.master import Master

COLUMNS_PER_SLOT = 3
SETTLED, SLACK = 4e-4, 5e-4  # of the bound: what rounds must promise, and what answers may leave open


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
