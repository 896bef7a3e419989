"""The columns and rows of a model: each rule of the format that binds on the ways at hand.

Rows that nobody could break are left out. Which options there are is not decided here (`options`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from medevac.planner.instance import BOARD, NO_LIMIT, Floats, Instance, Ints
from medevac.planner.linear import Rows
from medevac.planner.loads import Room, Way, clash, flight_cost
from medevac.planner.model.options import Options, cabin_of
from medevac.planner.routes import EPS


class RuleRows:
    """Columns of ways, options, families and what lies above fair shares; rows of the rules.

    Parameters
    ----------
    instance
        The arrays of the problem.
    ways, options
        What may be flown, and who may travel on it.
    room
        What is free for those who are decided here.
    weight
        What each pair is worth before transit, shape (pairs,).
    shares
        Whether patients above a country's fair share cost score; otherwise shares are left out.
    must
        Whether fixed patients must be placed.
    flights_left
        Flights left per aircraft; None: all of them.
    """

    def __init__(
        self,
        instance: Instance,
        ways: Sequence[Way],
        options: Options,
        room: Room,
        weight: Floats,
        *,
        shares: bool,
        must: bool,
        flights_left: Floats | None,
    ) -> None:
        self.instance = instance
        self.ways = ways
        self.options = options
        self.room = room
        self.must = must
        self.flights_left = flights_left
        self.rows = Rows()
        self.tags: list[tuple[str, int, Ints]] = []
        self._make_columns(weight)
        self._unit_rows()
        self._board_rows()
        self._resource_rows(shares)
        self._arrival_rows()
        self._drop_rows()
        self._flight_rows()

    # -- columns ---------------------------------------------------------------------------------------

    def _make_columns(self, weight: Floats) -> None:
        options = self.options
        self.x = len(self.ways) + np.arange(len(options.pair))
        flying = np.array([-flight_cost(self.instance, w) for w in self.ways])
        self.cost: list[Floats] = [flying, weight[options.pair] - self.instance.tau * options.transit]
        self.columns = len(self.ways) + len(options.pair)

    def _extend(self, cost: Floats) -> int:
        first = self.columns
        self.cost.append(cost)
        self.columns += len(cost)
        return first

    # -- rows ------------------------------------------------------------------------------------------

    def _unit_rows(self) -> None:
        """Each unit at most once, only on a way that is flown; families whole (rule 8)."""
        options = self.options
        single = self.instance.unit_size[options.unit] == 1
        column, unit, owner = self.x[single], options.unit[single], options.owner[single]
        extra = self._family_rows(np.flatnonzero(~single))
        column = np.concatenate([column, extra[0]])
        unit = np.concatenate([unit, extra[1]])
        owner = np.concatenate([owner, extra[2]])
        units, row = np.unique(unit, return_inverse=True)
        once = np.ones(len(units))
        lower = np.where(self.instance.unit_fixed[units], 1.0, 0.0) if self.must else np.zeros(len(units))
        first = self.rows.add(row, column, np.ones(len(row)), lower, once)
        self.tags.append(("unit", first, units))
        self.missing_fixed = self.must and bool(
            np.setdiff1d(np.flatnonzero(self.instance.unit_fixed), units).size
        )
        optional = np.array([not w.flown for w in self.ways], dtype=np.bool_)[owner]
        if len(self.ways) == 1 and not optional.any():
            return
        keys, link = np.unique(unit[optional] * len(self.ways) + owner[optional], return_inverse=True)
        if not len(keys):
            return
        row = np.concatenate([link, np.arange(len(keys))])
        columns = np.concatenate([column[optional], keys % len(self.ways)])
        value = np.concatenate([np.ones(len(link)), -np.ones(len(keys))])
        self.rows.add(row, columns, value, np.full(len(keys), -np.inf), np.zeros(len(keys)))

    def _family_rows(self, entries: Ints) -> tuple[Ints, Ints, Ints]:
        """One column per family, way and hospital (or stop); every member follows it."""
        options = self.options
        groups: dict[tuple[int, int, int], dict[int, list[int]]] = {}
        for e in entries:
            unit = int(options.unit[e])
            same_stop = self.instance.unit_same_stop[unit]
            key = int(options.stop[e]) if same_stop else int(self.instance.pair_hospital[options.pair[e]])
            members = groups.setdefault((unit, int(options.owner[e]), key), {})
            members.setdefault(int(options.patient[e]), []).append(int(e))
        row: list[int] = []
        column: list[int] = []
        value: list[float] = []
        group_unit: list[int] = []
        group_way: list[int] = []
        first = self.columns
        count = 0
        for (unit, way, _), members in groups.items():
            whole = len(members) == self.instance.unit_size[unit]
            group = first + len(group_unit)
            if whole:
                group_unit.append(unit)
                group_way.append(way)
            for own in members.values():
                row += [count] * len(own)
                column += [int(self.x[e]) for e in own]
                value += [1.0] * len(own)
                if whole:
                    row.append(count)
                    column.append(group)
                    value.append(-1.0)
                count += 1
        self._extend(np.zeros(len(group_unit)))
        zero = np.zeros(count)
        self.rows.add(
            np.array(row, dtype=np.int64), np.array(column, dtype=np.int64), np.array(value), zero, zero
        )
        return (
            first + np.arange(len(group_unit)),
            np.array(group_unit, dtype=np.int64),
            np.array(group_way, dtype=np.int64),
        )

    def _limit(self, tag: str, key: Ints, amount: Floats, column: Ints, capacity: Floats, of: Ints) -> None:
        """Rows `sum of amounts <= capacity[key]`, for the keys where that can bind."""
        keys, row = np.unique(key, return_inverse=True)
        if not len(keys):
            return
        binds = np.bincount(row, weights=amount) > capacity[keys] + EPS
        kept = binds[row]
        renumber = np.cumsum(binds) - 1
        first = self.rows.add(
            renumber[row[kept]],
            column[kept],
            amount[kept],
            np.full(int(binds.sum()), -np.inf),
            capacity[keys[binds]],
        )
        self.tags.append((tag, first, of[keys[binds]]))

    def _board_rows(self) -> None:
        """Seats, litters, intensive care, airborne isolation and care of each way (rule 5)."""
        instance, options = self.instance, self.options
        for j in range(len(BOARD)):
            amount = instance.board[options.patient, j]
            capacity = np.array([cabin_of(instance, w)[j] for w in self.ways])
            flown = np.array([w.flown for w in self.ways], dtype=np.bool_)
            used = (amount > 0) & flown[options.owner]
            self._limit(
                "board",
                options.owner[used],
                amount[used],
                self.x[used],
                capacity,
                np.arange(len(self.ways)) * len(BOARD) + j,
            )
            self._board_links(j, amount, capacity)

    def _board_links(self, j: int, amount: Floats, capacity: Floats) -> None:
        """The same rows times the choice of the way: tighter where a way may stay on the ground."""
        options = self.options
        optional = np.array([not w.flown for w in self.ways], dtype=np.bool_) & (capacity < NO_LIMIT)
        used = (amount > 0) & optional[options.owner]
        ways, row = np.unique(options.owner[used], return_inverse=True)
        if not len(ways):
            return
        n = len(ways)
        self.rows.add(
            np.concatenate([row, np.arange(n)]),
            np.concatenate([self.x[used], ways]),
            np.concatenate([amount[used], -capacity[ways]]),
            np.full(n, -np.inf),
            np.zeros(n),
        )

    def _resource_rows(self, shares: bool) -> None:
        """Hospitals' places and rooms, countries' limits; fair shares and what is above (rules 7, 9)."""
        instance, options = self.instance, self.options
        use, amount = instance.pair_use[options.pair], instance.pair_amount[options.pair]
        hard = (use >= 0) & (use < instance.first_share_resource)
        entry, _ = np.nonzero(hard)
        every = np.arange(len(instance.capacity))
        self._limit("resource", use[hard], amount[hard], self.x[entry], self.room.free, every)
        if not shares:
            return
        soft = use >= instance.first_share_resource
        entry, _ = np.nonzero(soft)
        keys, row = np.unique(use[soft], return_inverse=True)
        if not len(keys):
            return
        n = len(keys)
        above = self._extend(np.full(n, -instance.problem.weights.above_fair_share))
        free = self.room.free[keys]
        over = np.maximum(0.0, -free)  # already above the share: each further patient costs
        first = self.rows.add(
            np.concatenate([row, np.arange(n)]),
            np.concatenate([self.x[entry], above + np.arange(n)]),
            np.concatenate([amount[soft], -np.ones(n)]),
            np.full(n, -np.inf),
            free + over,
        )
        self.tags.append(("resource", first, keys))

    def _arrival_rows(self) -> None:
        instance, options = self.instance, self.options
        days = sorted({instance.slots[w.slot].day for w in self.ways})
        number = {day: i for i, day in enumerate(days)}
        count = len(instance.hospitals)
        day = np.array([number[instance.slots[w.slot].day] for w in self.ways], dtype=np.int64)
        key = day[options.owner] * count + instance.pair_hospital[options.pair]
        capacity = np.concatenate([self.room.arrivals[d] for d in days])
        of = np.tile(np.arange(count), len(days))
        self._limit("arrivals", key, np.ones(len(key)), self.x, capacity, of)

    def _drop_rows(self) -> None:
        """Ambulances at each drop (rule 6)."""
        instance, options = self.instance, self.options
        most = max(len(w.route.stops) for w in self.ways)
        airport = np.full((len(self.ways), most), 0, dtype=np.int64)
        capacity = np.full((len(self.ways), most), NO_LIMIT)
        for i, way in enumerate(self.ways):
            for j, a in enumerate(way.route.stops):
                airport[i, j] = a
                ambulances = instance.problem.airports[instance.airport_codes[a]].ambulances
                capacity[i, j] = NO_LIMIT if ambulances is None else ambulances
        key = options.owner * most + options.stop
        self._limit("drops", key, np.ones(len(key)), self.x, capacity.ravel(), airport.ravel())

    def _flight_rows(self) -> None:
        """One way per slot, the aircraft's flights in all, and no flight before the last one is back."""
        instance = self.instance
        slot = np.array([w.slot for w in self.ways], dtype=np.int64)
        slots, row = np.unique(slot, return_inverse=True)
        one = np.ones(len(slots))
        self.rows.add(row, np.arange(len(slot)), np.ones(len(slot)), np.zeros(len(slots)), one)
        craft = np.array([s.aircraft for s in instance.slots], dtype=np.int64)[slot]
        crafts, row = np.unique(craft, return_inverse=True)
        most = np.array([instance.problem.aircraft[k].max_flights for k in crafts], dtype=np.float64)
        if self.flights_left is not None:
            most = self.flights_left[crafts]
        self.rows.add(row, np.arange(len(slot)), np.ones(len(slot)), np.zeros(len(crafts)), most)
        clashes = [
            (i, j)
            for i, first in enumerate(self.ways)
            if first.route.back_at > 24 * 60
            for j, second in enumerate(self.ways)
            if craft[i] == craft[j] and clash(instance, first, second)
        ]
        pairs = np.array(clashes, dtype=np.int64).reshape(-1, 2)
        n = len(pairs)
        rows = np.concatenate([np.arange(n), np.arange(n)])
        self.rows.add(rows, pairs.T.ravel(), np.ones(2 * n), np.zeros(n), np.ones(n))
