"""What a workbook of places would do, compared with the places and pools that are there; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache
from typing import Any
from uuid import UUID

from django.utils import translation

from medevac.directory.models import Hospital, HospitalSpecialty, Mission
from medevac.directory.specialties import NAMES, specialty_name
from medevac.offers.models import Hold, Place, Pool
from medevac.offers.services.places import refuse_overbooked
from medevac.offers.states import HoldState, PoolKind
from medevac.people.days import current_day
from medevac.people.refusals import RefusedError
from medevac.tables.cells import shown
from medevac.tables.columns import LANGUAGES, plain
from medevac.tables.findings import Findings
from medevac.tables.places.sheets import PLACES
from medevac.tables.records import SheetRecords

PLACE_FIELDS = tuple(column.key for column in PLACES.columns if not column.calculated)
LEAVE_AS_IT_IS = "Leave its row as it is, or withdraw that offer first, on the hospital's page."


@dataclass
class PlaceDeed:
    """What happens to one place: "add", "change" or "same"."""

    row: int
    word: str
    place: Place
    news: tuple[str, ...] = ()  # the keys of columns that are new


@dataclass
class PoolDeed:
    """What happens to one number: "change" or "same"."""

    row: int
    word: str
    kind: PoolKind
    number: int
    first_day: date


@dataclass
class Setting:
    """Whose places, and where faults are gathered."""

    hospital: Hospital
    mission: Mission
    findings: Findings
    today: date = field(default_factory=current_day)


def match_places(sheet: SheetRecords, setting: Setting) -> list[PlaceDeed]:
    """Compare rows with the hospital's open places; what cannot be written is noted."""
    rows = Place.unscoped.filter(
        hospital=setting.hospital, mission=setting.mission, closed_at__isnull=True
    ).order_by("pk")
    kept = {place.label: place for place in rows}
    holding = Hold.unscoped.filter(place__in=[place.pk for place in kept.values()])
    holding = holding.exclude(state=HoldState.FREED)
    promised = {hold.place_id: hold for hold in holding.select_related("case").order_by("-first_day", "pk")}
    known = _known_specialties(setting.hospital, kept.values())
    deeds = []
    for record in sheet.records:
        values = dict(record.values)
        _read_specialty(sheet, record.row, values, known, setting.findings)
        place = kept.get(values.get("label", ""))
        if place is None:
            deeds.append(_new(sheet, record.row, values, setting))
            continue
        deeds.append(_changed(sheet, record.row, values, place, promised, setting.findings))
    return deeds


def match_pools(pools: SheetRecords, setting: Setting) -> list[PoolDeed]:
    """Compare numbers with those that hold; what promises more than there would be is noted."""
    kept = list(
        Pool.unscoped.filter(hospital=setting.hospital, mission=setting.mission).order_by("first_day")
    )
    rows = [
        (record.row, PoolKind(values["kind"]), values["number"], values.get("first_day") or setting.today)
        for record in pools.records
        if {"kind", "number"} <= (values := record.values).keys()
    ]
    deeds: list[PoolDeed] = []
    said = [*((one.kind, one.first_day) for one in kept), *((kind, day) for _row, kind, _number, day in rows)]
    replaced: dict[PoolKind, date] = {}  # the last day from which a row of the file says something new
    for row, kind, number, day in sorted(rows, key=lambda one: one[3]):
        told = next((one for one in kept if one.kind == kind and one.holds_on(day)), None)
        stands = told is not None and (kind not in replaced or told.first_day > replaced[kind])
        if told is not None and stands and told.number == number:
            deeds.append(PoolDeed(row, "same", kind, number, day))
            continue
        if kind not in replaced:
            _note_past(pools, row, day, setting)
        replaced[kind] = day
        _note_overbooked(pools, row, _new_pool(kind, number, day, said, setting), setting)
        deeds.append(PoolDeed(row, "change", kind, number, day))
    return sorted(deeds, key=lambda deed: deed.row)


