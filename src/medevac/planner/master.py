"""The master problem of the bound: which mix of loaded flights is best, and what that makes all else worth.

Its columns are flights that slots have answered with (`columns`); its prices are the next question to them.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from medevac.planner.coupling import Coupling, Duals
from medevac.planner.flight import MixedLoad
from medevac.planner.instance import NO_LIMIT, Floats, Ints
from medevac.planner.linear import INFINITY, new_engine
from medevac.planner.loads import Load, Way, flight_cost
from medevac.planner.standing import load_value


@dataclass(frozen=True, slots=True)
class Column:
    """A loaded flight in the master problem: its slot, its worth, and what it uses."""

    slot: int
    value: float
    rows: NDArray[np.int32]
    use: Floats


class Master:
    """The linear master problem over loaded flights."""

    def __init__(self, coupling: Coupling) -> None:
        self.coupling = coupling
        instance = coupling.instance
        self.highs = new_engine()
        self.highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.columns: list[Column] = []
        self.seen: set[tuple[object, ...]] = set()
        self.units = len(instance.units)
        self.first_resource = self.units
        self.first_slot = self.first_resource + len(instance.capacity)
        self.first_craft = self.first_slot + len(instance.slots)
        self.first_arrival = self.first_craft + len(coupling.flights)
        self.arrival_row: dict[tuple[int, int], int] = {}
        row = self.first_arrival
        for d in range(len(coupling.days)):
            for h in np.flatnonzero(coupling.limits < NO_LIMIT):
                self.arrival_row[d, int(h)] = row
                row += 1
        upper = np.concatenate(
            [
                np.ones(self.units),
                instance.capacity,
                np.ones(len(instance.slots)),
                coupling.flights,
                [coupling.limits[h] for _, h in self.arrival_row],
            ]
        )
        lower = np.full(row, -INFINITY)
        for slot in instance.fixed_flight:
            lower[self.first_slot + slot] = 1.0
        none = np.zeros(0, dtype=np.int32)
        self.highs.addRows(row, lower, upper, 0, np.zeros(row, dtype=np.int32), none, np.zeros(0))
        self._add_slack()
        self._add_box()

    def _add_slack(self) -> None:
        instance = self.coupling.instance
        weight = instance.problem.weights.above_fair_share
        for r in range(instance.first_share_resource, len(instance.capacity)):
            self.highs.addCol(
                -weight,
                0.0,
                INFINITY,
                1,
                np.array([self.first_resource + r], dtype=np.int32),
                np.array([-1.0]),
            )
        for slot in instance.fixed_flight:
            row = np.array([self.first_slot + slot], dtype=np.int32)
            self.highs.addCol(-1e6, 0.0, INFINITY, 1, row, np.ones(1))

    def _add_box(self) -> None:
        instance, coupling = self.coupling.instance, self.coupling
        rows = [*range(self.first_slot), *range(self.first_craft, self.first_arrival)]
        n = len(rows)
        first = self.highs.getNumCol()
        worth = np.zeros(len(instance.units))
        np.add.at(worth, instance.unit_of, instance.worth)
        mean = float(instance.worth.mean()) if len(instance.worth) else 1.0
        self.scale = np.concatenate(
            [worth, np.full(len(instance.capacity), mean), np.full(len(coupling.flights), 10.0 * mean)]
        )
        for value in (-1.0, 1.0):
            self.highs.addCols(
                n,
                np.zeros(n),
                np.zeros(n),
                np.full(n, INFINITY),
                n,
                np.arange(n, dtype=np.int32),
                np.array(rows, dtype=np.int32),
                np.full(n, value),
            )
        self.buy = np.arange(first, first + n, dtype=np.int32)
        self.sell = self.buy + n

    def add(self, load: Load) -> bool:
        """Add a column of whole patients; False when it is there already."""
        pair = np.array([seat.pair for seat in load.seats], dtype=np.int64)
        value = load_value(self.coupling.instance, load, self.coupling.weight)
        return self._add(load.way, pair, np.ones(len(pair)), value)

    def mix(self, load: MixedLoad) -> bool:
        """Add a column of people in parts; False when it is there already."""
        instance = self.coupling.instance
        worth = self.coupling.weight[load.pair] - instance.tau * load.transit
        value = float(worth @ load.share) - flight_cost(instance, load.way)
        return self._add(load.way, load.pair, load.share, value)

    def _add(self, way: Way, pair: Ints, share: Floats, value: float) -> bool:
        key = (way.slot, way.layout, way.route.stops, pair.tobytes(), np.round(share, 6).tobytes())
        if key in self.seen:
            return False
        self.seen.add(key)
        instance, slot = self.coupling.instance, way.slot
        use = np.zeros(self.first_arrival + len(self.arrival_row))
        use[[self.first_slot + slot, self.first_craft + instance.slots[slot].aircraft]] = 1.0
        unit = instance.unit_of[instance.pair_patient[pair]]
        np.add.at(use, unit, share / instance.unit_size[unit])
        entry, kind = np.nonzero(instance.pair_use[pair] >= 0)
        amount = instance.pair_amount[pair][entry, kind] * share[entry]
        np.add.at(use, self.first_resource + instance.pair_use[pair][entry, kind], amount)
        day = self.coupling.day_number[instance.slots[slot].day]
        for hospital, part in zip(instance.pair_hospital[pair].tolist(), share.tolist(), strict=True):
            row = self.arrival_row.get((day, hospital), -1)
            if row >= 0:
                use[row] += part
        rows = np.flatnonzero(use).astype(np.int32)
        self.highs.addCol(value, 0.0, INFINITY, len(rows), rows, use[rows])
        self.columns.append(Column(slot, value, rows, use[rows]))
        return True

    def best_known(self, duals: Duals) -> Floats:
        """What the best known column of each slot is worth at these prices, 0 at least, shape (slots,)."""
        price = np.zeros(self.first_arrival + len(self.arrival_row))
        price[: self.units] = duals.unit
        price[self.first_resource : self.first_slot] = duals.resource
        for (d, h), row in self.arrival_row.items():
            price[row] = duals.arrivals[d, h]
        known = np.zeros(len(self.coupling.instance.slots))
        for column in self.columns:
            worth = column.value - float(column.use @ price[column.rows])
            known[column.slot] = max(known[column.slot], worth)
        return known

    def solve(self, centre: Duals, radius: float) -> tuple[float, Duals]:
        """Objective and prices of the master problem, prices within a box around `centre`.

        The box keeps prices from jumping about while the columns know little (du Merle and others 1999): room
        beyond what there is can be bought at the box's upper price, and unused room sold at its lower one.
        """
        rows = np.concatenate([centre.unit, centre.resource, centre.craft])
        reach = radius * self.scale
        upper = rows + reach
        lower = np.maximum(0.0, rows - reach)
        n = len(rows)
        self.highs.changeColsCost(n, self.buy, -upper)
        self.highs.changeColsCost(n, self.sell, lower)
        self.highs.run()
        duals = np.array(self.highs.getSolution().row_dual)
        np.maximum(duals, 0.0, out=duals)
        instance, coupling = self.coupling.instance, self.coupling
        found = coupling.none()
        found.unit[:] = duals[: self.units]
        found.resource[:] = duals[self.first_resource : self.first_slot]
        found.craft[:] = duals[self.first_craft : self.first_arrival]
        for (d, h), row in self.arrival_row.items():
            found.arrivals[d, h] = duals[row]
        assert len(found.resource) == len(instance.capacity)
        return float(self.highs.getInfo().objective_function_value), found
