"""Hospitals from a file: first a trial that changes nothing, then the deed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.directory.hospital_entries import Entry, read_entries
from medevac.directory.models import Hospital, Reach
from medevac.directory.models.hospital_import import HospitalImport
from medevac.directory.policy import CHANGE_HOSPITALS
from medevac.directory.services.hospitals import (
    HospitalFacts,
    demand_keeper,
    write_facts,
    write_reach,
    write_specialties,
)
from medevac.people.models import Organisation, User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError
from medevac.planner import Fault


@dataclass(frozen=True)
class Deed:
    """What would happen to one hospital: added, changed, or nothing; and what is new about it."""

    entry: Entry
    word: str  # add, change or same
    news: tuple[str, ...] = ()


@transaction.atomic
def try_import(actor: User, keeper: Organisation, file_name: str, data: bytes) -> HospitalImport:
    """Read a file and keep what it would do; nothing else is changed."""
    demand_keeper(actor, keeper)
    entries, faults = read_entries(data)
    faults += [fault for entry in entries for fault in _against_kept(entry, keeper)]
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
def apply_import(actor: User, trial: HospitalImport) -> list[Deed]:
    """Do what a trial said, all of it or nothing."""
    demand(actor, CHANGE_HOSPITALS, trial)
    locked = HospitalImport.unscoped.select_for_update().select_related("keeper").get(pk=trial.pk)
    if locked.applied_at is not None:
        raise RefusedError(_("This import has been applied already. Read the file again to import it anew."))
    entries = [_entry(row) for row in locked.entries]
    if locked.faults or any(_against_kept(entry, locked.keeper) for entry in entries):
        raise RefusedError(
            _("The file has faults, so nothing of it is applied. Correct it and read it again.")
        )
    demand_keeper(actor, locked.keeper)
    deeds = deeds_of(locked)
    for deed in sorted(deeds, key=lambda one: one.entry.code):
        if deed.word != "same":
            write_entry(deed.entry, locked.keeper, locked.file_name)
    locked.applied_at = timezone.now()
    locked.save(update_fields=["applied_at"])
    return deeds


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
        write_reach(hospital, icao, minutes, Reach.Basis.ESTIMATE if estimate else Reach.Basis.SET)
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


def _against_kept(entry: Entry, keeper: Organisation) -> list[Fault]:
    """Faults that only the hospitals kept so far can show."""
    hospital = Hospital.unscoped.filter(code=entry.code).first()
    if hospital is None:
        if entry.latitude is None or entry.longitude is None:
            return [Fault(entry.code, "a position (x-lat, x-lon) for a new hospital", "none", "Add it.")]
        return []
    if hospital.keeper_id != keeper.pk:
        remedy = "Ask the organisation that keeps it, or leave it out."
        return [Fault(entry.code, f"a hospital kept by {keeper.latin_name}", "one kept by another", remedy)]
    if hospital.closed_at is not None:
        return [Fault(entry.code, "an open hospital", "a closed one", "Leave it out.")]
    return []


def _deed(entry: Entry, hospital: Hospital | None) -> Deed:
    if hospital is None:
        return Deed(entry, "add")
    news = [
        f"{name}: {getattr(hospital, name)} → {value}"
        for name, value in _said(entry).items()
        if getattr(hospital, name) != value
    ]
    treated = {row.specialty: row.suitability for row in hospital.specialties.all()}
    if entry.specialties and entry.specialties != treated:
        news.append(f"specialties: {', '.join(sorted(treated))} → {', '.join(sorted(entry.specialties))}")
    roads = {row.airport.icao: row for row in hospital.reach.all()}
    for icao, (minutes, estimate) in sorted(entry.reach.items()):
        road = roads.get(icao)
        if road is None:
            news.append(f"{icao}: {minutes}")
        elif (road.basis == Reach.Basis.ESTIMATE or not estimate) and road.road_minutes != minutes:
            news.append(f"{icao}: {road.road_minutes} → {minutes}")
    return Deed(entry, "change" if news else "same", tuple(news))
