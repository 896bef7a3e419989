"""Chasing places that nobody has confirmed: whoever keeps them is told at most once a day per hospital."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import formats, timezone, translation

from medevac.directory.models import Hospital, Mission
from medevac.messages.services import tell
from medevac.offers.models import Hold, Place
from medevac.offers.policy import ANSWERERS
from medevac.offers.settings import stale_after
from medevac.offers.standing import held
from medevac.people.days import day_of
from medevac.people.models import Membership, OrganisationPath, User

STALE = "offers.places_stale"


@dataclass(frozen=True)
class Stale:
    """What is to be confirmed of one hospital in one mission.

    Parameters
    ----------
    hospital, mission
        Where.
    places
        How many of its places.
    oldest
        When the first of them was confirmed last.
    """

    hospital: Hospital
    mission: Mission
    places: int
    oldest: datetime


def chase_places(*, now: datetime | None = None) -> int:
    """Tell those who keep places that are stale; a repeat on the same day tells nothing twice.

    Returns
    -------
    How many hospitals somebody was told of.
    """
    moment = now or timezone.now()
    by_hospital: dict[UUID, list[Stale]] = defaultdict(list)
    for one in stale_places(moment):
        by_hospital[one.hospital.pk].append(one)
    keepers = keepers_of({theirs[0].hospital.keeper_id for theirs in by_hospital.values()})
    return sum(
        _chase(theirs, keepers.get(theirs[0].hospital.keeper_id, ()), moment)
        for theirs in by_hospital.values()
    )


def stale_places(now: datetime, hospitals: Collection[UUID] | None = None) -> list[Stale]:
    """What is stale of open hospitals in missions that run, the oldest first.

    Parameters
    ----------
    now
        The moment.
    hospitals
        Which hospitals; all of them where none are named.
    """
    today = day_of(now)
    lasts = Q(last_day__isnull=True) | Q(last_day__gte=today)
    still_held = Q(pk__in=Hold.unscoped.filter(held(today)).values("place"))
    rows = Place.unscoped.filter(
        lasts | still_held,
        closed_at__isnull=True,
        confirmed_at__lt=now - stale_after(),
        hospital__closed_at__isnull=True,
    )
    if hospitals is not None:
        rows = rows.filter(hospital__in=hospitals)
    found = (
        rows.order_by().values("hospital", "mission").annotate(places=Count("pk"), oldest=Min("confirmed_at"))
    )
    counted = sorted(found, key=lambda one: (one["oldest"], one["hospital"]))
    theirs = Hospital.unscoped.in_bulk({one["hospital"] for one in counted})
    missions = Mission.unscoped.in_bulk({one["mission"] for one in counted})
    return [
        Stale(theirs[one["hospital"]], missions[one["mission"]], one["places"], one["oldest"])
        for one in counted
        if missions[one["mission"]].runs_on(today)
    ]


def keepers_of(organisations: Iterable[UUID]) -> dict[UUID, list[Membership]]:
    """Who keeps the places of hospitals, by the organisation that keeps the hospital.

    Those of that organisation; where it has nobody with the right, those of the nearest one above that has.
    """
    wanted = list(organisations)
    paths = OrganisationPath.objects.filter(descendant__in=wanted, ancestor__closed_at__isnull=True)
    above = list(paths.order_by("depth").values_list("descendant", "ancestor"))
    rows = Membership.unscoped.current().filter(
        organisation__in={ancestor for _, ancestor in above}, role__in=[str(role) for role in ANSWERERS]
    )
    by_organisation: dict[UUID, list[Membership]] = defaultdict(list)
    for row in rows.filter(user__is_active=True).select_related("user").order_by("user", "pk"):
        by_organisation[row.organisation_id].append(row)
    found: dict[UUID, list[Membership]] = {}
    for descendant, ancestor in above:
        if by_organisation.get(ancestor):
            found.setdefault(descendant, by_organisation[ancestor])
    return found


def counts_in(membership: Membership, missions: Iterable[UUID]) -> bool:
    """Whether a membership, limited to a mission or not, keeps places of one of these missions."""
    return membership.mission is None or membership.mission in set(missions)


def address_of(stale: Stale) -> str:
    """The page on which they are confirmed."""
    return reverse(
        "offers:hospital_places", kwargs={"public_id": stale.hospital.pk, "code": stale.mission.code}
    )


@transaction.atomic
def _chase(stale: list[Stale], keepers: Iterable[Membership], now: datetime) -> bool:
    """Tell of one hospital, in whichever missions its places are stale."""
    hospital = stale[0].hospital
    missions = [one.mission.pk for one in stale]
    users: dict[UUID, User] = {row.user_id: row.user for row in keepers if counts_in(row, missions)}
    for user in users.values():
        facts = {
            "hospital": hospital.name,
            "count": sum(one.places for one in stale),
            "oldest": _said(min(one.oldest for one in stale), user),
        }
        key = f"{STALE}:{hospital.pk}:{now:%Y-%m-%d}"
        tell(user, STALE, facts=facts, address=address_of(stale[0]), key=key)
    return bool(users)


def _said(moment: datetime, user: User) -> str:
    with translation.override(user.language):
        return str(formats.date_format(moment.astimezone(ZoneInfo(user.time_zone)), "SHORT_DATE_FORMAT"))
