"""Consents: given, withdrawn, and where data have gone until then."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medevac.audit.looking import record_look_at_actors
from medevac.cases import services
from medevac.cases.forms.people_of_a_case import ConsentForm, WithdrawalForm
from medevac.cases.looking import looked
from medevac.cases.models import Case, Consent
from medevac.cases.policy import KEEP_CONSENTS
from medevac.cases.selectors.exposure import exposure_of
from medevac.cases.services.chasing import address_of
from medevac.cases.services.consents import Given, countries_of
from medevac.cases.views.opened import deed_page, done, open_case, open_row, papers_shown
from medevac.directory.countries import country_name
from medevac.people.refusals import RefusedError
from medevac.people.roles import Right
from medevac.people.signed_in import signed_in

PART = "cases.consents"


def give_consent(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down a consent."""
    case = open_case(request, public_id, KEEP_CONSENTS)
    papers = papers_shown(request, case)
    form = ConsentForm(request.POST or None, countries=_countries(case), papers=papers)
    if request.method == "POST" and form.is_valid():
        try:
            services.give_consent(signed_in(request), case, Given(**form.cleaned_data))
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return done(request, case, _("The consent is saved."), PART)
    return deed_page(request, case, form, _("Add a consent"))


def withdraw_consent(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Withdraw a consent; the page tells who has looked until now and what has left."""
    rows = Consent.objects.select_related("case", "case__mission", "case__requester").filter(pk=public_id)
    consent = open_row(request, rows, KEEP_CONSENTS)
    case, user = consent.case, signed_in(request)
    form = None if consent.withdrawn_at else WithdrawalForm(request.POST or None)
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            services.withdraw_consent(user, consent, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The consent is withdrawn, and what it opened is closed."))
            return redirect("cases:withdraw_consent", public_id=consent.pk)
    looked(user, case, Right.PERSONAL)
    exposure = exposure_of(case, country=consent.country, until=consent.withdrawn_at)
    record_look_at_actors(Right.PERSONAL.value, exposure.actors)
    content = {
        "consent": consent,
        "country": country_name(consent.country) if consent.country else "",
        "form": form,
        "exposure": exposure,
        "case": case,
        "back": address_of(case),
    }
    return render(request, "cases/withdraw.html", content)


def _countries(case: Case) -> list[tuple[str, str]]:
    """The countries that take part today, by name."""
    named = [(code, str(country_name(code))) for code in countries_of(case)]
    return sorted(named, key=lambda pair: pair[1])
