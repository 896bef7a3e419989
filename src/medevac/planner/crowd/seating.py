"""Whole patients on flights whose routes are known: everybody anew, or a few flights at a time.

The options that prices find nearly as good as the best go into one model; what its linear solution places
whole stays so, and the rest is decided in whole numbers. Nothing is proved here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from medevac.planner.crowd.crowd import Crowd, CrowdPrices, Ground
from medevac.planner.instance import Floats
from medevac.planner.loads import Way
from medevac.planner.model import RouteModel
from medevac.planner.standing import Standing

KEPT = 6_000  # options of one model
NODES, GAP = 50, 1e-3
STEPS, LEVEL = 200, 0.05
TOGETHER = 18  # flights seated at a time
CERTAIN = 1 - 1e-6


class Seating:
    """Seats people on the ways of an instance."""

    def __init__(self, ground: Ground, weight: Floats) -> None:
        self.ground, self.weight, self.instance = ground, weight, ground.instance

    def seat(
        self,
        standing: Standing,
        ways: Mapping[int, Way],
        slots: Sequence[int],
        prices: CrowdPrices,
        seconds: float | None = None,
    ) -> Standing | None:
        """The standing with some slots flown by `ways`, seats given anew; everybody else stays put."""
        cleared = standing.copy()
        for slot in slots:
            cleared.remove(slot)
        flown = [ways[s] for s in slots if s in ways]
        if not flown:
            return cleared
        open_to = {w.slot: self._still_waiting(w, cleared) for w in flown}
        crowd = Crowd(self.ground, flown, open_to)
        own = prices.copy()
        crowd.lower(own, 0.0, STEPS, LEVEL, cleared.room)
        near = crowd.near_best(own, KEPT)
        model = RouteModel(
            self.instance,
            flown,
            cleared.room,
            cleared.waiting(),
            self.weight,
            only=[np.unique(near[w.slot].entry_pair) for w in flown],
        )
        mixed = model.solve(whole=False, seconds=seconds)
        if not len(mixed.values):
            return None
        solved = model.solve(
            whole=True, gap=GAP, nodes=NODES, seconds=seconds, certain=mixed.values > CERTAIN
        )
        if not len(solved.values):
            return None
        for load in model.loads(solved):
            if load.seats or load.way.slot in self.instance.fixed_flight:
                cleared.add(load)
        return cleared

    def _still_waiting(self, way: Way, standing: Standing):  # type: ignore[no-untyped-def]
        options = self.ground.options(way)
        placed = standing.placed[self.instance.pair_patient[options.entry_pair]]
        return options.some(~placed)

    def adopt(
        self,
        standing: Standing,
        ways: Mapping[int, Way],
        prices: CrowdPrices,
        random: np.random.Generator,
        stop: Callable[[], bool],
        report: Callable[[Standing], None],
    ) -> Standing:
        """Bring a standing to other ways, some slots at a time, those that change first."""
        changed = [s for s in self._slots(standing, ways) if not _flies(standing, ways, s)]
        for part in self._parts(changed, standing, ways, random):
            if stop():
                break
            seated = self.seat(standing, ways, part, prices)
            if seated is not None:
                standing = seated
        return self.improve(standing, prices, random, stop, report)

    def improve(
        self,
        standing: Standing,
        prices: CrowdPrices,
        random: np.random.Generator,
        stop: Callable[[], bool],
        report: Callable[[Standing], None],
    ) -> Standing:
        """Seats given anew, some flights at a time, each flight once."""
        ways = {s: Way(s, x.way.layout, x.way.route, flown=True) for s, x in standing.loads.items()}
        slots = sorted(ways)
        order = [slots[i] for i in random.permutation(len(slots))]
        report(standing)
        for first in range(0, len(order), TOGETHER):
            if stop():
                break
            seated = self.seat(standing, ways, sorted(order[first : first + TOGETHER]), prices)
            if (
                seated is not None
                and seated.value() > standing.value()
                and seated.complete() >= standing.complete()
            ):
                standing = seated
                report(standing)
        return standing

    @staticmethod
    def _slots(standing: Standing, ways: Mapping[int, Way]) -> list[int]:
        return sorted(set(standing.loads) | set(ways))

    def _parts(
        self, changed: Sequence[int], standing: Standing, ways: Mapping[int, Way], random: np.random.Generator
    ) -> list[list[int]]:
        """Changed slots in parts, each filled up with unchanged ones of the same days or hubs."""
        parts = []
        half = max(1, TOGETHER // 2)
        others = [s for s in self._slots(standing, ways) if s not in set(changed)]
        for first in range(0, len(changed), half):
            part = list(changed[first : first + half])
            fill = random.permutation(len(others))[: max(0, TOGETHER - len(part))]
            parts.append(sorted(part + [others[i] for i in fill]))
        return parts


def _flies(standing: Standing, ways: Mapping[int, Way], slot: int) -> bool:
    """Whether the standing flies a slot as `ways` say."""
    load, way = standing.loads.get(slot), ways.get(slot)
    if load is None or way is None:
        return load is None and way is None
    return (load.way.layout, load.way.route) == (way.layout, way.route)
