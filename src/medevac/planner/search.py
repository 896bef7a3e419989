"""A first plan of several flights: one slot after the other, each flown as well as what is left allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from medevac.planner.fleet import Fleet
from medevac.planner.flight import FlightSearch, Task
from medevac.planner.instance import Floats, Instance, Ints
from medevac.planner.model import Load, RouteModel
from medevac.planner.standing import Standing

MODELS_PER_FLIGHT = 12
LOAD_GAP = 1e-4
MOST_TIGHTENED = 1200  # candidates per flight at 100 patients; fewer where each costs more
SMALL = 400  # patients up to whom a load is decided over all its options
WAITING_PER_HUB = 400  # patients offered to one flight
LOAD_OPTIONS = 1_500  # of one flight's load, where there are many patients
MODELS_MANY = 8  # per flight, where there are many patients
EPS_VALUE = 1e-6

Stop = Callable[[], bool]


class Search:
    """Makes standings flight by flight.

    Parameters
    ----------
    instance, fleet
        The arrays of the problem and its libraries.
    weight
        What each pair is worth before transit, shape (pairs,).
    """

    def __init__(self, instance: Instance, fleet: Fleet, weight: Floats) -> None:
        self.instance = instance
        self.fleet = fleet
        self.weight = weight
        offered = min(len(instance.patients), WAITING_PER_HUB * len(instance.hub_codes))
        self.most_tightened = max(100, MOST_TIGHTENED * 100 // max(100, offered))

    # -- one slot --------------------------------------------------------------------------------------

    def best_flights(
        self,
        standing: Standing,
        slot: int,
        patients: Ints,
    ) -> list[Load]:
        """The best loads found for a free slot, best first; empty where flying does not pay."""
        if not standing.may_fly(slot):
            return []
        not_before, back_before = standing.window(slot)
        patients = self._most_urgent(patients)
        task = Task(
            slot,
            patients,
            self.weight,
            standing.room,
            not_before=not_before,
            back_before=back_before,
        )
        many = len(self.instance.patients) > SMALL
        sift_to = LOAD_OPTIONS if many else None
        models = MODELS_MANY if many else MODELS_PER_FLIGHT
        search = FlightSearch(self.instance, self.fleet, task, sift_to=sift_to)
        found = search.run(gap=LOAD_GAP, most_models=models, most_tightened=self.most_tightened)
        mandatory = slot in self.instance.fixed_flight
        return [load for value, load in found.loads if mandatory or value > EPS_VALUE]

    def _most_urgent(self, patients: Ints) -> Ints:
        """The `WAITING_PER_HUB` patients of each hub who weigh most, families whole: no flight takes more."""
        instance = self.instance
        kept = np.zeros(len(instance.units), dtype=np.bool_)
        for hub in range(len(instance.hub_codes)):
            here = patients[instance.hub_of[patients] == hub]
            order = np.argsort(-instance.worth[here], kind="stable")
            kept[instance.unit_of[here[order[:WAITING_PER_HUB]]]] = True
        kept[instance.unit_of[list(instance.fixed)]] = True
        return patients[kept[instance.unit_of[patients]]]

    # -- a whole standing ------------------------------------------------------------------------------

    def greedy(self, order: Sequence[int], stop: Stop) -> Standing:
        """Slots in this order, each flown as well as what is left allows.

        Where very many wait, slots are sought two at a time; the second is loaded anew once the first has
        taken its own.
        """
        standing = Standing(self.instance, self.weight)
        at_once = 1 if len(self.instance.patients) <= SMALL else 2
        with ThreadPoolExecutor(at_once) as pool:
            for first in range(0, len(order), at_once):
                slots = [s for s in order[first : first + at_once] if not self._skips(s, stop)]
                seek = partial(self._seek, standing)
                for slot, loads in zip(slots, list(pool.map(seek, slots)), strict=True):
                    if slot != slots[0]:
                        loads = self._again(standing, slot, loads)
                    if loads:
                        standing.add(loads[0])
        return standing

    def _skips(self, slot: int, stop: Stop) -> bool:
        """Whether there is no time left for a slot, unless it must be flown."""
        return stop() and slot not in self.instance.fixed_flight

    def _seek(self, standing: Standing, slot: int) -> list[Load]:
        return self.best_flights(standing, slot, standing.waiting())

    def _again(self, standing: Standing, slot: int, loads: list[Load]) -> list[Load]:
        """The best route found for a slot, loaded with who still waits; sought anew where it cannot fly."""
        if not loads or not standing.may_fly(slot):
            return []
        not_before, back_before = standing.window(slot)
        route = loads[0].way.route
        if route.leaves_base < not_before or route.back_at > back_before:
            return self._seek(standing, slot)
        model = RouteModel(
            self.instance,
            [loads[0].way],
            standing.room,
            self._most_urgent(standing.waiting()),
            self.weight,
            sift_to=LOAD_OPTIONS,
        )
        solved = model.solve(whole=True, gap=1e-3)
        if not len(solved.values) or (
            solved.objective <= EPS_VALUE and slot not in self.instance.fixed_flight
        ):
            return []
        return model.loads(solved)
