"""Finding the first true reason for each unplaced patient (FORMAT: reasons), as data.

The order of the methods is the order of the format's table. What hospitals decide is asked of
`hospital_reasons`; sentences are written by `sentences`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from medevac.planner.decision import Decision
from medevac.planner.explain.hospital_reasons import HospitalReasons
from medevac.planner.family_joining import best_family_insertion
from medevac.planner.joining import PatientWays, best_insertion
from medevac.planner.lookup import ProblemIndex, flight_names, may_go
from medevac.planner.occupancy import AMBULANCES, DEMANDS, demand_of
from medevac.planner.open_decision import Move, OpenDecision
from medevac.planner.plan import Reason
from medevac.planner.problem import Hospital, Patient
from medevac.planner.timeline import TOLERANCE
from medevac.planner.ways import Integers

Found = tuple[Reason, dict[str, Any]]


class Reasons:
    """Finds reasons in one decision; what patients share is found once."""

    def __init__(self, index: ProblemIndex, decision: Decision, *, gap: float | None, optimal: bool) -> None:
        self._index = index
        self._work = OpenDecision(index, decision)
        self._names = flight_names(index, decision.flights)
        self._hospitals = HospitalReasons(index, self._work.occupancy)
        self._family_moves: dict[str, Move | None] = {}
        self._gap = gap
        self._optimal = optimal

    def first(self, patient: Patient) -> Found:
        """The first reason that is true for an unplaced patient, with its facts."""
        ask = self._hospitals
        able = ask.able(patient)
        if not able:
            return "no-specialty", ask.no_specialty(patient, self._index.problem.hospitals)
        left = [hospital for hospital in able if may_go(patient, hospital)]
        if not left:
            return "refused", ask.refused(patient, able)
        reached = ask.reached(patient, left)
        if not reached:
            return "no-flight", ask.no_flight(patient, left)
        lacks = [(one, ask.lack(patient, one, days)) for one, days in reached]
        roomy = [hospital for hospital, lack in lacks if lack is None]
        if not roomy:
            return "no-capacity", {"hospitals": [lack for _, lack in lacks]}
        allowed = [hospital for hospital in roomy if ask.below_limit(hospital.country)]
        if not allowed:
            return "country-limit", ask.country_limit(roomy)
        return self._on_flights(patient, allowed)

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
