"""Whole patients on flights whose routes are known: everybody anew, or a few flights at a time.

The options that prices find nearly as good as the best go into one model; what its linear solution places
whole stays so, and the rest is decided in whole numbers. Nothing is proved here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from medevac.planner.crowd.crowd import Crowd, CrowdPrices, Ground, WayOptions
from medevac.planner.instance import Bools, Floats, Ints
from medevac.planner.loads import Way
from medevac.planner.model import RouteModel
from medevac.planner.standing import Standing

EACH, KEPT = 20, 10_000  # options of each patient in one model, and of all
OFFERED = 800  # waiting patients who are offered some flights
NODES, GAP = 50, 1e-3
STEPS, LEVEL = 300, 0.05
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
        offered = self._offered(standing, cleared)
        open_to = {w.slot: self._options_of(w, offered) for w in flown}
        crowd = Crowd(self.ground, flown, open_to)
        own = prices.copy()
        crowd.lower(own, 0.0, STEPS, LEVEL, cleared.room)
        near = crowd.near_best(own, EACH, KEPT)
        model = RouteModel(
            self.instance,
            flown,
            cleared.room,
            np.flatnonzero(offered),
            self.weight,
            only=[np.union1d(near[w.slot].entry_pair, _seated(standing, w.slot)) for w in flown],
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

    def _offered(self, standing: Standing, cleared: Standing) -> Bools:
        """Who may be seated: those who lost their seats, and of the others those who weigh most."""
        instance = self.instance
        waiting = np.flatnonzero(~cleared.placed)
        weight = instance.worth[waiting] + np.where(standing.placed[waiting], np.inf, 0.0)
        kept = np.zeros(len(instance.units), dtype=np.bool_)
        most = int(standing.placed[waiting].sum()) + OFFERED
        kept[instance.unit_of[waiting[np.argsort(-weight, kind="stable")[:most]]]] = True
        offered: Bools = kept[instance.unit_of] & ~cleared.placed
        return offered

    def _options_of(self, way: Way, offered: Bools) -> WayOptions:
        options = self.ground.options(way)
        return options.some(offered[self.instance.pair_patient[options.entry_pair]])

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


def _seated(standing: Standing, slot: int) -> Ints:
    """Pairs that travel on a slot."""
    load = standing.loads.get(slot)
    return np.array([] if load is None else [seat.pair for seat in load.seats], dtype=np.int64)


def _flies(standing: Standing, ways: Mapping[int, Way], slot: int) -> bool:
    """Whether the standing flies a slot as `ways` say."""
    load, way = standing.loads.get(slot), ways.get(slot)
    if load is None or way is None:
        return load is None and way is None
    return (load.way.layout, load.way.route) == (way.layout, way.route)
