"""Offers and asks whose time is over: each in a transaction of its own, so that one fault stops no other."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from medevac.cases.services.changed import move_moment
from medevac.offers.models import Ask, Offer
from medevac.offers.rules import OPEN
from medevac.offers.services.locking import lock_offers, one_of, wait_for_case
from medevac.offers.services.moving import take
from medevac.offers.services.offering import lapse_without_offers
from medevac.offers.services.telling import tell_of_offer
from medevac.offers.states import AskState, OfferAction, OfferReason


def expire_offers(*, now: datetime | None = None) -> int:
    """End every open offer whose time is over.

    Returns
    -------
    How many ended.

    Raises
    ------
    ExceptionGroup
        Where some could not be ended; all others were.
    """
    moment = now or timezone.now()
    due = Offer.unscoped.filter(state__in=OPEN, expires_at__lte=moment).order_by("expires_at")
    ended, faults = 0, []
    for pk, case in list(due.values_list("pk", "case")):
        try:
            ended += _expire(pk, case, moment)
        except Exception as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup("Some offers could not be ended.", faults)
    return ended


def expire_asks(*, now: datetime | None = None) -> int:
    """Close every open ask whose deadline has passed; an answer after it is a new ask's.

    Returns
    -------
    How many were closed.
    """
    moment = now or timezone.now()
    rows = Ask.unscoped.filter(state=AskState.OPEN, round__deadline__lte=moment)
    closed = 0
    for pk, case in list(rows.values_list("pk", "case")):
        with transaction.atomic():
            wait_for_case(case)
            ask = Ask.unscoped.select_for_update().filter(pk=pk, state=AskState.OPEN).first()
            if ask is None:
                continue
            ask.state, ask.state_since = AskState.EXPIRED, moment
            ask.save()
            move_moment([case])
            closed += 1
    return closed


@transaction.atomic
def _expire(pk: UUID, case_id: UUID, moment: datetime) -> bool:
    """End one, unless somebody has chosen it or given it more time since."""
    case = wait_for_case(case_id)
    offers = lock_offers(case)
    offer = one_of(offers, pk)
    if offer.state not in OPEN or offer.expires_at > moment:
        return False
    move_moment([case_id])
    take(offer, OfferAction.EXPIRE, reason=OfferReason.NOT_ANSWERED)
    tell_of_offer(offer, "offers.offer_gone")
    lapse_without_offers(None, case, offers)
    return True
