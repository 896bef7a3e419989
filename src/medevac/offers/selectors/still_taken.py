"""Promised places on which another patient still lies: known some days before the promise is due.

A hold whose days are over goes on until it is freed, so that a place can be promised to one patient for a day
on which another still lies there. What is told here ends nothing: people free the place, or say that it is
lost.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from medevac.offers.models import Hold, Offer
from medevac.offers.rules import HOLDING
from medevac.offers.settings import taken_told_days
from medevac.offers.states import HoldState

PROMISED = (HoldState.OFFERED, HoldState.RESERVED)


@dataclass(frozen=True)
class StillTaken:
    """That somebody still lies in a place that is promised for a day that is near.

    Parameters
    ----------
    hold
        The promise.
    until
        The last day on which whoever lies there was expected to; None where nobody has said.
    today
        The day of looking.
    """

    hold: Hold
    until: date | None
    today: date

    @property
    def overdue(self) -> bool:
        """Whether whoever lies there was expected to have left already."""
        return self.until is not None and self.until < self.today


def near(today: date) -> date:
    """The last day whose promises are looked at."""
    return today + timedelta(days=taken_told_days())


def still_taken(holds: QuerySet[Hold], today: date) -> QuerySet[Any]:
    """Of some holds, the promises that are due by then and on whose place another patient lies, with `until`:
    the last expected day of whoever lies there.
    """
    lying = Hold.unscoped.filter(place=OuterRef("place"), state=HoldState.OCCUPIED)
    rows = holds.filter(Exists(lying), state__in=PROMISED, first_day__lte=near(today))
    return rows.annotate(until=Subquery(lying.order_by("first_day").values("last_day")[:1]))


def of_place(holds: Collection[Hold], today: date) -> StillTaken | None:
    """The same of one place, whose holds are at hand in the order of their days."""
    lying = next((one for one in holds if one.state == HoldState.OCCUPIED), None)
    if lying is None:
        return None
    promised = (one for one in holds if one.state in PROMISED and one.first_day <= near(today))
    return next((StillTaken(one, lying.last_day, today) for one in promised), None)


def of_offers(offers: Collection[Offer], today: date) -> dict[UUID, StillTaken]:
    """By offer, the same of its place; asks the database only where a day is near."""
    due = [one.pk for one in offers if one.state in HOLDING and one.earliest_day <= near(today)]
    if not due:
        return {}
    rows = still_taken(Hold.unscoped.filter(offer__in=due), today)
    return {one.offer_id: StillTaken(one, one.until, today) for one in rows}
