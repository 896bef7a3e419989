"""Everybody over some given ways, with the fewest touched first and the score second.

Two solves of one mixed-integer model: the first asks how many can keep hospital, flight and stop, the second
for the best score among plans in which so many do.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from medevac.planner.instance import Bools, Floats, Instance, Ints
from medevac.planner.linear import Solved
from medevac.planner.loads import Room, Way
from medevac.planner.model import RouteModel
from medevac.planner.problem import DAY_MINUTES
from medevac.planner.replanning.changed import Changed, OldPlace

GAP = 1e-6


class OldPlaces:
    """Old places as arrays over the patients of an instance; -1 where there is none.

    `placed` are those who could be touched. `lost` are those of them whom no valid plan leaves where they
    were, whatever happens to the others: their number is a proven lower limit. `stays` are the rest.
    """

    def __init__(self, instance: Instance, changed: Changed) -> None:
        count = len(instance.patients)
        self.hospital: Ints = np.full(count, -1, dtype=np.int64)
        self.slot: Ints = np.full(count, -1, dtype=np.int64)
        self.airport: Ints = np.full(count, -1, dtype=np.int64)
        for name, place in changed.old.items():
            number = instance.patient_index[name]
            self.hospital[number] = instance.hospital_index[place.hospital]
            self.slot[number] = instance.slot_index.get((place.flight.aircraft, place.flight.date), -1)
            self.airport[number] = instance.airport_index[place.leaves_at]
        self.placed: Bools = self.hospital >= 0
        self.lost: Bools = np.zeros(count, dtype=np.bool_)
        for name, place in changed.old.items():
            number = instance.patient_index[name]
            pairs = slice(instance.pair_start[number], instance.pair_start[number + 1])
            fits = self.hospital[number] in instance.pair_hospital[pairs]
            self.lost[number] = not fits or is_lost(instance, changed, name, place)
        self.stays: Bools = self.placed & ~self.lost

    @property
    def count(self) -> int:
        """How many patients could be touched."""
        return int(self.placed.sum())


def is_lost(instance: Instance, changed: Changed, name: str, place: OldPlace) -> bool:
    """Whether an old place is gone for certain: the flight, the stop, or the family cannot go."""
    diversion = changed.diversions.get(place.flight)
    if diversion is not None:
        return diversion.leaves_at.get(name) != place.leaves_at
    rule = changed.rules.get(place.flight)
    state = changed.states[place.flight]
    if rule is None or rule.not_before >= DAY_MINUTES:
        return True
    if changed.closed & {place.leaves_at, state.choice.hub}:
        return True
    unit = instance.units[instance.unit_of[instance.patient_index[name]]]
    return any(instance.patients[member].id in changed.held for member in unit.members)


class KeepingModel(RouteModel):
    """A model over given ways that knows who keeps their old place.

    Parameters
    ----------
    ways
        The ways that may be flown; of a slot in `must_fly` exactly one is.
    stay
        Whether everybody whose old place is not lost must keep it; then only others are free.
    must
        Whether fixed patients must be placed.
    """

    def __init__(
        self,
        instance: Instance,
        ways: Sequence[Way],
        old: OldPlaces,
        *,
        must_fly: Sequence[int] = (),
        stay: bool = False,
        must: bool = True,
    ) -> None:
        self.old = old
        self.stay = stay
        everybody = np.arange(len(instance.patients))
        super().__init__(
            instance, ways, Room.whole(instance), everybody, instance.pair_value, must=must, keep_all=True
        )
        self.keeps = np.zeros(len(self.pair), dtype=np.bool_)
        for number, way in enumerate(self.ways):
            mine = self.owner == number
            self.keeps[mine] = self._keeps(way, self.pair[mine], self.stop[mine])
        self.impossible = False
        for slot in must_fly:
            of_slot = np.array([i for i, way in enumerate(self.ways) if way.slot == slot], dtype=np.int64)
            self._at_least(of_slot, 1.0)
        if stay:
            for patient in np.flatnonzero(old.stays):
                self._at_least(self.x[self.keeps & (self.patient == patient)], 1.0)

    def options(self, way: Way, patients: Ints) -> tuple[Ints, Ints, Floats]:
        """As for every model; when all must stay, whoever can has no other option."""
        pair, stop, transit = super().options(way, patients)
        if not self.stay:
            return pair, stop, transit
        allowed = self._keeps(way, pair, stop) | ~self.old.stays[self.instance.pair_patient[pair]]
        return pair[allowed], stop[allowed], transit[allowed]

    def _keeps(self, way: Way, pair: Ints, stop: Ints) -> Bools:
        """Which options leave a patient where the old plan put them."""
        patient = self.instance.pair_patient[pair]
        airport = np.array(way.route.stops, dtype=np.int64)[stop]
        kept: Bools = (
            (self.old.slot[patient] == way.slot)
            & (self.old.hospital[patient] == self.instance.pair_hospital[pair])
            & (self.old.airport[patient] == airport)
        )
        return kept

    def _at_least(self, columns: Ints, amount: float) -> None:
        if not len(columns):
            self.impossible = True
            return
        zeros = np.zeros(len(columns), dtype=np.int64)
        self.rows.add(zeros, columns, np.ones(len(columns)), np.array([amount]), np.array([np.inf]))

    def most_kept(self, nodes: int | None = None) -> Solved:
        """How many can keep their old place: the objective of what is returned, its bound beside."""
        score = self.cost
        keeps: list[Floats] = [np.zeros(len(part)) for part in score]
        keeps[1] = self.keeps.astype(np.float64)
        self.cost = keeps
        try:
            return self._solved(GAP, nodes, None)
        finally:
            self.cost = score

    def best_score(
        self, kept: int, *, gap: float = GAP, nodes: int | None = None, start: Floats | None = None
    ) -> Solved:
        """The best score among plans in which at least so many keep their old place."""
        if kept:
            self._at_least(self.x[self.keeps], float(kept))
        return self._solved(gap, nodes, start)

    def _solved(self, gap: float, nodes: int | None, start: Floats | None) -> Solved:
        if self.impossible:
            none = np.zeros(0)
            return Solved("infeasible", -np.inf, -np.inf, none, none, none)
        return self.solve(whole=True, gap=gap, nodes=nodes, start=start)
