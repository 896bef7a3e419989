"""Suspicions that two persons are one, as programs read and judge them."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from medevac.api.access import TokenAccess, holder_of
from medevac.api.answers import Fault, Page, Paging, answered_with, page_of
from medevac.cases.api.answers import SuspicionOut
from medevac.cases.api.deeds import deed
from medevac.cases.api.reading import PERSONAL
from medevac.cases.api.writing import WRITE
from medevac.cases.models import Suspicion
from medevac.cases.selectors.sameness import suspicion_for
from medevac.cases.services.merging import merge, say_different
from medevac.people.policy import visible

suspicions = Router(auth=TokenAccess(PERSONAL.name), tags=["case-suspicions"])
judging = TokenAccess(WRITE.name, PERSONAL.name)  # the answer says how alike two persons are


class WantedSuspicions(Paging):
    """Which suspicions are wanted."""

    verdict: Literal["open", "same", "different"] = Field("open", description="What somebody has found.")


class VerdictIn(Schema):
    """What somebody has found: whether both are the same patient, and then who of the two goes on."""

    verdict: Literal["same", "different"]
    keep: Literal["first", "second"] = "first"


@suspicions.get("", response=answered_with(Page[SuspicionOut]), summary="Suspicions")
def list_suspicions(request: HttpRequest, wanted: Query[WantedSuspicions]) -> dict[str, Any]:
    """Pairs of persons who may be one, the most alike first; both are of cases that the token reaches."""
    holder: Any = holder_of(request)
    rows = visible(holder, Suspicion.objects.filter(verdict=wanted.verdict))
    return page_of(rows.order_by("-score", "found_at", "pk"), wanted)


@suspicions.post(
    "/{id}/judge",
    auth=judging,
    response=answered_with(SuspicionOut, one=True) | {409: Fault},
    summary="Judge a suspicion",
)
def judge(request: HttpRequest, id: UUID, given: VerdictIn) -> Suspicion:
    """Say that both are one patient, which merges them, or that they are two. Merging can be undone here."""
    holder: Any = holder_of(request)
    found = suspicion_for(holder, id)
    if found is None:
        raise HttpError(404, f"Expected the id of a suspicion that the token may judge, got {id}.")
    with deed():
        if found.verdict != Suspicion.Verdict.OPEN:
            raise HttpError(409, f"Expected an open suspicion, got one judged “{found.verdict}”.")
        if given.verdict == "different":
            say_different(holder, found)
        else:
            pair = (found.first, found.second)
            merge(holder, *(pair if given.keep == "first" else pair[::-1]))
    found.refresh_from_db()
    return found
