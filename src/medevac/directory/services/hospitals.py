"""Hospitals: added, changed, closed; their specialties and their reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.directory.models import Hospital, HospitalSpecialty, Reach
from medevac.directory.policy import CHANGE_HOSPITALS
from medevac.directory.search_keys import search_key
from medevac.directory.services.airports import keep_airport
from medevac.directory.services.checking import known_country, save_checked
from medevac.people.models import Organisation, User
from medevac.people.policy import NotAllowedError, demand, visible
from medevac.people.refusals import RefusedError


@dataclass(frozen=True)
class HospitalFacts:
    """What is written of a hospital itself. The contact is a function, never a person."""

    code: str
    name: str
    country: str
    latitude: float
    longitude: float
    latin_name: str = ""
    city: str = ""
    contact_role: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    source: str = ""


@transaction.atomic
def add_hospital(actor: User, keeper: Organisation, facts: HospitalFacts) -> Hospital:
    """Add a hospital that an organisation keeps."""
    demand_keeper(actor, keeper)
    hospital = Hospital(keeper=keeper)
    write_facts(hospital, facts)
    return hospital


@transaction.atomic
def change_hospital(actor: User, hospital: Hospital, facts: HospitalFacts) -> Hospital:
    """Correct what is written of it."""
    kept = _locked(actor, hospital)
    write_facts(kept, facts)
    return kept


@transaction.atomic
def set_specialties(actor: User, hospital: Hospital, specialties: Mapping[str, float]) -> None:
    """Say what it treats, and how well each suits it, 0 to 1; what is not named ends."""
    write_specialties(_locked(actor, hospital), specialties)


@transaction.atomic
def set_reach(actor: User, hospital: Hospital, icao: str, road_minutes: int | None) -> None:
    """Set by hand how long the road from an airport is; None takes the airport out of its reach."""
    kept = _locked(actor, hospital)
    if road_minutes is None:
        Reach.unscoped.filter(hospital=kept, airport__icao=icao.upper()).delete()
        return
    write_reach(kept, icao, road_minutes, Reach.Basis.SET)


@transaction.atomic
def close_hospital(actor: User, hospital: Hospital) -> None:
    """Close it: nobody is asked there any more. What was is kept."""
    kept = _locked(actor, hospital)
    kept.closed_at = timezone.now()
    kept.save(update_fields=["closed_at"])


def demand_keeper(actor: User, keeper: Organisation) -> None:
    """Refuse where the actor may not change the hospitals that this organisation keeps."""
    if keeper not in keepers_for(actor):
        raise NotAllowedError(
            f"Expected an organisation whose hospitals the user may change, got organisation {keeper.pk}."
        )


def keepers_for(actor: User) -> list[Organisation]:
    """The organisations whose hospitals the actor may change, by name."""
    rows = visible(actor, Organisation.objects.filter(closed_at__isnull=True), CHANGE_HOSPITALS)
    return list(rows.order_by("latin_name", "pk"))


def write_facts(hospital: Hospital, facts: HospitalFacts) -> None:
    """Write facts into a hospital; part of another service's transaction."""
    for name, value in asdict(facts).items():
        setattr(hospital, name, value)
    hospital.country = known_country(facts.country)
    hospital.search_key = search_key(facts.code, facts.name, facts.latin_name, facts.city)
    save_checked(hospital)


def write_specialties(hospital: Hospital, specialties: Mapping[str, float]) -> None:
    """Make these its specialties; part of another service's transaction."""
    HospitalSpecialty.unscoped.filter(hospital=hospital).exclude(specialty__in=specialties).delete()
    known = {row.specialty: row for row in HospitalSpecialty.unscoped.filter(hospital=hospital)}
    for specialty, suitability in specialties.items():
        row = known.get(specialty) or HospitalSpecialty(hospital=hospital, specialty=specialty)
        if row.pk in {one.pk for one in known.values()} and row.suitability == suitability:
            continue
        row.suitability = suitability
        save_checked(row)


def write_reach(hospital: Hospital, icao: str, road_minutes: int, basis: Reach.Basis) -> None:
    """Write one road; an estimate never replaces what was set by hand. Part of another's transaction."""
    airport = keep_airport(icao)
    row = Reach.unscoped.filter(hospital=hospital, airport=airport).first()
    if row is not None and row.basis == Reach.Basis.SET and basis == Reach.Basis.ESTIMATE:
        return
    row = row or Reach(hospital=hospital, airport=airport)
    if (row.road_minutes, row.basis) == (road_minutes, basis):
        return
    row.road_minutes, row.basis = road_minutes, basis
    save_checked(row)


def _locked(actor: User, hospital: Hospital) -> Hospital:
    demand(actor, CHANGE_HOSPITALS, hospital)
    kept = Hospital.unscoped.select_for_update().get(pk=hospital.pk)
    if kept.closed_at is not None:
        raise RefusedError(_("“%(name)s” has been closed and cannot be changed.") % {"name": kept.name})
    return kept
