"""Which hospitals fit one patient, which do not and why, and what the score says of each.

Every answer is asked of the functions that explain a plan and score it: what fits here is what a plan may
do, and no rule is written twice. Nobody is placed: for that, see `solve`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Any

from medevac.planner.decision import Decision
from medevac.planner.explain.hospital_reasons import HospitalReasons
from medevac.planner.lookup import index_of, may_go, offers, receives
from medevac.planner.occupancy import Occupancy
from medevac.planner.plan import Reason
from medevac.planner.problem import Hospital, Patient, Problem
from medevac.planner.reachability import Dates
from medevac.planner.scoring import terms_of

NOTHING_PLANNED = Decision((), ())
ORDER: tuple[Reason, ...] = ("no-specialty", "refused", "no-flight", "no-capacity", "country-limit")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason of the format that holds for one hospital alone.

    `facts` are those that `explain` gives with the reason, narrowed to the hospital: of `refused` only the
    grounds that rule it out, of `no-capacity` what it lacks. They hold all that a sentence needs.
    """

    reason: Reason
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fit:
    """How one hospital fits one patient.

    Parameters
    ----------
    hospital_id
        The hospital.
    obstacles
        What stands against it, in the order of the format's reasons; empty where a plan may place the
        patient there. Flights, room and limits are asked only of a hospital that rule 7 leaves.
    dates
        On which a flight could bring the patient with the family, alone on board, and the hospital receives
        them; ascending.
    transit_minutes
        The least, from the hub to the hospital, of such a flight; None where there is none.
    score_terms
        What the patient alone adds to a plan's score there, by the names of its terms. The cost of flying is
        not among it, nor is transit where no flight arrives.
    """

    hospital_id: str
    obstacles: tuple[Obstacle, ...]
    dates: tuple[date, ...]
    transit_minutes: float | None
    score_terms: Mapping[str, float]

    @property
    def fits(self) -> bool:
        """Whether nothing stands against it."""
        return not self.obstacles

    @property
    def score(self) -> float:
        """The sum of the terms."""
        return sum(self.score_terms.values())


class Fitting:
    """Answers for the patients of a problem; what they share is found once.

    Parameters
    ----------
    problem
        With every hospital that is asked about.
    decision
        What is taken already of places, rooms and limits; nothing unless given.
    """

    def __init__(self, problem: Problem, decision: Decision = NOTHING_PLANNED) -> None:
        self._index = index_of(problem)
        self._ask = HospitalReasons(self._index, Occupancy(self._index, decision))
        self._untreated: dict[tuple[str, tuple[str, ...]], Obstacle | None] = {}
        self._receiving: dict[tuple[str, tuple[str, ...], Dates], Dates] = {}

    def of(self, patient_id: str) -> list[Fit]:
        """Every hospital of the problem: those without obstacles first, then by score, then as listed.

        Raises
        ------
        KeyError
            Where the problem has no such patient.
        """
        patient = self._index.patients[patient_id]
        hospitals = self._index.problem.hospitals
        stopped = [tuple(self._of_rule_7(patient, hospital)) for hospital in hospitals]
        left = [hospital for hospital, found in zip(hospitals, stopped, strict=True) if not found]
        flown = {one.id: days for one, days in self._ask.reached(patient, left)}
        received = [
            (one, self._received(one, patient.needs, flown[one.id])) for one in left if one.id in flown
        ]
        minutes = dict(
            zip((one.id for one, _ in received), self._ask.quickest(patient, received), strict=True)
        )
        on_days = {one.id: days for one, days in received}
        fits = []
        for hospital, found in zip(hospitals, stopped, strict=True):
            obstacles = found or tuple(self._of_rules_6_and_9(patient, hospital, flown.get(hospital.id)))
            transit = minutes.get(hospital.id, inf)
            terms = terms_of(self._index, (), [(patient, hospital, transit if transit < inf else 0.0)])
            dates = tuple(sorted(on_days.get(hospital.id, ())))
            fits.append(Fit(hospital.id, obstacles, dates, transit if transit < inf else None, terms))
        return sorted(fits, key=lambda one: (not one.fits, -one.score))

    def _received(self, hospital: Hospital, needs: tuple[str, ...], days: Dates) -> Dates:
        """Those of the dates on which the hospital receives a patient with these needs."""
        key = (hospital.id, needs, days)
        if key not in self._receiving:
            self._receiving[key] = frozenset(day for day in days if receives(hospital, needs, day))
        return self._receiving[key]

    def _of_rule_7(self, patient: Patient, hospital: Hospital) -> Iterator[Obstacle]:
        """What the hospital does not treat, and what wishes and answers rule out."""
        key = (hospital.id, patient.needs)
        if key not in self._untreated:
            lacks = None
            if not offers(hospital, patient.needs):
                lacks = Obstacle("no-specialty", self._ask.no_specialty(patient, [hospital]))
            self._untreated[key] = lacks
        untreated = self._untreated[key]
        if untreated is not None:
            yield untreated
        if not may_go(patient, hospital):
            yield Obstacle("refused", self._ask.refused_by(patient, hospital))

    def _of_rules_6_and_9(
        self, patient: Patient, hospital: Hospital, days: Dates | None
    ) -> Iterator[Obstacle]:
        """Flights in time, then what the hospital has left on their dates, then the country's limit."""
        if days is None:
            yield Obstacle("no-flight", self._ask.no_flight(patient, [hospital]))
        else:
            lack = self._ask.lack(patient, hospital, days)
            if lack is not None:
                yield Obstacle("no-capacity", lack)
        if not self._ask.below_limit(hospital.country):
            yield Obstacle("country-limit", self._ask.country_limit([hospital])["countries"][0])
