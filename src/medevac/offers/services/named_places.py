"""Places that a country names by mail or telephone: the row is made with the offer, and with it the rooms."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.models import Case
from medevac.directory.countries import country_name
from medevac.directory.models import Hospital, MissionCountry
from medevac.directory.services.checking import save_checked
from medevac.offers.models import Hold, Place, Pool
from medevac.offers.services.holding import TAKEN, active_holds, taken_on
from medevac.offers.services.unkept import is_kept
from medevac.people.days import current_day
from medevac.people.models import Organisation, User
from medevac.people.organisation_kinds import Kind
from medevac.people.refusals import RefusedError


@dataclass(frozen=True)
class NamedPlace:
    """A hospital of the directory, its place in words, and the specialty that it is given for."""

    hospital: Hospital
    label: str
    specialty: str


def write_place(actor: User, case: Case, organisation: Organisation, named: NamedPlace) -> Place:
    """Make the row of a named place, under the lock of its hospital.

    Raises
    ------
    RefusedError
        Where the hospital's places are kept here, or its country is not the organisation's or takes no part.
    """
    hospital = named.hospital
    if is_kept(hospital):
        raise RefusedError(
            _("The places of “%(hospital)s” are kept here. Choose a free one, or ask the hospital for one.")
            % {"hospital": hospital.name}
        )
    if not may_name(organisation, hospital):
        raise RefusedError(
            _("“%(organisation)s” cannot offer a place in %(country)s. Choose a hospital of its own country.")
            % {"organisation": organisation.name, "country": country_name(hospital.country)}
        )
    today = current_day()
    takes_part = MissionCountry.unscoped.on(today).filter(mission=case.mission_id, country=hospital.country)
    if not takes_part.exists():
        raise RefusedError(
            _("%(country)s does not take part in the mission today. Ask the owner of the mission to add it.")
            % {"country": country_name(hospital.country)}
        )
    place = Place(
        mission_id=case.mission_id,
        hospital=hospital,
        label=named.label.strip(),
        specialty=named.specialty,
        first_day=today,
        named=True,
        confirmed_at=timezone.now(),
        confirmed_by=actor.pk,
    )
    save_checked(place)
    return place


def may_name(organisation: Organisation, hospital: Hospital) -> bool:
    """Whether an organisation can name a place there: of its own country, or the ministry for any."""
    return organisation.kind == Kind.MINISTRY or organisation.country == hospital.country


def count_rooms(actor: User, wanted: Hold) -> None:
    """Count the rooms that were named with a place: there are as many as the hospital's offers take.

    Nobody keeps its numbers here, so that nobody says more.
    """
    hospital, mission = wanted.place.hospital_id, wanted.mission_id
    holds = [*active_holds(hospital, mission), wanted]
    days = {one.first_day for one in holds}
    for kind, count in TAKEN.items():
        if not count(wanted):
            continue
        most = max(taken_on(kind, holds, day) for day in days)
        rows = Pool.unscoped.select_for_update().filter(hospital=hospital, mission=mission, kind=kind)
        if len(rows) > 1:  # somebody has kept numbers by days: they count
            continue
        pool = rows[0] if rows else Pool(hospital_id=hospital, mission_id=mission, kind=kind, number=0)
        pool.first_day = min(pool.first_day or wanted.first_day, wanted.first_day)
        pool.last_day, pool.number = None, max(pool.number, most)
        pool.confirmed_at, pool.confirmed_by = timezone.now(), actor.pk
        save_checked(pool)
