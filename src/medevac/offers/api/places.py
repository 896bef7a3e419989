"""Places over the API: read by partners of the mission, kept by the hospital's people."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from medevac.api.answers import CountryCode, Page, Paging, answered_with, page_of
from medevac.cases.api.deeds import deed
from medevac.cases.api.entries import Strict
from medevac.cases.api.reading import Code
from medevac.cases.api.values import Line200, Said60, Version
from medevac.directory.api.answers import MissionCode, Specialty
from medevac.offers.api.access import actor_of, answers, hospital_of, mission_called, one_of, reading, writing
from medevac.offers.api.values import AskedDay, NearDay, Stay, Told300
from medevac.offers.models import Hold, Place
from medevac.offers.services.places import (
    MOST_AT_ONCE,
    add_places,
    change_place,
    close_place,
    confirm_places,
)
from medevac.offers.settings import stale_after
from medevac.offers.standing import held
from medevac.people.days import current_day
from medevac.people.policy import visible

places = Router(auth=reading, tags=["places"])


class PlaceOut(Schema):
    """One place. It is stale where nobody has confirmed it for the time that the installation sets."""

    id: UUID
    mission: str = Field(alias="mission.code")
    hospital: UUID = Field(alias="hospital_id")
    label: str
    specialty: str
    first_day: date
    last_day: date | None
    staffed: bool
    competence: str
    stay_days: int | None
    confirmed_at: datetime
    stale: bool
    named: bool = Field(
        description="Whether it was named for one patient, since its hospital keeps none here."
    )
    closed_at: datetime | None
    closed_reason: str
    version: int

    @staticmethod
    def resolve_stale(place: Place) -> bool:
        """Whether it must be confirmed again."""
        return place.closed_at is None and place.confirmed_at < timezone.now() - stale_after()


class PlaceFilter(Schema):
    """Which places are wanted; each that is named narrows them."""

    mission: Code = Field("", description="The code of a mission.")
    hospital: UUID | None = Field(None, description="The id of a hospital.")
    country: CountryCode | None = Field(None, description="Two capital letters such as NO.")
    specialty: Specialty | None = Field(None, description="A specialty such as burns.")
    day: AskedDay | None = Field(None, description="Those that are given on this day.")
    free_on: AskedDay | None = Field(
        None, description="Those that are staffed and held for nobody on this day."
    )
    closed: bool = Field(False, description="Whether places that were taken back are told as well.")


class WantedPlaces(PlaceFilter, Paging):
    """Which places are wanted, and which part of the list."""


class PlaceFieldsIn(Strict):
    """What is said of a place; what is left out stays as it is."""

    label: Said60 = Field(default_factory=str)
    specialty: Specialty = Field(default_factory=str)
    first_day: NearDay = Field(default_factory=current_day)
    last_day: NearDay | None = None
    staffed: bool = True
    competence: Line200 = ""
    stay_days: Stay | None = None


class NewPlacesIn(Strict):
    """One place of a hospital for a mission, or several that differ in the number behind their label."""

    mission: MissionCode
    hospital: UUID
    label: Said60
    specialty: Specialty
    first_day: NearDay
    last_day: NearDay | None = None
    staffed: bool = True
    competence: Line200 = ""
    stay_days: Stay | None = None
    count: Annotated[int, Field(ge=1, le=MOST_AT_ONCE)] = 1


class ChangedPlaceIn(Strict):
    """What is changed of a place, as it was read."""

    version: Version
    fields: PlaceFieldsIn


class TakenBackIn(Strict):
    """Why a place is taken back."""

    reason: Told300


class ConfirmedIn(Strict):
    """Places that are still as they stand here."""

    places: list[UUID] = Field(min_length=1, max_length=MOST_AT_ONCE)


class ConfirmedOut(Schema):
    """How many were confirmed."""

    confirmed: int


class AddedPlacesOut(Schema):
    """The places that were added."""

    places: list[PlaceOut]


@places.get("", response=answered_with(Page[PlaceOut]), summary="Places")
def list_places(request: HttpRequest, wanted: Query[WantedPlaces]) -> dict[str, Any]:
    """The places of the missions that the token reaches, by hospital and label."""
    actor = actor_of(request)
    rows = visible(actor, Place.objects.select_related("mission"))
    given = {
        "mission__code": wanted.mission,
        "hospital": wanted.hospital,
        "hospital__country": wanted.country,
        "specialty": wanted.specialty,
    }
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    if not wanted.closed:
        rows = rows.filter(closed_at__isnull=True)
    for day in filter(None, (wanted.day, wanted.free_on)):
        rows = rows.filter(_lasting(day), first_day__lte=day)
    if wanted.free_on:
        holds = Hold.objects.filter(held(wanted.free_on), place=OuterRef("pk"))
        holds = visible(actor, holds.filter(first_day__lte=wanted.free_on))
        rows = rows.filter(~Q(Exists(holds)), staffed=True)
    return page_of(rows.order_by("hospital", "label", "pk"), wanted)


@places.post("/confirm", auth=writing, response=answers(ConfirmedOut), summary="Confirm places")
def confirm(request: HttpRequest, given: ConfirmedIn) -> dict[str, int]:
    """Say that places are still as they stand here; those that were taken back are left out."""
    actor = actor_of(request)
    rows = [_place(actor, id) for id in sorted(set(given.places))]
    with deed():
        return {"confirmed": confirm_places(actor, rows)}


@places.get("/{id}", response=answered_with(PlaceOut, one=True), summary="One place")
def get_place(request: HttpRequest, id: UUID) -> Place:
    """One place."""
    return _place(actor_of(request), id)


@places.post("", auth=writing, response=answers(AddedPlacesOut), summary="Add places")
def add(request: HttpRequest, given: NewPlacesIn) -> dict[str, Any]:
    """Add places. A label is there once in a hospital and mission: sent twice, the second is refused."""
    actor = actor_of(request)
    mission, hospital = mission_called(actor, given.mission), hospital_of(actor, given.hospital)
    values = given.dict(exclude={"mission", "hospital", "count"})
    with deed():
        added = add_places(actor, hospital, mission, values, count=given.count)
    return {"places": added}


@places.patch("/{id}", auth=writing, response=answers(PlaceOut), summary="Change a place")
def change(request: HttpRequest, id: UUID, given: ChangedPlaceIn) -> Place:
    """Change what is sent, and confirm the place; refused where it is held beyond the new days."""
    actor = actor_of(request)
    place = _place(actor, id)
    with deed():
        change_place(actor, place, given.fields.dict(exclude_unset=True), seen=given.version)
    return _place(actor, id)


@places.post("/{id}/close", auth=writing, response=answers(PlaceOut), summary="Take a place back")
def close(request: HttpRequest, id: UUID, given: TakenBackIn) -> Place:
    """Take a place back that is held for nobody."""
    actor = actor_of(request)
    place = _place(actor, id)
    with deed():
        close_place(actor, place, reason=given.reason)
    return _place(actor, id)


def _place(actor: Any, id: UUID) -> Place:
    return one_of(actor, Place.objects.select_related("mission"), id, "a place")


def _lasting(day: date) -> Q:
    return Q(last_day__isnull=True) | Q(last_day__gte=day)
