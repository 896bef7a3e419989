"""Suspicions and merges that are open to a user, with the two persons side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from medevac.audit.services import record_look
from medevac.cases.models import Case, Clinical, Merge, Person
from medevac.cases.models.sameness import Suspicion
from medevac.people.models import User
from medevac.people.policy import visible
from medevac.people.roles import Right


@dataclass(frozen=True)
class Side:
    """One of two persons, with the cases that are theirs."""

    person: Person
    cases: tuple[Case, ...]
    pictures: tuple[Clinical, ...]


@dataclass(frozen=True)
class Line:
    """One thing of both, and whether it is the same."""

    label: str
    first: str
    second: str

    @property
    def same(self) -> bool:
        """Whether both say the same."""
        return bool(self.first) and self.first == self.second


def open_suspicions(user: User) -> QuerySet[Suspicion]:
    """Those that nobody has judged yet, the most alike first."""
    rows = visible(user, Suspicion.objects.filter(verdict=Suspicion.Verdict.OPEN))
    return rows.select_related("first", "second").order_by("-score", "found_at")


def suspicion_for(user: User, public_id: UUID) -> Suspicion | None:
    """One of them, whatever was found."""
    rows = visible(user, Suspicion.objects.filter(pk=public_id))
    return rows.select_related("first__keeper", "second__keeper").first()


def merges_for(user: User) -> QuerySet[Merge]:
    """Merges, the latest first."""
    rows = visible(user, Merge.objects.all())
    return rows.select_related("kept_case", "closed_case").order_by("-merged_at")


def merge_for(user: User, public_id: UUID) -> Merge | None:
    """One of them."""
    return visible(user, Merge.objects.filter(pk=public_id)).first()


def both_sides(user: User, suspicion: Suspicion) -> tuple[Side, Side]:
    """The two persons with what the user may see of their cases; the look is on record."""
    look_at_persons((suspicion.first, suspicion.second))
    return _side(user, suspicion.first), _side(user, suspicion.second)


def look_at_persons(persons: Iterable[Person]) -> None:
    """Write that the names of these persons are about to be shown."""
    record_look(Right.PERSONAL, "cases.person", {person.pk: person.keeper_id for person in persons})


def _side(user: User, person: Person) -> Side:
    cases = tuple(visible(user, Case.objects.filter(person=person)).order_by("created_at"))
    pictures = tuple(visible(user, Clinical.objects.filter(case__in=cases)))
    record_look(Right.CLINICAL, "cases.case", {row.case_id: person.keeper_id for row in pictures})
    return Side(person, cases, pictures)
