"""Keeping places and pools: add, change, confirm, take back; set a number without breaking a promise."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medevac.directory.models import Hospital, Mission
from medevac.directory.services.checking import save_checked
from medevac.offers.models import Hold, Place, Pool
from medevac.offers.policy import KEEP_PLACES, keeps
from medevac.offers.services.holding import active_holds, last_day_of, taken_on
from medevac.offers.services.locking import lock_hospitals
from medevac.offers.states import HoldState, PoolKind
from medevac.people.days import current_day
from medevac.people.models import User
from medevac.people.policy import NotAllowedError, demand, visible
from medevac.people.refusals import RefusedError

FIELDS = ("label", "specialty", "first_day", "last_day", "staffed", "competence", "stay_days")
MOST_AT_ONCE = 200


@transaction.atomic
def add_places(
    actor: User, hospital: Hospital, mission: Mission, values: Mapping[str, Any], *, count: int = 1
) -> list[Place]:
    """Add one place, or several that differ in their number alone.

    Parameters
    ----------
    values
        The fields of `FIELDS`. Of several places the label gets a number behind it.
    count
        How many, 1 to 200.

    Raises
    ------
    RefusedError
        Where a value is wrong or a place of that name is there already. Nothing was written.
    """
    if not 1 <= count <= MOST_AT_ONCE:
        raise RefusedError(_("Expected 1 to %(most)s places at once.") % {"most": MOST_AT_ONCE})
    refuse_ended(hospital, mission)
    lock_hospitals([hospital.pk])
    labels = [values["label"]] if count == 1 else [f"{values['label']} {n}" for n in range(1, count + 1)]
    return [_add(actor, hospital, mission, {**values, "label": label}) for label in labels]


def _add(actor: User, hospital: Hospital, mission: Mission, values: Mapping[str, Any]) -> Place:
    place = Place(hospital=hospital, mission=mission, confirmed_at=timezone.now(), confirmed_by=actor.pk)
    for name in FIELDS:
        if name in values:
            setattr(place, name, values[name])
    place.label = place.label.strip()
    save_checked(place)
    demand(actor, KEEP_PLACES, place)
    return place


@transaction.atomic
def change_place(actor: User, place: Place, values: Mapping[str, Any], *, seen: int | None = None) -> Place:
    """Change a place; whoever changes it confirms it as well.

    Raises
    ------
    RefusedError
        Where somebody has changed it since it was seen, or it is held beyond the new days or without staff.
    """
    lock_hospitals([place.hospital_id])
    demand(actor, KEEP_PLACES, place)
    kept: Place = Place.unscoped.select_for_update().get(pk=place.pk)
    _refuse_closed(kept)
    promised = kept.specialty
    if seen is not None and seen != kept.version:
        raise RefusedError(_("Somebody has changed this place since you opened it. Load the page again."))
    for name in FIELDS:
        if name in values:
            setattr(kept, name, values[name])
    _refuse_broken_promise(kept, promised)
    kept.version += 1
    kept.confirmed_at, kept.confirmed_by = timezone.now(), actor.pk
    save_checked(kept)
    return kept


@transaction.atomic
def confirm_places(actor: User, places: Iterable[Place]) -> int:
    """Say that places are still as they stand here.

    Returns
    -------
    How many were confirmed; closed ones are left out.
    """
    wanted = {place.pk for place in places}
    rows = Place.unscoped.filter(pk__in=wanted)
    if visible(actor, rows, KEEP_PLACES).count() != len(wanted):
        raise NotAllowedError("Expected places that the user keeps, got at least one that another keeps.")
    return _confirm(actor, rows)


@transaction.atomic
def confirm_all(actor: User, hospital: Hospital, mission: Mission) -> int:
    """Say that every place of a hospital, and every number that holds today or later, is still as it stands.

    Returns
    -------
    How many places were confirmed.
    """
    demand_keeper(actor, hospital, mission)
    today = current_day()
    numbers = Pool.unscoped.filter(hospital=hospital, mission=mission).exclude(last_day__lt=today)
    numbers.update(confirmed_at=timezone.now(), confirmed_by=actor.pk)
    return _confirm(actor, Place.unscoped.filter(hospital=hospital, mission=mission))


def _confirm(actor: User, places: QuerySet[Place]) -> int:
    """Confirm those that are still given; locked by id, so that two who confirm never wait in a circle."""
    rows = places.filter(closed_at__isnull=True)
    list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return rows.update(confirmed_at=timezone.now(), confirmed_by=actor.pk)


@transaction.atomic
def close_place(actor: User, place: Place, *, reason: str) -> Place:
    """Take a place back that is held for nobody.

    Raises
    ------
    RefusedError
        Where it is held: the offer is withdrawn, or the chosen place said to be lost, first and by name.
    """
    lock_hospitals([place.hospital_id])
    demand(actor, KEEP_PLACES, place)
    kept: Place = Place.unscoped.select_for_update().get(pk=place.pk)
    _refuse_closed(kept)
    if not reason.strip():
        raise RefusedError(_("Write in a few words why the place is taken back."))
    held = Hold.unscoped.filter(place=kept).exclude(state=HoldState.FREED).select_related("case").first()
    if held is not None:
        raise RefusedError(
            _(
                "“%(place)s” is %(state)s for case %(case)s. Withdraw that offer, or say that the place is "
                "lost, first."
            )
            % {"place": kept.label, "state": held.get_state_display(), "case": held.case.pseudonym}
        )
    kept.closed_at, kept.closed_reason = timezone.now(), reason.strip()
    kept.version += 1
    save_checked(kept)
    return kept


@transaction.atomic
def set_pool(
    actor: User,
    hospital: Hospital,
    mission: Mission,
    kind: PoolKind,
    number: int,
    *,
    first_day: date | None = None,
) -> Pool:
    """Say how many of something there are from a day on; what was said before holds until the day before.

    A number that was said for a later day stands: this one holds until the day before it.

    Raises
    ------
    RefusedError
        Where more is promised than there would be. It names the cases: whoever loses the room is decided by
        people, offer by offer, and not by a number.
    """
    lock_hospitals([hospital.pk])
    day = first_day or current_day()
    new = Pool(mission=mission, hospital=hospital, kind=kind, number=number, first_day=day)
    new.confirmed_at, new.confirmed_by = timezone.now(), actor.pk
    rows = Pool.unscoped.select_for_update().filter(hospital=hospital, mission=mission, kind=kind)
    rows.filter(first_day=day).delete()
    for row in rows.filter(first_day__lt=day).exclude(last_day__lt=day):
        row.last_day = day - timedelta(days=1)
        row.save()
    later = rows.filter(first_day__gt=day).order_by("first_day").first()
    new.last_day = later.first_day - timedelta(days=1) if later else None
    save_checked(new)
    demand(actor, KEEP_PLACES, new)
    refuse_overbooked(new)  # last: it names cases
    return new


def demand_keeper(actor: User, hospital: Hospital, mission: Mission) -> None:
    """Refuse where the actor does not keep the hospital's places in the mission."""
    if not keeps(actor, hospital, mission):
        raise NotAllowedError(
            f"Expected a hospital whose places the user keeps in this mission, got {hospital.pk}."
        )


