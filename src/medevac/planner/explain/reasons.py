"""Finding the first true reason for each unplaced patient (FORMAT: reasons), as data.

The order of the methods is the order of the format's table. Sentences are written by `sentences`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf
from typing import Any

import numpy as np

from medevac.planner.decision import Decision
from medevac.planner.explain.capacity import Capacity
from medevac.planner.family_joining import best_family_insertion
from medevac.planner.joining import PatientWays, best_insertion
from medevac.planner.lookup import ProblemIndex, flight_names, may_go, offers
from medevac.planner.occupancy import AMBULANCES, DEMANDS, demand_of
from medevac.planner.open_decision import Move, OpenDecision
from medevac.planner.plan import Reason
from medevac.planner.problem import Hospital, Patient
from medevac.planner.reachability import Dates, Reachability
from medevac.planner.timeline import TOLERANCE
from medevac.planner.ways import Integers

Found = tuple[Reason, dict[str, Any]]


class Reasons:
    """Finds reasons in one decision; what patients share is found once."""

    def __init__(self, index: ProblemIndex, decision: Decision, *, gap: float | None, optimal: bool) -> None:
        self._index = index
        self._work = OpenDecision(index, decision)
        self._names = flight_names(index, decision.flights)
        self._capacity = Capacity(self._work.occupancy)
        self._reachability = Reachability(index)
        self._offering: dict[tuple[str, ...], list[Hospital]] = {}
        self._family_moves: dict[str, Move | None] = {}
        self._gap = gap
        self._optimal = optimal

    def first(self, patient: Patient) -> Found:
        """The first reason that is true for an unplaced patient, with its facts."""
        able = self._able(patient)
        if not able:
            return self._no_specialty(patient)
        left = [hospital for hospital in able if may_go(patient, hospital)]
        if not left:
            return self._refused(patient, able)
        reached = self._reached(patient, left)
        if not reached:
            return self._no_flight(patient, left)
        lacks = [(one, self._capacity.used_up(patient, one, days)) for one, days in reached]
        roomy = [hospital for hospital, lack in lacks if lack is None]
        if not roomy:
            return "no-capacity", {"hospitals": [lack for _, lack in lacks]}
        allowed = [hospital for hospital in roomy if self._below_limit(hospital.country)]
        if not allowed:
            return self._country_limit(roomy)
        return self._on_flights(patient, allowed)

    def _able(self, patient: Patient) -> list[Hospital]:
        """Hospitals that have a place of each need, dates ignored."""
        if patient.needs not in self._offering:
            hospitals = self._index.problem.hospitals
            self._offering[patient.needs] = [one for one in hospitals if offers(one, patient.needs)]
        return self._offering[patient.needs]

    def _no_specialty(self, patient: Patient) -> Found:
        missing = [need for need in patient.needs if not any(self._have(need))]
        return "no-specialty", {"needs": list(patient.needs), "missing": missing}

    def _have(self, need: str) -> list[Hospital]:
        return [hospital for hospital in self._index.problem.hospitals if offers(hospital, (need,))]

    def _refused(self, patient: Patient, able: Sequence[Hospital]) -> Found:
        countries = {hospital.country for hospital in able}
        accepted = None if patient.hospitals is None else list(patient.hospitals)
        facts = {
            "hospitals": [hospital.id for hospital in able],
            "refused_countries": [code for code in patient.refuses if code in countries],
            "accepted": accepted,
            "chosen": patient.chosen,
        }
        return "refused", facts

    def _reached(self, patient: Patient, hospitals: Sequence[Hospital]) -> list[tuple[Hospital, Dates]]:
        """Hospitals that a flight with this patient and family alone could reach, with its dates."""
        return self._reachability.reached(self._index.family_of(patient), patient, hospitals)

    def _no_flight(self, patient: Patient, left: Sequence[Hospital]) -> Found:
        party = self._index.family_of(patient)
        family = [member.id for member in party] if len(party) > 1 else []
        facts = {
            "hub": patient.hub,
            "hospitals": [hospital.id for hospital in left],
            "family": family,
            "max_transit_minutes": min(member.max_transit_minutes for member in party),
            "ready": max(member.ready for member in party).isoformat(),
            "fit_until": self._fit_until(party),
            "binding": self._binding(patient, left),
        }
        return "no-flight", facts

    def _fit_until(self, party: Sequence[Patient]) -> str | None:
        """The earliest last instant of fitness in a party."""
        instants = [member.fit_until for member in party if member.fit_until is not None]
        return f"{min(instants):%Y-%m-%dT%H:%MZ}" if instants else None

    def _binding(self, patient: Patient, left: Sequence[Hospital]) -> list[str]:
        """Which limits of the party would each, if it alone were lifted, make a flight possible."""
        return [
            name
            for name, (own, party) in self._lifted(patient)
            if self._reachability.reached(party, own, left)
        ]

    def _lifted(self, patient: Patient) -> list[tuple[str, tuple[Patient, list[Patient]]]]:
        """The patient and party without each of their limits in turn."""
        free: dict[str, dict[str, Any]] = {
            "transit": {"max_transit_minutes": inf},
            "fit_until": {"fit_until": None},
            "ready": {"ready": self._index.problem.start},
            "on_board": {"position": "seat", "companions": 0, "isolation": "none", "care": 0},
        }
        found = []
        for name, changes in free.items():
            party = [replace(member, **changes) for member in self._index.family_of(patient)]
            own = next(member for member in party if member.id == patient.id)
            found.append((name, (own, party)))
        return found

    def _below_limit(self, country: str) -> bool:
        limit = self._index.problem.countries[country].limit
        return limit is None or self._work.occupancy.received(country) < limit

    def _country_limit(self, roomy: Sequence[Hospital]) -> Found:
        countries = []
        for code in dict.fromkeys(hospital.country for hospital in roomy):
            country = {
                "country": code,
                "received": self._work.occupancy.received(code),
                "limit": self._index.problem.countries[code].limit,
                "hospitals": [hospital.id for hospital in roomy if hospital.country == code],
            }
            countries.append(country)
        return "country-limit", {"countries": countries}

    def _on_flights(self, patient: Patient, allowed: Sequence[Hospital]) -> Found:
        """The last three reasons: what the flights of this plan leave to the patient."""
        rows = self._rows(patient, allowed)
        if not rows.size:
            return self._worse_score(patient, None)
        table = self._work.ways.table(patient)
        boarding = [*range(AMBULANCES + 1)]
        wanting = demand_of(patient)[boarding] - self._work.occupancy.free[table.numbers[rows][:, boarding]]
        lacks = (wanting > TOLERANCE) & (demand_of(patient)[boarding] > 0)
        joinable = rows[~lacks.any(axis=1) & ~table.closed[rows]]
        if not joinable.size:
            return self._flight_full(patient, rows)
        move = self._move(patient)
        if move is None:
            return self._family(patient, joinable)
        return self._worse_score(patient, move)

    def _rows(self, patient: Patient, allowed: Sequence[Hospital]) -> Integers:
        """Ways on this plan's flights to hospitals with room, also for arrivals on the flight's date."""
        table, rows = self._work.ways.table(patient), self._work.ways.rows(patient)
        ids = {hospital.id for hospital in allowed}
        flags = np.array([one.id in ids for one in self._index.problem.hospitals], dtype=np.bool_)
        rows = rows[flags[table.hospital[rows]]]
        arrivals = table.numbers[rows, DEMANDS.index("arrivals")]
        receiving: Integers = rows[self._work.occupancy.free[arrivals] >= 1 - TOLERANCE]
        return receiving

    def _flight_full(self, patient: Patient, rows: Integers) -> Found:
        table = self._work.ways.table(patient)
        flights = []
        for flight in sorted(set(table.flight[rows].tolist()), key=lambda one: int(self._names[one][1:])):
            own = rows[table.flight[rows] == flight]
            closed = bool(table.closed[own[0]])
            choice = self._work.occupancy.flights[flight].choice
            one = {
                "flight": self._names[flight],
                "aircraft": choice.aircraft_id,
                "date": choice.date.isoformat(),
                "closed": closed,
                "lacks": [] if closed else self._lacks(patient, own),
            }
            flights.append(one)
        names = [self._index.problem.hospitals[one].id for one in sorted(set(table.hospital[rows].tolist()))]
        return "flight-full", {"hospitals": names, "flights": flights}

    def _lacks(self, patient: Patient, rows: Integers) -> list[dict[str, Any]]:
        """What a flight lacks on board and, where it goes in time to a hospital with room, in ambulances."""
        table, occupancy = self._work.ways.table(patient), self._work.occupancy
        demand = demand_of(patient).tolist()
        drops = {int(table.numbers[row, AMBULANCES]): table.drops[row] for row in rows.tolist()}
        asked = [(int(table.numbers[rows[0], column]), column, None) for column in range(AMBULANCES)]
        found = []
        for number, column, airport in [*asked, *((one, AMBULANCES, code) for one, code in drops.items())]:
            if demand[column] > max(0.0, occupancy.free[number] + TOLERANCE):
                lack = {
                    "what": DEMANDS[column],
                    "airport": airport,
                    "taken": occupancy.taken(number),
                    "total": float(occupancy.limits[number]),
                    "needed": demand[column],
                }
                found.append(lack)
        return found

    def _family(self, patient: Patient, joinable: Integers) -> Found:
        table = self._work.ways.table(patient)
        flights = sorted(set(table.flight[joinable].tolist()), key=lambda one: int(self._names[one][1:]))
        facts = {
            "family": patient.family,
            "members": [member.id for member in self._index.family_of(patient)],
            "flights": [self._names[flight] for flight in flights],
        }
        return "family", facts

    def _move(self, patient: Patient) -> Move | None:
        """The best way in which the patient, or the whole family, could join this plan."""
        party = self._index.family_of(patient)
        if len(party) == 1:
            return best_insertion(PatientWays(self._work, patient))
        family = patient.family or ""
        if family not in self._family_moves:
            self._family_moves[family] = best_family_insertion(self._work, party)
        return self._family_moves[family]

    def _worse_score(self, patient: Patient, move: Move | None) -> Found:
        party = self._index.family_of(patient)
        joins = move.joins if move is not None else ()
        facts = {
            "family": [member.id for member in party] if len(party) > 1 else [],
            "flight": self._names[joins[0].flight_index] if joins else None,
            "hospitals": list(dict.fromkeys(join.hospital_id for join in joins)),
            "change": None if move is None else move.gain,
            "optimal": self._optimal,
            "gap": self._gap,
        }
        return "worse-score", facts
