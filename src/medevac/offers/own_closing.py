"""What happens to this room's rows when their case ends, and with every step that touches them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from medevac.cases.above import register_condition, register_follower
from medevac.cases.closing import exempt_from_closing, register_closer
from medevac.cases.models import Case
from medevac.cases.states import Action
from medevac.offers.models import Ask, Choice, Hold, Offer
from medevac.offers.rules import OPEN
from medevac.offers.services import ending
from medevac.offers.states import OfferState

ROOM = "offers"


def register_own_closers() -> None:
    """Answer for every model that points to a case, and say what steps of a case need and bring here."""
    register_closer(Offer, ending.end_offers, order=10)
    register_closer(Ask, ending.end_asks, order=20)
    exempt_from_closing(Hold, "A hold is freed with its offer, by the closer of offers.")
    exempt_from_closing(Choice, "A choice is ended with its offer, by the closer of offers.")
    register_condition(Action.OFFER, ROOM, _has_an_offer)
    register_condition(Action.CHOOSE, ROOM, _has_a_chosen_offer)
    register_condition(Action.LOSE_OFFERS, ROOM, _has_no_offer)
    register_follower(Action.TAKE_BACK, ROOM, ending.after_taken_back)
    register_follower(Action.LOSE_PLACE, ROOM, ending.after_lost)
    register_follower(Action.CHOOSE, ROOM, ending.after_choice)
    register_follower(Action.BOARD, ROOM, ending.after_boarding)
    register_follower(Action.ADMIT, ROOM, ending.after_admission)


def _has_an_offer(case: Case) -> str | None:
    if Offer.unscoped.filter(case=case, state__in=OPEN).exists():
        return None
    return _("No offer has been sent for case %(case)s. Send one; the case follows by itself.") % {
        "case": case.pseudonym
    }


def _has_a_chosen_offer(case: Case) -> str | None:
    if Offer.unscoped.filter(case=case, state=OfferState.CHOSEN).exists():
        return None
    return _("Record which offer was chosen, and by whom; the case follows by itself.")


def _has_no_offer(case: Case) -> str | None:
    if not Offer.unscoped.filter(case=case, state__in=OPEN).exists():
        return None
    return _("An offer for case %(case)s is still open. Withdraw it first, or let it expire.") % {
        "case": case.pseudonym
    }
