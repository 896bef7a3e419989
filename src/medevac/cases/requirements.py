"""What a case still lacks, by the mission's items: which concern it, which are there, which block a step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from medevac.cases.models import Case, CaseItem, Companion, Consent, Person
from medevac.cases.naming import OF_AGE, age_on
from medevac.directory.models import MissionItem
from medevac.directory.models.mission_parts import Group
from medevac.directory.steps import Step

CHILD_ALONE_UNDER = 16
MAN_AGES = range(18, 61)
PARENTS = (Companion.Relation.MOTHER, Companion.Relation.FATHER)


@dataclass(frozen=True)
class Need:
    """One item of the mission that concerns a case, and how it stands.

    Parameters
    ----------
    item
        What the mission asks for.
    row
        What the case has of it; None where nobody has said anything yet.
    state
        "there", "missing", "too-old" or "waived".
    """

    item: MissionItem
    row: CaseItem | None
    state: str

    @property
    def met(self) -> bool:
        """Whether it holds nothing up."""
        return self.state in ("there", "waived")


def groups_of(person: Person, companions: Iterable[Companion], day: date) -> set[str]:
    """The groups of a mission's rules that a patient and the companions belong to on a day."""
    age = age_on(day, person.birth_year, person.birth_date)
    companions = list(companions)
    found: set[str] = {Group.EVERYBODY}
    if person.service == Person.Service.MILITARY:
        found.add(Group.SOLDIER)
    if person.service == Person.Service.CIVILIAN:
        found.add(Group.CIVILIAN)
    if age < OF_AGE:
        found.add(Group.CHILD)
    if age < CHILD_ALONE_UNDER and not any(one.relation in PARENTS for one in companions):
        found.add(Group.CHILD_ALONE)
    men = [(person.sex, age)] + [
        (one.sex, age_on(day, one.birth_date.year, one.birth_date)) for one in companions
    ]
    if any(sex == Person.Sex.MALE and years in MAN_AGES for sex, years in men):
        found.add(Group.MAN_18_60)
    if companions:
        found.add(Group.COMPANION)
    return found


def needs_of(case: Case, *, day: date | None = None) -> list[Need]:
    """Every item of the mission that concerns the case, and how it stands, in the order of the steps."""
    day = day or timezone.localdate()
    person = Person.unscoped.get(pk=case.person_id)
    companions = list(Companion.unscoped.filter(case=case))
    groups = groups_of(person, companions, day)
    rows = {row.code: row for row in CaseItem.unscoped.filter(case=case)}
    given = set(
        Consent.unscoped.filter(case=case, withdrawn_at__isnull=True).values_list("purpose", flat=True)
    )
    order = {step.value: place for place, step in enumerate(Step)}
    items = MissionItem.unscoped.on(day).filter(mission=case.mission_id)
    found = [
        Need(item, rows.get(item.code), _standing(item, rows.get(item.code), given, day))
        for item in items
        if item.group in groups
    ]
    return sorted(found, key=lambda need: (order.get(need.item.blocks, len(order)), need.item.code))


def missing_for(case: Case, step: Step) -> list[MissionItem]:
    """The items that a step waits for."""
    return [need.item for need in needs_of(case) if need.item.blocks == step and not need.met]


def _standing(item: MissionItem, row: CaseItem | None, given: set[str], day: date) -> str:
    if row is not None and row.status == CaseItem.Status.WAIVED:
        return "waived"
    if item.kind == MissionItem.Kind.CONSENT:
        return "there" if item.code in given else "missing"
    if row is None or row.status != CaseItem.Status.PRESENT:
        return "missing"
    if item.valid_days and row.dated and row.dated + timedelta(days=item.valid_days) < day:
        return "too-old"
    return "there"