def refuse_ended(hospital: Hospital, mission: Mission) -> None:
    """Refuse new places where nobody can be brought any more."""
    if hospital.closed_at is not None:
        raise RefusedError(
            _("“%(hospital)s” is closed. Choose another hospital.") % {"hospital": hospital.name}
        )
    if not mission.runs_on(current_day()):
        raise RefusedError(
            _("“%(mission)s” takes no new places today. Choose another mission.") % {"mission": mission.name}
        )


def refuse_overbooked(pool: Pool) -> None:
    """Refuse a number that is less than what is promised on one of its days."""
    kind, day = PoolKind(pool.kind), pool.first_day
    rows = active_holds(pool.hospital_id, pool.mission_id).select_related("case")
    holds = [one for one in rows if last_day_of(one) >= day]
    days = {day, *(one.first_day for one in holds if one.first_day > day)}
    for each in sorted(one for one in days if pool.holds_on(one)):
        taken = taken_on(kind, holds, each)
        if taken > pool.number:
            names = _names(holds, kind, each)
            raise RefusedError(
                ngettext(
                    "%(taken)s is promised on %(day)s, to case %(cases)s. Withdraw offers or say which "
                    "places are lost first, so that each of them hears of it.",
                    "%(taken)s are promised on %(day)s, to cases %(cases)s. Withdraw offers or say which "
                    "places are lost first, so that each of them hears of it.",
                    taken,
                )
                % {"taken": taken, "day": _written(each), "cases": ", ".join(names)}
            )


def _written(day: date) -> str:
    """A day as the reader's language writes it."""
    return str(formats.date_format(day, "SHORT_DATE_FORMAT"))


def _names(holds: Collection[Hold], kind: PoolKind, day: date) -> list[str]:
    """The cases that take something of a pool on a day."""
    return sorted(one.case.pseudonym for one in holds if taken_on(kind, [one], day))


def _refuse_closed(place: Place) -> None:
    if place.closed_at is not None:
        raise RefusedError(_("“%(place)s” was taken back. Add a new place instead.") % {"place": place.label})


def _refuse_broken_promise(place: Place, specialty: str) -> None:
    """A place that is promised stays as it was promised: in its days, its staff and its specialty."""
    held = Hold.unscoped.filter(place=place).exclude(state=HoldState.FREED).select_related("case")
    for one in held:
        beyond = place.last_day is not None and (one.last_day is None or one.last_day > place.last_day)
        other = place.specialty != specialty
        if beyond or other or one.first_day < place.first_day or not place.staffed:
            raise RefusedError(
                _(
                    "“%(place)s” is %(state)s for case %(case)s from %(first)s until %(last)s. Withdraw that "
                    "offer, or say that the place is lost, first."
                )
                % {
                    "place": place.label,
                    "state": one.get_state_display(),
                    "case": one.case.pseudonym,
                    "first": _written(one.first_day),
                    "last": _written(one.last_day) if one.last_day else "–",
                }
            )
