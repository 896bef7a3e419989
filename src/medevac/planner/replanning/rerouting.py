"""Other routes for flights that cannot keep everybody, and a bound on how many can stay at all."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

import numpy as np

from medevac.planner.instance import Instance, Ints
from medevac.planner.loads import Room, Way, flight_cost
from medevac.planner.model import RouteModel
from medevac.planner.replanning.candidates import Candidates
from medevac.planner.replanning.keeping import KeepingModel, OldPlaces
from medevac.planner.routes import Route

MOST_SCANNED = 3_000  # stop sets of one flight whose routes are made
MOST_ROUTES = 24  # routes of one flight that enter the model
ROUNDING = 1e-6

Limits = dict[int, int]


def near_ways(
    instance: Instance, candidates: Candidates, old: OldPlaces, slots: Sequence[int]
) -> tuple[list[Way], Limits]:
    """Ways on which as many as possible stay, for every flight, and proven limits of how many can.

    Returns
    -------
    The ways of all slots, and for each slot how many at most can keep their place on any route.
    """
    ways: list[Way] = []
    limits: Limits = {}
    for slot in slots:
        routes, limits[slot] = _Rerouting(instance, candidates, old, slot).run()
        ways += [way for route in routes for way in candidates.in_layouts(slot, route)]
    return ways, limits


def most_that_can_stay(instance: Instance, candidates: Candidates, old: OldPlaces, limits: Limits) -> int:
    """An upper limit of how many can stay, whatever the routes.

    A model over one imagined flight per slot and layout that goes straight to each old drop: rules on board,
    at hospitals and of families hold, routes do not bind beyond the limits of `near_ways`.
    """
    ways, _ = candidates.flown()
    for slot in limits:
        ways += _imagined(instance, candidates, old, slot)
    if not ways:
        return 0
    model = KeepingModel(instance, ways, old, must=False)
    for slot, limit in limits.items():
        mine = model.x[model.keeps & (old.slot[model.patient] == slot)]
        if len(mine):
            zeros = np.zeros(len(mine), dtype=np.int64)
            model.rows.add(zeros, mine, np.ones(len(mine)), np.full(1, -np.inf), np.full(1, float(limit)))
    solved = model.most_kept()
    if solved.status == "infeasible":
        return old.count
    return min(old.count, floor(solved.bound + ROUNDING))


def _imagined(instance: Instance, candidates: Candidates, old: OldPlaces, slot: int) -> list[Way]:
    """The old drops of a slot, each reached as soon as any route could."""
    choice = candidates.old[slot]
    drops = sorted({int(a) for a in old.airport[old.slot == slot]} - candidates.shut)
    if not drops or choice.hub in candidates.changed.closed:
        return []
    hub = instance.hub_codes.index(choice.hub)
    library = candidates.fleet.library(instance.slots[slot].aircraft, hub)
    base = int(library.airport[0])
    elapsed = []
    for airport in drops:
        node = 0 if airport == base else int(library.node_of[airport])
        elapsed.append(0.0 if node < 0 else float(library.direct[node]))
    route = Route(hub, tuple(drops), 0, -1e6, tuple(elapsed), 0.0, 0.0)
    return candidates.in_layouts(slot, route)


class _Rerouting:
    """The routes of one slot, judged by how many stay on them."""

    def __init__(self, instance: Instance, candidates: Candidates, old: OldPlaces, slot: int) -> None:
        self.instance = instance
        self.candidates = candidates
        self.old = old
        self.slot = slot
        self.mine: Ints = np.flatnonzero(old.stays & (old.slot == slot))
        self.everybody = np.arange(len(instance.patients))
        self.probe: RouteModel | None = None

    def run(self) -> tuple[list[Route], int]:
        """The routes for the model, best first, and the limit of how many can stay."""
        kept = list(dict.fromkeys(way.route for way in self.candidates.kept(self.slot)))
        found = {route: self._count(route) for route in kept}
        best = max(found.values(), default=0)
        limit = len(self.mine)
        if best < limit and all(one.complete for one in self.candidates.fleet.libraries(self.slot)):
            limit = self._scan(found, best)
        best = max(found.values(), default=0)
        leading = [route for route, count in found.items() if count == best]
        wider = self._wider(leading)
        ranked = sorted(leading + wider, key=lambda route: -self._worth(route))
        return list(dict.fromkeys([*kept[:2], *ranked[:MOST_ROUTES]])), limit

    def _scan(self, found: dict[Route, int], best: int) -> int:
        """Look through stop sets by how many could stay, until no set can be better than what is known."""
        weight = np.zeros(len(self.instance.airport_codes))
        np.add.at(weight, self.old.airport[self.mine], 1.0)
        weight[list(self.candidates.shut)] = 0.0
        for scanned, (most, routes) in enumerate(self.candidates.sets_by_count(self.slot, weight)):
            if most < best or not most:
                break
            if scanned == MOST_SCANNED:
                return int(most)
            for route in routes:
                found[route] = self._count(route)
                best = max(best, found[route])
            if best == most and scanned > MOST_ROUTES:
                break
        return best

    def _wider(self, leading: Sequence[Route]) -> list[Route]:
        """Routes with one more stop than a leading one, on which as many stay."""
        if not leading:
            return []
        needed = sorted({int(a) for a in self.old.airport[self.mine]} & set(leading[0].stops))
        count = self._count(leading[0])
        near, _ = self.candidates.near(self.slot, needed, 1)
        return [route for route in near if self._count(route) == count]

    def _count(self, route: Route) -> int:
        """How many of this slot could keep their place on a route, room aside."""
        pair, stop, _ = self._options(route, self.mine)
        if not len(pair):
            return 0
        patient = self.instance.pair_patient[pair]
        airport = np.array(route.stops, dtype=np.int64)[stop]
        keeps = (self.old.hospital[patient] == self.instance.pair_hospital[pair]) & (
            self.old.airport[patient] == airport
        )
        return len(np.unique(patient[keeps]))

    def _worth(self, route: Route) -> float:
        """What everybody could be worth on a route, each alone; only to choose among routes."""
        pair, _, transit = self._options(route, self.everybody)
        best = np.zeros(len(self.instance.patients))
        worth = self.instance.pair_value[pair] - self.instance.tau * transit
        np.maximum.at(best, self.instance.pair_patient[pair], worth)
        way = self.candidates.in_layouts(self.slot, route)
        return float(best.sum()) - (flight_cost(self.instance, way[0]) if way else 0.0)

    def _options(self, route: Route, patients: Ints) -> tuple[Ints, Ints, np.ndarray]:
        way = Way(self.slot, 0, route)
        if self.probe is None:
            self.probe = RouteModel(
                self.instance,
                [way],
                Room.whole(self.instance),
                self.everybody,
                self.instance.pair_value,
                keep_all=True,
            )
        return self.probe.options(way, patients)
