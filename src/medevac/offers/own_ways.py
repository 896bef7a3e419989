"""Where the steps of a case that belong to this room are taken, with all that they ask for."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from medevac.cases.above import register_way
from medevac.cases.models import Case
from medevac.cases.services.chasing import address_of
from medevac.cases.states import Action
from medevac.offers.models import Offer
from medevac.offers.own_panels import NAME
from medevac.offers.rules import OPEN
from medevac.offers.states import OfferState


def register_own_ways() -> None:
    """Lead the buttons of the case page here."""
    register_way(Action.OFFER, lambda case: reverse("offers:offer", args=[case.pk]), _("Offer a place"))
    register_way(Action.CHOOSE, lambda case: reverse("offers:choose", args=[case.pk]))
    register_way(Action.LOSE_OFFERS, _last_offers)
    register_way(Action.LOSE_PLACE, _chosen_offer)


def _last_offers(case: Case) -> str:
    """Each open offer is withdrawn by itself, and the case follows; the step is for a case without any."""
    rows = Offer.unscoped.filter(case=case, state__in=OPEN)
    return f"{address_of(case)}#{NAME}" if rows.exists() else ""


def _chosen_offer(case: Case) -> str:
    """The step itself is for a case without a chosen offer, as one that was led on before there were any."""
    chosen = Offer.unscoped.filter(case=case, state=OfferState.CHOSEN).values_list("pk", flat=True).first()
    return reverse("offers:lose", args=[chosen]) if chosen else ""
