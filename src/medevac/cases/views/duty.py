"""The duty desk: what a shift must know, the log, and handing over."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.cases.forms.casebook import ClosingForm, EntryForm, HandOverForm
from medevac.cases.selectors.duty import case_called, desk_for, entry_for, shift_change_for
from medevac.cases.services import duty as services
from medevac.people.models import Organisation
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in
from medevac.people.views.saying import saying_refusals


def duty(request: HttpRequest) -> HttpResponse:
    """The only desk of the user, or the choice among several."""
    desks = services.desks_of(signed_in(request))
    if len(desks) == 1:
        return redirect("cases:desk", public_id=desks[0].pk)
    return render(request, "cases/desks.html", {"desks": desks})


def desk(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open points first, then what is due, then what has changed; a POST writes an entry."""
    user = signed_in(request)
    organisation = _desk(request, public_id)
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _write(request, organisation, form):
        messages.success(request, _("It is in the log."))
        return redirect("cases:desk", public_id=organisation.pk)
    shown = desk_for(user, organisation)
    return render(
        request,
        "cases/desk.html",
        {
            "desk": shown,
            "form": form,
            "handing": HandOverForm(),
            "closing": ClosingForm(auto_id=False),
            "me": user.pk,
        },
        status=422 if form.errors else 200,
    )


@require_POST
def close_point(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say how a point was dealt with."""
    user = signed_in(request)
    entry = entry_for(user, public_id)
    if entry is None:
        raise Http404
    with saying_refusals(request):
        services.close_point(user, entry, request.POST.get("closing", "")[:500])
        messages.success(request, _("The point is closed."))
    return redirect("cases:desk", public_id=entry.organisation_id)


@require_POST
def hand_over(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand the shift over."""
    organisation = _desk(request, public_id)
    with saying_refusals(request):
        services.hand_over(signed_in(request), organisation, request.POST.get("remark", "")[:1000])
        messages.success(request, _("The shift is handed over. It is yours until somebody takes it."))
    return redirect("cases:desk", public_id=organisation.pk)


@require_POST
def take_over(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a shift over, or take one's own hand-over back."""
    user = signed_in(request)
    shift_change = shift_change_for(user, public_id)
    if shift_change is None:
        raise Http404
    with saying_refusals(request):
        if request.POST.get("back"):
            services.take_back(user, shift_change)
            messages.success(request, _("The hand-over is taken back: the shift is yours."))
        else:
            services.take_over(user, shift_change)
            messages.success(request, _("You have taken the shift over."))
    return redirect("cases:desk", public_id=shift_change.organisation_id)


def _desk(request: HttpRequest, public_id: UUID) -> Organisation:
    found = next((one for one in services.desks_of(signed_in(request)) if one.pk == public_id), None)
    if found is None:
        raise Http404
    return found


def _write(request: HttpRequest, organisation: Organisation, form: EntryForm) -> bool:
    """Write the entry; what is wrong stands at its field, and nothing that was typed is lost."""
    user, given = signed_in(request), form.cleaned_data
    case = case_called(user, given["pseudonym"]) if given["pseudonym"] else None
    if given["pseudonym"] and case is None:
        form.add_error(
            "pseudonym", _("No case with this pseudonym is open to you. Correct it, or leave it empty.")
        )
        return False
    try:
        services.write_entry(user, organisation, given["text"], case=case, open_point=given["open_point"])
    except RefusedError as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True
