"""An offer as the pages of deeds find it, and what a form sent twice has done already."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from medevac.cases.models import Case
from medevac.cases.services.chasing import address_of
from medevac.offers.models import Offer
from medevac.offers.own_panels import NAME
from medevac.people.policy import visible
from medevac.people.signed_in import signed_in

JUST_NOW = timedelta(minutes=2)


def open_offer(request: HttpRequest, public_id: UUID, action: str) -> Offer:
    """The offer, if the user may do this to it."""
    rows = visible(signed_in(request), Offer.objects.filter(pk=public_id), action)
    found: Offer | None = rows.select_related("case__mission", "case__requester", "place__hospital").first()
    if found is None:
        raise Http404
    return found


def lately(moment: datetime | None) -> bool:
    """Whether something was done just now, so that the same form again is a form sent twice."""
    return moment is not None and moment >= timezone.now() - JUST_NOW


def back_to_offers(request: HttpRequest, case: Case, sentence: str, *, failed: bool = False) -> HttpResponse:
    """Back to the offers of the case, with what was done, or with why it could not be."""
    (messages.error if failed else messages.success)(request, sentence)
    return redirect(f"{address_of(case)}#{NAME}")
