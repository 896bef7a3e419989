"""Better routes for flights whose patients all stay: other orders, other stops for those not needed now."""

from __future__ import annotations

import numpy as np

from medevac.planner.instance import Bools, Floats, Instance, Ints
from medevac.planner.loads import Room, Way, board_capacity, flight_cost
from medevac.planner.model import RouteModel
from medevac.planner.replanning.candidates import Candidates
from medevac.planner.replanning.keeping import OldPlaces
from medevac.planner.standing import Standing, load_value

SPARE = 2  # further stops that are tried beside those where somebody leaves
MOST_MODELS = 24  # routes of one flight that are loaded anew
LEAST_GAIN = 1e-6


def improve_routes(instance: Instance, candidates: Candidates, old: OldPlaces, standing: Standing) -> bool:
    """Let flights change their stops where everybody with an old place stays and the score rises.

    Parameters
    ----------
    standing
        Changed in place.

    Returns
    -------
    Whether it is proved that no other routes give more: there is one flight, and all were looked at.
    """
    proven = len(instance.slots) == 1
    for slot in sorted(candidates.old):
        if slot in instance.fixed_flight or slot not in standing.loads:
            proven = False
            continue
        proven &= _Improving(instance, candidates, old, standing, slot).run()
    return proven


class _Improving:
    """One flight at a time; all others keep what they carry."""

    def __init__(
        self, instance: Instance, candidates: Candidates, old: OldPlaces, standing: Standing, slot: int
    ) -> None:
        self.instance = instance
        self.candidates = candidates
        self.old = old
        self.standing = standing
        self.slot = slot
        self.load = standing.loads[slot]
        self.room: Room = standing.room.copy()
        self.room.take(instance, self.load, -1.0)
        aboard = standing.travellers(self.load)
        fixed = np.array([int(p) in instance.fixed for p in aboard], dtype=np.bool_)
        self.staying: Ints = aboard[old.stays[aboard] | fixed]
        self.free: Ints = np.concatenate([aboard[~(old.stays[aboard] | fixed)], standing.waiting()])
        self.value = self._value()

    def _value(self) -> float:
        """What the score leaves to this flight when all others count without fair shares."""
        others = [load for slot, load in self.standing.loads.items() if slot != self.slot]
        weight = self.instance.pair_value
        return self.standing.value() - sum(load_value(self.instance, load, weight) for load in others)

    def run(self) -> bool:
        """Try the most promising routes; True when none that was left untried could be better."""
        stops = self.load.way.route.stops
        patients = self.instance.pair_patient[[seat.pair for seat in self.load.seats]]
        stay = set(self.staying.tolist())
        needed = sorted(
            {stops[s.stop] for s, p in zip(self.load.seats, patients, strict=True) if int(p) in stay}
        )
        routes, complete = self.candidates.near(self.slot, needed, SPARE)
        ways = [way for route in routes for way in self.candidates.in_layouts(self.slot, route)]
        bounds = [(self._bound(way), way) for way in ways]
        promising = sorted(
            ((bound, number) for number, (bound, _) in enumerate(bounds) if bound > self.value + LEAST_GAIN),
            key=lambda one: (-one[0], one[1]),
        )
        for tried, (bound, number) in enumerate(promising):
            if bound <= self.value + LEAST_GAIN:
                break  # the value rises as better routes are found
            if tried == MOST_MODELS:
                return False
            self._try(ways[number])
        return complete

    def _window_fits(self, way: Way) -> bool:
        not_before, back_before = self.standing.window(self.slot)
        return way.route.leaves_base >= not_before - 1e-6 and way.route.back_at <= back_before + 1e-6

    def _bound(self, way: Way) -> float:
        """More than the way can be worth: those who stay, and the best of the others for the room left."""
        if not self._window_fits(way):
            return -np.inf
        model = self._probe(way)
        if model is None:
            return -np.inf
        value, others = model
        craft = self.instance.problem.aircraft[self.instance.slots[self.slot].aircraft]
        free = board_capacity(craft.layouts[way.layout])[:2] - self.instance.board[self.staying, :2].sum(
            axis=0
        )
        if (free < -1e-9).any():
            return -np.inf
        room = int(max(0.0, free.sum()))
        return value - flight_cost(self.instance, way) + float(np.sort(others)[::-1][:room].sum())

    def _probe(self, way: Way) -> tuple[float, Floats] | None:
        """What those who stay are worth, and the best of each other; None where somebody could not stay."""
        everybody = np.sort(np.concatenate([self.staying, self.free]))
        pair, stop, transit = self._options(way, everybody)
        patient = self.instance.pair_patient[pair]
        worth = self.instance.pair_value[pair] - self.instance.tau * transit
        stays = self._stays(way, pair, stop)
        best = np.full(len(self.instance.patients), -np.inf)
        mine = np.isin(patient, self.staying)
        np.maximum.at(best, patient[stays & mine], worth[stays & mine])
        if not np.isfinite(best[self.staying]).all():
            return None
        others = np.zeros(len(self.instance.patients))
        np.maximum.at(others, patient[~mine], worth[~mine])
        return float(best[self.staying].sum()), others[self.free]

    def _options(self, way: Way, patients: Ints) -> tuple[Ints, Ints, Floats]:
        if not hasattr(self, "_model"):
            self._model = RouteModel(
                self.instance, [self.load.way], self.room, patients, self.instance.pair_value, keep_all=True
            )
        return self._model.options(way, patients)

    def _stays(self, way: Way, pair: Ints, stop: Ints) -> Bools:
        """Options that leave a patient at their old place; who has lost theirs, or had none, is free."""
        patient = self.instance.pair_patient[pair]
        airport = np.array(way.route.stops, dtype=np.int64)[stop]
        same: Bools = (self.old.hospital[patient] == self.instance.pair_hospital[pair]) & (
            self.old.airport[patient] == airport
        )
        found: Bools = same | ~self.old.stays[patient]
        return found

    def _try(self, way: Way) -> None:
        """Load a way; keep it where it is worth more."""
        everybody = np.sort(np.concatenate([self.staying, self.free]))
        model = _StayingModel(self, way, everybody)
        if model.impossible:
            return
        solved = model.solve(whole=True)
        if not len(solved.values):
            return
        loads = model.loads(solved)
        if not loads:
            return
        before = self.standing.value()
        self.standing.remove(self.slot)
        self.standing.add(loads[0])
        if self.standing.value() > before + LEAST_GAIN:
            self.load = loads[0]
            self.value = self._value()
            return
        self.standing.remove(self.slot)
        self.standing.add(self.load)


class _StayingModel(RouteModel):
    """One way with those who must stay on it and those who may join."""

    def __init__(self, work: _Improving, way: Way, patients: Ints) -> None:
        self.work = work
        self.impossible = False
        flown = Way(way.slot, way.layout, way.route, flown=True)
        super().__init__(work.instance, [flown], work.room, patients, work.instance.pair_value, keep_all=True)
        for patient in work.staying:
            columns = self.x[self.patient == patient]
            if not len(columns):
                self.impossible = True
                return
            zeros = np.zeros(len(columns), dtype=np.int64)
            self.rows.add(zeros, columns, np.ones(len(columns)), np.ones(1), np.ones(1))

    def options(self, way: Way, patients: Ints) -> tuple[Ints, Ints, Floats]:
        """Who has an old place has no other option."""
        pair, stop, transit = super().options(way, patients)
        allowed = self.work._stays(way, pair, stop)
        return pair[allowed], stop[allowed], transit[allowed]
