"""Two plans as they are made without this planner, to compare with: match-then-route and flight by flight.

Both obey every rule. They know nothing of fixed patients and fixed flights, which no benchmark problem has.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from medevac.planner.decision import Decision
from medevac.planner.fleet import Fleet
from medevac.planner.flight import FlightSearch, Task
from medevac.planner.instance import Bools, Floats, Instance, Ints
from medevac.planner.linear import Rows, maximise
from medevac.planner.problem import Problem
from medevac.planner.standing import Standing

FLIGHT_GAP = 1e-3
MATCH_GAP = 1e-3
WORTH_FLYING = 1e-6
MOST_AT_ONCE = 1000  # patients in one matching
BATCH = 250  # patients in each of several
MANY, MOST_TIGHTENED = 2_000, 256  # patients beyond whom a flight ends after so many stop sets, best loaded


@dataclass(frozen=True)
class Outcome:
    """What a baseline decides, and how well each flight was proved.

    `widest_gap` is the largest relative gap at which the search for a flight ended: `FLIGHT_GAP` or less,
    unless seconds or, of very many patients, a number of stop sets ended it.
    """

    decision: Decision
    widest_gap: float


def flight_by_flight(problem: Problem, *, seconds_per_flight: float | None = None) -> Outcome:
    """Flights in date order, each the best for the patients and places that the earlier ones left."""
    if problem.fixed or problem.fixed_flights:
        raise ValueError("Expected a problem without fixed patients and flights, got some.")
    instance = Instance(problem)
    fleet = Fleet(instance)
    standing = Standing(instance, instance.pair_value)
    widest = 0.0
    for slot in sorted(range(len(instance.slots)), key=lambda s: (instance.slots[s].day, s)):
        if standing.may_fly(slot):
            widest = max(widest, _fly(standing, fleet, slot, seconds_per_flight))
    return Outcome(standing.decision(), widest)


def _fly(standing: Standing, fleet: Fleet, slot: int, seconds: float | None) -> float:
    """Add the best flight of a slot to the standing; returns the gap at which its search ended."""
    not_before, back_before = standing.window(slot)
    task = Task(
        slot,
        standing.waiting(),
        standing.weight,
        standing.room,
        not_before=not_before,
        back_before=back_before,
    )
    search = FlightSearch(standing.instance, fleet, task)
    began = time.monotonic()

    def stop() -> bool:
        late = seconds is not None and time.monotonic() - began > seconds
        return late and bool(search.found.loads)

    many = len(standing.instance.patients) > MANY
    found = search.run(gap=FLIGHT_GAP, stop=stop, most_tightened=MOST_TIGHTENED if many else None)
    if found.loads and found.value > WORTH_FLYING:
        standing.add(found.loads[0][1])
    return max(0.0, found.bound - max(0.0, found.value)) / max(1.0, abs(found.value))


def match_then_route(problem: Problem, *, seconds_per_flight: float | None = None) -> Outcome:
    """Everybody to a hospital first, as if all could be brought there; then the best routes for that."""
    hospital_of = match(problem)
    matched = replace(
        problem,
        patients=tuple(
            replace(p, hospitals=(hospital_of[p.id],) if p.id in hospital_of else ())
            for p in problem.patients
        ),
    )
    return flight_by_flight(matched, seconds_per_flight=seconds_per_flight)


def match(problem: Problem) -> dict[str, str]:
    """The best hospital for everybody by priority, suitability and preference, flights left out.

    Places, rooms, housing, dates, families, countries' limits and fair shares count; cabins, routes,
    hours and transit do not, so that more are matched than can fly and the routes may choose among them.
    Beyond `MOST_AT_ONCE` patients the most urgent are matched first, `BATCH` at a time.

    Returns
    -------
    Hospital by patient, of those who are matched.
    """
    instance = Instance(problem)
    open_pair, free = _open_some_day(instance), instance.capacity.copy()
    hospital_of: dict[str, str] = {}
    for batch in _batches(instance):
        pair = np.flatnonzero(open_pair & np.isin(instance.pair_patient, batch))
        for k in pair[_Matching(instance, pair, free).solve()]:
            used = instance.pair_use[k] >= 0
            free[instance.pair_use[k][used]] -= instance.pair_amount[k][used]
            patient, hospital = instance.pair_patient[k], instance.pair_hospital[k]
            hospital_of[instance.patients[patient].id] = instance.hospitals[hospital].id
    return hospital_of


def _batches(instance: Instance) -> list[Ints]:
    """Patients who are matched together: all, or of many the most urgent first, families together."""
    count = len(instance.patients)
    if count <= MOST_AT_ONCE:
        return [np.arange(count)]
    urgency = np.zeros(len(instance.units))
    np.maximum.at(urgency, instance.unit_of, instance.worth)
    order = np.lexsort((instance.unit_of, -urgency[instance.unit_of]))
    first_of_unit = np.flatnonzero(np.diff(instance.unit_of[order], prepend=-1))
    cuts = [int(first_of_unit[first_of_unit >= at][0]) for at in range(BATCH, count - 1, BATCH)]
    return np.split(order, cuts)


def _open_some_day(instance: Instance) -> Bools:
    """Pairs that are open on some date on which anything flies and the patient is ready, shape (pairs,)."""
    found = np.zeros(len(instance.pair_patient), dtype=np.bool_)
    for slot, one in enumerate(instance.slots):
        found |= instance.may_fly(slot)[instance.pair_patient] & ~instance.closed_pairs(one.day)
    return found


class _Matching:
    """One mixed-integer model: a column per pair, per family and meeting place, and per fair share."""

    def __init__(self, instance: Instance, pair: Ints, free: Floats) -> None:
        self.instance = instance
        self.pair = pair
        self.patient = instance.pair_patient[pair]
        self.unit = instance.unit_of[self.patient]
        self.rows = Rows()
        self.cost: list[Floats] = [instance.pair_value[pair]]
        self.columns = len(pair)
        self._patient_rows()
        self._family_rows()
        self.first_share = self.columns
        self._resource_rows(free)

    def _extend(self, cost: Floats) -> Ints:
        self.cost.append(cost)
        self.columns += len(cost)
        return np.arange(self.columns - len(cost), self.columns)

    def _patient_rows(self) -> None:
        count = len(self.instance.patients)
        every = np.arange(len(self.pair))
        self.rows.add(self.patient, every, np.ones(len(every)), np.zeros(count), np.ones(count))

    def _family_rows(self) -> None:
        """A family is placed whole: in one hospital, or in hospitals that share an airport (rule 8)."""
        instance = self.instance
        for unit in np.flatnonzero(instance.unit_size > 1):
            entries = np.flatnonzero(self.unit == unit)
            places = {int(e): self._places(int(e), bool(instance.unit_same_stop[unit])) for e in entries}
            keys = sorted({key for found in places.values() for key in found})
            meets = self._extend(np.zeros(len(keys)))
            for member in instance.units[unit].members:
                mine = [int(e) for e in entries if self.patient[e] == member]
                self._row([*mine, *meets], [1.0] * len(mine) + [-1.0] * len(keys), upper=0.0)
                for key, meeting in zip(keys, meets, strict=True):
                    there = [e for e in mine if key in places[e]]
                    self._row([*there, int(meeting)], [1.0] * len(there) + [-1.0], upper=np.inf)

    def _places(self, entry: int, same_stop: bool) -> list[int]:
        """Where a pair lets a family meet: its hospital, or the airports that this reaches."""
        hospital = int(self.instance.pair_hospital[self.pair[entry]])
        if not same_stop:
            return [hospital]
        first, last = self.instance.reach_start[hospital : hospital + 2]
        return [int(a) for a in self.instance.reach_airport[first:last]]

    def _row(self, columns: list[int], values: list[float], *, upper: float) -> None:
        """One row `0 <= values @ columns <= upper`."""
        zeros = np.zeros(len(columns), dtype=np.int64)
        column = np.array(columns, dtype=np.int64)
        self.rows.add(zeros, column, np.array(values), np.zeros(1), np.array([upper]))

    def _resource_rows(self, free: Floats) -> None:
        """Places, rooms, housing and limits; each patient above a country's fair share costs."""
        instance = self.instance
        use, amount = instance.pair_use[self.pair], instance.pair_amount[self.pair]
        entry, kind = np.nonzero(use >= 0)
        shares = np.arange(instance.first_share_resource, len(instance.capacity))
        above = self._extend(np.full(len(shares), -instance.problem.weights.above_fair_share))
        upper = free.copy()
        upper[shares] = np.maximum(0.0, free[shares])  # what is above already costs no more
        self.rows.add(
            np.concatenate([use[entry, kind], shares]),
            np.concatenate([entry, above]),
            np.concatenate([amount[entry, kind], -np.ones(len(shares))]),
            np.full(len(free), -np.inf),
            upper,
        )

    def solve(self) -> Ints:
        """Numbers of the pairs that are taken."""
        integer = np.arange(self.columns) < self.first_share
        upper = np.where(integer, 1.0, np.inf)
        solved = maximise(np.concatenate(self.cost), upper, self.rows, integer=integer, gap=MATCH_GAP)
        return np.flatnonzero(solved.values[: len(self.pair)] > 0.5)
