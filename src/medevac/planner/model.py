"""Who travels on which of some given routes, to which hospital: one mixed-integer model.

The same model serves four ends: the load of one route at given prices, everybody over a set of flown
flights, a choice among a few routes per slot, and, with every route there is, the whole of a small problem.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from medevac.planner.instance import BOARD, NO_LIMIT, Bools, Floats, Instance, Ints
from medevac.planner.linear import Rows, Solved, maximise
from medevac.planner.loads import Load, Prices, Room, Seat, Way, board_capacity, clash, flight_cost
from medevac.planner.pricing import list_options
from medevac.planner.routes import EPS
from medevac.planner.sifting import sift

__all__ = ["Load", "Prices", "Room", "RouteModel", "Seat", "Way", "board_capacity", "clash", "flight_cost"]


class RouteModel:
    """A model over some ways.

    Parameters
    ----------
    instance
        The arrays of the problem.
    ways
        The ways that may be flown; at most one per slot is, and a `flown` one is flown for certain.
    room
        What is free for those who are decided here.
    patients
        Numbers of the patients who may be placed here.
    weight
        What each pair is worth before transit, shape (pairs,).
    shares
        Whether patients above a country's fair share cost score here; otherwise shares are left out.
    must
        Whether fixed patients must be placed (else the model may leave them).
    keep_all
        Whether to keep options that are worth less than nothing.
    blocked
        Pairs that cannot be placed, by date, where that is known already.
    flights_left
        Flights left per aircraft; None: all of them.
    sift_to, target
        About how many options to keep where there are more, judged by prices; what a known choice of options
        is worth helps to find those. A model that was sifted proves nothing.
    only
        The pairs to decide between, by way; None: all. Such a model proves nothing either.
    """

    def __init__(
        self,
        instance: Instance,
        ways: Sequence[Way],
        room: Room,
        patients: Ints,
        weight: Floats,
        *,
        shares: bool = True,
        must: bool = False,
        keep_all: bool = False,
        blocked: Mapping[date, Bools] | None = None,
        flights_left: Floats | None = None,
        sift_to: int | None = None,
        target: float = 0.0,
        only: Sequence[Ints] | None = None,
    ) -> None:
        self.instance = instance
        self.ways = list(ways)
        self.room = room
        self.weight = weight
        self.must = must
        self.flights_left = flights_left
        self.sift_to = sift_to
        self.target = target
        self.only = only
        self.blocked = dict(blocked) if blocked is not None else {}
        self.rows = Rows()
        self.tags: list[tuple[str, int, Ints]] = []
        self._list_options(patients, keep_all)
        self._make_columns()
        self._unit_rows()
        self._board_rows()
        self._resource_rows(shares)
        self._arrival_rows()
        self._drop_rows()
        self._flight_rows()

    # -- columns ---------------------------------------------------------------------------------------

    def _list_options(self, patients: Ints, keep_all: bool) -> None:
        instance = self.instance
        pairs, stops, transits, owners = [], [], [], []
        for number, way in enumerate(self.ways):
            k, s, t = self.options(way, patients)
            worth = self.weight[k] - instance.tau * t
            single = instance.unit_size[instance.unit_of[instance.pair_patient[k]]] == 1
            keep = np.ones(len(k), dtype=np.bool_) if keep_all else (worth > 0) | ~single
            if self.only is not None:
                keep &= np.isin(k, self.only[number], kind="sort")
            pairs.append(k[keep])
            stops.append(s[keep])
            transits.append(t[keep])
            owners.append(np.full(int(keep.sum()), number, dtype=np.int64))
        self.pair: Ints = np.concatenate(pairs)
        self.stop: Ints = np.concatenate(stops)
        self.transit: Floats = np.concatenate(transits)
        self.owner: Ints = np.concatenate(owners)
        self.patient: Ints = instance.pair_patient[self.pair]
        self.unit: Ints = instance.unit_of[self.patient]
        if self.sift_to is not None and len(self.pair) > self.sift_to:
            self._sift(self.sift_to)

    def _sift(self, keep: int) -> None:
        instance = self.instance
        resources, kinds = len(instance.capacity), len(BOARD)
        board = resources + self.owner[:, None] * kinds + np.arange(kinds)
        cabins = np.concatenate([self._board_capacity(w) for w in self.ways])
        ceiling = np.full(resources + len(cabins), np.inf)
        ceiling[instance.first_share_resource : resources] = instance.problem.weights.above_fair_share
        mask = sift(
            self.patient,
            self.weight[self.pair] - instance.tau * self.transit,
            np.hstack([instance.pair_use[self.pair], board]),
            np.hstack([instance.pair_amount[self.pair], instance.board[self.patient]]),
            np.concatenate([np.maximum(0.0, self.room.free), cabins]),
            ceiling,
            target=self.target,
            keep=keep,
        )
        mask |= instance.unit_size[self.unit] > 1
        for name in ("pair", "stop", "transit", "owner", "patient", "unit"):
            setattr(self, name, getattr(self, name)[mask])

    def options(self, way: Way, patients: Ints) -> tuple[Ints, Ints, Floats]:
        """Pairs, stops and transit minutes that rules 6 and 7 allow on a way."""
        instance, route = self.instance, way.route
        slot = instance.slots[way.slot]
        craft = instance.problem.aircraft[slot.aircraft]
        here = patients[instance.may_fly(way.slot)[patients] & (instance.hub_of[patients] == route.hub)]
        if slot.day not in self.blocked:
            self.blocked[slot.day] = instance.blocked_pairs(slot.day, self.room.free)
        stop_of = np.full(len(instance.airport_codes), -1, dtype=np.int64)
        stop_of[list(route.stops)] = np.arange(len(route.stops))
        size = int((instance.pair_start[here + 1] - instance.pair_start[here]).sum()) * max(
            1, len(route.stops)
        )
        pair, stop = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        transit = np.zeros(size)
        count = list_options(
            here,
            instance.pair_start,
            instance.pair_hospital,
            self.blocked[slot.day],
            instance.reach_start,
            instance.reach_airport,
            instance.reach_road,
            stop_of,
            np.array(route.elapsed),
            route.at_hub,
            float(craft.unload_minutes),
            instance.transit_limit,
            instance.latest_arrival(slot.day),
            pair,
            stop,
            transit,
        )
        return pair[:count], stop[:count], transit[:count]

    def _make_columns(self) -> None:
        self.first_x = len(self.ways)
        self.x = self.first_x + np.arange(len(self.pair))
        flying = np.array([-flight_cost(self.instance, w) for w in self.ways])
        worth = self.weight[self.pair] - self.instance.tau * self.transit
        self.cost: list[Floats] = [flying, worth]
        self.columns = len(self.ways) + len(self.pair)

    def _extend(self, cost: Floats) -> int:
        first = self.columns
        self.cost.append(cost)
        self.columns += len(cost)
        return first

    # -- rows ------------------------------------------------------------------------------------------

    def _unit_rows(self) -> None:
        """Each unit at most once, only on a way that is flown; families whole (rule 8)."""
        single = self.instance.unit_size[self.unit] == 1
        column, unit, owner = self.x[single], self.unit[single], self.owner[single]
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
        groups: dict[tuple[int, int, int], dict[int, list[int]]] = {}
        for e in entries:
            unit = int(self.unit[e])
            same_stop = self.instance.unit_same_stop[unit]
            key = int(self.stop[e]) if same_stop else int(self.instance.pair_hospital[self.pair[e]])
            members = groups.setdefault((unit, int(self.owner[e]), key), {})
            members.setdefault(int(self.patient[e]), []).append(int(e))
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
            for options in members.values():
                row += [count] * len(options)
                column += [int(self.x[e]) for e in options]
                value += [1.0] * len(options)
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
        instance = self.instance
        for j in range(len(BOARD)):
            amount = instance.board[self.patient, j]
            capacity = np.array([self._board_capacity(w)[j] for w in self.ways])
            flown = np.array([w.flown for w in self.ways], dtype=np.bool_)
            used = (amount > 0) & flown[self.owner]
            self._limit(
                "board",
                self.owner[used],
                amount[used],
                self.x[used],
                capacity,
                np.arange(len(self.ways)) * len(BOARD) + j,
            )
            self._board_links(j, amount, capacity)

    def _board_links(self, j: int, amount: Floats, capacity: Floats) -> None:
        """The same rows times the choice of the way: tighter where a way may stay on the ground."""
        optional = np.array([not w.flown for w in self.ways], dtype=np.bool_) & (capacity < NO_LIMIT)
        used = (amount > 0) & optional[self.owner]
        ways, row = np.unique(self.owner[used], return_inverse=True)
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

    def _board_capacity(self, way: Way) -> Floats:
        craft = self.instance.problem.aircraft[self.instance.slots[way.slot].aircraft]
        return board_capacity(craft.layouts[way.layout])

    def _resource_rows(self, shares: bool) -> None:
        """Hospitals' places and rooms, countries' limits; fair shares and what is above (rules 7, 9)."""
        instance = self.instance
        use, amount = instance.pair_use[self.pair], instance.pair_amount[self.pair]
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
        instance = self.instance
        days = sorted({instance.slots[w.slot].day for w in self.ways})
        number = {day: i for i, day in enumerate(days)}
        count = len(instance.hospitals)
        day = np.array([number[instance.slots[w.slot].day] for w in self.ways], dtype=np.int64)
        key = day[self.owner] * count + instance.pair_hospital[self.pair]
        capacity = np.concatenate([self.room.arrivals[d] for d in days])
        of = np.tile(np.arange(count), len(days))
        self._limit("arrivals", key, np.ones(len(key)), self.x, capacity, of)

    def _drop_rows(self) -> None:
        """Ambulances at each drop (rule 6)."""
        instance = self.instance
        most = max(len(w.route.stops) for w in self.ways)
        airport = np.full((len(self.ways), most), 0, dtype=np.int64)
        capacity = np.full((len(self.ways), most), NO_LIMIT)
        for i, way in enumerate(self.ways):
            for j, a in enumerate(way.route.stops):
                airport[i, j] = a
                ambulances = instance.problem.airports[instance.airport_codes[a]].ambulances
                capacity[i, j] = NO_LIMIT if ambulances is None else ambulances
        key = self.owner * most + self.stop
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

    # -- solving ---------------------------------------------------------------------------------------

    def solve(
        self,
        *,
        whole: bool = True,
        seconds: float | None = None,
        gap: float = 1e-6,
        nodes: int | None = None,
        start: Floats | None = None,
        certain: Bools | None = None,
    ) -> Solved:
        """Solve the model; `whole` asks for whole patients, otherwise the linear relaxation with duals.

        Columns that are `certain` are held at one.
        """
        if self.missing_fixed:
            none = np.zeros(0)
            return Solved("infeasible", -np.inf, -np.inf, none, none, none)
        cost = np.concatenate(self.cost)
        upper = np.ones(self.columns)
        shares = self.columns - len(self.cost[-1])
        integer = np.ones(self.columns, dtype=np.bool_)
        if len(self.cost) == 4:
            upper[shares:] = np.inf
            integer[shares:] = False
        lower_row = np.array([i for i, w in enumerate(self.ways) if w.flown], dtype=np.int64)
        if len(lower_row):
            n = len(lower_row)
            self.rows.add(np.arange(n), lower_row, np.ones(n), np.ones(n), np.ones(n))
        return maximise(
            cost,
            upper,
            self.rows,
            integer=integer if whole else None,
            seconds=seconds,
            gap=gap,
            nodes=nodes,
            start=start,
            certain=certain,
        )

    def loads(self, solved: Solved) -> list[Load]:
        """The ways that are flown, with those on board, in the order of the ways."""
        taken = np.flatnonzero(solved.values[self.x] > 0.5)
        result = []
        for i, way in enumerate(self.ways):
            seats = [Seat(int(self.pair[e]), int(self.stop[e])) for e in taken if self.owner[e] == i]
            if seats or way.flown:
                result.append(Load(way, tuple(seats)))
        return result

    def prices(self, solved: Solved) -> Prices:
        """Row duals as prices, never negative."""
        found = Prices()
        for tag, first, keys in self.tags:
            duals = np.maximum(0.0, solved.duals[first : first + len(keys)])
            if tag == "board":
                np.maximum.at(found.board, keys % len(BOARD), duals)
            elif tag in ("resource", "arrivals", "drops"):
                getattr(found, tag).update(zip(keys.tolist(), duals.tolist(), strict=True))
        return found
