"""Holds over the API: which place is kept for which case, how firmly, on which days. Read only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from medevac.api.answers import CountryCode, Page, Paging, answered_with, page_of
from medevac.cases.api.reading import Code
from medevac.offers.api.access import actor_of, one_of, reading
from medevac.offers.api.values import AskedDay
from medevac.offers.models import Hold
from medevac.offers.states import HoldState
from medevac.people.policy import visible

holds = Router(auth=reading, tags=["holds"])


class HoldOut(Schema):
    """That a place is kept for a case, and what is taken of the hospital's pools with it."""

    id: UUID
    mission: str = Field(alias="mission.code")
    place: UUID = Field(alias="place_id")
    hospital: UUID = Field(alias="place.hospital_id")
    case: UUID = Field(alias="case_id")
    offer: UUID = Field(alias="offer_id")
    state: str
    state_since: datetime
    first_day: date
    last_day: date | None
    isolation: bool
    intensive: bool
    child: bool
    housing: int


class WantedHolds(Paging):
    """Which holds are wanted, and which part of the list."""

    mission: Code = Field("", description="The code of a mission.")
    hospital: UUID | None = Field(None, description="The id of a hospital.")
    country: CountryCode | None = Field(None, description="Two capital letters such as NO.")
    place: UUID | None = Field(None, description="The id of a place.")
    case: UUID | None = Field(None, description="The id of a case.")
    state: HoldState | None = Field(None, description="How firmly the place is held.")
    day: AskedDay | None = Field(None, description="Those that hold the place on this day.")


@holds.get("", response=answered_with(Page[HoldOut]), summary="Holds")
def list_holds(request: HttpRequest, wanted: Query[WantedHolds]) -> dict[str, Any]:
    """The holds of the missions that the token reaches, by their first day."""
    rows = visible(actor_of(request), Hold.objects.select_related("mission", "place"))
    given = {
        "mission__code": wanted.mission,
        "place__hospital": wanted.hospital,
        "place__hospital__country": wanted.country,
        "place": wanted.place,
        "case": wanted.case,
        "state": wanted.state,
    }
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    if wanted.day:
        lasting = Q(last_day__isnull=True) | Q(last_day__gte=wanted.day) | Q(state=HoldState.OCCUPIED)
        rows = rows.filter(lasting, first_day__lte=wanted.day)
    return page_of(rows.order_by("first_day", "pk"), wanted)


@holds.get("/{id}", response=answered_with(HoldOut, one=True), summary="One hold")
def get_hold(request: HttpRequest, id: UUID) -> Hold:
    """One hold."""
    return one_of(actor_of(request), Hold.objects.select_related("mission", "place"), id, "a hold")
