"""How a place stands on a day: read from its holds, so that a page and the holds cannot disagree.

A place that is held for somebody on a later day is not free, although nobody lies in it yet: a place is never
both offered and free.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Case, CharField, Q, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from medevac.offers.models import Place
from medevac.offers.states import HoldState


class Standing(TextChoices):
    """What a place is on a day."""

    FREE = "free", _("free")
    OFFERED = "offered", _("offered")
    RESERVED = "reserved", _("reserved")
    OCCUPIED = "occupied", _("occupied")
    UNSTAFFED = "unstaffed", _("not staffed")
    LATER = "later", _("not given yet")
    OVER = "over", _("its days are over")


def held(day: date) -> Q:
    """The condition on a hold that keeps its place from others on a day or later.

    Whoever still lies in a place after the expected stay occupies it all the same.
    """
    lasts = Q(last_day__isnull=True) | Q(last_day__gte=day) | Q(state=HoldState.OCCUPIED)
    return ~Q(state=HoldState.FREED) & lasts


def standing_of(place: Place, state: str | None, day: date) -> Standing:
    """How a place stands on a day.

    Parameters
    ----------
    place
        The place, which was not taken back.
    state
        The state of its first hold that meets `held`; None where it has none.
    day
        The day.
    """
    if state:
        return Standing(state)
    if place.last_day is not None and place.last_day < day:
        return Standing.OVER
    if not place.staffed:
        return Standing.UNSTAFFED
    return Standing.LATER if place.first_day > day else Standing.FREE


def standing_unless_held(day: date) -> Case:
    """The same for the database, of places that no hold keeps: thousands are counted there."""
    return Case(
        When(last_day__lt=day, then=Value(Standing.OVER.value)),
        When(staffed=False, then=Value(Standing.UNSTAFFED.value)),
        When(first_day__gt=day, then=Value(Standing.LATER.value)),
        default=Value(Standing.FREE.value),
        output_field=CharField(),
    )
