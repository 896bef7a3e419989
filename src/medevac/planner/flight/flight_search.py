"""The search itself: the most promising candidate first, bounded ever tighter and at last loaded.

A candidate is a stop set, then one of its orders, then an order with a linear bound. Bounds of sets and
orders come from `set_bounds`; people are loaded by `model`.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from medevac.planner.fleet import Fleet
from medevac.planner.flight.set_bounds import SetBounds
from medevac.planner.flight.task import Found, MixedLoad, Task
from medevac.planner.instance import Instance
from medevac.planner.loads import Load, Way
from medevac.planner.model import RouteModel
from medevac.planner.routes import EPS

LAST_ORDERS = 6
LEAST_SHARE = 1e-9
FIRST_TARGET = 0.7  # of the loosest bound, while nothing is known to beat


@dataclass(order=True, slots=True)
class _Candidate:
    key: tuple[float, int]
    kind: str = field(compare=False)
    hub: int = field(compare=False)
    at: int = field(compare=False, default=-1)
    way: Way | None = field(compare=False, default=None)
    model: RouteModel | None = field(compare=False, default=None)


class FlightSearch:
    """The search for one slot.

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
        self.sift_to = sift_to
        self.counter = 0
        self.closed_bound = -np.inf  # of orders loaded to a gap
        self.heap: list[_Candidate] = []
        self.found = Found(np.inf)
        self.fixed = instance.fixed_flight.get(task.slot)
        libraries = list(fleet.libraries(task.slot)) if self.fixed is None else []
        self.sets = SetBounds(instance, libraries, task, self.found)
        if self.fixed is not None:
            self._push_fixed(fleet)

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

    def _target(self) -> float:
        """What a candidate must beat; a guess while nothing is known."""
        if self.found.loads or self.task.beat > 0:
            return max(self.task.beat, self.found.value)
        return FIRST_TARGET * max(self.sets.top(), -self.heap[0].key[0] if self.heap else -np.inf, 0.0)

    def _tighten_sets(self) -> None:
        """Tighten the leading coarse sets, which then wait by their own bounds; scan the others anew."""
        number, sets, bound = self.sets.take_leading(self._target())
        for at, value in zip(sets.tolist(), bound.tolist(), strict=True):
            self._push(value, "set", number, at=at)
        self.sets.scan()

    def _expand(self, candidate: _Candidate) -> None:
        """Split a set into its orders, each tightened."""
        for way, value in self.sets.orders(candidate.hub, candidate.at, -candidate.key[0], self._target()):
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
            coarse = self.sets.top()
            lead = -self.heap[0].key[0] if self.heap else -np.inf
            top = max(coarse, lead)
            best = self._value_to_beat()
            found.bound = max(best, top, self.closed_bound)
            if not self.sets.hubs and not self.heap:
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
            coarse, lead = self.sets.top(), -self.heap[0].key[0] if self.heap else -np.inf
            top = max(coarse, lead)
            ends = top <= max(0.0, self.task.beat) + slack or lead > coarse
            if ends or (stop is not None and stop()):
                return max(self.task.beat, top, 0.0)
            self._tighten_sets()

    def set_loads(self, most: int) -> list[MixedLoad]:
        """What the leading tightened sets would carry, people in parts: `most` of them at most."""
        found = []
        for candidate in heapq.nsmallest(most, self.heap):
            way = self.sets.direct_way(candidate.hub, candidate.at)
            model = RouteModel(
                self.instance,
                [way],
                self.task.room,
                self.sets.hubs[candidate.hub].patients,
                self.task.weight,
                shares=self.task.shares,
                blocked={self.sets.day: self.sets.blocked},
            )
            solved = model.solve(whole=False)
            if solved.status == "optimal":
                share = solved.values[model.x]
                used = share > LEAST_SHARE
                found.append(MixedLoad(way, model.pair[used], model.transit[used], share[used]))
        return found

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
        patients = self.sets.hubs[candidate.hub].patients if self.sets.hubs else task.patients
        model = RouteModel(
            self.instance,
            [way],
            task.room,
            patients,
            task.weight,
            shares=task.shares,
            blocked={self.sets.day: self.sets.blocked},
            sift_to=self.sift_to,
            target=max(0.0, self._target()),
        )
        solved = model.solve(whole=False)
        self.found.models += 1
        if solved.status != "optimal":
            if solved.status == "stopped":
                self.closed_bound = max(self.closed_bound, -candidate.key[0])
            return
        self.sets.adopt(model.prices(solved))
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
