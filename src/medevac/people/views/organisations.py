"""Organisations: the tree, one organisation with its people, adding, changing, moving, closing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.people import services
from medevac.people.forms import MoveForm, NewOrganisationForm, OrganisationForm
from medevac.people.missions import names_of_missions
from medevac.people.models import Organisation
from medevac.people.organisation_kinds import Kind
from medevac.people.own_record import record_look_at_people
from medevac.people.policy import may, visible
from medevac.people.policy.letting_in import kinds_to_add, roles_to_give
from medevac.people.refusals import RefusedError
from medevac.people.selectors.organisations import flat, members_of, organisation_for, tree_for
from medevac.people.signed_in import signed_in
from medevac.people.views.saying import saying_refusals


def organisations(request: HttpRequest) -> HttpResponse:
    """The tree of organisations."""
    user = signed_in(request)
    search = request.GET.get("search", "")[:100]
    owners = visible(user, Organisation.objects.filter(kind=Kind.OWNER), "people.admit_organisations")
    return render(
        request,
        "people/organisations.html",
        {"rows": list(flat(tree_for(user, search=search))), "search": search, "owners": owners},
    )


def organisation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One organisation: what it is part of, its people as far as they are open, what can be done."""
    user = signed_in(request)
    found = _found(request, public_id)
    members = members_of(user, found)
    record_look_at_people(user, "people.see_members", members)
    return render(
        request,
        "people/organisation.html",
        {
            "organisation": found,
            "parts": visible(user, Organisation.objects.filter(parent=found, closed_at=None)).order_by(
                "latin_name"
            ),
            "members": members,
            "missions": names_of_missions(row.mission for row in members),
            "sees_members": may(user, "people.see_members", found),
            "invites": bool(roles_to_give(user, found)),
            "changes": found.closed_at is None and may(user, "people.change_organisations", found),
            "breaks_glass": may(user, "people.break_glass"),
        },
    )


def add_organisation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add an organisation below this one."""
    return _add(request, _found(request, public_id, "people.change_organisations"), admit=False)


def admit_organisation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Admit an organisation that stands by itself, as the mission owner."""
    return _add(request, _found(request, public_id, "people.admit_organisations"), admit=True)


def _add(request: HttpRequest, beside: Organisation, *, admit: bool) -> HttpResponse:
    kinds = list(Kind) if admit else kinds_to_add(signed_in(request), beside)
    form = NewOrganisationForm(request.POST or None, kinds=kinds, initial={"country": beside.country})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            added = services.add_organisation(
                signed_in(request),
                name=values["name"],
                latin_name=values["latin_name"],
                kind=Kind(values["kind"]),
                country=values["country"],
                parent=None if admit else beside,
                admitted_by=beside if admit else None,
            )
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("“%(name)s” has been added.") % {"name": added.name})
            return redirect("people:organisation", public_id=added.pk)
    return render(request, "people/add_organisation.html", {"form": form, "beside": beside, "admit": admit})


def change_organisation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct names and country, move or close."""
    user = signed_in(request)
    found = _found(request, public_id, "people.change_organisations")
    form = OrganisationForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_organisation(user, found, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The organisation is saved."))
            return redirect("people:organisation", public_id=found.pk)
    return render(
        request,
        "people/change_organisation.html",
        {"form": form, "organisation": found, "move": MoveForm(choices=_parents(request, found))},
    )


@require_POST
def move_organisation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make it part of another."""
    found = _found(request, public_id, "people.change_organisations")
    form = MoveForm(request.POST, choices=_parents(request, found))
    if not form.is_valid():
        messages.error(request, _("Choose the organisation that it becomes part of."))
        return redirect("people:change_organisation", public_id=found.pk)
    parent = _found(request, UUID(form.cleaned_data["parent"]), "people.change_organisations")
    with saying_refusals(request):
        services.move_organisation(signed_in(request), found, parent=parent)
        messages.success(
            request,
            _("“%(name)s” is now part of “%(parent)s”.") % {"name": found.name, "parent": parent.name},
        )
    return redirect("people:organisation", public_id=found.pk)


@require_POST
def close_organisation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close it with all its parts."""
    found = _found(request, public_id, "people.change_organisations")
    with saying_refusals(request):
        services.close_organisation(signed_in(request), found)
        messages.success(request, _("“%(name)s” has been closed.") % {"name": found.name})
    return redirect("people:organisations")


def _found(request: HttpRequest, public_id: UUID, action: str | None = None) -> Organisation:
    found = organisation_for(signed_in(request), public_id, action)
    if found is None:
        raise Http404
    return found


def _parents(request: HttpRequest, found: Organisation) -> list[tuple[str, str]]:
    """Where it can go: organisations in the user's reach, its own parts left out."""
    rows = visible(
        signed_in(request), Organisation.objects.filter(closed_at__isnull=True), "people.change_organisations"
    )
    rows = rows.exclude(paths_up__ancestor=found).order_by("latin_name")
    return [(str(row.pk), row.name) for row in rows]
