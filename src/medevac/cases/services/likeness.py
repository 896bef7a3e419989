"""Finding the same patient twice: at entry, and in the background for whoever was written since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from itertools import product

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from medevac.cases.identifiers import blind_indexes, telephone_indexes
from medevac.cases.models import Clinical, Merge, Person
from medevac.cases.models.sameness import Likeness, Suspicion
from medevac.people.transliteration import spellings

# Points of 100. Set so that a paper suffices alone, a name and a date of birth suffice together, and a name
# with a year of birth does not (tests/cases/test_cases_same_patient.py shows each case by hand).
POINTS = {
    Likeness.DOCUMENT: 90,
    Likeness.TELEPHONE: 35,
    Likeness.BIRTH_DATE: 30,
    Likeness.BIRTH_DATE_SWAPPED: 20,
    Likeness.BIRTH_YEAR: 10,
    Likeness.INJURY_DATE: 15,
}
NAME_POINTS = 50  # times the similarity of the names by trigrams, 0 to 1
ALIKE_NAME = 0.4  # from which similarity on names count
SUSPICIOUS = 55  # points from which on two are worth a look
MOST = 20  # candidates of one person, the closest names first
ASKED_ABOUT = 45  # points from which on whoever files is asked: a name, and a year of birth next to it
NEARLY_ALIKE_NAME = 0.3  # the same, before the names are compared part by part: a patronymic makes two unlike
ALIKE_PART = 0.6  # from which similarity on two family names, or two given names, may be one
FAMILY_ALONE = 0.8  # what the family name counts where one of the two has no given name
OTHER_PAPER = 15  # points less where both have papers with different numbers


@dataclass(frozen=True)
class Found:
    """Somebody who may be the same: points of 100, and what is alike."""

    person: Person
    score: int
    likenesses: tuple[Likeness, ...]


def who_may_be(
    person: Person,
    *,
    injury_date: date | None = None,
    among: QuerySet[Person] | None = None,
    by_parts: bool = False,
) -> list[Found]:
    """Others who may be this person, the likeliest first.

    Parameters
    ----------
    person
        Kept already or not; its names and indexes must be written (`write_names`).
    injury_date
        Of the case that is filed, where it is known.
    among
        Whom to look at, such as those who are open to somebody; everybody unless given. Others are not read.
    by_parts
        Compare the family and the given name each for itself, so that a patronymic which only one of the two
        has does not matter. For whoever files and knows no more; the background would find every namesake.
    """
    found = []
    least, alike = (ASKED_ABOUT, NEARLY_ALIKE_NAME) if by_parts else (SUSPICIOUS, ALIKE_NAME)
    for other in _candidates(person, Person.unscoped.all() if among is None else among, alike):
        similarity = _parts(person, other) if by_parts else other.similarity  # type: ignore[attr-defined]
        score, likenesses = _compare(person, other, injury_date, similarity)
        if score >= least:
            found.append(Found(other, min(100, score), likenesses))
    return sorted(found, key=lambda one: (-one.score, str(one.person.pk)))


@transaction.atomic
def suspect(person: Person) -> list[Suspicion]:
    """Keep a suspicion for each who may be the same, unless somebody has judged the pair already."""
    injuries = Clinical.unscoped.filter(case__person=person, injury_date__isnull=False)
    injury_date = injuries.values_list("injury_date", flat=True).first()
    kept = []
    for found in who_may_be(person, injury_date=injury_date):
        first, second = sorted((person.pk, found.person.pk))
        row, made = Suspicion.unscoped.get_or_create(
            first_id=first,
            second_id=second,
            defaults={"score": found.score, "likenesses": [str(one) for one in found.likenesses]},
        )
        if made:
            kept.append(row)
    return kept


def suspect_changed_since(moment: datetime) -> list[Suspicion]:
    """Look at everybody who was written since a moment."""
    return [row for person in _written_since(moment) for row in suspect(person)]


def _written_since(moment: datetime) -> Iterator[Person]:
    merged = Merge.unscoped.filter(undone_at__isnull=True).values("merged")
    rows = Person.unscoped.filter(Q(created_at__gte=moment) | Q(cases__changed_at__gte=moment))
    yield from rows.exclude(pk__in=merged).distinct()


@transaction.atomic
def _candidates(person: Person, among: QuerySet[Person], alike: float) -> list[Person]:
    with connection.cursor() as cursor:  # less alike, a name counts for nothing: the index need not find it
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(alike)])
    same = Q(pk__in=())
    if papers := _papers(person):
        same |= Q(document_index__in=papers)
    if telephones := telephone_indexes(person.telephone):
        same |= Q(telephone_index__in=telephones)
    if person.search_key:
        near_in_age = Q(birth_year__range=(person.birth_year - 1, person.birth_year + 1))
        same |= near_in_age & Q(search_key__trigram_similar=person.search_key)
    merged = Merge.unscoped.filter(undone_at__isnull=True).values("merged")
    rows = among.filter(same).exclude(pk=person.pk).exclude(pk__in=merged)
    rows = rows.annotate(similarity=TrigramSimilarity("search_key", person.search_key))
    return list(rows.prefetch_related("cases__clinical").order_by("-similarity", "pk")[:MOST])


def _parts(person: Person, other: Person) -> float:
    """How alike two names are, 0 to 1, by their closest spellings; 0 where one part is another name."""
    alike = [
        max(
            SequenceMatcher(a=one, b=two, autojunk=False).ratio()
            for one, two in product(_spellings(person, part), _spellings(other, part))
        )
        for part in ("family_name", "given_name")
        if getattr(person, part) and getattr(other, part)
    ]
    if not (person.family_name and other.family_name) or min(alike) < ALIKE_PART:
        return 0
    return sum(alike) / len(alike) * (1 if len(alike) == 2 else FAMILY_ALONE)


def _spellings(person: Person, part: str) -> set[str]:
    names = (getattr(person, part), getattr(person, f"latin_{part}"))
    return {spelling for name in names if name for spelling in spellings(name)}


def _compare(
    person: Person, other: Person, injury_date: date | None, similarity: float
) -> tuple[int, tuple[Likeness, ...]]:
    likenesses = []
    if other.document_index in _papers(person):
        likenesses.append(Likeness.DOCUMENT)
    if other.telephone_index in telephone_indexes(person.telephone):
        likenesses.append(Likeness.TELEPHONE)
    score = sum(POINTS[one] for one in likenesses)
    if similarity >= ALIKE_NAME:
        likenesses.append(Likeness.NAME)
        score += round(NAME_POINTS * similarity)
    if (by_birth := _birth(person, other)) is not None:
        likenesses.append(by_birth)
        score += POINTS[by_birth]
    if injury_date is not None and injury_date in _injury_dates(other):
        likenesses.append(Likeness.INJURY_DATE)
        score += POINTS[Likeness.INJURY_DATE]
    if _papers(person) and other.document_index and Likeness.DOCUMENT not in likenesses:
        score -= OTHER_PAPER
    return score, tuple(likenesses)


def _papers(person: Person) -> tuple[str, ...]:
    """The indexes under which another person's row would have the same paper, whichever key has made it."""
    kept = (person.document_index,) if person.document_index else ()
    return blind_indexes(person.document_number) or kept


def _birth(person: Person, other: Person) -> Likeness | None:
    one, two = person.birth_date, other.birth_date
    if one and two:
        if one == two:
            return Likeness.BIRTH_DATE
        swapped = (one.year, one.month, one.day) == (two.year, two.day, two.month)
        return Likeness.BIRTH_DATE_SWAPPED if swapped else None
    return Likeness.BIRTH_YEAR if person.birth_year == other.birth_year else None


def _injury_dates(other: Person) -> set[date]:
    pictures = [case.clinical for case in other.cases.all() if hasattr(case, "clinical")]
    return {picture.injury_date for picture in pictures if picture.injury_date is not None}
