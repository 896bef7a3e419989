"""What a step of the case does to its offers, holds, choice and asks, in the same transaction."""

from __future__ import annotations

from django.utils import timezone

from medevac.cases.above import Taken
from medevac.cases.closing import Ending
from medevac.cases.models import Case
from medevac.cases.rules import ABROAD, ON_THE_WAY
from medevac.offers.models import Ask, Choice, Hold, Offer
from medevac.offers.rules import BY_ACTION
from medevac.offers.services.asks_ending import end_ask
from medevac.offers.services.holding import move
from medevac.offers.services.locking import lock_offers
from medevac.offers.services.moving import chosen_of, take
from medevac.offers.services.offering import lapse_without_offers
from medevac.offers.services.telling import tell_of_offer
from medevac.offers.services.telling_of_asks import tell_withdrawn
from medevac.offers.states import AskState, HoldState, OfferAction, OfferReason, OfferState

ARRIVED = (*ON_THE_WAY, *ABROAD)


def end_offers(ending: Ending) -> None:
    """The case is over: no place is held for it any more.

    Whoever has arrived had been chosen and came; that stays true. Otherwise nobody comes, and nothing of the
    case stays open to the country.
    """
    arrived = ending.step.source in [str(state) for state in ARRIVED]
    for offer in lock_offers(ending.case):
        if offer.state == OfferState.CHOSEN and arrived:
            _free(offer)
        elif offer.state in BY_ACTION[OfferAction.END].sources:
            was_sent = offer.state != OfferState.DRAFT
            take(offer, OfferAction.END, reason=OfferReason.CASE_ENDED)
            if was_sent:
                tell_of_offer(offer, "offers.offer_gone")
    if not arrived:
        end_choice(ending.case, "")


def end_asks(ending: Ending) -> None:
    """Nobody is asked any more."""
    withdraw_asks(ending.case)


def withdraw_asks(case: Case) -> None:
    """Close the open asks of a case, and with them their links."""
    rows = Ask.unscoped.select_for_update(of=("self",)).filter(case=case, state=AskState.OPEN)
    for ask in rows.select_related("round__asker", "asked", "case").order_by("pk"):
        end_ask(ask, AskState.WITHDRAWN)
        tell_withdrawn(ask)


def end_choice(case: Case, why: str) -> None:
    """The choice that held does so no longer."""
    most = Choice._meta.get_field("ended_why").max_length
    holding = Choice.unscoped.filter(case=case, ended_at__isnull=True)
    holding.update(ended_at=timezone.now(), ended_why=why[:most])


def after_taken_back(taken: Taken) -> None:
    """The request is not published any more: offers and asks go with it."""
    for offer in lock_offers(taken.case):
        if offer.state in BY_ACTION[OfferAction.END].sources:
            was_sent = offer.state != OfferState.DRAFT
            take(offer, OfferAction.END, reason=OfferReason.REQUEST_TAKEN_BACK)
            if was_sent:
                tell_of_offer(offer, "offers.offer_gone")
    withdraw_asks(taken.case)


def after_lost(taken: Taken) -> None:
    """The chosen place is lost, whoever said so; where nothing is in reserve, the request is open again.

    The remark of the step may name persons, so it goes to the choice, and not to the offer that all partners
    read.
    """
    offers = lock_offers(taken.case)
    chosen = chosen_of(offers)
    if chosen is not None:
        changed_mind = taken.step.reason == OfferReason.PATIENT_CHANGED_MIND
        reason = OfferReason.PATIENT_CHANGED_MIND if changed_mind else OfferReason.PLACE_LOST
        take(chosen, OfferAction.LOSE, reason=reason)
        tell_of_offer(chosen, "offers.place_lost")
    end_choice(taken.case, taken.step.remark)
    lapse_without_offers(taken.actor, taken.case, offers)


def after_choice(taken: Taken) -> None:
    """Who was asked and did not answer need not any more."""
    withdraw_asks(taken.case)


def after_boarding(taken: Taken) -> None:
    """The patient is on the way: what was in reserve is free."""
    for offer in lock_offers(taken.case):
        if offer.state == OfferState.RESERVE:
            take(offer, OfferAction.FULFIL, reason=OfferReason.BOARDED)
            tell_of_offer(offer, "offers.offer_gone")


def after_admission(taken: Taken) -> None:
    """The patient lies in the place."""
    chosen = chosen_of(lock_offers(taken.case))
    held = Hold.unscoped.select_for_update().filter(offer=chosen).first() if chosen else None
    if held is not None and held.state == HoldState.RESERVED:
        move(held, HoldState.OCCUPIED)


def _free(offer: Offer) -> None:
    held = Hold.unscoped.select_for_update().filter(offer=offer).first()
    if held is not None and held.state != HoldState.FREED:
        move(held, HoldState.FREED)
