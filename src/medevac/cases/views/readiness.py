"""The deeds on an item of a case: said to be there, assigned, done without."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases import services
from medevac.cases.forms.readiness import AssignForm, ItemForm, WaiveForm
from medevac.cases.models import Case
from medevac.cases.policy import CHANGE, CHASE, WAIVE
from medevac.cases.readiness import Line, lines_of, organisations_above
from medevac.cases.requirements import needs_of
from medevac.cases.services.items import Assignment
from medevac.cases.views.opened import deed_page, done, open_case, papers_shown
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in


def item(request: HttpRequest, public_id: UUID, code: str) -> HttpResponse:
    """Say whether an item is there."""
    case = open_case(request, public_id, CHANGE)
    line = _line(case, code)
    row = line.need.row
    paper = row.document if row else None
    begun = {"dated": row.dated, "document": paper} if row else {}
    form = ItemForm(request.POST or None, initial=begun, papers=papers_shown(request, case), paper=paper)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_item(signed_in(request), case, code, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return done(request, case, _("“%(item)s” is saved.") % {"item": line.need.item.name})
    return deed_page(request, case, form, line.need.item.name)


def assign(request: HttpRequest, public_id: UUID, code: str) -> HttpResponse:
    """Say who brings an item, by when, and whom to call."""
    case = open_case(request, public_id, CHASE)
    line = _line(case, code)
    begun = {
        "owner": str(line.owner.pk),
        "deadline": timezone.localtime(line.deadline) if line.deadline else None,
        "telephone": line.telephone,
    }
    form = AssignForm(request.POST or None, owners=organisations_above(case), initial=begun)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        wanted = Assignment(form.owners[values["owner"]], values["deadline"], values["telephone"])
        try:
            services.assign_item(signed_in(request), case, code, wanted)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return done(request, case, _("“%(item)s” is assigned.") % {"item": line.need.item.name})
    hint = _(
        "Whoever is assigned is told now, again before the deadline, and then once a day until it is there."
    )
    return deed_page(request, case, form, line.need.item.name, hint=hint)


def waive(request: HttpRequest, public_id: UUID, code: str) -> HttpResponse:
    """Do without an item, with a reason."""
    case = open_case(request, public_id, WAIVE)
    line = _line(case, code)
    form = WaiveForm(
        request.POST or None, initial={"reason": line.need.row.waived_reason if line.need.row else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.waive_item(signed_in(request), case, code, form.cleaned_data["reason"])
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return done(request, case, _("“%(item)s” is saved.") % {"item": line.need.item.name})
    return deed_page(request, case, form, line.need.item.name)


def _line(case: Case, code: str) -> Line:
    found = next((one for one in lines_of(case, needs_of(case)) if one.need.item.code == code), None)
    if found is None:
        raise Http404
    return found
