"""The reasons that hospitals decide (rules 6, 7 and 9): asked of all of them for a plan, or of one alone.

`reasons` asks them of every hospital and gives the first; `medevac.planner.fitting` asks them of each.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from math import inf
from typing import Any

from medevac.planner.explain.capacity import Capacity
from medevac.planner.lookup import ProblemIndex, may_go, offers
from medevac.planner.occupancy import Occupancy
from medevac.planner.problem import Hospital, Patient
from medevac.planner.reachability import Dates, Reachability

Facts = dict[str, Any]


class HospitalReasons:
    """What speaks against hospitals, given what a decision uses up; what patients share is found once."""

    def __init__(self, index: ProblemIndex, occupancy: Occupancy) -> None:
        self._index = index
        self._occupancy = occupancy
        self._capacity = Capacity(occupancy)
        self._reachability = Reachability(index)
        self._offering: dict[tuple[str, ...], list[Hospital]] = {}

    def able(self, patient: Patient) -> list[Hospital]:
        """Hospitals that have a place of each need, dates ignored."""
        if patient.needs not in self._offering:
            hospitals = self._index.problem.hospitals
            self._offering[patient.needs] = [one for one in hospitals if offers(one, patient.needs)]
        return self._offering[patient.needs]

    def no_specialty(self, patient: Patient, hospitals: Sequence[Hospital]) -> Facts:
        """What is told of hospitals none of which has a place of each need."""
        missing = [need for need in patient.needs if not any(offers(one, (need,)) for one in hospitals)]
        return {"needs": list(patient.needs), "missing": missing}

    def refused(self, patient: Patient, able: Sequence[Hospital]) -> Facts:
        """What is told of hospitals that `refuses`, `hospitals` and `chosen` rule out."""
        countries = {hospital.country for hospital in able}
        accepted = None if patient.hospitals is None else list(patient.hospitals)
        return {
            "hospitals": [hospital.id for hospital in able],
            "refused_countries": [code for code in patient.refuses if code in countries],
            "accepted": accepted,
            "chosen": patient.chosen,
        }

    def refused_by(self, patient: Patient, hospital: Hospital) -> Facts:
        """As `refused`, of one hospital, with those grounds only that rule it out."""
        wishes: dict[str, Any] = {"refuses": (), "hospitals": None, "chosen": None}

        def stops(name: str) -> bool:
            """Whether one of the wishes alone rules the hospital out."""
            others = {one: lifted for one, lifted in wishes.items() if one != name}
            return not may_go(replace(patient, **others), hospital)

        facts = self.refused(patient, [hospital])
        return {
            **facts,
            "refused_countries": facts["refused_countries"] if stops("refuses") else [],
            "accepted": facts["accepted"] if stops("hospitals") else None,
            "chosen": facts["chosen"] if stops("chosen") else None,
        }

    def reached(self, patient: Patient, hospitals: Sequence[Hospital]) -> list[tuple[Hospital, Dates]]:
        """Hospitals that a flight with this patient and family alone could reach, with its dates."""
        return self._reachability.reached(self._index.family_of(patient), patient, hospitals)

    def quickest(self, patient: Patient, reached: Sequence[tuple[Hospital, Dates]]) -> list[float]:
        """Least minutes in transit of such flights on these dates, for each hospital."""
        return self._reachability.quickest(self._index.family_of(patient), patient, reached)

    def no_flight(self, patient: Patient, left: Sequence[Hospital]) -> Facts:
        """What is told of hospitals that no flight reaches in time."""
        party = self._index.family_of(patient)
        family = [member.id for member in party] if len(party) > 1 else []
        return {
            "hub": patient.hub,
            "hospitals": [hospital.id for hospital in left],
            "family": family,
            "max_transit_minutes": min(member.max_transit_minutes for member in party),
            "ready": max(member.ready for member in party).isoformat(),
            "fit_until": _fit_until(party),
            "binding": self._binding(patient, left),
        }

    def lack(self, patient: Patient, hospital: Hospital, days: Collection[date]) -> Facts | None:
        """What a hospital that offers the needs has no more of for the patient alone; None if nothing."""
        return self._capacity.used_up(patient, hospital, days)

    def below_limit(self, country: str) -> bool:
        """Whether a country may receive another patient (rule 9)."""
        limit = self._index.problem.countries[country].limit
        return limit is None or self._occupancy.received(country) < limit

    def country_limit(self, roomy: Sequence[Hospital]) -> Facts:
        """What is told of hospitals whose countries have reached their limits."""
        countries = []
        for code in dict.fromkeys(hospital.country for hospital in roomy):
            country = {
                "country": code,
                "received": self._occupancy.received(code),
                "limit": self._index.problem.countries[code].limit,
                "hospitals": [hospital.id for hospital in roomy if hospital.country == code],
            }
            countries.append(country)
        return {"countries": countries}

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


def _fit_until(party: Sequence[Patient]) -> str | None:
    """The earliest last instant of fitness in a party."""
    instants = [member.fit_until for member in party if member.fit_until is not None]
    return f"{min(instants):%Y-%m-%dT%H:%MZ}" if instants else None
