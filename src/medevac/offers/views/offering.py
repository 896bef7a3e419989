"""Making an offer for a case, and sending a draft. The same form sent twice makes one offer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.cases.models import Case
from medevac.cases.rules import WAITING
from medevac.cases.views.opened import open_case
from medevac.directory.countries import country_name
from medevac.directory.policy import CHANGE_HOSPITALS
from medevac.offers.forms.offering import NamedPlaceForm, OwnPlaceForm
from medevac.offers.models import Offer
from medevac.offers.policy import SEND
from medevac.offers.rules import HOLDING
from medevac.offers.selectors.offers_of_case import barrier_sentences, shown_offers
from medevac.offers.selectors.places_for_case import Offerable, offerable
from medevac.offers.services.offering import (
    OFFER_FOR_A_CASE,
    draft_offer,
    offer_named_place,
    offer_place,
    send_offer,
)
from medevac.offers.states import OfferState
from medevac.offers.views.opened import JUST_NOW, back_to_offers, lately, open_offer
from medevac.people.models import User
from medevac.people.policy import included, visible
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in

Form = OwnPlaceForm | NamedPlaceForm


def offer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Offer a free place, or one that is named; as a draft, or sent at once."""
    user, case = signed_in(request), open_case(request, public_id, OFFER_FOR_A_CASE)
    if case.state not in WAITING:
        sentence = _("Case %(case)s is “%(state)s” and takes no offers now.")
        words = {"case": case.pseudonym, "state": case.get_state_display()}
        return back_to_offers(request, case, sentence % words, failed=True)
    if before := _made_before(user, case, request.POST):
        return back_to_offers(request, case, _said(before))
    can = offerable(user, case)
    named = _is_named(request, can)
    kind: type[Form] = NamedPlaceForm if named else OwnPlaceForm
    form = kind(request.POST or None, case=case, can=can, hospital=request.GET.get("hospital", ""))
    if request.method == "POST" and form.is_valid():
        try:
            made = _make(user, case, form, draft="draft" in request.POST)
        except RefusedError as refusal:
            if before := _made_before(user, case, request.POST):  # both were sent at the same moment
                return back_to_offers(request, case, _said(before))
            form.add_error(None, refusal.sentence)
        else:
            return back_to_offers(request, case, _said(made))
    shown = shown_offers(user, case)
    page: dict[str, Any] = {
        "case": case,
        "form": form,
        "named": named,
        "can": can,
        "barriers": barrier_sentences(user, case, shown),
        "standing": [one for one in shown if not one.ended],
        "adds_hospitals": CHANGE_HOSPITALS in included(user, [CHANGE_HOSPITALS]),
    }
    return render(request, "offers/offer.html", page)


@require_POST
def send(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send a draft."""
    draft = open_offer(request, public_id, SEND)
    try:
        sent = send_offer(signed_in(request), draft)
    except RefusedError as refusal:
        draft.refresh_from_db()
        if draft.state != OfferState.DRAFT and lately(draft.sent_at):
            return back_to_offers(request, draft.case, _said(draft))
        return back_to_offers(request, draft.case, refusal.sentence, failed=True)
    return back_to_offers(request, draft.case, _said(sent))


def _is_named(request: HttpRequest, can: Offerable) -> bool:
    """Whether a place is named: where the address says so, and where there is no free place to choose.

    A form that comes back stays what it was, though its place may have been taken meanwhile.
    """
    if request.method == "POST":
        return "hospital" in request.POST
    return request.GET.get("place") == "named" or not can.places


def _make(user: User, case: Case, form: Form, *, draft: bool) -> Offer:
    if isinstance(form, NamedPlaceForm):
        return offer_named_place(user, case, form.offerer(), form.named_place(), form.facts())
    make = draft_offer if draft else offer_place
    return make(user, case, form.offerer(), form.free_place(), form.facts())


def _made_before(user: User, case: Case, sent: QueryDict) -> Offer | None:
    """What the same form has made just now, when it is sent twice."""
    if not sent:
        return None
    standing = (OfferState.DRAFT, *HOLDING)
    since = timezone.now() - JUST_NOW
    rows = Offer.objects.filter(case=case, made_by=user.pk, made_at__gte=since, state__in=standing)
    rows = visible(user, rows).select_related("place__hospital").order_by("-made_at")
    for one in rows:
        named = (str(one.place.hospital_id), one.place.label)
        if str(one.place_id) == sent.get("place") or named == (
            sent.get("hospital"),
            sent.get("label", "").strip(),
        ):
            return one
    return None


def _said(made: Offer) -> str:
    sentence = (
        _("The offer of “%(place)s” is kept as a draft. Nobody else sees it, and the place is not held yet.")
        if made.state == OfferState.DRAFT
        else _("The offer from %(country)s is sent, and “%(place)s” is held. Whoever filed the case is told.")
    )
    return sentence % {"place": made.place.label, "country": country_name(made.place.hospital.country)}
