"""Recording the patient's choice. The same form sent twice records one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from medevac.cases.looking import looked, person_of
from medevac.cases.models import Case
from medevac.cases.policy import CHANGE
from medevac.cases.rules import BY_ACTION
from medevac.cases.selectors.documents import may_attach
from medevac.cases.states import Action, State
from medevac.cases.views.opened import open_case, papers_shown
from medevac.directory.countries import country_name
from medevac.documents.models import Document
from medevac.documents.rules import Kind
from medevac.documents.services import Description
from medevac.documents.views.uploading import received_namelessly
from medevac.offers.forms.choosing import ChoiceForm
from medevac.offers.models import Choice, Offer
from medevac.offers.selectors.offers_of_case import barrier_sentences, choosable_offers
from medevac.offers.services.choosing import choose as record
from medevac.offers.services.choosing_on_sheet import SheetKeptError, choose_on_sheet
from medevac.offers.views.opened import back_to_offers, lately
from medevac.people.days import day_of
from medevac.people.models import User
from medevac.people.policy import may, visible
from medevac.people.refusals import RefusedError
from medevac.people.roles import Right
from medevac.people.signed_in import signed_in

CHOOSE = BY_ACTION[Action.CHOOSE].right


@received_namelessly
def choose(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Which offer, who chose, and the signed sheet."""
    user, case = signed_in(request), open_case(request, public_id, CHOOSE)
    if case.state != State.OFFERED:
        return _over(request, user, case)
    shown = choosable_offers(user, case)
    looked(user, case, Right.PERSONAL)
    papers = papers_shown(request, case)
    form = ChoiceForm(
        request.POST or None, request.FILES or None, shown=shown, papers=papers, initial=_known(user, case)
    )
    uploads = may(user, CHANGE, case) and may_attach(user, case)
    if not uploads:
        del form.fields["sheet"]
    if request.method == "POST" and form.is_valid():
        offer = next(one.offer for one in shown if str(one.offer.pk) == form.cleaned_data["first"])
        try:
            _record(user, offer, form)
        except RefusedError as refusal:
            case.refresh_from_db()
            if case.state != State.OFFERED:
                return _over(request, user, case)
            if isinstance(refusal, SheetKeptError):
                _offer_kept(form, refusal.document)
            form.add_error(None, refusal.sentence)
        else:
            return back_to_offers(request, case, _said(offer))
    page: dict[str, Any] = {
        "case": case,
        "form": form,
        "shown": shown,
        "barriers": barrier_sentences(user, case, shown),
    }
    return render(request, "offers/choose.html", page)


def _known(user: User, case: Case) -> dict[str, Any]:
    """The language that stands with the person; who chose is never guessed."""
    person = person_of(user, case)
    return {"language": person.languages[:40] if person else ""}


def _record(user: User, offer: Offer, form: ChoiceForm) -> None:
    """On the sheet that is uploaded, else on the document that is named, if any."""
    sheet, chosen = form.cleaned_data.get("sheet"), form.chosen(form.cleaned_data["document"])
    if sheet is None:
        record(user, offer, chosen)
        return
    described = Description(Kind.CHOICE_SHEET, _("Signed choice sheet"), "uk", day_of(chosen.chosen_at))
    choose_on_sheet(user, offer, chosen, sheet.file, described)


def _offer_kept(form: ChoiceForm, kept: Document) -> None:
    """The form comes back with the sheet that is kept, chosen."""
    form.data = {**form.data.dict(), "document": str(kept.pk)}  # type: ignore[attr-defined]
    field: Any = form.fields["document"]
    if str(kept.pk) not in dict(field.choices):
        field.choices = [*field.choices, (str(kept.pk), f"{kept.number} · {kept.title}")]


def _over(request: HttpRequest, user: User, case: Case) -> HttpResponse:
    """No choice is possible now: back, as done where the user has just recorded one."""
    rows = Choice.objects.filter(case=case, ended_at__isnull=True, recorded_by=user.pk)
    made = visible(user, rows).select_related("chosen__place__hospital").first()
    if made is not None and lately(made.recorded_at):
        return back_to_offers(request, case, _said(made.chosen))
    sentence = _("A choice can be recorded while the case is “offered”. Case %(case)s is “%(state)s”.")
    words = {"case": case.pseudonym, "state": case.get_state_display()}
    return back_to_offers(request, case, sentence % words, failed=True)


def _said(offer: Offer) -> str:
    hospital = offer.place.hospital
    return _("The choice is recorded: %(country)s, %(hospital)s. Every country that offered is told.") % {
        "country": country_name(hospital.country),
        "hospital": hospital.name,
    }
