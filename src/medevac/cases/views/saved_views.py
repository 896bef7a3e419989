"""Keeping and deleting views of the list."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.cases.forms.filters import SaveViewForm
from medevac.cases.services.saved_views import delete_view as delete
from medevac.cases.services.saved_views import own_organisations
from medevac.cases.services.saved_views import save_view as save
from medevac.cases.views.listing import kept
from medevac.people.signed_in import signed_in
from medevac.people.views.saying import saying_refusals


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the list as it stands under a name."""
    user = signed_in(request)
    form = SaveViewForm(request.POST, organisations=own_organisations(user))
    if not form.is_valid():
        faults = [
            f"{form.fields[name].label}: {fault}" for name, told in form.errors.items() for fault in told
        ]
        messages.error(request, " ".join(faults))
        return redirect("cases:cases")
    address = kept(QueryDict(form.cleaned_data["address"]))
    with saying_refusals(request):
        shared = form.organisations.get(form.cleaned_data["shared_with"])
        view = save(user, form.cleaned_data["name"], address, shared)
        messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
    return redirect(f"{reverse('cases:cases')}?{address}")


@require_POST
def delete_view(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Delete one of the user's own views."""
    with saying_refusals(request):
        delete(signed_in(request), public_id)
        messages.success(request, _("The view is deleted."))
    return redirect("cases:cases")
