"""Everybody over the flights of a plan: who could go where on them, and what all that is scarce is worth.

A `Crowd` holds all options on some ways. Its prices bound what these ways can carry, and say what any other
way would gain with everybody free to change: that is what `proposals` and `climb` live on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from medevac.planner.crowd.loops import charge_pairs, lower, tops
from medevac.planner.crowd.losses import losses
from medevac.planner.instance import BOARD, NO_LIMIT, Bools, Floats, Instance, Ints
from medevac.planner.loads import Room, Way, board_capacity, flight_cost
from medevac.planner.tighten import gather


@dataclass(slots=True)
class CrowdPrices:
    """Multipliers: resources, arrivals by day and hospital, board and drops by slot."""

    resource: Floats
    arrivals: Floats
    board: Floats
    drops: Floats

    @classmethod
    def none(cls, instance: Instance, days: int, stops: int) -> CrowdPrices:
        """All zero."""
        slots = len(instance.slots)
        return cls(
            np.zeros(len(instance.capacity)),
            np.zeros((days, len(instance.hospitals))),
            np.zeros((slots, len(BOARD))),
            np.zeros((slots, stops)),
        )

    def copy(self) -> CrowdPrices:
        """A copy that can be changed on its own."""
        return CrowdPrices(self.resource.copy(), self.arrivals.copy(), self.board.copy(), self.drops.copy())


@dataclass(frozen=True, slots=True)
class WayOptions:
    """All options on one way as runs: entries of members of groups of units (see `tighten.gather`)."""

    entry_pair: Ints
    entry_stop: Ints
    entry_worth: Floats
    member_end: Ints
    group_end: Ints
    run_end: Ints
    run_unit: Ints

    def some(self, wanted: Bools) -> WayOptions:
        """The wanted entries; groups that lose a member are left out."""
        entries = _counts(wanted, self.member_end)
        whole = _counts(entries == 0, self.group_end) == 0
        keep_member = np.repeat(whole, np.diff(self.group_end, prepend=0))
        keep_entry = wanted & np.repeat(keep_member, np.diff(self.member_end, prepend=0))
        groups = _counts(whole, self.run_end)
        keep_run = groups > 0
        return WayOptions(
            self.entry_pair[keep_entry],
            self.entry_stop[keep_entry],
            self.entry_worth[keep_entry],
            np.cumsum(entries[keep_member]),
            np.cumsum(np.diff(self.group_end, prepend=0)[whole]),
            np.cumsum(groups[keep_run]),
            self.run_unit[keep_run],
        )


def _counts(marked: Bools, ends: Ints) -> Ints:
    """How many are marked in each run that ends at `ends`."""
    total = np.append(0, np.cumsum(marked))
    found: Ints = total[ends] - total[np.append(0, ends[:-1])[: len(ends)]]
    return found


class Ground:
    """What all crowds of one instance share: room, days, and the options of each way met so far."""

    def __init__(self, instance: Instance, weight: Floats) -> None:
        self.instance = instance
        self.weight = weight
        self.days = sorted({slot.day for slot in instance.slots})
        number = {day: i for i, day in enumerate(self.days)}
        self.day_of = np.array([number[s.day] for s in instance.slots], dtype=np.int64)
        limits = np.array([instance.arrivals_limit(j) for j in range(len(instance.hospitals))])
        self.arrivals = np.tile(limits, (len(self.days), 1))
        stops = [a.max_stops for a in instance.problem.aircraft]
        stops += [len(f.stops) for f in instance.fixed_flight.values()]
        self.stops = min(1 + max(stops, default=0), 1 + len(instance.airport_codes))
        self.ambulances = np.array(
            [
                NO_LIMIT if a.ambulances is None else float(a.ambulances)
                for a in instance.problem.airports.values()
            ]
        )
        self.blocked = [instance.blocked_pairs(day, instance.capacity) for day in self.days]
        self._options: dict[tuple[object, ...], WayOptions] = {}
        self._units: dict[tuple[int, int], Ints] = {}
        self._capacity = [[board_capacity(x) for x in craft.layouts] for craft in instance.problem.aircraft]

    def capacities(self, slot: int) -> list[Floats]:
        """What the cabin of a slot's aircraft holds, by layout."""
        return self._capacity[self.instance.slots[slot].aircraft]

    def cabin(self, way: Way) -> Floats:
        """What the cabin of a way holds."""
        return self.capacities(way.slot)[way.layout]

    def units(self, slot: int, hub: int) -> Ints:
        """Units that may fly on a slot from a hub."""
        if (slot, hub) not in self._units:
            instance = self.instance
            first = instance.unit_members[instance.unit_start[:-1]]
            allowed = instance.may_fly(slot)[first] & (instance.unit_hub == hub)
            self._units[slot, hub] = np.flatnonzero(allowed)
        return self._units[slot, hub]

    def people(self, slot: int, hub: int) -> Ints:
        """Members of those units."""
        instance = self.instance
        mine = np.zeros(len(instance.units), dtype=np.bool_)
        mine[self.units(slot, hub)] = True
        return np.flatnonzero(mine[instance.unit_of])

    def options(self, way: Way) -> WayOptions:
        """All options on a way."""
        key = (way.slot, way.route.hub, way.route.stops, way.route.leaves_base)
        found = self._options.get(key)
        if found is None:
            if len(self._options) > 5000:
                self._options.clear()
            found = self._options[key] = self._list(way)
        return found

    def _list(self, way: Way) -> WayOptions:
        instance, route = self.instance, way.route
        units = self.units(way.slot, route.hub)
        craft = instance.problem.aircraft[instance.slots[way.slot].aircraft]
        day = instance.slots[way.slot].day
        stop_of = np.full(len(instance.airport_codes), -1, dtype=np.int64)
        stop_of[list(route.stops)] = np.arange(len(route.stops))
        hospitals = np.add.reduceat(stop_of[instance.reach_airport] >= 0, instance.reach_start[:-1])
        size = np.concatenate([[0], np.cumsum(hospitals[instance.pair_hospital])])
        people = self.people(way.slot, route.hub)
        most = int((size[instance.pair_start[people + 1]] - size[instance.pair_start[people]]).sum())
        family = int(instance.unit_size[units].max(initial=1)) > 1
        most = most * (1 + 2 * family) + len(route.stops) * len(units) + 1
        entry_pair, entry_stop = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
        entry_worth = np.empty(most)
        member_end, group_end = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
        run_end = np.empty(len(units) + 1, dtype=np.int64)
        entries, members, groups, runs = gather(
            units,
            instance.unit_start,
            instance.unit_members,
            instance.unit_same_stop,
            instance.pair_start,
            instance.pair_hospital,
            self.weight,
            self.blocked[self.day_of[way.slot]],
            instance.reach_start,
            instance.reach_airport,
            instance.reach_road,
            stop_of,
            np.array(route.elapsed),
            route.at_hub,
            float(craft.unload_minutes),
            instance.tau,
            instance.transit_limit,
            instance.latest_arrival(day),
            entry_pair,
            entry_stop,
            entry_worth,
            member_end,
            group_end,
            run_end,
        )
        run_end = run_end[:runs].copy()
        first_group = np.append(0, run_end[:-1])[:runs]
        first_member = np.append(0, group_end[: groups - 1])[first_group] if runs else first_group
        first_entry = np.append(0, member_end[: members - 1])[first_member] if runs else first_group
        return WayOptions(
            entry_pair[:entries].copy(),
            entry_stop[:entries].copy(),
            entry_worth[:entries].copy(),
            member_end[:members].copy(),
            group_end[:groups].copy(),
            run_end,
            instance.unit_of[instance.pair_patient[entry_pair[first_entry]]],
        )


