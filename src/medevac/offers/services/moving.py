"""Moves offers along their table, each with its hold; called under the locks of `locking`."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.offers.models import Hold, Offer
from medevac.offers.rules import BY_ACTION, OPEN, OfferTransition
from medevac.offers.services.holding import move
from medevac.offers.states import OfferAction, OfferReason, OfferState
from medevac.people.refusals import RefusedError


def take(offer: Offer, action: OfferAction, *, reason: str = "", remark: str = "") -> Offer:
    """Take one row of the table: state, reason and hold, in the caller's transaction.

    Raises
    ------
    RefusedError
        Where the table does not lead on from the offer's state, or the reason is none of the row's.
    """
    row = BY_ACTION[action]
    refuse_unless_possible(offer, row)
    _refuse_without_why(row, reason, remark)
    offer.state, offer.state_since = row.target, timezone.now()
    offer.reason, offer.remark = reason, remark.strip()
    offer.version += 1
    offer.save()
    held = Hold.unscoped.select_for_update().filter(offer=offer).first()
    if held is not None and row.hold is not None:
        move(held, row.hold)
    return offer


def refuse_unless_possible(offer: Offer, row: OfferTransition) -> None:
    """Refuse what the table does not allow from the offer's state."""
    if offer.state not in row.sources:
        raise RefusedError(
            _(
                "The offer is “%(state)s”: “%(action)s” is not possible any more. Load the page again: "
                "somebody may have decided before you."
            )
            % {"state": offer.get_state_display(), "action": row.action.label}
        )


def refuse_expired(offer: Offer) -> None:
    """Refuse an offer whose time is over, also where the worker has not come by yet: the clock decides."""
    if offer.state in OPEN and offer.expires_at <= timezone.now():
        raise RefusedError(_("The offer has expired. Ask its country to offer the place again."))


def _refuse_without_why(row: OfferTransition, reason: str, remark: str) -> None:
    if row.reasons and reason not in row.reasons:
        possible = ", ".join(str(one.label) for one in row.reasons)
        raise RefusedError(
            _("“%(action)s” needs one of these reasons: %(reasons)s. Choose one.")
            % {"action": row.action.label, "reasons": possible}
        )
    if reason == OfferReason.OTHER and not remark.strip():
        raise RefusedError(_("The reason is “another”: write in a few words what it is."))


def still_open(offers: list[Offer]) -> list[Offer]:
    """Those of a case's offers that could be chosen."""
    return [one for one in offers if one.state in OPEN]


def chosen_of(offers: list[Offer]) -> Offer | None:
    """The chosen one of a case's offers."""
    return next((one for one in offers if one.state == OfferState.CHOSEN), None)
