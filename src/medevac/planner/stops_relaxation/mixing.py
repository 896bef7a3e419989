"""The linear model that mixes stop sets, and its column generation.

Rows and columns of patients stand from the start; columns of stop sets are added where prices ask for them.
"""

from __future__ import annotations

from collections.abc import Iterator

import highspy
import numpy as np

from medevac.planner.coupling import Coupling, Duals
from medevac.planner.fleet import Fleet
from medevac.planner.instance import BOARD, Floats, Instance, Ints
from medevac.planner.linear import INFINITY, new_engine
from medevac.planner.relaxation import Relaxed
from medevac.planner.routes import Library
from medevac.planner.stops_relaxation.best_sets import best_sets
from medevac.planner.stops_relaxation.entries import list_entries
from medevac.planner.stops_relaxation.kinds import kinds_of

SETS_PER_ROUND = 12
FIRST_SETS = 30


class StopsRelaxation:
    """The linear model and its column generation. Problems with fixed flights are not for it."""

    def __init__(self, instance: Instance, fleet: Fleet, coupling: Coupling) -> None:
        self.instance = instance
        self.coupling = coupling
        self.kinds = kinds_of(instance, fleet)
        self.highs = new_engine()
        self.highs.setOptionValue("solver", "ipm")
        self.highs.setOptionValue("run_crossover", "off")
        self.highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.seen: set[tuple[int, int, int, int, int]] = set()
        self.entries = list_entries(instance, self.kinds, coupling.weight)
        self._make_rows()
        self._make_columns()

    @property
    def size(self) -> int:
        """Number of ways to place somebody, a measure of the model's cost."""
        return len(self.entries.pair)

    def _make_rows(self) -> None:
        instance, entries = self.instance, self.entries
        airports = len(instance.airport_codes)
        people, resources = len(instance.patients), len(instance.capacity)
        hubs = max(len(k.libraries) for k in self.kinds)
        self.first_resource = people
        self.first_link = people + resources
        link = (entries.patient * airports + entries.airport) * len(self.kinds) + entries.kind
        self.link_keys, self.link_of = np.unique(link, return_inverse=True)
        self.first_board = self.first_link + len(self.link_keys)
        self.first_flights = self.first_board + len(self.kinds) * hubs * len(BOARD)
        self.first_place = self.first_flights + len(self.kinds)
        self.hubs = hubs
        main = instance.pair_use[entries.pair, 0]
        place = (main * len(self.kinds) + entries.kind) * hubs + entries.hub_at
        self.place_keys, self.place_of = np.unique(place, return_inverse=True)
        self.rows = self.first_place + len(self.place_keys)
        upper = np.concatenate(
            [
                np.ones(people),
                instance.capacity,
                np.zeros(len(self.link_keys)),
                np.zeros(len(self.kinds) * hubs * len(BOARD)),
                np.array([k.flights for k in self.kinds], dtype=np.float64),
                np.zeros(len(self.place_keys)),
            ]
        )
        none = np.zeros(0, dtype=np.int32)
        self.highs.addRows(
            self.rows,
            np.full(self.rows, -INFINITY),
            upper,
            0,
            np.zeros(self.rows, dtype=np.int32),
            none,
            np.zeros(0),
        )

    def _make_columns(self) -> None:
        """Columns of patients, then what lies above fair shares."""
        instance, entries = self.instance, self.entries
        n = len(entries.pair)
        entry = np.arange(n)
        row = [entries.patient, self.first_link + self.link_of, self.first_place + self.place_of]
        column = [entry, entry, entry]
        value = [np.ones(n), np.ones(n), np.ones(n)]
        use, amount = instance.pair_use[entries.pair], instance.pair_amount[entries.pair]
        e, j = np.nonzero(use >= 0)
        row.append(self.first_resource + use[e, j])
        column.append(e)
        value.append(amount[e, j])
        board = instance.board[entries.patient]
        e, j = np.nonzero(board)
        row.append(self.first_board + (entries.kind[e] * self.hubs + entries.hub_at[e]) * len(BOARD) + j)
        column.append(e)
        value.append(board[e, j])
        shares = np.arange(instance.first_share_resource, len(instance.capacity))
        row.append(self.first_resource + shares)
        column.append(n + np.arange(len(shares)))
        value.append(-np.ones(len(shares)))
        rows, columns, values = np.concatenate(row), np.concatenate(column), np.concatenate(value)
        order = np.lexsort((rows, columns))
        count = n + len(shares)
        start = np.searchsorted(columns[order], np.arange(count)).astype(np.int32)
        above = -instance.problem.weights.above_fair_share
        cost = np.concatenate([entries.worth, np.full(len(shares), above)])
        self.highs.addCols(
            count,
            cost,
            np.zeros(count),
            np.full(count, INFINITY),
            len(order),
            start,
            rows[order].astype(np.int32),
            values[order],
        )

    def _add_set(self, kind: int, hub_at: int, row: int, base: int, layout: int) -> bool:
        key = (kind, hub_at, row, base, layout)
        if key in self.seen:
            return False
        self.seen.add(key)
        k = self.kinds[kind]
        library = k.libraries[hub_at]
        nodes = [*library.stops_of(row), *([0] if base else [])]
        airports = library.airport[nodes]
        rows: list[int] = [self.first_flights + kind]
        values: list[float] = [1.0]
        board = self.first_board + (kind * self.hubs + hub_at) * len(BOARD)
        rows += range(board, board + len(BOARD))
        values += [-float(x) for x in k.capacities[layout]]
        for a in airports:
            links = self.links_at[kind, hub_at].get(int(a))
            if links is not None:
                rows += (self.first_link + links).tolist()
                values += [-1.0] * len(links)
        places: dict[int, float] = {}
        for a in airports:
            for place, capacity in self.places_at[kind, hub_at].get(int(a), ()):
                places[place] = capacity
        rows += [self.first_place + p for p in places]
        values += [-c for c in places.values()]
        cost = -k.cost_per_minute * float(library.flying[row, base])
        self.highs.addCol(cost, 0.0, INFINITY, len(rows), np.array(rows, dtype=np.int32), np.array(values))
        return True

    def _index_airports(self) -> None:
        """Which links and places each airport opens, by kind and hub."""
        instance, entries = self.instance, self.entries
        airports = len(instance.airport_codes)
        self.links_at: dict[tuple[int, int], dict[int, Ints]] = {}
        self.places_at: dict[tuple[int, int], dict[int, list[tuple[int, float]]]] = {}
        of_entry = entries.kind * self.hubs + entries.hub_at
        for kind in range(len(self.kinds)):
            for hub_at in range(len(self.kinds[kind].libraries)):
                mine = np.flatnonzero(of_entry == kind * self.hubs + hub_at)
                links: dict[int, Ints] = {}
                places: dict[int, list[tuple[int, float]]] = {}
                for a in range(airports):
                    here = mine[entries.airport[mine] == a]
                    if not len(here):
                        continue
                    links[a] = np.unique(self.link_of[here])
                    places[a] = [
                        (
                            int(p),
                            float(instance.capacity[self.place_keys[p] // (len(self.kinds) * self.hubs)]),
                        )
                        for p in np.unique(self.place_of[here])
                    ]
                self.links_at[kind, hub_at] = links
                self.places_at[kind, hub_at] = places

    def rounds(self, *, patience: int = 1_000) -> Iterator[Relaxed]:
        """Column generation to the end, or until `patience` rounds in a row have not lowered the bound.

        Yields the best so far after each round.
        """
        self._index_airports()
        self._add_first_sets()
        best: Relaxed | None = None
        idle = 0
        while idle < patience:
            self.highs.run()
            duals = np.abs(np.array(self.highs.getSolution().row_dual))
            if not len(duals):
                return
            proved = self._proved(duals)
            excess, fresh = self._price(duals)
            bound = proved + excess
            idle += 1
            if best is None or bound < best.bound:
                idle = 0
                best = Relaxed(bound, self._duals(duals), np.zeros(len(BOARD)))
            yield best
            if not fresh or excess <= 5e-4 * max(1.0, abs(bound)):
                return

    def _add_first_sets(self) -> None:
        """Sets to begin with: those of the airports whose patients are worth most, each used but once."""
        entries = self.entries
        for kind, k in enumerate(self.kinds):
            for hub_at, library in enumerate(k.libraries):
                mine = (entries.kind == kind) & (entries.hub_at == hub_at)
                prize = np.zeros(len(library.codes))
                np.add.at(prize, np.maximum(0, library.node_of[entries.airport[mine]]), entries.worth[mine])
                for _ in range(FIRST_SETS):
                    row, base, value = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64), np.zeros(1)
                    if not best_sets(
                        library.depth,
                        library.node,
                        library.flying,
                        prize,
                        k.cost_per_minute,
                        1,
                        row,
                        base,
                        value,
                    ):
                        break
                    for layout in range(len(k.capacities)):
                        self._add_set(kind, hub_at, int(row[0]), int(base[0]), layout)
                    used = [*library.stops_of(int(row[0])), *([0] if base[0] else [])]
                    prize[used] *= 0.5

    def _proved(self, duals: Floats) -> float:
        """What any prices prove, flights aside: prices x what there is, and what patients still gain."""
        instance, entries = self.instance, self.entries
        share = instance.first_share_resource
        resource = duals[self.first_resource : self.first_link]
        resource[share:] = np.minimum(resource[share:], instance.problem.weights.above_fair_share)
        people = duals[: len(instance.patients)]
        reduced = entries.worth - people[entries.patient] - duals[self.first_link + self.link_of]
        reduced -= duals[self.first_place + self.place_of]
        use = instance.pair_use[entries.pair]
        reduced -= (np.where(use >= 0, resource[use], 0.0) * instance.pair_amount[entries.pair]).sum(axis=1)
        cabins = duals[self.first_board : self.first_flights].reshape(-1, len(BOARD))
        cabin = cabins[entries.kind * self.hubs + entries.hub_at]
        reduced -= (cabin * instance.board[entries.patient]).sum(axis=1)
        gain = np.zeros(len(instance.patients))
        np.maximum.at(gain, entries.patient, np.maximum(0.0, reduced))
        flights = sum(k.flights * duals[self.first_flights + i] for i, k in enumerate(self.kinds))
        return float(people.sum() + resource @ instance.capacity + gain.sum() + flights)

    def _duals(self, duals: Floats) -> Duals:
        instance = self.instance
        found = self.coupling.none()
        np.add.at(found.unit, instance.unit_of, duals[: len(instance.patients)])
        found.resource[:] = duals[self.first_resource : self.first_link]
        return found

    def _price(self, duals: Floats) -> tuple[float, bool]:
        """Add attractive sets; returns what all flights together could still gain, and whether any is new."""
        excess = 0.0
        fresh = False
        for kind, k in enumerate(self.kinds):
            price = float(duals[self.first_flights + kind])
            most = 0.0
            for hub_at, library in enumerate(k.libraries):
                prize = self._prizes(duals, kind, hub_at, library)
                row = np.zeros(SETS_PER_ROUND, dtype=np.int64)
                base = np.zeros(SETS_PER_ROUND, dtype=np.int64)
                value = np.full(SETS_PER_ROUND, -np.inf)
                count = best_sets(
                    library.depth,
                    library.node,
                    library.flying,
                    prize,
                    k.cost_per_minute,
                    SETS_PER_ROUND,
                    row,
                    base,
                    value,
                )
                board = self.first_board + (kind * self.hubs + hub_at) * len(BOARD)
                cabin = duals[board : board + len(BOARD)]
                for layout, capacity in enumerate(k.capacities):
                    held = float(cabin @ np.where(cabin > 0, capacity, 0.0)) - price
                    for i in range(count):
                        gain = float(value[i]) + held
                        most = max(most, gain)
                        if gain > 1e-6:
                            fresh |= self._add_set(kind, hub_at, int(row[i]), int(base[i]), layout)
            excess += most * k.flights
        return excess, fresh

    def _prizes(self, duals: Floats, kind: int, hub_at: int, library: Library) -> Floats:
        prize = np.zeros(len(library.codes))
        for a, links in self.links_at[kind, hub_at].items():
            node = library.node_of[a]
            if node >= 0:
                prize[node] += duals[self.first_link + links].sum()
        for a, places in self.places_at[kind, hub_at].items():
            node = library.node_of[a]
            if node >= 0:
                prize[node] += sum(duals[self.first_place + p] * c for p, c in places)
        return prize
