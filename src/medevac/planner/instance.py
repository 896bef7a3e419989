"""The problem as arrays: what the solver counts with. Not for reading files or judging plans.

Everything that does not depend on a route is computed here once: which patient fits which hospital and
what the placement is worth, what it uses up, and who belongs together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from medevac.planner.meeting import block_meetings
from medevac.planner.pricing import block_pairs
from medevac.planner.problem import Patient, Problem, Weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NO_LIMIT = 1e9
BOARD = ("seats", "litters", "intensive", "isolation", "care")


def priority_value(patient: Patient, weights: Weights) -> float:
    """What placing the patient is worth before suitability and preference (FORMAT, score)."""
    weeks = min(weights.waiting_weeks_cap, patient.waiting_days // 7)
    return weights.priority[patient.priority] * (1.0 + weights.waiting_per_week * weeks)


def minutes_from(day: date, instant: datetime) -> float:
    """Minutes from 00:00 UTC of `day` to `instant`."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    moment = instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)
    return (moment - midnight).total_seconds() / 60.0


@dataclass(frozen=True, slots=True)
class Slot:
    """A flight that may be flown: one aircraft on one of its dates."""

    aircraft: int
    day: date


@dataclass(frozen=True, slots=True)
class Unit:
    """Those who are placed together or not at all: a single patient, or a family."""

    members: tuple[int, ...]
    same_stop: bool


