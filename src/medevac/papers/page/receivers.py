"""Who receives: what each hospital has left after the plan, and countries against limit and fair share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medevac.papers.free_keys import FreeKeys
from medevac.papers.languages import Words
from medevac.planner.plan import Plan
from medevac.planner.problem import Hospital, Patient, Problem

MOST_HOSPITALS = 300  # that receive nobody and are still told one by one


@dataclass(frozen=True, slots=True)
class Left:
    """How much of something a hospital has left."""

    name: str
    left: int
    total: int


@dataclass(frozen=True, slots=True)
class HospitalRow:
    """One hospital: who comes, and what is left."""

    name: str
    id: str
    country: str
    arriving: int
    places: tuple[Left, ...]
    rooms: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class CountryLeft:
    """What the hospitals of one country that receive nobody have together."""

    name: str
    hospitals: str
    places: tuple[str, ...]
    rooms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountryRow:
    """One country: how many it receives, of how many at most, and its fair share."""

    code: str
    name: str
    received: int
    fair_share: int | None
    limit: int | None
    scale: int
    state: str


def hospital_rows(
    words: Words, problem: Problem, plan: Plan, free: FreeKeys
) -> tuple[tuple[HospitalRow, ...], tuple[HospitalRow, ...]]:
    """Hospitals that receive somebody, and the others, each by country and id."""
    patients = {one.id: one for one in problem.patients}
    coming: dict[str, list[Patient]] = {}
    for placement in plan.placements:
        coming.setdefault(placement.hospital, []).append(patients[placement.patient])
    order = sorted(problem.hospitals, key=lambda one: (words.country(one.country), one.id))
    rows = [_hospital_row(words, one, coming.get(one.id, []), free) for one in order]
    return tuple(row for row in rows if row.arriving), tuple(row for row in rows if not row.arriving)


def countries_left(words: Words, rows: Sequence[HospitalRow]) -> tuple[CountryLeft, ...]:
    """The hospitals that receive nobody by country, where they are too many to be read one by one."""
    if len(rows) <= MOST_HOSPITALS:
        return ()
    by_country: dict[str, list[HospitalRow]] = {}
    for row in rows:
        by_country.setdefault(row.country, []).append(row)
    return tuple(
        CountryLeft(
            name=country,
            hospitals=words.number(len(ones)),
            places=_summed(words, [one for row in ones for one in row.places]),
            rooms=_summed(words, [one for row in ones for one in row.rooms]),
        )
        for country, ones in by_country.items()
    )


def _summed(words: Words, items: Sequence[Left]) -> tuple[str, ...]:
    left: Counter[str] = Counter()
    for one in items:
        left[one.name] += one.left
    return tuple(
        words("page.left_together", name=name, left=words.number(count)) for name, count in left.items()
    )


def _hospital_row(words: Words, hospital: Hospital, coming: list[Patient], free: FreeKeys) -> HospitalRow:
    taken = Counter(patient.needs[0] for patient in coming)
    places = (
        Left(specialty, places.count - taken[specialty], places.count)
        for specialty, places in hospital.places.items()
    )
    return HospitalRow(
        name=free.hospital_names.get(hospital.id, hospital.id),
        id=hospital.id,
        country=words.country(hospital.country),
        arriving=len(coming),
        places=tuple(places),
        rooms=_rooms(words, hospital, coming),
    )


def _rooms(words: Words, hospital: Hospital, coming: list[Patient]) -> tuple[Left, ...]:
    """Rooms and housing that the hospital has at all, or that somebody takes."""
    used = {
        "isolation": (hospital.isolation, sum(one.isolation != "none" for one in coming)),
        "intensive": (hospital.intensive, sum(one.position == "intensive" for one in coming)),
        "child": (hospital.child, sum(one.child for one in coming)),
        "housing": (hospital.companions, sum(one.companions for one in coming)),
    }
    return tuple(
        Left(words(f"page.room_{name}"), total - taken, total)
        for name, (total, taken) in used.items()
        if total or taken
    )


def country_rows(words: Words, problem: Problem, plan: Plan) -> tuple[CountryRow, ...]:
    """Countries that receive somebody or have a limit or fair share, the fullest first."""
    country_of = {hospital.id: hospital.country for hospital in problem.hospitals}
    received = Counter(country_of[placement.hospital] for placement in plan.placements)
    listed = [
        one
        for one in problem.countries.values()
        if received[one.code] or one.limit is not None or one.fair_share is not None
    ]
    scale = max([1, *received.values(), *(one.limit or one.fair_share or 0 for one in listed)])
    rows = [
        CountryRow(
            code=one.code,
            name=words.country(one.code),
            received=received[one.code],
            fair_share=one.fair_share,
            limit=one.limit,
            scale=scale,
            state=_state(words, received, one.code, one.limit, one.fair_share),
        )
        for one in listed
    ]
    return tuple(sorted(rows, key=lambda row: (-row.received, row.name)))


def _state(
    words: Words, received: Mapping[str, int], code: str, limit: int | None, fair_share: int | None
) -> str:
    """What the numbers mean, in words."""
    count = received.get(code, 0)
    if limit is not None and count >= limit:
        return words("page.limit_reached")
    if fair_share is not None and count > fair_share:
        return words("page.above_fair_share", number=count - fair_share)
    if fair_share is not None and count == fair_share:
        return words("page.at_fair_share")
    if fair_share is not None:
        return words("page.below_fair_share", number=fair_share - count)
    return ""
