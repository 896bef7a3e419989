"""Items that are worked out from what is known of a case, and that nobody ticks.

The mission says that an item is asked for, by its code; what makes it be there is said here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone

from medevac.cases.isolating import unanswered
from medevac.cases.models import (
    Assessment,
    Case,
    CaseItem,
    Companion,
    Consent,
    FitDecision,
    LettersPerson,
    Person,
    Screening,
)
from medevac.cases.naming import age_on
from medevac.cases.settings import required_screening
from medevac.directory.models import MissionItem
from medevac.people.days import beginning_of, current_day, day_of

MAN_AGES = range(18, 61)
THERE, MISSING, TOO_OLD = "there", "missing", "too-old"


# What is read of a case to say how its items stand.
PARTS: tuple[type[Model], ...] = (
    Assessment,
    CaseItem,
    Companion,
    Consent,
    FitDecision,
    LettersPerson,
    Screening,
)


@dataclass
class Known:
    """What is known of a case on a day.

    Parameters
    ----------
    case, day
        The case, and the day that is asked about.
    parts
        Its rows by kind; those of a kind that is not here are read when they are first asked for.
    """

    case: Case
    day: date
    parts: dict[type[Model], list[Any]] = field(default_factory=dict)

    @classmethod
    def of_many(cls, cases: Iterable[Case], day: date) -> dict[UUID, Known]:
        """What is known of several cases, by their ids, in one query for each kind of row."""
        found = {case.pk: cls(case, day, {part: [] for part in PARTS}) for case in cases}
        for part in PARTS:
            for row in _rows(part, found):
                found[row.case_id].parts[part].append(row)
        persons = Person.unscoped.in_bulk([known.case.person_id for known in found.values()])
        for known in found.values():
            known.person = persons[known.case.person_id]
        return found

    def rows(self, part: type[Model]) -> list[Any]:
        """The case's rows of one kind."""
        if part not in self.parts:
            self.parts[part] = list(_rows(part, [self.case.pk]))
        return self.parts[part]

    @cached_property
    def person(self) -> Person:
        """The patient."""
        return Person.unscoped.get(pk=self.case.person_id)

    @property
    def companions(self) -> list[Companion]:
        """Who goes along."""
        return self.rows(Companion)

    @property
    def moment(self) -> datetime:
        """Now, or the beginning of another day that is asked about."""
        if self.day == current_day():
            return timezone.now()
        return beginning_of(self.day)


def _rows(part: type[Model], cases: Collection[UUID]) -> QuerySet[Any]:
    rows = part._base_manager.filter(case__in=cases)
    return rows.select_related("owner") if part is CaseItem else rows


def is_man_of_18_to_60(sex: str, birth_year: int, birth_date: date | None, day: date) -> bool:
    """Whether the rules for men of 18 to 60 hold for somebody on a day."""
    return sex == Person.Sex.MALE and age_on(day, birth_year, birth_date) in MAN_AGES


def _ewrs_number(known: Known, item: MissionItem, ticked: bool) -> str:
    return THERE if known.case.ewrs_number else MISSING


def _assessment(known: Known, item: MissionItem, ticked: bool) -> str:
    """The latest one, from its own time or from when it was confirmed again."""
    rows = known.rows(Assessment)
    if not rows:
        return MISSING
    last = day_of(max(row.confirmed_at or row.assessed_at for row in rows))
    old = item.valid_days is not None and last + timedelta(days=item.valid_days) < known.day
    return TOO_OLD if old else THERE


def _fit_to_fly(known: Known, item: MissionItem, ticked: bool) -> str:
    """The latest decision counts: a refusal after a consent is a refusal."""
    decisions = known.rows(FitDecision)
    last = max(decisions, key=lambda one: (one.decided_at, one.recorded_at), default=None)
    if last is None or not last.fit or last.valid_until is None:
        return MISSING
    return THERE if last.valid_until > known.moment else TOO_OLD


def _screening(known: Known, item: MissionItem, ticked: bool) -> str:
    """An answer for every required organism; a positive one is an answer, and isolation follows from it."""
    open_ones = unanswered(known.rows(Screening), required_screening())
    return MISSING if open_ones else THERE


def _ministers_letter(known: Known, item: MissionItem, ticked: bool) -> str:
    """One letter that names the patient and every companion."""
    wanted = {None, *(one.pk for one in known.companions)}
    named: dict[object, set[object]] = {}
    for one in known.rows(LettersPerson):
        named.setdefault(one.letter_id, set()).add(one.companion_id)
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