class Crowd:
    """Everybody's options over some ways, at most one per slot.

    `parts` holds options by slot where only some are looked at; the bound of such a crowd proves nothing.
    """

    def __init__(
        self, ground: Ground, ways: Sequence[Way], parts: Mapping[int, WayOptions] | None = None
    ) -> None:
        self.ground = ground
        self.ways = list(ways)
        instance = ground.instance
        some = {} if parts is None else parts
        every = [some.get(w.slot) or ground.options(w) for w in self.ways]
        self.parts = every
        self.slots = np.array([w.slot for w in self.ways], dtype=np.int64)
        self.entry_pair = _joined([p.entry_pair for p in every])
        self.entry_stop = _joined([p.entry_stop for p in every])
        self.entry_worth = np.concatenate([p.entry_worth for p in every] or [np.zeros(0)])
        self.member_end = _shifted([p.member_end for p in every], [len(p.entry_pair) for p in every])
        self.group_end = _shifted([p.group_end for p in every], [len(p.member_end) for p in every])
        self.run_end = _shifted([p.run_end for p in every], [len(p.group_end) for p in every])
        self.run_unit = _joined([p.run_unit for p in every])
        self.run_way = np.repeat(np.arange(len(every)), [len(p.run_unit) for p in every])
        self.run_order = np.argsort(self.run_unit, kind="stable")
        self.unit_start = np.searchsorted(
            self.run_unit[self.run_order], np.arange(len(instance.units) + 1)
        ).astype(np.int64)
        self.pairs = np.flatnonzero(np.bincount(self.entry_pair, minlength=len(instance.pair_patient)))
        self.way_day = ground.day_of[self.slots]
        self.cabin = np.array([ground.cabin(w) for w in self.ways]).reshape(-1, len(BOARD))
        self.drops = np.full((len(self.ways), ground.stops), NO_LIMIT)
        for i, w in enumerate(self.ways):
            self.drops[i, : len(w.route.stops)] = ground.ambulances[list(w.route.stops)]
        self.constant = -sum(flight_cost(instance, w) for w in self.ways)

    def _runs(self) -> tuple[Ints | Floats, ...]:
        return (
            self.entry_pair,
            self.entry_stop,
            self.entry_worth,
            self.member_end,
            self.group_end,
            self.run_end,
            self.run_way,
            self.run_order,
            self.unit_start,
            self.way_day,
        )

    def lower(
        self,
        prices: CrowdPrices,
        target: float,
        steps: int,
        level: float = 0.01,
        room: Room | None = None,
    ) -> float:
        """Lower the bound from these prices, which are changed; returns the least bound found.

        Parameters
        ----------
        prices
            To begin with; the best prices found are left in them.
        target, steps
            Value at which to end, and how many steps to take at most.
        level
            How far below the first bound the steps aim at first, as a share of it.
        room
            What is free; None: everything.
        """
        ground, instance = self.ground, self.ground.instance
        free, arrivals = instance.capacity, ground.arrivals
        if room is not None:
            free = np.maximum(0.0, room.free)
            arrivals = np.maximum(0.0, np.array([room.arrivals[day] for day in ground.days]))
        board, drops = prices.board[self.slots], prices.drops[self.slots]
        drops[self.drops >= NO_LIMIT] = 0.0
        board[self.cabin >= NO_LIMIT] = 0.0
        bound: float = lower(  # type: ignore[call-arg]
            *self._runs(),
            self.pairs,
            instance.pair_patient,
            instance.pair_hospital,
            instance.pair_use,
            instance.pair_amount,
            instance.board,
            free,
            instance.first_share_resource,
            instance.problem.weights.above_fair_share,
            arrivals,
            self.cabin,
            self.drops,
            self.constant,
            prices.resource,
            prices.arrivals,
            board,
            drops,
            target,
            level,
            steps,
        )
        prices.board[self.slots], prices.drops[self.slots] = board, drops
        return bound

    def gains(self, prices: CrowdPrices, without: int) -> Floats:
        """What each unit gains at these prices without the way of slot `without`, shape (units,)."""
        instance = self.ground.instance
        charge = np.zeros(len(instance.pair_patient))
        charge_pairs(self.pairs, instance.pair_use, instance.pair_amount, prices.resource, charge)
        at = np.flatnonzero(self.slots == without)
        found: Floats = tops(  # type: ignore[call-arg]
            int(at[0]) if len(at) else -1,
            *self._runs(),
            instance.pair_patient,
            instance.pair_hospital,
            instance.board,
            charge,
            prices.arrivals,
            prices.board[self.slots],
            prices.drops[self.slots],
        )
        return found

    def near_best(self, prices: CrowdPrices, each: int, keep: int | None = None) -> dict[int, WayOptions]:
        """By slot, the options that lie least behind the best of their unit at these prices.

        Parameters
        ----------
        prices
            Of everybody.
        each
            How many options a unit keeps for each of its members, more where several are as good.
        keep
            How many are kept in all; None: no limit.
        """
        if not self.ways:
            return {}
        instance = self.ground.instance
        charge = np.zeros(len(instance.pair_patient))
        charge_pairs(self.pairs, instance.pair_use, instance.pair_amount, prices.resource, charge)
        loss = losses(self, prices, charge)
        unit = instance.unit_of[instance.pair_patient[self.entry_pair]]
        order = np.lexsort((loss, unit))
        start = np.searchsorted(unit[order], np.arange(len(instance.units) + 1))
        last = np.minimum(start[:-1] + each * instance.unit_size, start[1:]) - 1
        limit = np.full(len(instance.units), -np.inf)
        some = start[1:] > start[:-1]
        limit[some] = loss[order[last[some]]]
        wanted = loss <= limit[unit]
        if keep is not None and keep < wanted.sum():
            wanted &= loss <= np.partition(loss[wanted], keep)[keep]
        ends = np.cumsum([len(p.entry_pair) for p in self.parts])[:-1]
        return {
            int(s): p if w.all() else p.some(w)
            for s, p, w in zip(self.slots, self.parts, np.split(wanted, ends), strict=True)
        }


def _joined(parts: list[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _shifted(ends: list[Ints], sizes: list[int]) -> Ints:
    """Ends of runs in each part, as ends in all parts together."""
    offsets = np.append(0, np.cumsum(sizes))
    return _joined([e + o for e, o in zip(ends, offsets, strict=False)])
