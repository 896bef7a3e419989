"""A decision under change: who could leave it, at what loss, and what fair shares cost.

Finding changes is the work of `joining` (one patient) and `family_joining` (a family).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

import numpy as np

from medevac.planner.decision import Assignment, Decision
from medevac.planner.lookup import ProblemIndex
from medevac.planner.occupancy import Floats, Occupancy
from medevac.planner.ways import Ways

LEAST_GAIN = 1e-7  # a change must raise the score by more than this


@dataclass(frozen=True, slots=True)
class Move:
    """Patients who join, at most one who leaves, and what this adds to the score."""

    gain: float
    joins: tuple[Assignment, ...]
    leaves: str | None = None


class OpenDecision:
    """Holds a decision together with all that is needed to change it well.

    Only patients who are neither fixed nor of a family may leave; `loss` is what each adds to the score,
    fair shares aside, and `cheapest` the least loss among those who use what has a number.
    """

    def __init__(self, index: ProblemIndex, decision: Decision) -> None:
        self.index = index
        self.occupancy = Occupancy(index, decision)
        self.ways = Ways(index, self.occupancy)
        self.loss = {
            one.patient_id: self.ways.value_of(one)
            for one in decision.assignments
            if self._may_leave(one.patient_id)
        }
        self.cheapest: Floats = np.array(
            [self._cheapest(number) for number in range(len(self.occupancy.users))], dtype=np.float64
        )
        self.joining_costs: Floats = np.array(
            [self.joining_cost(code) for code in self.ways.country_codes], dtype=np.float64
        )

    @property
    def share_weight(self) -> float:
        """What each patient above a country's fair share costs."""
        return self.index.problem.weights.above_fair_share

    def joining_cost(self, country: str) -> float:
        """What one more patient costs who comes to this country."""
        share = self.index.problem.countries[country].fair_share
        full = share is not None and self.occupancy.received(country) >= share
        return self.share_weight if full else 0.0

    def share_change(self, joining: Iterable[str], leaving: str | None = None) -> float:
        """Change of the fair-share term when patients join these countries and one leaves his."""
        changes = Counter(joining)
        if leaving is not None:
            changes[leaving] -= 1
        above = 0
        for code, change in changes.items():
            share = self.index.problem.countries[code].fair_share
            if share is not None:
                before = self.occupancy.received(code)
                above += max(0, before + change - share) - max(0, before - share)
        return -self.share_weight * above

    def country_of(self, patient_id: str) -> str:
        """The country to which a placed patient goes."""
        return self.index.hospitals[self.occupancy.assignments[patient_id].hospital_id].country

    def frees_enough(self, patient_id: str, wanting: Iterable[tuple[int, float]]) -> bool:
        """Whether a placed patient uses as much as is wanting of each number."""
        users = self.occupancy.users
        return all(users[number].get(patient_id, 0.0) >= amount for number, amount in wanting)

    def may_go_for(self, patient_id: str, joins: Iterable[tuple[int, str]]) -> bool:
        """Whether a flight keeps a drop when this patient leaves and others join at (flight, drop)."""
        if not self.occupancy.leaves_only_here(patient_id):
            return True
        one = self.occupancy.assignments[patient_id]
        return (one.flight_index, one.leaves_at) in joins

    def apply(self, move: Move) -> None:
        """Make a change."""
        touched: set[int] = set()
        if move.leaves is not None:
            touched.update(self.occupancy.remove(move.leaves))
            del self.loss[move.leaves]
        for one in move.joins:
            touched.update(self.occupancy.add(one))
            if self._may_leave(one.patient_id):
                self.loss[one.patient_id] = self.ways.value_of(one)
        for number in touched:
            self.cheapest[number] = self._cheapest(number)
        for position, code in enumerate(self.ways.country_codes):
            self.joining_costs[position] = self.joining_cost(code)

    def _may_leave(self, patient_id: str) -> bool:
        return patient_id not in self.index.fixed and self.index.patients[patient_id].family is None

    def _cheapest(self, number: int) -> float:
        return min((self.loss.get(one, inf) for one in self.occupancy.users[number]), default=inf)
