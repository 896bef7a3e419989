"""The cheapest bound: forget all routes, keep patients, places and the room of all cabins together.

Its prices are the start for `columns` and the guide for `greedy`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from medevac.planner.coupling import Coupling, Duals
from medevac.planner.fleet import Fleet
from medevac.planner.instance import BOARD, NO_LIMIT, Bools, Floats, Instance, Ints
from medevac.planner.model import board_capacity, flight_cost
from medevac.planner.tighten import descend

FIRST_STEPS, STEPS = 50, 100
FIRST_LEVEL, LAST_LEVEL = 0.9, 1e-5  # of the bound
CLOSER, SHORT = 0.7, 0.05  # the level's distance shrinks so where less than that share of it was won
MOST_LEVELS = 200


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Bound on the score of any plan, prices of what couples the slots, and prices on board."""

    bound: float
    duals: Duals
    board: Floats


def least_transit(instance: Instance, fleet: Fleet) -> Floats:
    """The least transit minutes of each pair on any slot; inf where no slot can carry it alone."""
    best = np.full(len(instance.pair_patient), np.inf)
    owner = np.repeat(np.arange(len(instance.hospitals)), np.diff(instance.reach_start))
    hub = instance.hub_of[instance.pair_patient]
    seen: set[tuple[object, ...]] = set()
    for slot in range(len(instance.slots)):
        open_pair = instance.may_fly(slot)[instance.pair_patient]
        open_pair &= ~instance.closed_pairs(instance.slots[slot].day)
        craft = instance.problem.aircraft[instance.slots[slot].aircraft]
        for library in fleet.libraries(slot):
            key = (id(library), craft.unload_minutes, open_pair.tobytes())
            if key in seen:
                continue
            seen.add(key)
            node = library.node_of[instance.reach_airport]
            time = (
                np.where(node >= 0, library.direct[node] + craft.unload_minutes, np.inf) + instance.reach_road
            )
            hospital = np.full(len(instance.hospitals), np.inf)
            np.minimum.at(hospital, owner, time)
            time_of_pair = hospital[instance.pair_hospital]
            allowed = open_pair & (hub == library.hub)
            allowed &= time_of_pair <= instance.transit_limit[instance.pair_patient] + 1e-6
            best = np.where(allowed, np.minimum(best, time_of_pair), best)
    for slot, flight in instance.fixed_flight.items():
        way = fleet.fixed_way(slot, flight)
        if way is None:
            continue
        craft = instance.problem.aircraft[instance.slots[slot].aircraft]
        at = dict(zip(way.route.stops, way.route.elapsed, strict=True))
        drop = np.array([at.get(int(a), np.inf) for a in instance.reach_airport])
        hospital = np.full(len(instance.hospitals), np.inf)
        np.minimum.at(hospital, owner, drop + craft.unload_minutes + instance.reach_road)
        allowed = instance.may_fly(slot)[instance.pair_patient] & (hub == way.route.hub)
        best = np.where(allowed, np.minimum(best, hospital[instance.pair_hospital]), best)
    return best


def cabin_room(instance: Instance) -> Floats:
    """What all cabins hold together, each aircraft in its best layout per kind of room, shape (5,)."""
    total = np.zeros(len(BOARD))
    for craft in instance.problem.aircraft:
        most = np.max([board_capacity(x) for x in craft.layouts], axis=0)
        total += most * min(craft.max_flights, len(craft.days))
    return np.minimum(total, NO_LIMIT)


def relax(instance: Instance, fleet: Fleet, coupling: Coupling, *, target: float = 0.0) -> Relaxed:
    """Bound the score of any plan without routes, by the Lagrangian of `tighten.descend` over all at once.

    `target` is the worth of a plan that is known; the closer it is, the better the steps.
    """
    rows = _Rows(instance, fleet, coupling)
    cabin = cabin_room(instance)
    price = np.zeros(len(rows.room))
    ceiling = np.full(len(rows.room), np.inf)
    ceiling[instance.first_share_resource : len(instance.capacity)] = (
        instance.problem.weights.above_fair_share
    )
    bound = _descend_by_levels(rows, price, ceiling, target)
    resource, board = np.split(price, [len(instance.capacity)])
    duals = coupling.none()
    duals.resource[:] = resource
    worth = rows.worth_of_units(price)
    duals.unit[:] = np.maximum(0.0, worth)
    total = float(duals.unit.sum() + resource @ instance.capacity + board @ np.where(board > 0, cabin, 0.0))
    return Relaxed(min(bound, total) - _certain_cost(instance, fleet), duals, board)


def _descend_by_levels(rows: _Rows, price: Floats, ceiling: Floats, target: float) -> float:
    """Steps towards a level below the bound, which comes nearer whenever steps stop short of it."""
    bound = rows.descend(price, ceiling, target, FIRST_STEPS)
    level = max(target, FIRST_LEVEL * bound)
    for _ in range(MOST_LEVELS):
        if bound - level <= LAST_LEVEL * max(1.0, abs(bound)):
            break
        found = rows.descend(price, ceiling, level, STEPS)
        if found > bound - SHORT * (bound - level):
            level += (1.0 - CLOSER) * (min(found, bound) - level)
        bound = min(bound, found)
    return bound