def _note_past(pools: SheetRecords, row: int, day: date, setting: Setting) -> None:
    if day < setting.today:
        remedy = "Write today or a later day: what was said for days that are over stays."
        at = pools.at(row, "first_day")
        setting.findings.error(at, f"a day from {setting.today} on for a new number", str(day), remedy)


def _new_pool(kind: PoolKind, number: int, day: date, said: list[tuple[str, date]], setting: Setting) -> Pool:
    """The number as it would be kept: until the day before the next that is said, here or in the file."""
    later = [first for other, first in said if other == kind and first > day]
    last = min(later) - timedelta(days=1) if later else None
    return Pool(
        mission=setting.mission,
        hospital=setting.hospital,
        kind=kind,
        number=number,
        first_day=day,
        last_day=last,
    )


def _note_overbooked(pools: SheetRecords, row: int, new: Pool, setting: Setting) -> None:
    try:
        with translation.override("en"):  # faults of a file are told in English, as all others
            refuse_overbooked(new)
    except RefusedError as refusal:
        setting.findings.error(
            pools.at(row, "number"), "at least what is promised", str(new.number), refusal.sentence
        )


def _new(sheet: SheetRecords, row: int, values: dict[str, Any], setting: Setting) -> PlaceDeed:
    findings = setting.findings
    at = sheet.at(row, "specialty")
    if "specialty" not in values and not findings.has(at):
        findings.error(at, "a specialty for a new place", "an empty cell", "Choose one of the list.")
    given = {key: values[key] for key in PLACE_FIELDS if key in values}
    given.setdefault("first_day", setting.today)
    place = Place(hospital=setting.hospital, mission=setting.mission, **given)
    _note_days(sheet, row, place, findings)
    return PlaceDeed(row, "add", place, tuple(given))


def _changed(
    sheet: SheetRecords,
    row: int,
    values: dict[str, Any],
    place: Place,
    promised: dict[UUID, Hold],
    findings: Findings,
) -> PlaceDeed:
    news = tuple(key for key in PLACE_FIELDS if key in values and getattr(place, key) != values[key])
    if not news:
        return PlaceDeed(row, "same", place)
    hold = promised.get(place.pk)
    if hold is not None:
        with translation.override("en"):
            got = f"{hold.get_state_display()} for case {hold.case.pseudonym}"
        findings.error(sheet.at(row, news[0]), "a place that is held for nobody", got, LEAVE_AS_IT_IS)
    for key in news:
        setattr(place, key, values[key])
    _note_days(sheet, row, place, findings)
    return PlaceDeed(row, "change", place, news)


def _note_days(sheet: SheetRecords, row: int, place: Place, findings: Findings) -> None:
    if place.last_day is not None and place.last_day < place.first_day:
        at = sheet.at(row, "last_day")
        expected = f"a day from {place.first_day} on, when the place begins"
        findings.error(at, expected, str(place.last_day), "Correct one of the days.")


def _read_specialty(
    sheet: SheetRecords, row: int, values: dict[str, Any], known: dict[str, str], findings: Findings
) -> None:
    """Turn a specialty's name in any language into its word; a word that nobody knows fits no patient."""
    told = values.get("specialty")
    if told is None:
        return
    code = known.get(plain(told))
    if code is not None:
        values["specialty"] = code
        return
    del values["specialty"]
    alike = get_close_matches(plain(told)[:60], known, n=1)
    remedy = (f'Did you mean "{alike[0]}"? ' if alike else "") + "Choose one of the list."
    findings.error(sheet.at(row, "specialty"), "a specialty of the list", shown(told), remedy)


def _known_specialties(hospital: Hospital, places: Iterable[Place]) -> dict[str, str]:
    own = HospitalSpecialty.unscoped.filter(hospital=hospital).values_list("specialty", flat=True)
    codes = {*own, *(place.specialty for place in places)}
    return {**{plain(code): code for code in codes}, **named_specialties()}


@cache
def named_specialties() -> dict[str, str]:
    """The word of each specialty by its name in every language of workbooks."""
    found = {plain(code): code for code in NAMES}
    for language in LANGUAGES:
        with translation.override(language):
            for code in NAMES:
                found.setdefault(plain(specialty_name(code)), code)
    return found
