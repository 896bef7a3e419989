"""What is asked of each patient who must travel: the hospital and the flight, fixed or by family."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from medevac.planner.evaluate.finding import RULES
from medevac.planner.explain.sentences import listed
from medevac.planner.lookup import ProblemIndex
from medevac.planner.plan import Conflict
from medevac.planner.problem import Fixed, FixedFlight, FlightKey, Hospital, Patient


@dataclass(frozen=True, slots=True)
class Wish:
    """A patient who must travel, with hospital and flight where those follow from what is fixed.

    `source` is what was fixed: for this patient, or for one of the same family.
    """

    patient: Patient
    hospital: Hospital | None
    flight: FlightKey | None
    source: Fixed

    @property
    def own(self) -> bool:
        """Whether the patient is fixed, and not only one of the family."""
        return self.source.patient == self.patient.id

    @property
    def who(self) -> str:
        """The patient in a sentence."""
        if self.own:
            return self.patient.id
        return f"{self.patient.id} (family {self.patient.family}, with {self.source.patient})"

    @property
    def concerned(self) -> tuple[str, ...]:
        """The patient, and the one of the family who is fixed."""
        return tuple(dict.fromkeys((self.source.patient, self.patient.id)))


def wishes_of(index: ProblemIndex) -> list[Wish]:
    """What is asked of everybody who must travel, in the problem's order of patients."""
    found = []
    for patient in index.problem.patients:
        own = index.fixed.get(patient.id)
        family = [index.fixed[one.id] for one in index.family_of(patient) if one.id in index.fixed]
        if not family:
            continue
        source = own or family[0]
        together = index.problem.family_rule(patient.family or "") == "same-hospital"
        hospital = index.hospitals[source.hospital] if own or together else None
        flight = next((one.flight for one in (source, *family) if one.flight is not None), None)
        found.append(Wish(patient, hospital, flight, source))
    return found


def conflict(rule: int, patients: Iterable[str], explanation: str) -> Conflict:
    """A conflict with the rule's label; each patient is named once."""
    return Conflict(tuple(dict.fromkeys(patients)), RULES[rule], explanation)


def flight_name(key: FlightKey | FixedFlight) -> str:
    """A flight in a sentence."""
    return f"the flight of {key.aircraft} on {key.date}"


def flying_dates(index: ProblemIndex, wish: Wish) -> list[date]:
    """Dates on which the patient might travel, readiness aside."""
    if wish.flight is not None:
        return [wish.flight.date]
    return sorted({day for one in index.problem.aircraft if one.max_flights for day in one.days})


def names(wishes: Iterable[Wish]) -> str:
    """Patients as a list in a sentence."""
    return listed([wish.patient.id for wish in wishes])


def number(count: float, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{count:g} {one if count == 1 else many}"
