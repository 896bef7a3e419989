"""Choices over the API: recorded once, and read with the names where these are open."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from medevac.api.answers import Page, Paging, answered_with, page_of
from medevac.api.holder import TokenHolder
from medevac.cases.api.deeds import deed
from medevac.cases.api.entries import Strict
from medevac.cases.api.reading import PERSONAL, Code, case_for, look
from medevac.cases.api.values import Line200, Moment, Said40, Said200
from medevac.offers.api.access import actor_of, answers, choosing, one_of, reading
from medevac.offers.models import Choice, Chooser, Offer
from medevac.offers.services.choosing import Chosen, choose
from medevac.people.policy import visible
from medevac.people.roles import Right

choices = Router(auth=reading, tags=["choices"])
PERSONAL_FIELDS = ("chooser_name", "interpreter", "ended_why")


class ChoiceOut(Schema):
    """What was chosen of which offers, by whom. Names and free words are null without cases.read_personal."""

    id: UUID
    case: UUID
    chosen: UUID
    second: UUID | None
    shown: list[UUID]
    chooser: str
    chooser_name: str | None
    language: str
    interpreter: str | None
    chosen_at: datetime
    document: UUID | None
    recorded_at: datetime
    ended_at: datetime | None
    ended_why: str | None


class WantedChoices(Paging):
    """Which choices are wanted, and which part of the list."""

    mission: Code = Field("", description="The code of a mission.")
    case: UUID | None = Field(None, description="The id of a case.")
    holding: bool | None = Field(None, description="Those that hold, or those that have ended.")


class ChoiceIn(Strict):
    """Which offer was chosen, by whom and how. Silence is never a choice."""

    offer: UUID
    second: UUID | None = Field(None, description="Another offer of the case, which stays in reserve.")
    chooser: Chooser
    chooser_name: Said200
    language: Said40
    interpreter: Line200 = ""
    chosen_at: Moment
    document: UUID | None = Field(None, description="The signed sheet, a document of the case.")


@choices.get("", response=answered_with(Page[ChoiceOut]), summary="Choices")
def list_choices(request: HttpRequest, wanted: Query[WantedChoices]) -> dict[str, Any]:
    """The choices of the cases whose persons the token's role opens, the latest first. Names are told, and
    the look recorded, with the scope for persons.
    """
    holder: Any = actor_of(request)
    rows = visible(holder, Choice.objects.select_related("case"))
    given = {"case__mission__code": wanted.mission, "case": wanted.case}
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    if wanted.holding is not None:
        rows = rows.filter(ended_at__isnull=wanted.holding)
    page = page_of(rows.order_by("-chosen_at", "pk"), wanted)
    return {**page, "items": _told(holder, page["items"])}


@choices.get("/{id}", response=answered_with(ChoiceOut, one=True), summary="One choice")
def get_choice(request: HttpRequest, id: UUID) -> dict[str, Any]:
    """One choice."""
    holder: Any = actor_of(request)
    return _told(holder, [one_of(holder, Choice.objects.select_related("case"), id, "a choice")])[0]


@choices.post("", auth=choosing, response=answers(ChoiceOut), summary="Record a choice")
def record_choice(request: HttpRequest, given: ChoiceIn) -> dict[str, Any]:
    """Record which offer was chosen: other places are free at once, and the dossier opens to that country.

    Sent twice, it is recorded once; the second is refused, since the offer is not open any more.
    """
    holder: Any = actor_of(request)
    offer = one_of(holder, Offer.objects.all(), given.offer, "an offer")
    case_for(holder, offer.case_id)
    with deed():
        choice = choose(holder, offer, Chosen(**given.dict(exclude={"offer"})))
    rows = visible(holder, Choice.objects.select_related("case").filter(pk=choice.pk))
    found = rows.first()
    if found is None:
        raise HttpError(404, "The choice is recorded, and the token does not reach it.")
    return _told(holder, [found])[0]


def _told(holder: TokenHolder, rows: list[Choice]) -> list[dict[str, Any]]:
    """The choices with what the token's scopes open; names are a look."""
    named = holder.has_scope(PERSONAL.name)
    if named and rows:
        look(holder, Right.PERSONAL, {row.case_id: row.case for row in rows}.values())
    return [_one(row, named=named) for row in rows]


def _one(row: Choice, *, named: bool) -> dict[str, Any]:
    told = {name: getattr(row, name) if named else None for name in PERSONAL_FIELDS}
    plain = ("id", "shown", "chooser", "language", "chosen_at", "document", "recorded_at", "ended_at")
    return {
        **{name: getattr(row, name) for name in plain},
        **told,
        "case": row.case_id,
        "chosen": row.chosen_id,
        "second": row.second_id,
    }
