"""Airports and hospitals as a user sees them, and looked for in either script."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Prefetch, Q, QuerySet

from medevac.directory.alphabets import by_alphabet, by_country
from medevac.directory.countries import find_countries
from medevac.directory.models import Airport, Hospital, HospitalSpecialty, Reach
from medevac.directory.search_keys import search_key
from medevac.people.policy import visible

if TYPE_CHECKING:
    from medevac.people.policy.asking import Asking

P = TypeVar("P", Airport, Hospital)
LIKE_ENOUGH = 0.6  # how alike a misspelled word must be, 0 to 1


def airports_for(user: Asking, *, search: str = "", country: str = "") -> QuerySet[Airport]:
    """The airports that are open to the user, by code."""
    rows = visible(user, Airport.objects.all())
    return _matching(_in_country(rows, country), search).order_by("icao")


def hospitals_for(
    user: Asking, *, search: str = "", country: str = "", specialty: str = "", closed: bool = False
) -> QuerySet[Hospital]:
    """The hospitals that are open to the user, with specialties and reach.

    They stand by country, city and name in the order of the reader's alphabet.
    """
    rows = visible(user, Hospital.objects.all())
    if not closed:
        rows = rows.filter(closed_at__isnull=True)
    if specialty:
        rows = rows.filter(specialties__specialty=specialty)
    found = with_details(_matching(_in_country(rows, country), search))
    return found.order_by(by_country(), by_alphabet("city"), by_alphabet("name"), "pk")


def with_details(rows: QuerySet[Hospital]) -> QuerySet[Hospital]:
    """The same with keeper, specialties and reach, in a number of queries that does not grow."""
    return rows.select_related("keeper").prefetch_related(
        Prefetch("specialties", HospitalSpecialty._base_manager.order_by("specialty")),
        Prefetch(
            "reach", Reach._base_manager.select_related("airport").order_by("road_minutes", "airport__icao")
        ),
    )


def hospital_for(user: Asking, public_id: UUID, action: str | None = None) -> Hospital | None:
    """One hospital, if the user may do this to it."""
    return with_details(visible(user, Hospital.objects.filter(pk=public_id), action)).first()


def airport_for(user: Asking, icao: str, action: str | None = None) -> Airport | None:
    """One airport, if the user may do this to it."""
    return visible(user, Airport.objects.filter(icao=icao.upper()), action).first()


def countries_with_hospitals(user: Asking) -> set[str]:
    """The countries in which the user sees an open hospital."""
    rows = visible(user, Hospital.objects.filter(closed_at__isnull=True))
    return set(rows.order_by().values_list("country", flat=True).distinct())


def specialties_for(user: Asking) -> list[str]:
    """The specialties that the hospitals open to the user treat."""
    open_rows = visible(user, Hospital.objects.filter(closed_at__isnull=True)).values("pk")
    rows = HospitalSpecialty._base_manager.filter(hospital__in=open_rows)
    return list(rows.order_by("specialty").values_list("specialty", flat=True).distinct())


def _in_country(rows: QuerySet[P], country: str) -> QuerySet[P]:
    return rows.filter(country=country.upper()) if country else rows


def _matching(rows: QuerySet[P], text: str) -> QuerySet[P]:
    """The rows that every word fits: a part of the name, a country's name, or a word that is nearly alike."""
    for word in search_key(text).split()[:8]:
        codes = [one.code for one in find_countries(word)] if len(word) > 2 else []
        close = Q(likeness__gte=LIKE_ENOUGH) if len(word) > 3 else Q(pk__in=())
        rows = rows.alias(likeness=TrigramWordSimilarity(word, "search_key")).filter(
            Q(search_key__contains=word) | Q(country__in=codes) | close
        )
    return rows
