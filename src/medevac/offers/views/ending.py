"""An offer ends: it is withdrawn, its reserve is let go, or the chosen place is lost."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from medevac.cases.models import Case
from medevac.cases.views.opened import deed_page
from medevac.directory.countries import country_name
from medevac.offers.forms.offering import OfferEndForm
from medevac.offers.models import Offer
from medevac.offers.policy import LOSE, WITHDRAW
from medevac.offers.rules import BY_ACTION
from medevac.offers.selectors.grounds import said_since
from medevac.offers.selectors.offers_of_case import choosable_offers
from medevac.offers.services.offering import lose_place, withdraw_offer
from medevac.offers.states import OfferAction, OfferState
from medevac.offers.views.opened import back_to_offers, lately, open_offer
from medevac.people.models import User
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in


def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an offer back that nobody has chosen, or let a reserve go."""
    offer = open_offer(request, public_id, WITHDRAW)
    words = _words(offer)
    done = _("The offer from %(country)s is withdrawn, and the place is free.") % words
    if over := _over(request, offer, OfferAction.WITHDRAW, done):
        return over
    form = OfferEndForm(request.POST or None, action=OfferAction.WITHDRAW, offer=offer)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_offer(signed_in(request), offer, **form.cleaned_data)
        except RefusedError as refusal:
            offer.refresh_from_db()
            if over := _over(request, offer, OfferAction.WITHDRAW, done):
                return over
            form.add_error(None, refusal.sentence)
        else:
            return back_to_offers(request, offer.case, done)
    reserve = offer.state == OfferState.RESERVE
    title = (
        _("Let the reserve go: %(country)s") if reserve else _("Withdraw the offer from %(country)s")
    ) % words
    hint = (
        _("%(country)s, %(hospital)s, is the second choice. Without it the patient has no reserve any more.")
        if reserve
        else _("%(country)s, %(hospital)s, “%(place)s”. Whoever filed the case is told, with the reason.")
    ) % words
    since = said_since([offer]).get(offer.pk)
    if since is not None and since.gone:
        hint += " " + _(
            "What it rests on is gone: a no has come since. If the hospital can take the patient all the "
            "same, ask once more from the page of the case, and keep the offer."
        )
    elif since is not None:
        hint += " " + _("What it rests on promises less now: %(less)s.") % {"less": "; ".join(since.less)}
    return deed_page(request, offer.case, form, title, hint=hint, button=title, grave=True)


def lose(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that the chosen place is lost. What is in reserve is shown, since it can be chosen at once."""
    offer = open_offer(request, public_id, LOSE)
    user, case = signed_in(request), offer.case
    done = _("The place in %(country)s is lost.") % _words(offer)
    if over := _over(request, offer, OfferAction.LOSE, f"{done} {_what_is_left(user, case)}"):
        return over
    form = OfferEndForm(request.POST or None, action=OfferAction.LOSE, offer=offer)
    if request.method == "POST" and form.is_valid():
        try:
            lose_place(user, offer, **form.cleaned_data)
        except RefusedError as refusal:
            offer.refresh_from_db()
            if over := _over(request, offer, OfferAction.LOSE, f"{done} {_what_is_left(user, case)}"):
                return over
            form.add_error(None, refusal.sentence)
        else:
            return back_to_offers(request, case, f"{done} {_what_is_left(user, case)}")
    chosen = _("The patient has chosen %(country)s, %(hospital)s, “%(place)s”.") % _words(offer)
    return deed_page(
        request,
        case,
        form,
        _("Say that the chosen place is lost"),
        hint=f"{chosen} {_what_is_left(user, case)}",
        button=_("Say that the place is lost"),
        grave=True,
    )


def _what_is_left(user: User, case: Case) -> str:
    """What the patient can choose once the chosen place is lost."""
    left = [one.country for one in choosable_offers(user, case)]
    if left:
        return _("%(country)s is in reserve and can be chosen at once, without a new request.") % {
            "country": ", ".join(left)
        }
    return _(
        "No offer is in reserve: the request is open again, and every country that takes part can offer."
    )


def _over(request: HttpRequest, offer: Offer, action: OfferAction, done: str) -> HttpResponse | None:
    """Where the deed is not possible any more: back, as done where it has just been done."""
    row = BY_ACTION[action]
    if offer.state in row.sources:
        return None
    if offer.state == row.target and lately(offer.state_since):
        return back_to_offers(request, offer.case, done)
    sentence = _("The offer is “%(state)s”: “%(action)s” is not possible any more.")
    words = {"state": offer.get_state_display(), "action": row.action.label}
    return back_to_offers(request, offer.case, sentence % words, failed=True)


def _words(offer: Offer) -> dict[str, str]:
    hospital = offer.place.hospital
    return {
        "country": country_name(hospital.country),
        "hospital": hospital.name,
        "place": offer.place.label,
    }
