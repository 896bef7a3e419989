"""Items that are worked out from what is known of a case, and that nobody ticks.

The mission says that an item is asked for, by its code; what makes it be there is said here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.utils import timezone

from medevac.cases.isolating import unanswered
from medevac.cases.models import Assessment, Case, Companion, FitDecision, LettersPerson, Person, Screening
from medevac.cases.naming import age_on
from medevac.cases.settings import required_screening
from medevac.directory.models import MissionItem

MAN_AGES = range(18, 61)
THERE, MISSING, TOO_OLD = "there", "missing", "too-old"


@dataclass
class Known:
    """What is known of a case on a day; each part is read when it is first asked for."""

    case: Case
    day: date

    @cached_property
    def person(self) -> Person:
        """The patient."""
        return Person.unscoped.get(pk=self.case.person_id)

    @cached_property
    def companions(self) -> list[Companion]:
        """Who goes along."""
        return list(Companion.unscoped.filter(case=self.case))

    @property
    def moment(self) -> datetime:
        """Now, or the beginning of another day that is asked about."""
        if self.day == timezone.localdate():
            return timezone.now()
        return timezone.make_aware(datetime.combine(self.day, time()))


def is_man_of_18_to_60(sex: str, birth_year: int, birth_date: date | None, day: date) -> bool:
    """Whether the rules for men of 18 to 60 hold for somebody on a day."""
    return sex == Person.Sex.MALE and age_on(day, birth_year, birth_date) in MAN_AGES


def _ewrs_number(known: Known, item: MissionItem, ticked: bool) -> str:
    return THERE if known.case.ewrs_number else MISSING


def _assessment(known: Known, item: MissionItem, ticked: bool) -> str:
    """The latest one, from its own time or from when it was confirmed again."""
    rows = list(Assessment.unscoped.filter(case=known.case))
    if not rows:
        return MISSING
    last = timezone.localdate(max(row.confirmed_at or row.assessed_at for row in rows))
    old = item.valid_days is not None and last + timedelta(days=item.valid_days) < known.day
    return TOO_OLD if old else THERE


def _fit_to_fly(known: Known, item: MissionItem, ticked: bool) -> str:
    """The latest decision counts: a refusal after a consent is a refusal."""
    last = FitDecision.unscoped.filter(case=known.case).order_by("-decided_at", "-recorded_at").first()
    if last is None or not last.fit or last.valid_until is None:
        return MISSING
    return THERE if last.valid_until > known.moment else TOO_OLD


def _screening(known: Known, item: MissionItem, ticked: bool) -> str:
    """An answer for every required organism; a positive one is an answer, and isolation follows from it."""
    open_ones = unanswered(Screening.unscoped.filter(case=known.case), required_screening())
    return MISSING if open_ones else THERE


def _ministers_letter(known: Known, item: MissionItem, ticked: bool) -> str:
    """One letter that names the patient and every companion."""
    wanted = {None, *(one.pk for one in known.companions)}
    named: dict[object, set[object]] = {}
    for letter, companion in LettersPerson.unscoped.filter(case=known.case).values_list(
        "letter", "companion"
    ):
        named.setdefault(letter, set()).add(companion)
    return THERE if any(wanted <= persons for persons in named.values()) else MISSING


def _companions_papers(known: Known, item: MissionItem, ticked: bool) -> str:
    """For each companion an identity paper that is valid, and a paper that shows the relation."""
    shown = [
        one.document_number and one.document_valid_until and one.relation_shown for one in known.companions
    ]
    if not all(shown):
        return MISSING
    valid = all(
        one.document_valid_until and one.document_valid_until >= known.day for one in known.companions
    )
    return THERE if valid else TOO_OLD


def _leave_for_men(known: Known, item: MissionItem, ticked: bool) -> str:
    """Every man of 18 to 60 among the companions has leave, and the patient's own paper is ticked."""
    day, person = known.day, known.person
    men = [
        one
        for one in known.companions
        if is_man_of_18_to_60(one.sex, one.birth_date.year, one.birth_date, day)
    ]
    if not all(one.may_leave for one in men):
        return MISSING
    patient = is_man_of_18_to_60(person.sex, person.birth_year, person.birth_date, day)
    return THERE if ticked or not patient else MISSING


def _guardians_document(known: Known, item: MissionItem, ticked: bool) -> str:
    """A companion with custody or guardianship, and the paper that shows it."""
    shown = any(one.guardian and one.relation_shown for one in known.companions)
    return THERE if shown else MISSING


Computed = Callable[[Known, MissionItem, bool], str]
COMPUTED: dict[str, Computed] = {
    "assessment": _assessment,
    "companion-papers": _companions_papers,
    "ewrs-number": _ewrs_number,
    "fit-to-fly": _fit_to_fly,
    "guardian-document": _guardians_document,
    "leave-man": _leave_for_men,
    "minister-letter": _ministers_letter,
    "screening": _screening,
}
# Of these a part is ticked: the patient's own leave to cross the border.
TICKED_TOO = frozenset({"leave-man"})
