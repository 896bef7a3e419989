"""Which stops one aircraft can fly from one hub, in which orders, and when (rules 1-4).

A `Library` lists every stop *set* that at least one order flies within the rules, together with the least
flying time; the orders of one set are made when they are asked for, since there are at most a hundred or so
and making them takes microseconds. Nothing here knows of patients.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medevac.planner.geography import distance_km, leg_time
from medevac.planner.problem import DAY_MINUTES, Aircraft, Problem
from medevac.planner.stop_orders import list_orders, list_sets

EPS = 1e-6  # FORMAT: every comparison allows 1e-6
MOST_LEGS = 64
SET_LIMIT = 400_000
ORDER_STOPS = 7  # orders are listed for sets of at most this many stops


@dataclass(frozen=True, slots=True)
class Route:
    """One way to fly: hub, drops in order, whole minute of departure, and what follows from them.

    `hub` and `stops` are numbers in the problem's order of hubs and airports. `elapsed` holds minutes from
    the arrival at the hub to the arrival at each drop; `at_hub` and `back_at` are minutes from 00:00 of the
    flight's date; `flying` is the sum of all leg times in minutes.
    """

    hub: int
    stops: tuple[int, ...]
    leaves_base: int
    at_hub: float
    elapsed: tuple[float, ...]
    flying: float
    back_at: float


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
                np.arange(2, len(self.codes)),
                most,
                self.base_candidate,
                float(self.limits.max()),
                self.legs_time,
                self.free_time,
                self.hours,
                self.at_hub,
                self.load,
                craft.turnaround_minutes,
                craft.report_minutes,
                self.bands,
                self.limits,
                depth[1:],
                node[1:],
                flying[1:],
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
            np.array(stops, dtype=np.int64),
            base_drop,
            self.legs_time,
            self.hours,
            float(self.legs_time[0, 1]),
            self.load,
            craft.turnaround_minutes,
            craft.report_minutes,
            self.bands,
            self.limits,
            float(not_before),
            float(back_before),
            orders,
            leaves,
            elapsed,
            flying,
            back,
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
