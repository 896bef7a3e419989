"""What this room can find: people and organisations, by name in either script, by mistake too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from medevac.people.models import Membership, Organisation, User
from medevac.people.own_record import record_look_at_people
from medevac.people.policy import visible
from medevac.people.searching import Hit, register_search

CLOSE_ENOUGH = 0.5
NAMES = ("name", "latin_name")


def register_own_search() -> None:
    """Add people and organisations."""
    register_search("people.users", _("People"), find_people, order=10, looked=record_found_people)
    register_search("people.organisations", _("Organisations"), find_organisations, order=11)


def closest(rows: QuerySet[Any], wanted: tuple[str, ...], fields: tuple[str, ...] = NAMES) -> QuerySet[Any]:
    """The rows whose names contain one of the spellings, or nearly do, the closest first."""
    likeness = Greatest(*(TrigramWordSimilarity(text, field) for text in wanted for field in fields))
    contains = reduce(or_, (Q(**{f"{field}__icontains": text}) for text in wanted for field in fields))
    found: QuerySet[Any] = rows.annotate(likeness=likeness).filter(contains | Q(likeness__gte=CLOSE_ENOUGH))
    return found.order_by("-likeness", "latin_name", "pk")


def find_people(user: User, wanted: tuple[str, ...]) -> Iterator[Hit]:
    """Active people whom the user may see, by name or e-mail address."""
    rows: QuerySet[Any] = visible(user, User._base_manager.filter(is_active=True))
    for person in closest(rows, wanted, (*NAMES, "email"))[:50]:
        address = reverse("people:person", kwargs={"public_id": person.pk})
        yield Hit(address, person.name, _together(person.latin_name, person.name, person.email), person.pk)


def record_found_people(user: User, found: list[UUID]) -> None:
    """Write that the user sees these people: a line of the search tells name and address."""
    memberships = visible(user, Membership.objects.filter(user__in=found), "people.see_members")
    record_look_at_people(user, "people.see_members", memberships)


def find_organisations(user: User, wanted: tuple[str, ...]) -> Iterator[Hit]:
    """Open organisations that the user may see."""
    rows: QuerySet[Any] = visible(user, Organisation.objects.filter(closed_at__isnull=True))
    for organisation in closest(rows, wanted)[:50]:
        address = reverse("people:organisation", kwargs={"public_id": organisation.pk})
        kind = organisation.get_kind_display()
        yield Hit(address, organisation.name, _together(organisation.latin_name, organisation.name, kind))


def _together(latin_name: str, name: str, more: str) -> str:
    return " · ".join(part for part in (latin_name if latin_name != name else "", more) if part)
