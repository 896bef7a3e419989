"""The duty desk of the token's organisation: open points, the log, and shifts handed over and taken."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from medevac.api.access import TokenAccess, holder_of
from medevac.api.answers import Fault, Page, PageOf, Paging, answered_with, page_of
from medevac.api.scopes import Scope
from medevac.cases.api.deeds import deed
from medevac.cases.api.entries import Strict
from medevac.cases.api.reading import CLINICAL, case_for, look
from medevac.cases.api.values import Text1000, Told500, Told1000
from medevac.cases.models import DutyEntry, ShiftChange
from medevac.cases.policy import DUTY
from medevac.cases.selectors.duty import entry_for, shift_change_for
from medevac.cases.services import duty as services
from medevac.people.models import Organisation
from medevac.people.policy import visible
from medevac.people.roles import Right

KEEP = Scope("cases.duty", DUTY, _("keep the duty log of the organisation"))
# What is written about a case tells how the patient is.
access = TokenAccess(KEEP.name, CLINICAL.name)
desk = Router(auth=access, tags=["duty"])


class DutyEntryOut(Schema):
    """An entry of the log: a note, an open point, or a closed one with how it was dealt with."""

    id: UUID
    organisation: UUID = Field(alias="organisation_id")
    case: UUID | None = Field(alias="case_id")
    text: str
    status: str
    written_at: datetime
    closing: str
    closed_at: datetime | None


class ShiftOut(Schema):
    """A shift that was handed over; it waits until somebody else takes it."""

    id: UUID
    organisation: UUID = Field(alias="organisation_id")
    remark: str
    open_points: int
    given_at: datetime
    taken_at: datetime | None


class WantedEntries(Paging):
    """Which entries are wanted."""

    status: DutyEntry.Status = Field(DutyEntry.Status.OPEN, description="open, closed or note.")


class DutyEntryIn(Strict):
    """What happened or must be done, about which case if about one, and whether it is an open point."""

    text: Told1000
    case: UUID | None = None
    open_point: bool = False


class PointClosingIn(Strict):
    """How the point was dealt with."""

    closing: Told500


class HandOverIn(Strict):
    """What the next shift must know."""

    remark: Text1000 = ""


ENTRY = answered_with(DutyEntryOut, one=True) | {409: Fault}
SHIFT = answered_with(ShiftOut, one=True) | {409: Fault}


@desk.get("/entries", response=answered_with(Page[DutyEntryOut]), summary="Entries of the duty log")
def list_entries(request: HttpRequest, wanted: Query[WantedEntries]) -> dict[str, Any]:
    """Open points, unless others are asked for, the oldest first. Those about a case are a clinical look."""
    holder: Any = holder_of(request)
    rows = visible(holder, DutyEntry.objects.filter(status=wanted.status)).select_related("case")
    page = page_of(rows.order_by("written_at", "pk"), wanted)
    _look(holder, page["items"])
    return page


@desk.post("/entries", response=ENTRY, summary="Write into the duty log")
def write_entry(request: HttpRequest, given: DutyEntryIn) -> DutyEntry:
    """Write a note or an open point. A point about a case that has ended cannot be open."""
    holder: Any = holder_of(request)
    case = case_for(holder, given.case) if given.case else None
    with deed():
        return services.write_entry(holder, _desk(holder), given.text, case=case, open_point=given.open_point)


@desk.post("/entries/{id}/close", response=ENTRY, summary="Close an open point")
def close_point(request: HttpRequest, id: UUID, given: PointClosingIn) -> DutyEntry:
    """Say how a point was dealt with. It is closed once; the second is refused."""
    holder: Any = holder_of(request)
    entry = entry_for(holder, id)
    if entry is None:
        raise HttpError(404, f"Expected the id of an entry of the token's duty log, got {id}.")
    with deed():
        closed = services.close_point(holder, entry, given.closing)
        _look(holder, [closed])
    return closed


@desk.get("/shifts", response=answered_with(Page[ShiftOut]), summary="Shifts that were handed over")
def list_shifts(request: HttpRequest, paging: PageOf) -> dict[str, Any]:
    """Hand-overs, the latest first: one that waits has no `taken_at`."""
    holder: Any = holder_of(request)
    return page_of(visible(holder, ShiftChange.objects.all()).order_by("-given_at", "pk"), paging)


@desk.post("/shifts", response=SHIFT, summary="Hand the shift over")
def hand_over(request: HttpRequest, given: HandOverIn) -> ShiftChange:
    """Hand the shift over; refused where one waits already."""
    holder: Any = holder_of(request)
    with deed():
        return services.hand_over(holder, _desk(holder), given.remark)


@desk.post("/shifts/{id}/take-over", response=SHIFT, summary="Take a shift over")
def take_over(request: HttpRequest, id: UUID) -> ShiftChange:
    """Take a shift over that somebody else has handed over; a token takes none of its own."""
    holder: Any = holder_of(request)
    with deed():
        return services.take_over(holder, _shift(holder, id))


@desk.post("/shifts/{id}/take-back", response=SHIFT, summary="Take a hand-over back")
def take_back(request: HttpRequest, id: UUID) -> dict[str, Any]:
    """Go on with a shift that this token has handed over and nobody has taken; answers what it was."""
    holder: Any = holder_of(request)
    shift = _shift(holder, id)
    was = ShiftOut.from_orm(shift).dict(by_alias=True)
    with deed():
        services.take_back(holder, shift)
    return was


def _desk(holder: Any) -> Organisation:
    """The token's own; a closed organisation has none."""
    found = next(iter(services.desks_of(holder)), None)
    if found is None:
        raise HttpError(404, "Expected a token of an organisation with a duty desk, got one without.")
    return found


def _shift(holder: Any, id: UUID) -> ShiftChange:
    found = shift_change_for(holder, id)
    if found is None:
        raise HttpError(404, f"Expected the id of a hand-over at the token's duty desk, got {id}.")
    return found


def _look(holder: Any, entries: list[DutyEntry]) -> None:
    seen = [entry.case for entry in entries if entry.case is not None]
    if seen:
        look(holder, Right.CLINICAL, seen)
