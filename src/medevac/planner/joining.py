"""How one patient without a family could best join a decision whose flights stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

import numpy as np
from numpy.typing import NDArray

from medevac.planner.occupancy import AMBULANCES, Floats, demand_of
from medevac.planner.open_decision import LEAST_GAIN, Move, OpenDecision
from medevac.planner.problem import Patient
from medevac.planner.timeline import TOLERANCE
from medevac.planner.ways import Integers


class PatientWays:
    """All open ways of one patient: what each is worth and what each lacks."""

    def __init__(self, work: OpenDecision, patient: Patient) -> None:
        self.work = work
        self.patient = patient
        self.demand = demand_of(patient)
        self.table = work.ways.table(patient)
        rows = work.ways.rows(patient)
        self.rows: Integers = rows[~self.table.closed[rows]]
        countries = work.ways.countries[self.table.hospital[self.rows]]
        self.values: Floats = work.ways.values(patient, self.rows)
        self.costs: Floats = work.joining_costs[countries]
        asked = np.flatnonzero(self.demand > 0)
        self.numbers: Integers = self.table.numbers[self.rows][:, asked]
        self.wanting: Floats = self.demand[asked] - work.occupancy.free[self.numbers]
        self.lacks: NDArray[np.bool_] = self.wanting > TOLERANCE
        self.blocked: NDArray[np.bool_] = np.logical_or.reduce(self.lacks, axis=1)


def best_insertion(ways: PatientWays) -> Move | None:
    """The best way that lacks nothing, be its gain positive or not; None if every way lacks something."""
    open_ways = np.flatnonzero(~ways.blocked)
    if not open_ways.size:
        return None
    gains = ways.values[open_ways] - ways.costs[open_ways]
    best = int(np.argmax(gains))
    row = int(ways.rows[open_ways[best]])
    return Move(float(gains[best]), (ways.work.ways.assignment(ways.patient, row),))


def best_exchange(ways: PatientWays) -> Move | None:
    """The best exchange for one placed patient that raises the score; None if there is none.

    Ways are tried by their upper bounds: the worth of the way, less the least loss of a patient who
    frees each thing that is lacking, plus what a fair share may give back.
    """
    if not ways.rows.size or not ways.work.loss:
        return None
    bounds = _upper_bounds(ways)
    order = np.argsort(-bounds, kind="stable")
    best: Move | None = None
    seen: set[tuple[object, ...]] = set()
    for position in order.tolist():
        floor = LEAST_GAIN if best is None else best.gain
        if bounds[position] <= floor:
            break
        key = _sameness(ways, position)
        if key not in seen:
            seen.add(key)
            best = _best_partner(ways, position, floor) or best
    return best


def _upper_bounds(ways: PatientWays) -> Floats:
    """For each way, more than any exchange on it can gain."""
    work = ways.work
    losses = np.where(ways.lacks, work.cheapest[ways.numbers], -inf).max(axis=1)
    losses = np.where(ways.blocked, losses, min(work.loss.values()))
    slack = work.share_weight if work.joining_costs.any() else 0.0
    bounds: Floats = ways.values - ways.costs - losses + slack
    return bounds


def _sameness(ways: PatientWays, position: int) -> tuple[object, ...]:
    """Of ways with the same key, the one with the highest bound is the best for any partner.

    They lack the same things, and neither the country's fair share (1.) nor a drop that only one patient
    keeps (2.) tells them apart.
    """
    lacking = tuple(ways.numbers[position][ways.lacks[position]].tolist())
    row = ways.rows[position]
    country = ways.work.ways.countries[ways.table.hospital[row]] if ways.costs[position] else -1
    drop = int(ways.table.numbers[row, AMBULANCES])
    kept_by_one = len(ways.work.occupancy.users[drop]) == 1
    return (lacking, int(country), drop if kept_by_one else -1)


def _best_partner(ways: PatientWays, position: int, floor: float) -> Move | None:
    """The placed patient whose leaving makes this way open and gains most, above `floor`."""
    work = ways.work
    joins = work.ways.assignment(ways.patient, int(ways.rows[position]))
    country = work.index.hospitals[joins.hospital_id].country
    best: Move | None = None
    for patient_id in _partners(ways, position):
        loss = work.loss.get(patient_id, inf)
        value = float(ways.values[position])
        if value - loss + work.share_weight <= floor:
            continue
        gain = value - loss + work.share_change([country], work.country_of(patient_id))
        if gain > floor and work.may_go_for(patient_id, [(joins.flight_index, joins.leaves_at)]):
            floor, best = gain, Move(gain, (joins,), patient_id)
    return best


def _partners(ways: PatientWays, position: int) -> Iterator[str]:
    """Placed patients who free all that this way lacks."""
    work = ways.work
    lacking = ways.lacks[position]
    if not lacking.any():
        yield from work.loss
        return
    numbers = ways.numbers[position][lacking].tolist()
    amounts = (ways.wanting[position][lacking] - TOLERANCE).tolist()
    wanting = list(zip(numbers, amounts, strict=True))
    fewest = min(numbers, key=lambda number: len(work.occupancy.users[number]))
    for patient_id in work.occupancy.users[fewest]:
        if work.frees_enough(patient_id, wanting):
            yield patient_id
