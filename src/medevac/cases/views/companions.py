"""Who travels along, and who is of one family."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.cases import services
from medevac.cases.forms.people_of_a_case import CompanionForm, FamilyForm
from medevac.cases.looking import looked
from medevac.cases.models import Case, Companion
from medevac.cases.policy import CHANGE
from medevac.cases.views.opened import deed_page, done, open_case, open_row
from medevac.people.policy import visible
from medevac.people.refusals import RefusedError
from medevac.people.roles import Right
from medevac.people.signed_in import signed_in
from medevac.people.views.saying import saying_refusals

PART = "cases.companions"


def add_companion(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add who goes along."""
    case = open_case(request, public_id, CHANGE)
    form = CompanionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_companion(signed_in(request), case, form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return done(request, case, _("The companion is saved."), PART)
    return deed_page(request, case, form, _("Add a companion"))


def change_companion(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write what has become known of who goes along."""
    companion = _open(request, public_id)
    form = CompanionForm(request.POST or None, instance=companion)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_companion(signed_in(request), companion, form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return done(request, companion.case, _("The companion is saved."), PART)
    looked(signed_in(request), companion.case, Right.PERSONAL)
    return deed_page(request, companion.case, form, _("Change a companion"))


@require_POST
def remove_companion(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take somebody out who does not go along."""
    companion = _open(request, public_id)
    with saying_refusals(request):
        services.remove_companion(signed_in(request), companion)
    return done(request, companion.case, _("The companion does not go along any more."), PART)


def join_family(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that two patients are of one family."""
    case = open_case(request, public_id, CHANGE)
    user = signed_in(request)
    together = case.family.together if case.family else "together"
    form = FamilyForm(request.POST or None, initial={"together": together})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["pseudonym"]
        other = visible(user, Case.objects.filter(pseudonym=wanted), CHANGE).first()
        try:
            if other is None:
                raise RefusedError(
                    _("No case “%(case)s” is yours to change. Look at the pseudonym once more.")
                    % {"case": wanted}
                )
            services.join_family(user, case, other, together=form.cleaned_data["together"])
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return done(request, case, _("The family is saved."), PART)
    return deed_page(request, case, form, _("Join a family"))


@require_POST
def leave_family(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that a patient travels apart from the family."""
    case = open_case(request, public_id, CHANGE)
    with saying_refusals(request):
        services.leave_family(signed_in(request), case)
    return done(request, case, _("The patient travels apart from the family."), PART)


def _open(request: HttpRequest, public_id: UUID) -> Companion:
    rows = Companion.objects.select_related("case", "case__mission", "case__requester").filter(pk=public_id)
    return open_row(request, rows, CHANGE)
