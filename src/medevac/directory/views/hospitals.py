"""Hospitals: the list with its map, one hospital, adding, changing, closing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medevac.directory import services
from medevac.directory.countries import country_name, sorted_countries
from medevac.directory.forms import HospitalForm, NewHospitalForm, RoadForm, SpecialtiesForm
from medevac.directory.models import Hospital
from medevac.directory.policy import CHANGE_HOSPITALS, SEE
from medevac.directory.selectors.places import (
    countries_with_hospitals,
    hospital_for,
    hospitals_for,
    specialties_for,
)
from medevac.directory.services.hospitals import HospitalFacts, keepers_for
from medevac.directory.specialties import specialty_choices
from medevac.directory.views.map_points import airport_points, hospital_points
from medevac.people.models import User
from medevac.people.policy import may
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in
from medevac.people.views.saying import saying_refusals

ROWS = 100


def hospitals(request: HttpRequest) -> HttpResponse:
    """The hospitals that are open to the user, as a list and on a map."""
    user = signed_in(request)
    asked = {name: request.GET.get(name, "")[:100] for name in ("search", "country", "specialty")}
    rows = hospitals_for(user, search=asked["search"], country=asked["country"], specialty=asked["specialty"])
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "directory/hospitals.html",
        {
            "page": page,
            "rows": [(row, country_name(row.country)) for row in page],
            "points": hospital_points(page),
            "asked": asked,
            "countries": _countries(user, asked["country"]),
            "specialties": specialty_choices(specialties_for(user)),
            "changes": may(user, CHANGE_HOSPITALS),
        },
    )


def hospital(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One hospital: what it treats, how it is reached, whom to call."""
    user = signed_in(request)
    found = _found(request, public_id)
    roads = list(found.reach.all())
    return render(
        request,
        "directory/hospital.html",
        {
            "hospital": found,
            "country": country_name(found.country),
            "roads": roads,
            "points": hospital_points([found]) + airport_points([road.airport for road in roads], small=True),
            "changes": found.closed_at is None and may(user, CHANGE_HOSPITALS, found),
            "history": may(user, "audit.see_record", found),
        },
    )


def add_hospital(request: HttpRequest) -> HttpResponse:
    """Add a hospital that the chosen organisation keeps."""
    user = signed_in(request)
    form = NewHospitalForm(request.POST or None, keepers=keepers_for(user))
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        keeper = form.keepers[facts.pop("keeper")]
        try:
            added = services.add_hospital(user, keeper, HospitalFacts(**facts))
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("“%(name)s” has been added.") % {"name": added.name})
            return redirect("directory:hospital", public_id=added.pk)
    return render(request, "directory/form.html", {"form": form, "title": _("Add a hospital")})


def change_hospital(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct what is written of a hospital, its specialties and its reach."""
    found = _found(request, public_id, CHANGE_HOSPITALS)
    form = HospitalForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_hospital(signed_in(request), found, HospitalFacts(**form.cleaned_data))
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The hospital is saved."))
            return redirect("directory:hospital", public_id=found.pk)
    return render(
        request,
        "directory/change_hospital.html",
        {
            "form": form,
            "hospital": found,
            "specialties": SpecialtiesForm(treated=_treated(found)),
            "road": RoadForm(),
        },
    )


@require_POST
def set_specialties(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what a hospital treats."""
    found = _found(request, public_id, CHANGE_HOSPITALS)
    form = SpecialtiesForm(request.POST, treated=_treated(found))
    if not form.is_valid():
        messages.error(request, _faults(form))
        return redirect("directory:change_hospital", public_id=found.pk)
    with saying_refusals(request):
        services.set_specialties(signed_in(request), found, form.suitabilities())
        messages.success(request, _("The specialties are saved."))
    return redirect("directory:hospital", public_id=found.pk)


@require_POST
def set_reach(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Set by hand how long the road from an airport is."""
    found = _found(request, public_id, CHANGE_HOSPITALS)
    form = RoadForm(request.POST)
    if not form.is_valid():
        messages.error(request, _faults(form))
        return redirect("directory:change_hospital", public_id=found.pk)
    with saying_refusals(request):
        values = form.cleaned_data
        services.set_reach(signed_in(request), found, values["icao"], values["road_minutes"])
        messages.success(request, _("The reach is saved."))
    return redirect("directory:hospital", public_id=found.pk)


@require_POST
def close_hospital(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close a hospital."""
    found = _found(request, public_id, CHANGE_HOSPITALS)
    with saying_refusals(request):
        services.close_hospital(signed_in(request), found)
        messages.success(request, _("“%(name)s” is closed.") % {"name": found.name})
    return redirect("directory:hospital", public_id=found.pk)


def _faults(form: Form) -> str:
    """Every fault of a form as one text, each after the name of its field."""
    labels = {name: field.label for name, field in form.fields.items()}
    return " ".join(f"{labels[name]}: {fault}" for name, faults in form.errors.items() for fault in faults)


def _countries(user: User, asked: str) -> list[tuple[str, str]]:
    """The countries to choose from, by their names in the reader's language: those that have a hospital."""
    known = countries_with_hospitals(user) | {asked}
    named = [(one.code, one.name) for one in sorted_countries() if one.code in known]
    return [("", _("all countries")), *named]


def _treated(hospital: Hospital) -> dict[str, float]:
    return {row.specialty: row.suitability for row in hospital.specialties.all()}


def _found(request: HttpRequest, public_id: UUID, action: str = SEE) -> Hospital:
    found = hospital_for(signed_in(request), public_id, action)
    if found is None:
        raise Http404
    return found
