"""Hospitals from a file: first a trial that changes nothing, then the deed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.directory.countries import country_name
from medevac.directory.hospital_entries import Entry, read_entries
from medevac.directory.models import Hospital, HospitalSpecialty, Reach
from medevac.directory.models.hospital_import import HospitalImport
from medevac.directory.policy import CHANGE_HOSPITALS
from medevac.directory.search_keys import search_key
from medevac.directory.services.airports import keep_airport
from medevac.directory.services.checking import check_all, label_of
from medevac.directory.services.hospitals import (
    HospitalFacts,
    demand_keeper,
    write_facts,
    write_reach,
    write_specialties,
)
from medevac.directory.specialties import in_reading_order, specialty_name
from medevac.people.models import Organisation, User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError
from medevac.planner import Fault

ROWS_AT_ONCE = 500  # in one statement, when hospitals are added


@dataclass(frozen=True)
class Deed:
    """What would happen to one hospital: added, changed, or nothing; and what is new about it."""

    entry: Entry
    word: str  # add, change or same
    news: tuple[str, ...] = ()  # in the reader's language


@transaction.atomic
def try_import(actor: User, keeper: Organisation, file_name: str, data: bytes) -> HospitalImport:
    """Read a file and keep what it would do; nothing else is changed."""
    demand_keeper(actor, keeper)
    entries, faults = read_entries(data)
    faults += _against_kept(entries, keeper)
    return HospitalImport.unscoped.create(
        keeper=keeper,
        file_name=file_name[:200],
        entries=[asdict(entry) for entry in entries],
        faults=[fault.to_dict() for fault in faults],
        made_by=actor.pk,
    )


def deeds_of(trial: HospitalImport) -> list[Deed]:
    """What applying a trial would do now."""
    entries = [_entry(row) for row in trial.entries]
    codes = [entry.code for entry in entries]
    rows = Hospital.unscoped.filter(code__in=codes).prefetch_related("specialties", "reach__airport")
    kept = {row.code: row for row in rows}
    return [_deed(entry, kept.get(entry.code)) for entry in entries]


@transaction.atomic
def apply_import(
    actor: User, trial: HospitalImport, progress: Callable[[int, int], None] | None = None
) -> list[Deed]:
    """Do what a trial said, all of it or nothing.

    Parameters
    ----------
    actor, trial
        Who does what.
    progress
        Told how many of the hospitals are written, of how many.
    """
    demand(actor, CHANGE_HOSPITALS, trial)
    locked = HospitalImport.unscoped.select_for_update().select_related("keeper").get(pk=trial.pk)
    if locked.applied_at is not None:
        raise RefusedError(_("This import has been applied already. Read the file again to import it anew."))
    if locked.faults or _against_kept([_entry(row) for row in locked.entries], locked.keeper):
        raise RefusedError(
            _("The file has faults, so nothing of it is applied. Correct it and read it again.")
        )
    demand_keeper(actor, locked.keeper)
    deeds = deeds_of(locked)
    written = sorted((deed for deed in deeds if deed.word != "same"), key=lambda one: one.entry.code)
    new = [deed.entry for deed in written if deed.word == "add"]
    tell = progress or (lambda done, total: None)
    for start in range(0, len(new), ROWS_AT_ONCE):
        add_entries(new[start : start + ROWS_AT_ONCE], locked.keeper, locked.file_name)
        tell(min(start + ROWS_AT_ONCE, len(new)), len(written))
    for number, deed in enumerate((one for one in written if one.word == "change"), start=len(new) + 1):
        write_entry(deed.entry, locked.keeper, locked.file_name)
        tell(number, len(written))
    locked.applied_at = timezone.now()
    locked.save(update_fields=["applied_at"])
    return deeds


def add_entries(entries: Sequence[Entry], keeper: Organisation, source: str) -> None:
    """Add hospitals that are not there yet, in a few statements; part of another service's transaction."""
    airports = {icao: keep_airport(icao) for icao in sorted({icao for one in entries for icao in one.reach})}
    hospitals = [_new_hospital(entry, keeper, source) for entry in entries]
    specialties = [
        HospitalSpecialty(hospital=hospital, specialty=code, suitability=suitability)
        for entry, hospital in zip(entries, hospitals, strict=True)
        for code, suitability in entry.specialties.items()
    ]
    reach = [
        Reach(hospital=hospital, airport=airports[icao], road_minutes=minutes, basis=_basis(estimate))
        for entry, hospital in zip(entries, hospitals, strict=True)
        for icao, (minutes, estimate) in sorted(entry.reach.items())
    ]
    check_all([*hospitals, *specialties, *reach])
    Hospital.unscoped.bulk_create(hospitals)
    HospitalSpecialty.unscoped.bulk_create(specialties)
    Reach.unscoped.bulk_create(reach)


