"""Which stops one aircraft can fly from one hub, in which orders, and when (rules 1-4).

A `Library` lists every stop *set* that at least one order flies within the rules, together with the least
flying time; the orders of one set are made when they are asked for, since there are at most a hundred or so
and making them takes microseconds. Nothing here knows of patients.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numba as nb
import numpy as np
from numpy.typing import NDArray

from medevac.planner.geography import distance_km, leg_time
from medevac.planner.problem import DAY_MINUTES, Aircraft, Problem

EPS = 1e-6  # FORMAT: every comparison allows 1e-6
MOST_LEGS = 64
SET_LIMIT = 400_000
ORDER_STOPS = 7  # orders are listed for sets of at most this many stops


@dataclass(frozen=True, slots=True)
class Route:
    """One way to fly: hub, drops in order, whole minute of departure, and what follows from them.

    `hub` and `stops` are numbers in the problem's order of hubs and airports. `elapsed` holds minutes from the arrival at the hub to the arrival at each drop; `at_hub` and `back_at`
    are minutes from 00:00 of the flight's date; `flying` is the sum of all leg times in minutes.
    """

    hub: int
    stops: tuple[int, ...]
    leaves_base: int
    at_hub: float
    elapsed: tuple[float, ...]
    flying: float
    back_at: float


@nb.njit(cache=True, nogil=True)
def earliest_minute(lo, hi, duty, legs, report, bands, limits):  # type: ignore[no-untyped-def]
    """The earliest whole minute in [lo, hi] whose report time allows `duty` minutes over `legs`; -1: none."""
    minute = max(0.0, np.ceil(lo - 1e-6))
    last = min(1439.0, np.floor(hi + 1e-6))
    for _ in range(2 * len(bands) + 2):
        if minute > last:
            return -1
        clock = (minute - report) % 1440.0
        wait = 1440.0
        for b in range(len(bands)):
            allowed = legs < limits.shape[1] and limits[b, legs] >= duty - 1e-6
            if not allowed:
                continue
            if bands[b, 0] <= clock < bands[b, 1]:
                return int(minute)
            wait = min(wait, (bands[b, 0] - clock) % 1440.0)
        minute += max(wait, 1.0)
    return -1


@nb.njit(cache=True, nogil=True)
def list_orders(  # type: ignore[no-untyped-def]
    stops, base_drop, legs_time, hours, at_hub, load, turn, report, bands, limits, not_before, back_before,
    orders, leaves, elapsed, flying, back,
):
    """Write every order of `stops` (node numbers) that rules 2-4 allow; return how many.

    Nodes: 0 base, 1 hub, then drops. With `base_drop` the base is the last drop. `hours` holds opens and
    closes per node, closes = inf where an airport never closes. Output rows are filled from 0.
    """
    k = len(stops)
    count = 0
    used = np.zeros(k, dtype=np.bool_)
    choice = np.full(k + 1, -1, dtype=np.int64)
    clock = np.zeros(k + 1)
    air = np.zeros(k + 1)
    low = np.zeros(k + 1)
    high = np.zeros(k + 1)
    clock[0] = load
    air[0] = legs_time[0, 1]
    low[0] = max(not_before, hours[1, 0] - at_hub)
    high[0] = min(1439.0, hours[1, 1] - at_hub - load)
    if legs_time[0, 1] == np.inf:
        return 0
    depth = 0
    while depth >= 0:
        here = 1
        if depth > 0:
            here = stops[choice[depth - 1]]
        if depth == k:
            home = legs_time[here, 0]
            if home < np.inf:
                end = at_hub + clock[depth] + home
                lo, hi = low[depth], min(high[depth], back_before - end)
                if base_drop:
                    lo = max(lo, hours[0, 0] - end)
                    hi = min(hi, hours[0, 1] - end)
                minute = earliest_minute(lo, hi, report + end, k + 2, report, bands, limits)
                if minute >= 0 and count < len(leaves):
                    for i in range(k):
                        orders[count, i] = stops[choice[i]]
                        elapsed[count, i] = clock[i] + legs_time[1 if i == 0 else stops[choice[i - 1]], stops[choice[i]]]
                    if base_drop:
                        orders[count, k] = 0
                        elapsed[count, k] = clock[depth] + home
                    leaves[count] = minute
                    flying[count] = air[depth] + home
                    back[count] = minute + end
                    count += 1
            depth -= 1
            if depth >= 0:
                used[choice[depth]] = False
            continue
        i = choice[depth] + 1
        moved = False
        while i < k:
            leg = legs_time[here, stops[i]]
            if not used[i] and leg < np.inf:
                arrive = clock[depth] + leg
                lo = max(low[depth], hours[stops[i], 0] - at_hub - arrive)
                hi = min(high[depth], hours[stops[i], 1] - at_hub - arrive - turn)
                if np.ceil(lo - 1e-6) <= hi + 1e-6:
                    choice[depth] = i
                    used[i] = True
                    depth += 1
                    clock[depth] = arrive + turn
                    air[depth] = air[depth - 1] + leg
                    low[depth] = lo
                    high[depth] = hi
                    choice[depth] = -1
                    moved = True
                    break
            i += 1
        if not moved:
            choice[depth] = -1
            depth -= 1
            if depth >= 0:
                used[choice[depth]] = False
    return count


@nb.njit(cache=True, nogil=True)
def shortest_round(stops, free_time, at_hub, load, turn):  # type: ignore[no-untyped-def]
    """Least minutes from the base over the hub and all `stops` back to the base, range and hours aside."""
    k = len(stops)
    size = 1 << k
    best = np.full((size, k), np.inf)
    for i in range(k):
        best[1 << i, i] = free_time[1, stops[i]] + turn
    for mask in range(1, size):
        for i in range(k):
            if not mask & (1 << i) or best[mask, i] == np.inf:
                continue
            for j in range(k):
                if mask & (1 << j):
                    continue
                time = best[mask, i] + free_time[stops[i], stops[j]] + turn
                if time < best[mask | (1 << j), j]:
                    best[mask | (1 << j), j] = time
    least = np.inf
    for i in range(k):
        least = min(least, best[size - 1, i] + free_time[stops[i], 0])
    return at_hub + load + least


@nb.njit(cache=True, nogil=True)
def list_sets(  # type: ignore[no-untyped-def]
    nodes, most_stops, base_candidate, longest, legs_time, free_time, hours, at_hub, load, turn, report, bands,
    limits, depth_out, node_out, flying_out,
):
    """Write the tree of stop sets in depth-first order; return (count, complete).

    Row r stands for the set made of its own node and of the nearest earlier rows of each smaller depth.
    `flying_out[r, 0]` is the least flying time of the set, `[r, 1]` the same with the base as last drop
    (inf: no order is allowed). Sets whose shortest round is over `longest` end their branch.
    """
    n = len(nodes)
    count = 0
    stack = np.zeros(most_stops + 1, dtype=np.int64)
    orders = np.zeros((5041, most_stops + 1), dtype=np.int64)
    leaves = np.zeros(5041, dtype=np.int64)
    elapsed = np.zeros((5041, most_stops + 1))
    flying = np.zeros(5041)
    back = np.zeros(5041)
    depth = 0
    stack[0] = 0
    while depth >= 0:
        position = stack[depth]
        if position >= n or depth >= most_stops:
            depth -= 1
            if depth >= 0:
                stack[depth] += 1
            continue
        stops = np.empty(depth + 1, dtype=np.int64)
        for i in range(depth + 1):
            stops[i] = nodes[stack[i]]
        if report + shortest_round(stops, free_time, at_hub, load, turn) > longest + 1e-6:
            stack[depth] += 1
            continue
        if count >= len(depth_out):
            return count, False
        depth_out[count] = depth
        node_out[count] = nodes[position]
        flying_out[count, 0] = np.inf
        flying_out[count, 1] = np.inf
        found = list_orders(
            stops, False, legs_time, hours, at_hub, load, turn, report, bands, limits, 0.0, np.inf,
            orders, leaves, elapsed, flying, back,
        )
        for i in range(found):
            flying_out[count, 0] = min(flying_out[count, 0], flying[i])
        if base_candidate and depth + 2 <= most_stops:
            found = list_orders(
                stops, True, legs_time, hours, at_hub, load, turn, report, bands, limits, 0.0, np.inf,
                orders, leaves, elapsed, flying, back,
            )
            for i in range(found):
                flying_out[count, 1] = min(flying_out[count, 1], flying[i])
        count += 1
        depth += 1
        stack[depth] = position + 1
    return count, True


class Library:
    """Every stop set of one aircraft from one hub.

    Parameters
    ----------
    problem, aircraft, hub
        The problem, one of its aircraft and the code of one of its hubs.
    drops
        Codes of the airports where somebody could leave; the hub is left out, the base counts as a drop
        only where it is named.

    Attributes
    ----------
    depth, node, flying
        The tree of sets, see `list_sets`; row 0 stands for the empty set, which only the base completes.
    direct
        Minutes from the arrival at the hub to that at each node when flown to first.
    complete
        False when there are more than `SET_LIMIT` sets; then the tree holds a part only.
    """

    def __init__(self, problem: Problem, aircraft: Aircraft, hub: str, drops: Sequence[str]) -> None:
        self.aircraft = aircraft
        self.hub = list(problem.hubs).index(hub)
        self.codes = [aircraft.base, hub, *(c for c in drops if c not in (hub, aircraft.base))]
        self.base_candidate = aircraft.base in drops
        number = {code: i for i, code in enumerate(problem.airports)}
        self.airport = np.array([number[c] for c in self.codes], dtype=np.int64)
        self.node_of = np.full(len(number), -1, dtype=np.int64)
        self.node_of[self.airport[2:]] = np.arange(2, len(self.codes))
        if self.base_candidate:
            self.node_of[self.airport[0]] = 0
        self.load = float(problem.hubs[hub])
        self._read_geography(problem)
        self._read_duty()
        self.at_hub = float(self.legs_time[0, 1])
        self.direct = self.load + self.free_time[1]
        self.at_hub_first = max(self.at_hub, float(self.hours[1, 0]))
        self._enumerate()

    def _read_geography(self, problem: Problem) -> None:
        airports = [problem.airports[c] for c in self.codes]
        km = np.array([[distance_km(a, b) for b in airports] for a in airports])
        self.free_time: NDArray[np.float64] = np.vectorize(lambda d: leg_time(self.aircraft, d))(km)
        self.legs_time = np.where(km <= self.aircraft.range_km + EPS, self.free_time, np.inf)
        self.hours = np.array(
            [[a.opens, np.inf if a.always_open else a.closes] for a in airports], dtype=np.float64
        )

    def _read_duty(self) -> None:
        duty = self.aircraft.duty_minutes
        if isinstance(duty, int | float):
            self.bands = np.array([[0.0, DAY_MINUTES]])
            self.limits = np.full((1, MOST_LEGS), float(duty))
            return
        self.bands = np.array([[b.report_from, b.report_until] for b in duty], dtype=np.float64)
        found = [[b.limit(legs) for legs in range(MOST_LEGS)] for b in duty]
        self.limits = np.array([[-1.0 if x is None else float(x) for x in row] for row in found])

    def _enumerate(self) -> None:
        craft = self.aircraft
        most = min(craft.max_stops, ORDER_STOPS, len(self.codes) - 2 + self.base_candidate)
        depth = np.zeros(SET_LIMIT, dtype=np.int64)
        node = np.zeros(SET_LIMIT, dtype=np.int64)
        flying = np.full((SET_LIMIT, 2), np.inf)
        depth[0] = -1
        if self.base_candidate and craft.max_stops >= 1:
            rows = self.orders((), base_drop=True)
            flying[0, 1] = min((r.flying for r in rows), default=np.inf)
        count, complete = 0, True
        if np.isfinite(self.at_hub) and most >= 1:
            count, complete = list_sets(
                np.arange(2, len(self.codes)), most, self.base_candidate, float(self.limits.max()),
                self.legs_time, self.free_time, self.hours, self.at_hub, self.load, craft.turnaround_minutes,
                craft.report_minutes, self.bands, self.limits, depth[1:], node[1:], flying[1:],
            )
        self.depth, self.node, self.flying = (a[: count + 1].copy() for a in (depth, node, flying))
        self._list_sets()
        self.complete = complete and most == min(craft.max_stops, len(self.codes) - 2 + self.base_candidate)

    def _list_sets(self) -> None:
        """Node numbers of every set, -1 behind the last, shape (sets, stops)."""
        width = int(self.depth.max(initial=0)) + 1
        self.sets = np.full((len(self.depth), width), -1, dtype=np.int64)
        path = np.full(width, -1, dtype=np.int64)
        for row in range(1, len(self.depth)):
            d = self.depth[row]
            path[d] = self.node[row]
            self.sets[row, : d + 1] = path[: d + 1]

    def stops_of(self, row: int) -> tuple[int, ...]:
        """Node numbers of the set in this row, without the base."""
        return tuple(int(x) for x in self.sets[row, : self.depth[row] + 1])

    def orders(
        self, stops: Sequence[int], *, base_drop: bool, not_before: float = 0.0, back_before: float = np.inf
    ) -> list[Route]:
        """All orders of a set that rules 2-4 allow, each at its earliest departure.

        Parameters
        ----------
        stops
            Node numbers of the drops without the base.
        base_drop
            Whether the base is the last drop.
        not_before, back_before
            Minutes from 00:00 of the date between which the aircraft is free.
        """
        k = len(stops)
        room = 1
        for i in range(2, k + 1):
            room *= i
        orders = np.zeros((room, k + 1), dtype=np.int64)
        leaves = np.zeros(room, dtype=np.int64)
        elapsed = np.zeros((room, k + 1))
        flying, back = np.zeros(room), np.zeros(room)
        craft = self.aircraft
        count = list_orders(
            np.array(stops, dtype=np.int64), base_drop, self.legs_time, self.hours, float(self.legs_time[0, 1]),
            self.load, craft.turnaround_minutes, craft.report_minutes, self.bands, self.limits,
            float(not_before), float(back_before), orders, leaves, elapsed, flying, back,
        )
        width = k + base_drop
        return [
            Route(
                hub=self.hub,
                stops=tuple(int(self.airport[x]) for x in orders[i, :width]),
                leaves_base=int(leaves[i]),
                at_hub=float(leaves[i] + self.legs_time[0, 1]),
                elapsed=tuple(float(x) for x in elapsed[i, :width]),
                flying=float(flying[i]),
                back_at=float(back[i]),
            )
            for i in range(count)
        ]
