"""Holding a place and what goes with it: one place for one patient, no more rooms than the hospital has.

Everything here is called under the lock of the hospital's row (`locking`), by the services of offers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from medevac.cases.models import Case
from medevac.cases.models.case import Position
from medevac.offers.models import Hold, Offer, Place, Pool
from medevac.offers.rules import HOLDS
from medevac.offers.services.unkept import take_back_named
from medevac.offers.settings import usual_stay_days
from medevac.offers.states import HoldState, PoolKind
from medevac.people.days import current_day
from medevac.people.refusals import RefusedError


class Takes(Protocol):
    """A hold, or as much of it as the pools count."""

    @property
    def isolation(self) -> bool: ...
    @property
    def intensive(self) -> bool: ...
    @property
    def child(self) -> bool: ...
    @property
    def housing(self) -> int: ...


# How a hold counts in each pool of rooms.
TAKEN: dict[PoolKind, Callable[[Takes], int]] = {
    PoolKind.ISOLATION: lambda hold: int(hold.isolation),
    PoolKind.INTENSIVE: lambda hold: int(hold.intensive),
    PoolKind.CHILD: lambda hold: int(hold.child),
    PoolKind.HOUSING: lambda hold: hold.housing,
}
# The same for the database: which holds take of a kind of room; of arrivals every hold does on its first day.
TAKES = {
    PoolKind.ISOLATION: Q(isolation=True),
    PoolKind.INTENSIVE: Q(intensive=True),
    PoolKind.CHILD: Q(child=True),
    PoolKind.HOUSING: Q(housing__gt=0),
}


@dataclass(frozen=True)
class Lack:
    """What a hospital has too little of on a day.

    Parameters
    ----------
    kind
        Which pool.
    day
        The first day on which it is short.
    number
        How many there are.
    wanted
        How many would be taken.
    """

    kind: PoolKind
    day: date
    number: int
    wanted: int

    def __str__(self) -> str:
        return _("%(kind)s: %(wanted)s wanted on %(day)s, %(number)s there") % {
            "kind": self.kind.label,
            "wanted": self.wanted,
            "day": formats.date_format(self.day, "SHORT_DATE_FORMAT"),
            "number": self.number,
        }


def hold_wanted(case: Case, offer: Offer) -> Hold:
    """The hold that an offer of its place would need, not kept yet.

    It begins on the earliest day and lasts the expected stay of the offer, the place, or the installation.
    """
    days = offer.stay_days or offer.place.stay_days or usual_stay_days()
    last = offer.earliest_day + timedelta(days=days - 1)
    if offer.place.last_day is not None:
        last = min(last, offer.place.last_day)
    return Hold(
        mission_id=offer.mission_id,
        place=offer.place,
        case=case,
        offer=offer,
        first_day=offer.earliest_day,
        last_day=last,
        isolation=offer.isolation,
        intensive=case.position == Position.INTENSIVE,
        child=case.child,
        housing=offer.companions,
    )


def hold(wanted: Hold) -> Hold:
    """Keep the place and the rooms.

    Raises
    ------
    RefusedError
        Where the place is held on one of the days, closed, not staffed, or a pool is short. Nothing was kept.
    """
    refuse_unless_open(wanted.place, wanted.first_day)
    _refuse_overdue(wanted.place)
    lacks = lacks_of(wanted.place.hospital_id, wanted.mission_id, wanted)
    if lacks:
        raise RefusedError(
            _("The hospital has no room: %(lacks)s. Choose another hospital, or ask it for more.")
            % {"lacks": "; ".join(map(str, lacks))}
        )
    try:
        with transaction.atomic():
            wanted.save()
    except IntegrityError as error:
        raise RefusedError(
            _("“%(place)s” is held for another patient on these days. Choose another place.")
            % {"place": wanted.place.label}
        ) from error
    return wanted


def _refuse_overdue(place: Place) -> None:
    """A patient who stays longer than was expected lies in the place all the same."""
    today = current_day()
    if Hold.unscoped.filter(place=place, last_day__lt=today).exclude(state=HoldState.FREED).exists():
        raise RefusedError(
            _("“%(place)s” is still held for a patient whose days there are over. Choose another place.")
            % {"place": place.label}
        )


def move(held: Hold, state: HoldState) -> None:
    """Make a hold firmer, or free the place; what is freed ends today."""
    if state == held.state:
        return
    if state not in HOLDS[HoldState(held.state)]:
        raise RefusedError(
            _("A place that is “%(is)s” cannot become “%(wanted)s”. Load the page again.")
            % {"is": held.get_state_display(), "wanted": state.label}
        )
    held.state, held.state_since = state, timezone.now()
    held.save()
    if state == HoldState.FREED:
        take_back_named(held.place_id)


def refuse_unless_open(place: Place, day: date) -> None:
    """Refuse a place that cannot be given on a day."""
    if place.hospital.closed_at is not None:
        raise RefusedError(
            _("%(hospital)s has been closed. Choose a place of another hospital.")
            % {"hospital": place.hospital.name}
        )
    if place.closed_at is not None:
        raise RefusedError(_("“%(place)s” was taken back. Choose another place.") % {"place": place.label})
    if not place.staffed:
        raise RefusedError(_("“%(place)s” is not staffed. Choose another place.") % {"place": place.label})
    if day < place.first_day or (place.last_day is not None and day > place.last_day):
        raise RefusedError(
            _("“%(place)s” is given from %(first)s until %(last)s. Choose a day between them.")
            % {
                "place": place.label,
                "first": formats.date_format(place.first_day, "SHORT_DATE_FORMAT"),
                "last": formats.date_format(place.last_day, "SHORT_DATE_FORMAT")
                if place.last_day
                else _("no end"),
            }
        )


def lacks_of(hospital: UUID, mission: UUID, wanted: Hold) -> list[Lack]:
    """What the hospital's pools are short of, if this hold were added.

    Counted on every day of the hold on which a number or what is taken changes. Beyond the last day for which
    the hospital has said a number nothing is refused: nobody knows it yet.
    """
    others = [one for one in active_holds(hospital, mission, wanted) if one.pk != wanted.pk]
    pools = list(_pools(hospital, mission, wanted))
    found = [lack for kind in TAKEN if (lack := _short(kind, wanted, others, pools))]
    arrivals = next(
        (one for one in pools if one.kind == PoolKind.ARRIVALS and one.holds_on(wanted.first_day)), None
    )
    coming = 1 + sum(1 for one in others if one.first_day == wanted.first_day)
    if arrivals is not None and coming > arrivals.number:
        found.append(Lack(PoolKind.ARRIVALS, wanted.first_day, arrivals.number, coming))
    return found


def active_holds(hospital: UUID, mission: UUID, span: Hold | None = None) -> QuerySet[Hold]:
    """The holds on a hospital's places that are not freed; those only that share a day with `span`.

    One whose days are over goes on until it is freed.
    """
    rows = Hold.unscoped.filter(place__hospital=hospital, mission=mission).exclude(state=HoldState.FREED)
    if span is None:
        return rows
    overdue = Q(last_day__lt=current_day())
    rows = rows.filter(Q(last_day__isnull=True) | Q(last_day__gte=span.first_day) | overdue)
    return rows if span.last_day is None else rows.filter(first_day__lte=span.last_day)


def last_day_of(held: Hold) -> date:
    """The last day of a hold that is not freed; no end where it has none or should have ended already."""
    if held.last_day is None or held.last_day < current_day():
        return date.max
    return held.last_day


def taken_on(kind: PoolKind, holds: list[Hold], day: date) -> int:
    """How much of a pool these holds take on a day."""
    if kind is PoolKind.ARRIVALS:
        return sum(1 for one in holds if one.first_day == day)
    return sum(TAKEN[kind](one) for one in holds if one.first_day <= day <= last_day_of(one))


def _pools(hospital: UUID, mission: UUID, span: Hold) -> QuerySet[Pool]:
    rows = Pool.unscoped.filter(Q(last_day__isnull=True) | Q(last_day__gte=span.first_day))
    rows = rows.filter(hospital=hospital, mission=mission)
    return rows if span.last_day is None else rows.filter(first_day__lte=span.last_day)


def _short(kind: PoolKind, wanted: Hold, others: list[Hold], pools: list[Pool]) -> Lack | None:
    """The first day on which a pool would be short."""
    more = TAKEN[kind](wanted)
    if not more:
        return None
    own = [one for one in pools if one.kind == kind]
    last = wanted.last_day or date.max
    changes = [one.first_day for one in own] + [one.first_day for one in others]
    days = {wanted.first_day, *(day for day in changes if wanted.first_day < day <= last)}
    for day in sorted(days):
        pool = next((one for one in own if one.holds_on(day)), None)
        number = pool.number if pool else 0
        if pool is None and day > wanted.first_day:
            continue
        needed = taken_on(kind, others, day) + more
        if needed > number:
            return Lack(kind, day, number, needed)
    return None