def _new_hospital(entry: Entry, keeper: Organisation, source: str) -> Hospital:
    name, city = entry.name or entry.code, entry.city or ""
    return Hospital(
        keeper=keeper,
        code=entry.code,
        name=name,
        city=city,
        country=entry.country,
        latitude=entry.latitude or 0.0,  # a new hospital without a position is a fault, told before
        longitude=entry.longitude or 0.0,
        source=source[:200],
        search_key=search_key(entry.code, name, "", city),
    )


def _basis(estimate: bool) -> Reach.Basis:
    return Reach.Basis.ESTIMATE if estimate else Reach.Basis.SET


def write_entry(entry: Entry, keeper: Organisation, source: str) -> Hospital:
    """Add or change one hospital; what was set by hand, and what the file does not say, stays."""
    hospital = Hospital.unscoped.select_for_update().filter(code=entry.code).first()
    if hospital is None:
        hospital = Hospital(keeper=keeper)
        facts = HospitalFacts(
            code=entry.code,
            name=entry.name or entry.code,
            country=entry.country,
            latitude=entry.latitude or 0.0,
            longitude=entry.longitude or 0.0,
        )
    else:
        facts = HospitalFacts(
            **{name: getattr(hospital, name) for name in HospitalFacts.__dataclass_fields__}
        )
    write_facts(hospital, replace(facts, source=source[:200], **_said(entry)))
    if entry.specialties:
        write_specialties(hospital, entry.specialties)
    for icao, (minutes, estimate) in sorted(entry.reach.items()):
        write_reach(hospital, icao, minutes, _basis(estimate))
    return hospital


def _entry(row: dict[str, Any]) -> Entry:
    reach = {icao: (int(minutes), bool(estimate)) for icao, (minutes, estimate) in row["reach"].items()}
    return Entry(**{**row, "reach": reach})


def _said(entry: Entry) -> dict[str, Any]:
    """The facts that the file states."""
    stated = {
        "name": entry.name,
        "city": entry.city,
        "country": entry.country,
        "latitude": entry.latitude,
        "longitude": entry.longitude,
    }
    return {name: value for name, value in stated.items() if value is not None}


def _against_kept(entries: Sequence[Entry], keeper: Organisation) -> list[Fault]:
    """Faults that only the hospitals kept so far can show."""
    rows = Hospital.unscoped.filter(code__in=[entry.code for entry in entries]).select_related("keeper")
    kept = {row.code: row for row in rows}
    return [
        fault
        for entry in entries
        if (fault := _fault_against(entry, kept.get(entry.code), keeper)) is not None
    ]


def _fault_against(entry: Entry, hospital: Hospital | None, keeper: Organisation) -> Fault | None:
    if hospital is None:
        if entry.latitude is None or entry.longitude is None:
            return Fault(entry.code, "a position (x-lat, x-lon) for a new hospital", "none", "Add it.")
        return None
    if hospital.keeper_id != keeper.pk:
        remedy = "Ask the organisation that keeps it, or leave it out."
        return Fault(entry.code, f"a hospital kept by {keeper.latin_name}", "one kept by another", remedy)
    if hospital.closed_at is not None:
        return Fault(entry.code, "an open hospital", "a closed one", "Leave it out.")
    return None


def _deed(entry: Entry, hospital: Hospital | None) -> Deed:
    if hospital is None:
        return Deed(entry, "add")
    news = [
        f"{label_of(Hospital, name)}: {_shown(name, getattr(hospital, name))} → {_shown(name, value)}"
        for name, value in _said(entry).items()
        if getattr(hospital, name) != value
    ]
    treated = {row.specialty: row.suitability for row in hospital.specialties.all()}
    if entry.specialties and entry.specialties != treated:
        label = _("specialties")
        news.append(f"{label}: {_treating(treated)} → {_treating(entry.specialties)}")
    roads = {row.airport.icao: row for row in hospital.reach.all()}
    for icao, (minutes, estimate) in sorted(entry.reach.items()):
        road = roads.get(icao)
        after = _("%(minutes)s min from %(airport)s") % {"minutes": minutes, "airport": icao}
        if road is None:
            news.append(after)
        elif (road.basis == Reach.Basis.ESTIMATE or not estimate) and road.road_minutes != minutes:
            news.append(f"{road.road_minutes} → {after}")
    return Deed(entry, "change" if news else "same", tuple(news))


def _shown(name: str, value: Any) -> str:
    if name == "country":
        return country_name(str(value))
    return str(value) or "–"


def _treating(specialties: Mapping[str, float]) -> str:
    """What a hospital treats in one line, with how well it suits."""
    told = [f"{specialty_name(code)} {specialties[code]:g}" for code in in_reading_order(specialties)]
    return ", ".join(told) or "–"
