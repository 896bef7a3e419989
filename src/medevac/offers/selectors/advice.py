"""The advice that is kept for a mission, as far as it is open to whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from medevac.cases.models import Case
from medevac.directory.countries import country_name
from medevac.directory.models import Hospital, Mission
from medevac.directory.specialties import specialty_name
from medevac.offers.fit_words import stopped_words
from medevac.offers.selectors.suggestions import open_questions
from medevac.offers.services.advising import AT_WORK, kept_advice
from medevac.offers.services.offering import OFFER_FOR_A_CASE
from medevac.offers.states import PoolKind
from medevac.people.models import User
from medevac.people.policy import visible

# The planner's words for rooms, and what they are called here.
ROOMS = {
    "isolation": PoolKind.ISOLATION,
    "child": PoolKind.CHILD,
    "intensive": PoolKind.INTENSIVE,
    "companions": PoolKind.HOUSING,
}


@dataclass(frozen=True)
class Question:
    """One question that would place a patient on the flight."""

    case: Case
    hospital: Hospital
    asked_until: datetime | None

    @property
    def country(self) -> str:
        """The hospital's country in the reader's language."""
        return country_name(self.hospital.country)


@dataclass(frozen=True)
class Further:
    """A further place, or room, that would bring another patient on board."""

    hospital: Hospital
    specialty: str
    room: str

    @property
    def what(self) -> str:
        """The specialty or the kind of room, in the reader's language."""
        return specialty_name(self.specialty) if self.specialty else str(ROOMS[self.room].label)

    @property
    def country(self) -> str:
        """The hospital's country in the reader's language."""
        return country_name(self.hospital.country)


@dataclass(frozen=True)
class Advice:
    """Where the work stands, and what came of it.

    Parameters
    ----------
    state
        "none", "waiting", "solving", "trying", "done" or "failed".
    hidden
        How many questions are about cases or hospitals that are not open to the reader.
    unplaced
        By the planner's reason, how many patients stay.
    """

    state: str
    flight_day: date | None = None
    heard_at: datetime | None = None
    questions: list[Question] = field(default_factory=list)
    hidden: int = 0
    further: list[Further] = field(default_factory=list)
    unplaced: dict[str, int] = field(default_factory=dict)
    waiting: int = 0
    left_out: int = 0
    proven: bool = True
    trouble: str = ""

    @property
    def stays(self) -> list[str]:
        """Why patients stay, as sentences."""
        return stopped_words(self.unplaced)

    @property
    def at_work(self) -> bool:
        """Whether the worker is still at it."""
        return self.state in AT_WORK


def advice_on(user: User, mission: Mission) -> Advice:
    """What is known for a mission that the policy has opened."""
    known = kept_advice(mission.pk)
    if known is None:
        return Advice("none")
    day, heard = date.fromisoformat(known["flight_day"]), datetime.fromisoformat(known["heard_at"])
    if known["state"] != "done":
        return Advice(known["state"], day, heard, trouble=known.get("trouble", ""))
    rows = visible(user, Case.objects.filter(pk__in=[one["case"] for one in known["asks"]]), OFFER_FOR_A_CASE)
    cases = {str(case.pk): case for case in rows.select_related("mission")}
    named = {one["hospital"] for one in (*known["asks"], *known["further"])}
    open_hospitals = visible(user, Hospital.objects.filter(pk__in=named)).select_related("keeper")
    hospitals = {str(one.pk): one for one in open_hospitals}
    asked = open_questions(user, list(cases.values()), {one.code: one for one in hospitals.values()})
    questions = []
    for one in known["asks"]:
        case, hospital = cases.get(one["case"]), hospitals.get(one["hospital"])
        if case is not None and hospital is not None:
            questions.append(Question(case, hospital, asked.get((case.pk, hospital.code))))
    return Advice(
        "done",
        day,
        heard,
        questions,
        hidden=len(known["asks"]) - len(questions),
        further=[
            Further(hospitals[one["hospital"]], one["specialty"], one["room"])
            for one in known["further"]
            if one["hospital"] in hospitals
        ],
        unplaced=known["unplaced"],
        waiting=known["waiting"],
        left_out=known["left_out"],
        proven=known["proven"],
    )