class Instance:
    """Arrays over patients, hospitals, pairs and resources of one problem.

    A *pair* is a patient with a hospital that rule 7 allows, dates aside. A *resource* is something with a
    count that placements use up: places, rooms and housing of a hospital, a country's limit and fair share.
    `pair_use` holds, per pair, up to `USES` resource numbers (-1 for none) and `pair_amount` the amounts.
    """

    USES = 7

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.patients = problem.patients
        self.hospitals = problem.hospitals
        self.hospital_index = {h.id: i for i, h in enumerate(problem.hospitals)}
        self.patient_index = {p.id: i for i, p in enumerate(problem.patients)}
        self.country_index = {c: i for i, c in enumerate(problem.countries)}
        self.airport_codes = list(problem.airports)
        self.airport_index = {code: i for i, code in enumerate(self.airport_codes)}
        self.hub_codes = list(problem.hubs)
        self.specialties = sorted({s for h in problem.hospitals for s in h.places} | self._needs())
        self.specialty_index = {s: i for i, s in enumerate(self.specialties)}
        self.tau = problem.weights.transit_per_hour / 60.0
        self._read_patients()
        self._read_hospitals()
        self._read_fixed()
        self._make_units()
        self._make_pairs()
        self._make_resources()
        self._make_slots()
        self._closed_on: dict[date, Bools] = {}
        self._may_fly: dict[int, Bools] = {}
        self._latest: dict[date, Floats] = {}

    def _needs(self) -> set[str]:
        return {s for p in self.problem.patients for s in p.needs}

    def _read_patients(self) -> None:
        patients, weights = self.patients, self.problem.weights
        self.hub_of = np.array([self.hub_codes.index(p.hub) for p in patients], dtype=np.int64)
        self.worth = np.array([priority_value(p, weights) for p in patients], dtype=np.float64)
        self.transit_limit = np.array([p.max_transit_minutes for p in patients], dtype=np.float64)
        self.board = np.zeros((len(patients), len(BOARD)))
        for i, p in enumerate(patients):
            self.board[i] = (
                p.companions + (p.position == "seat"),
                p.position in ("litter", "intensive"),
                p.position == "intensive",
                p.isolation == "airborne",
                p.care,
            )
        self.need = np.zeros((len(patients), len(self.specialties)))
        for i, p in enumerate(patients):
            for specialty in p.needs:
                self.need[i, self.specialty_index[specialty]] = 1.0

    def _read_hospitals(self) -> None:
        hospitals = self.hospitals
        self.offer = np.zeros((len(hospitals), len(self.specialties)))
        self.suitability = np.zeros_like(self.offer)
        for j, h in enumerate(hospitals):
            for specialty, places in h.places.items():
                s = self.specialty_index[specialty]
                self.offer[j, s] = places.count
                self.suitability[j, s] = h.suitability_of(specialty)
        self.country_of = np.array([self.country_index[h.country] for h in hospitals], dtype=np.int64)
        self.reach_start = np.zeros(len(hospitals) + 1, dtype=np.int64)
        self.reach_start[1:] = np.cumsum([len(h.reach) for h in hospitals])
        flat = [r for h in hospitals for r in h.reach]
        self.reach_airport = np.array([self.airport_index[r.airport] for r in flat], dtype=np.int64)
        self.reach_road = np.array([r.road_minutes for r in flat], dtype=np.float64)
        self.reach_owner = np.repeat(np.arange(len(hospitals)), np.diff(self.reach_start))
        self.twins = np.array(  # hospital with its two airports, where it reaches just two
            [
                (j, *self.reach_airport[self.reach_start[j] : self.reach_start[j + 1]])
                for j in range(len(hospitals))
                if len(hospitals[j].reach) == 2
            ],
            dtype=np.int64,
        ).reshape(-1, 3)

    def _read_fixed(self) -> None:
        self.fixed = {self.patient_index[f.patient]: f for f in self.problem.fixed}

    def _make_units(self) -> None:
        families: dict[str, list[int]] = {}
        for i, p in enumerate(self.patients):
            if p.family is not None:
                families.setdefault(p.family, []).append(i)
        self.units: list[Unit] = []
        self.unit_of = np.zeros(len(self.patients), dtype=np.int64)
        for i, p in enumerate(self.patients):
            members = [i] if p.family is None else families[p.family]
            if members[0] != i:
                continue
            same_stop = p.family is not None and self.problem.family_rule(p.family) == "same-stop"
            self.unit_of[members] = len(self.units)
            self.units.append(Unit(tuple(members), same_stop))
        self.unit_size = np.array([len(u.members) for u in self.units], dtype=np.int64)
        self.unit_hub = np.array([self.hub_of[u.members[0]] for u in self.units], dtype=np.int64)
        self.unit_start = np.zeros(len(self.units) + 1, dtype=np.int64)
        self.unit_start[1:] = np.cumsum(self.unit_size)
        self.unit_members = np.array([m for u in self.units for m in u.members], dtype=np.int64)
        self.unit_same_stop = np.array([u.same_stop for u in self.units], dtype=np.bool_)
        self.unit_fixed = np.array(
            [any(m in self.fixed for m in u.members) for u in self.units], dtype=np.bool_
        )

    def _make_pairs(self) -> None:
        """Pairs by rule 7, dates aside, with their value before transit (FORMAT, score)."""
        needs_count = self.need.sum(axis=1)
        offered = (self.need @ (self.offer >= 1).T) >= needs_count[:, None]
        value = self.worth[:, None] + self.problem.weights.suitability * (
            (self.need @ self.suitability.T) / needs_count[:, None]
        )
        for i, p in enumerate(self.patients):
            self._restrict(offered[i], p, i)
            if p.prefers is not None:
                value[i, self.country_of == self.country_index[p.prefers]] += self.problem.weights.preference
        self.pair_patient, self.pair_hospital = (a.astype(np.int64) for a in np.nonzero(offered))
        self.pair_value: Floats = value[self.pair_patient, self.pair_hospital]
        self.pair_start = np.searchsorted(self.pair_patient, np.arange(len(self.patients) + 1)).astype(
            np.int64
        )

    def _restrict(self, row: Bools, patient: Patient, index: int) -> None:
        for country in patient.refuses:
            row[self.country_of == self.country_index[country]] = False
        allowed = [] if patient.hospitals is None else [patient.hospitals]
        if patient.chosen is not None:
            allowed.append((patient.chosen,))
        if index in self.fixed:
            allowed.append((self.fixed[index].hospital,))
        for ids in allowed:
            keep = np.zeros_like(row)
            keep[[self.hospital_index[h] for h in ids]] = True
            row &= keep

    def _make_resources(self) -> None:
        capacity: list[float] = []
        self.resource_name: list[tuple[str, str]] = []
        number: dict[tuple[str, str], int] = {}

        def add(owner: str, kind: str, count: float) -> None:
            number[owner, kind] = len(capacity)
            self.resource_name.append((owner, kind))
            capacity.append(count)

        for h in self.hospitals:
            for specialty, places in h.places.items():
                add(h.id, f"place {specialty}", places.count)
            for kind in ("isolation", "child", "intensive", "companions"):
                add(h.id, kind, getattr(h, kind))
        self.resource_hospital: Ints = np.full(len(capacity), -1, dtype=np.int64)
        for (owner, _), r in number.items():
            self.resource_hospital[r] = self.hospital_index[owner]
        self.first_country_resource = len(capacity)
        for c in self.problem.countries.values():
            if c.limit is not None:
                add(c.code, "limit", c.limit)
        self.first_share_resource = len(capacity)
        for c in self.problem.countries.values():
            if c.fair_share is not None:
                add(c.code, "fair share", c.fair_share)
        self.capacity: Floats = np.array(capacity, dtype=np.float64)
        self.resource = number
        self._use_resources()

    def _use_resources(self) -> None:
        table = np.full((len(self.hospitals), len(self.specialties)), -1, dtype=np.int64)
        rooms = np.zeros((len(self.hospitals), 4), dtype=np.int64)
        for j, h in enumerate(self.hospitals):
            for specialty in h.places:
                table[j, self.specialty_index[specialty]] = self.resource[h.id, f"place {specialty}"]
            rooms[j] = [self.resource[h.id, k] for k in ("isolation", "child", "intensive", "companions")]
        countries = list(self.problem.countries)
        limit = np.array([self.resource.get((c, "limit"), -1) for c in countries], dtype=np.int64)
        share = np.array([self.resource.get((c, "fair share"), -1) for c in countries], dtype=np.int64)
        main = np.array([self.specialty_index[p.needs[0]] for p in self.patients], dtype=np.int64)
        amounts = np.array(
            [
                [p.isolation != "none", p.child, p.position == "intensive", p.companions]
                for p in self.patients
            ],
            dtype=np.float64,
        ).reshape(len(self.patients), 4)
        who, where = self.pair_patient, self.pair_hospital
        self.pair_use = np.full((len(who), self.USES), -1, dtype=np.int64)
        self.pair_amount = np.zeros((len(who), self.USES))
        self.pair_use[:, 0], self.pair_amount[:, 0] = table[where, main[who]], 1.0
        self.pair_use[:, 1:5], self.pair_amount[:, 1:5] = rooms[where], amounts[who]
        self.pair_use[:, 5], self.pair_amount[:, 5] = limit[self.country_of[where]], 1.0
        self.pair_use[:, 6], self.pair_amount[:, 6] = share[self.country_of[where]], 1.0
        unused = (self.pair_amount <= 0) | (self.pair_use < 0)
        self.pair_use[unused] = -1
        self.pair_amount[unused] = 0.0

    def _make_slots(self) -> None:
        self.slots = [
            Slot(k, day) for k, craft in enumerate(self.problem.aircraft) for day in sorted(craft.days)
        ]
        self.slot_index = {(self.problem.aircraft[s.aircraft].id, s.day): i for i, s in enumerate(self.slots)}
        self.fixed_slot = np.full(len(self.patients), -1, dtype=np.int64)
        for i, f in self.fixed.items():
            if f.flight is not None:
                self.fixed_slot[i] = self.slot_index[f.flight.aircraft, f.flight.date]
        self.fixed_flight = {self.slot_index[f.aircraft, f.date]: f for f in self.problem.fixed_flights}

    def closed_pairs(self, day: date) -> Bools:
        """Pairs whose hospital or places are not open on `day`, shape (pairs,)."""
        if day not in self._closed_on:
            closed = np.zeros((len(self.hospitals), len(self.specialties)))
            for j, h in enumerate(self.hospitals):
                if not h.open_on(day):
                    closed[j] = 1.0
                    continue
                for specialty, places in h.places.items():
                    closed[j, self.specialty_index[specialty]] = not places.open_on(day)
            blocked = (self.need @ closed.T) > 0
            self._closed_on[day] = blocked[self.pair_patient, self.pair_hospital]
        return self._closed_on[day]

    def blocked_pairs(self, day: date, free: Floats) -> Bools:
        """Pairs that cannot be placed on `day` when only `free` is left, shape (pairs,)."""
        return self._blocked(self.closed_pairs(day), free)

    def blocked_by_room(self, free: Floats) -> Bools:
        """Pairs that cannot be placed on any date when only `free` is left, shape (pairs,)."""
        return self._blocked(np.zeros(len(self.pair_patient), dtype=np.bool_), free)

    def _blocked(self, closed: Bools, free: Floats) -> Bools:
        blocked: Bools = block_pairs(
            closed,
            self.pair_use,
            self.pair_amount,
            free,
            self.first_share_resource,
            len(self.units),
            self.unit_start,
            self.unit_members,
            self.unit_same_stop,
            self.pair_start,
            self.pair_hospital,
        )
        block_meetings(
            blocked,
            self.pair_use,
            self.pair_amount,
            free,
            self.first_share_resource,
            len(self.units),
            self.unit_start,
            self.unit_members,
            self.unit_same_stop,
            self.pair_start,
            self.pair_hospital,
            self.reach_start,
            self.reach_airport,
            len(self.airport_codes),
        )
        return blocked

    def may_fly(self, slot: int) -> Bools:
        """Patients who may travel on this slot by date and by what is fixed, shape (patients,)."""
        if slot not in self._may_fly:
            self._may_fly[slot] = self._find_who_may_fly(slot)
        return self._may_fly[slot]

    def _find_who_may_fly(self, slot: int) -> Bools:
        day = self.slots[slot].day
        ready = np.array([p.ready <= day for p in self.patients], dtype=np.bool_)
        fixed_elsewhere = (self.fixed_slot >= 0) & (self.fixed_slot != slot)
        allowed = ready & ~fixed_elsewhere
        flight = self.fixed_flight.get(slot)
        if flight is not None and flight.closed:
            allowed &= self.fixed_slot == slot
        whole = np.ones(len(self.units), dtype=np.bool_)
        np.logical_and.at(whole, self.unit_of, allowed)
        found: Bools = allowed & whole[self.unit_of]
        return found

    def latest_arrival(self, day: date) -> Floats:
        """Last minute from 00:00 of `day` at which each patient may reach the hospital (`fit_until`)."""
        if day not in self._latest:
            self._latest[day] = np.array(
                [np.inf if p.fit_until is None else minutes_from(day, p.fit_until) for p in self.patients],
                dtype=np.float64,
            )
        return self._latest[day]

    def arrivals_limit(self, hospital: int) -> float:
        """Patients whom the hospital receives on one date."""
        limit = self.hospitals[hospital].arrivals_per_day
        return NO_LIMIT if limit is None else float(limit)

    def days_after(self, slot: int, other: int) -> int:
        """Days from the date of `slot` to that of `other`."""
        return (self.slots[other].day - self.slots[slot].day) // timedelta(days=1)
