"""Telling of promised places that are still taken, some days before: the hospital and whoever offers."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from medevac.offers.models import Hold
from medevac.offers.selectors.still_taken import still_taken
from medevac.offers.services.telling import tell_of_offer
from medevac.people.days import day_of

STILL_TAKEN = "offers.place_still_taken"


def tell_of_taken_places(*, now: datetime | None = None) -> int:
    """Tell of each promise that is near and whose place is still taken: once for its offer and its day.

    Returns
    -------
    How many promises stand so; those of which was told before are counted too.
    """
    today = day_of(now or timezone.now())
    rows = still_taken(Hold.unscoped.all(), today).filter(place__hospital__closed_at__isnull=True)
    found = list(rows.select_related("offer__case", "offer__place__hospital").order_by("first_day", "pk"))
    for hold in found:
        _tell(hold, hold.until)
    return len(found)


@transaction.atomic
def _tell(hold: Hold, until: date | None) -> None:
    tell_of_offer(
        hold.offer,
        STILL_TAKEN,
        key=f"{hold.first_day:%Y-%m-%d}",
        place=hold.place.label,
        day=partial(_said, hold.first_day),
        until=partial(_said, until),
    )


def _said(day: date | None) -> str:
    """A day in the language that is active; that nobody has said it, where there is none."""
    return str(formats.date_format(day, "SHORT_DATE_FORMAT")) if day else _("not said")
