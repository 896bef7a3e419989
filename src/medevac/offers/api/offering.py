"""Offers over the API: drafted, sent, withdrawn, lost. A draft is told to its own side alone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from medevac.api.answers import Page, Paging, answered_with, page_of
from medevac.cases.api.deeds import deed
from medevac.cases.api.entries import Strict
from medevac.cases.api.reading import Code, case_for
from medevac.cases.api.values import Line120, Line300, Moment, Since
from medevac.offers.api.access import actor_of, answers, one_of, reading, writing
from medevac.offers.api.values import Line500, NearDay, Stay
from medevac.offers.models import Answer, Offer, Place
from medevac.offers.policy import MAKE
from medevac.offers.rules import HOLDING
from medevac.offers.services.locking import wait_for_case
from medevac.offers.services.offering import (
    OfferFacts,
    draft_offer,
    lose_place,
    send_offer,
    withdraw_offer,
)
from medevac.offers.states import OfferReason, OfferState
from medevac.people.models import Organisation
from medevac.people.policy import visible

offers = Router(auth=reading, tags=["offers"])


class OfferOut(Schema):
    """One place that is offered for one case. Times are UTC."""

    id: UUID
    mission: str = Field(alias="mission.code")
    case: UUID = Field(alias="case_id")
    organisation: UUID = Field(alias="organisation_id")
    place: UUID = Field(alias="place_id")
    hospital: UUID = Field(alias="place.hospital_id")
    answer: UUID | None = Field(alias="answer_id")
    state: str
    state_since: datetime
    reason: str
    expires_at: datetime
    earliest_day: date
    stay_days: int | None
    isolation: bool
    companions: int
    housing: str
    homeward: str
    payer: str
    sent_at: datetime | None
    version: int


class WantedOffers(Paging):
    """Which offers are wanted, and which part of the list."""

    mission: Code = Field("", description="The code of a mission.")
    case: UUID | None = Field(None, description="The id of a case.")
    organisation: UUID | None = Field(None, description="The organisation that offers.")
    hospital: UUID | None = Field(None, description="The hospital whose place is offered.")
    state: OfferState | None = Field(None, description="One state.")
    changed_since: Since | None = Field(
        None, description="Those that came into their state at this moment or later, with its zone."
    )


class OfferIn(Strict):
    """What is offered for which case; what is left out follows from the place and the case."""

    case: UUID
    organisation: UUID
    place: UUID
    earliest_day: NearDay
    answer: UUID | None = Field(None, description="The answer to an ask that it rests on.")
    stay_days: Stay | None = None
    isolation: bool | None = None
    companions: Annotated[int, Field(ge=0, le=20)] | None = None
    housing: Line300 = ""
    homeward: Line300 = ""
    payer: Line120 = ""
    expires_at: Moment | None = None
    send: bool = Field(True, description="Whether it is sent at once; otherwise it stays a draft.")


class EndedOfferIn(Strict):
    """Why an offer ends, by its code; `other` needs a remark."""

    reason: OfferReason
    remark: Line500 = ""


@offers.get("", response=answered_with(Page[OfferOut]), summary="Offers")
def list_offers(request: HttpRequest, wanted: Query[WantedOffers]) -> dict[str, Any]:
    """The offers that the token reaches; those that changed longest ago come first. Drafts are told to the
    side that drafts them, and to whoever filed the case.
    """
    rows = visible(actor_of(request), Offer.objects.select_related("mission", "place"))
    given = {
        "mission__code": wanted.mission,
        "case": wanted.case,
        "organisation": wanted.organisation,
        "place__hospital": wanted.hospital,
        "state": wanted.state,
        "state_since__gte": wanted.changed_since,
    }
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    return page_of(rows.order_by("state_since", "pk"), wanted)


@offers.get("/{id}", response=answered_with(OfferOut, one=True), summary="One offer")
def get_offer(request: HttpRequest, id: UUID) -> Offer:
    """One offer."""
    return _offer(actor_of(request), id)


@offers.post("", auth=writing, response=answers(OfferOut), summary="Offer a place")
def make_offer(request: HttpRequest, given: OfferIn) -> Offer:
    """Offer a place for a case: it is held from the moment that the offer is sent.

    An offer of the same place for the same case by the same organisation that is drafted or open already is
    answered as it stands, so that what is sent twice is made once.
    """
    actor = actor_of(request)
    case = case_for(actor, given.case)
    place = one_of(actor, Place.objects.select_related("hospital"), given.place, "a place")
    organisation = one_of(actor, Organisation.objects.all(), given.organisation, "an organisation")
    facts = OfferFacts(
        **given.dict(exclude={"case", "organisation", "place", "answer", "send"}),
        answer=_answer(actor, case.pk, given.answer),
    )
    with deed():
        wait_for_case(case.pk)  # what stands already changes nothing of it
        offer = _standing(actor, case.pk, organisation.pk, place.pk)
        if offer is None:
            offer = draft_offer(actor, case, organisation, place, facts)
        if given.send and offer.state == OfferState.DRAFT:
            offer = send_offer(actor, offer)
    return _offer(actor, offer.pk)


@offers.post("/{id}/send", auth=writing, response=answers(OfferOut), summary="Send an offer")
def send(request: HttpRequest, id: UUID) -> Offer:
    """Send a draft: the place is held, and whoever filed the case is told."""
    actor = actor_of(request)
    offer = _offer(actor, id)
    with deed():
        send_offer(actor, offer)
    return _offer(actor, id)


@offers.post("/{id}/withdraw", auth=writing, response=answers(OfferOut), summary="Withdraw an offer")
def withdraw(request: HttpRequest, id: UUID, given: EndedOfferIn) -> Offer:
    """Take back an offer that nobody has chosen, or let the reserve go; the place is free at once."""
    actor = actor_of(request)
    offer = _offer(actor, id)
    with deed():
        withdraw_offer(actor, offer, reason=given.reason, remark=given.remark)
    return _offer(actor, id)


@offers.post(
    "/{id}/lose", auth=writing, response=answers(OfferOut), summary="Say that a chosen place is lost"
)
def lose(request: HttpRequest, id: UUID, given: EndedOfferIn) -> Offer:
    """Say that the chosen place is lost; what is in reserve can be chosen at once."""
    actor = actor_of(request)
    offer = _offer(actor, id)
    with deed():
        lose_place(actor, offer, reason=given.reason, remark=given.remark)
    return _offer(actor, id)


def _offer(actor: Any, id: UUID) -> Offer:
    return one_of(actor, Offer.objects.select_related("mission", "place"), id, "an offer")


def _answer(actor: Any, case: UUID, id: UUID | None) -> Answer | None:
    return one_of(actor, Answer.objects.filter(ask__case=case), id, "an answer for the case") if id else None


def _standing(actor: Any, case: UUID, organisation: UUID, place: UUID) -> Offer | None:
    """The token's own offer of the same that is drafted or open."""
    rows = Offer.objects.filter(case=case, organisation=organisation, place=place)
    states = [OfferState.DRAFT, *HOLDING]
    return visible(actor, rows.filter(state__in=states).select_related("place__hospital"), MAKE).first()