class _Rows:
    """Everybody's options in the form of `tighten.descend`."""

    def __init__(self, instance: Instance, fleet: Fleet, coupling: Coupling) -> None:
        transit = least_transit(instance, fleet)
        worth = coupling.weight - instance.tau * np.where(np.isfinite(transit), transit, 0.0)
        allowed = np.isfinite(transit) & ~instance.blocked_by_room(instance.capacity)
        pairs: list[Ints] = []
        member_end: list[int] = []
        group_end: list[int] = []
        unit_end: list[int] = []
        self.owner: list[int] = []
        entries = 0
        for number, unit in enumerate(instance.units):
            together = len(unit.members) > 1 and not unit.same_stop
            groups = (
                self._groups(instance, unit.members, allowed)
                if together
                else [[own] for own in (self._of(instance, m, allowed) for m in unit.members) if len(own)]
            )
            for i, group in enumerate(groups):
                for own in group:
                    pairs.append(own)
                    entries += len(own)
                    member_end.append(entries)
                group_end.append(len(member_end))
                if not together or i == len(groups) - 1:
                    unit_end.append(len(group_end))
                    self.owner.append(number)
        self.pair = np.concatenate(pairs) if pairs else np.zeros(0, dtype=np.int64)
        self.worth = worth[self.pair]
        self.member_end = np.array(member_end, dtype=np.int64)
        self.group_end = np.array(group_end, dtype=np.int64)
        self.unit_end = np.array(unit_end, dtype=np.int64)
        self.instance = instance
        self.room = np.concatenate([instance.capacity, cabin_room(instance)])
        self._list_terms()

    @staticmethod
    def _of(instance: Instance, patient: int, allowed: Bools) -> Ints:
        own = np.arange(instance.pair_start[patient], instance.pair_start[patient + 1])
        return own[allowed[own]]

    def _groups(self, instance: Instance, members: tuple[int, ...], allowed: Bools) -> list[list[Ints]]:
        """A family's members at each hospital that all of them can reach."""
        own = [self._of(instance, m, allowed) for m in members]
        common = instance.pair_hospital[own[0]]
        for pairs in own[1:]:
            common = np.intersect1d(common, instance.pair_hospital[pairs])
        return [[pairs[instance.pair_hospital[pairs] == h] for pairs in own] for h in common]

    def _list_terms(self) -> None:
        instance = self.instance
        use, amount = instance.pair_use[self.pair], instance.pair_amount[self.pair]
        board = instance.board[instance.pair_patient[self.pair]]
        cabin = np.tile(len(instance.capacity) + np.arange(len(BOARD)), (len(self.pair), 1))
        row = np.hstack([use, cabin]) if len(self.pair) else np.zeros((0, 1), dtype=np.int64)
        much = np.hstack([amount, board]) if len(self.pair) else np.zeros((0, 1))
        kept = (row >= 0) & (much > 0)
        kept &= self.room[np.maximum(row, 0)] < NO_LIMIT
        self.term_start = np.zeros(len(self.pair) + 1, dtype=np.int64)
        self.term_start[1:] = np.cumsum(kept.sum(axis=1))
        self.term_row, self.term_amount = row[kept], much[kept]

    def descend(self, price: Floats, ceiling: Floats, target: float, steps: int) -> float:
        """Lower the bound from `price`, which then holds the best prices."""
        return float(
            descend(
                self.worth,
                self.member_end,
                self.group_end,
                self.unit_end,
                len(self.unit_end),
                self.term_start,
                self.term_row,
                self.term_amount,
                self.room,
                price,
                ceiling,
                target,
                steps,
            )
        )

    def worth_of_units(self, price: Floats) -> Floats:
        """The most that each unit is worth beyond these prices; 0 for those with no option."""
        charge = np.add.reduceat(
            np.append(price[self.term_row] * self.term_amount, 0.0),
            np.minimum(self.term_start[:-1], len(self.term_row)),
        )
        charge[self.term_start[:-1] == self.term_start[1:]] = 0.0
        value = self.worth - charge
        total = np.zeros(len(self.instance.units))
        if len(self.pair):
            member = np.maximum.reduceat(value, np.append(0, self.member_end[:-1]))
            group = np.add.reduceat(member, np.append(0, self.group_end[:-1]))
            best = np.maximum(0.0, np.maximum.reduceat(group, np.append(0, self.unit_end[:-1])))
            np.add.at(total, self.owner, best)
        return total


def _certain_cost(instance: Instance, fleet: Fleet) -> float:
    ways = [fleet.fixed_way(slot, flight) for slot, flight in instance.fixed_flight.items()]
    return sum(flight_cost(instance, way) for way in ways if way is not None)
