"""Pools over the API: how many rooms and places a hospital has besides its places, on which days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from medevac.api.answers import CountryCode, Page, Paging, answered_with, page_of
from medevac.cases.api.deeds import deed
from medevac.cases.api.entries import Strict
from medevac.cases.api.reading import Code
from medevac.directory.api.answers import MissionCode
from medevac.offers.api.access import actor_of, answers, hospital_of, mission_called, reading, writing
from medevac.offers.api.values import AskedDay, NearDay
from medevac.offers.models import Pool
from medevac.offers.services.places import set_pool
from medevac.offers.states import PoolKind
from medevac.people.policy import visible

pools = Router(auth=reading, tags=["pools"])


class PoolOut(Schema):
    """How many of something a hospital has for a mission's patients, from its first to its last day."""

    id: UUID
    mission: str = Field(alias="mission.code")
    hospital: UUID = Field(alias="hospital_id")
    kind: str
    number: int
    first_day: date
    last_day: date | None
    confirmed_at: datetime


class WantedPools(Paging):
    """Which pools are wanted, and which part of the list."""

    mission: Code = Field("", description="The code of a mission.")
    hospital: UUID | None = Field(None, description="The id of a hospital.")
    country: CountryCode | None = Field(None, description="Two capital letters such as NO.")
    kind: PoolKind | None = Field(None, description="What is counted.")
    day: AskedDay | None = Field(None, description="Those that hold on this day.")


class PoolIn(Strict):
    """How many there are from a day on; today where none is given."""

    mission: MissionCode
    hospital: UUID
    kind: PoolKind
    number: Annotated[int, Field(ge=0, le=1000)]
    first_day: NearDay | None = None


@pools.get("", response=answered_with(Page[PoolOut]), summary="Pools")
def list_pools(request: HttpRequest, wanted: Query[WantedPools]) -> dict[str, Any]:
    """The pools of the missions that the token reaches, by hospital, kind and first day."""
    rows = visible(actor_of(request), Pool.objects.select_related("mission"))
    if wanted.day:
        rows = rows.filter(Q(last_day__isnull=True) | Q(last_day__gte=wanted.day), first_day__lte=wanted.day)
    given = {
        "mission__code": wanted.mission,
        "hospital": wanted.hospital,
        "hospital__country": wanted.country,
        "kind": wanted.kind,
    }
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    return page_of(rows.order_by("hospital", "kind", "first_day", "pk"), wanted)


@pools.put("", auth=writing, response=answers(PoolOut), summary="Set a pool")
def put_pool(request: HttpRequest, given: PoolIn) -> Pool:
    """Say how many there are from a day on. Refused where more is promised: the sentence names the cases."""
    actor = actor_of(request)
    mission, hospital = mission_called(actor, given.mission), hospital_of(actor, given.hospital)
    with deed():
        return set_pool(actor, hospital, mission, given.kind, given.number, first_day=given.first_day)
