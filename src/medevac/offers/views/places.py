"""A hospital's places on one screen: the list of hospitals, every place of one, its pools, and the forms."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from medevac.directory.models import Hospital, Mission
from medevac.directory.selectors.missions import running_missions
from medevac.directory.selectors.places import hospital_for
from medevac.offers.forms.places import NewPlacesForm, PlaceForm, PoolForm, TakeBackForm
from medevac.offers.models import Place
from medevac.offers.policy import keeps
from medevac.offers.selectors.places import (
    drawn,
    lines_for,
    mission_shown,
    numbers_of,
    place_for,
    pools_of,
    rows_of,
)
from medevac.offers.services import places as services
from medevac.offers.states import PoolKind
from medevac.people.models import User
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in
from medevac.people.views.saying import saying_refusals


def places(request: HttpRequest) -> HttpResponse:
    """The hospitals whose places the user keeps, each with its numbers."""
    user = signed_in(request)
    missions = running_missions(user)
    mission = mission_shown(user, missions, request.GET.get("mission", ""))
    page, lines = lines_for(user, mission, request.GET.get("page")) if mission else (None, [])
    return render(
        request,
        "offers/places.html",
        {"missions": missions, "mission": mission, "page": page, "lines": lines},
    )


def hospital_places(request: HttpRequest, public_id: UUID, code: str) -> HttpResponse:
    """Every place of a hospital in one mission, and its pools; whoever keeps them has the forms as well."""
    user = signed_in(request)
    hospital, mission = found_places(user, public_id, code)
    kept = keeps(user, hospital, mission)
    page, rows = rows_of(user, hospital, mission, request.GET.get("page"))
    if not kept and not rows:
        raise Http404
    pools = pools_of(user, hospital, mission)
    numbers = numbers_of(user, mission, [hospital.pk])[hospital.pk]
    return render(
        request,
        "offers/hospital_places.html",
        {
            "hospital": hospital,
            "mission": mission,
            "keeps": kept,
            "page": page,
            "rows": rows,
            "pools": pools,
            "numbers": numbers,
            "stale": numbers.stale + sum(one.stale for one in pools),
        },
    )


def add_places(request: HttpRequest, public_id: UUID, code: str) -> HttpResponse:
    """Add one place, or several that differ in their number alone."""
    user = signed_in(request)
    hospital, mission = kept_places(user, public_id, code)
    form = NewPlacesForm(request.POST or None, specialties=_specialties(hospital))
    if request.method == "POST" and form.is_valid():
        try:
            count = form.cleaned_data["count"]
            added = services.add_places(user, hospital, mission, form.values(), count=count)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            sentence = ngettext("%(count)s place was added.", "%(count)s places were added.", len(added))
            messages.success(request, sentence % {"count": len(added)})
            return _back(hospital, mission)
    return _form(request, hospital, mission, form, _("Add places"), _("Add them"))


def change_place(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a place, or take it back with a reason."""
    user = signed_in(request)
    place = _place(user, public_id)
    form = PlaceForm(request.POST or None, instance=place, specialties=_specialties(place.hospital))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_place(user, place, form.values(), seen=form.cleaned_data["seen"])
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request, _("“%(place)s” is saved and confirmed.") % {"place": form.values()["label"]}
            )
            return _back(place.hospital, place.mission)
    return _shown(request, place, form, TakeBackForm(auto_id="back_%s"))


def close_place(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a place back."""
    user = signed_in(request)
    place = _place(user, public_id)
    taking = TakeBackForm(request.POST or None, auto_id="back_%s")
    if request.method == "POST" and taking.is_valid():
        try:
            services.close_place(user, place, reason=taking.cleaned_data["reason"])
        except RefusedError as refusal:
            taking.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("“%(place)s” is taken back.") % {"place": place.label})
            return _back(place.hospital, place.mission)
    form = PlaceForm(instance=place, specialties=_specialties(place.hospital))
    return _shown(request, place, form, taking)


@require_POST
def confirm_place(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that one place is still as it stands here."""
    user = signed_in(request)
    place = _place(user, public_id)
    with saying_refusals(request):
        services.confirm_places(user, [place])
        messages.success(request, _("“%(place)s” is confirmed.") % {"place": place.label})
    return _back(place.hospital, place.mission)


@require_POST
def confirm_all(request: HttpRequest, public_id: UUID, code: str) -> HttpResponse:
    """Say that everything is still as it stands here."""
    user = signed_in(request)
    hospital, mission = kept_places(user, public_id, code)
    with saying_refusals(request):
        done = services.confirm_all(user, hospital, mission)
        sentence = ngettext(
            "%(count)s place is confirmed, and every number.",
            "%(count)s places are confirmed, and every number.",
            done,
        )
        messages.success(request, sentence % {"count": done})
    return _back(hospital, mission)


def set_pool(request: HttpRequest, public_id: UUID, code: str) -> HttpResponse:
    """Say how many of something there are from a day on."""
    user = signed_in(request)
    hospital, mission = kept_places(user, public_id, code)
    asked = request.GET.get("kind", "")
    form = PoolForm(request.POST or None, initial={"kind": asked} if asked in PoolKind.values else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.set_pool(
                user,
                hospital,
                mission,
                PoolKind(given["kind"]),
                given["number"],
                first_day=given["first_day"],
            )
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The number is saved."))
            return _back(hospital, mission)
    return _form(request, hospital, mission, form, _("Set a number"), _("Save"))


def _form(
    request: HttpRequest, hospital: Hospital, mission: Mission, form: Any, title: str, button: str
) -> HttpResponse:
    return render(
        request,
        "offers/places_form.html",
        {"hospital": hospital, "mission": mission, "form": form, "title": title, "button": button},
        status=422 if form.errors else 200,
    )


def _shown(request: HttpRequest, place: Place, form: PlaceForm, taking: TakeBackForm) -> HttpResponse:
    [row] = drawn(signed_in(request), [place])
    return render(
        request,
        "offers/place.html",
        {"row": row, "place": place, "form": form, "taking": taking},
        status=422 if form.errors or taking.errors else 200,
    )


def _back(hospital: Hospital, mission: Mission) -> HttpResponse:
    return redirect("offers:hospital_places", public_id=hospital.pk, code=mission.code)


def _place(user: User, public_id: UUID) -> Place:
    place = place_for(user, public_id)
    if place is None:
        raise Http404
    return place


def found_places(user: User, public_id: UUID, code: str) -> tuple[Hospital, Mission]:
    """A hospital and a running mission that are open to the user."""
    hospital = hospital_for(user, public_id)
    mission = next((one for one in running_missions(user) if one.code == code), None)
    if hospital is None or hospital.closed_at is not None or mission is None:
        raise Http404
    return hospital, mission


def kept_places(user: User, public_id: UUID, code: str) -> tuple[Hospital, Mission]:
    """The same, where the user keeps the places."""
    hospital, mission = found_places(user, public_id, code)
    if not keeps(user, hospital, mission):
        raise Http404
    return hospital, mission


def _specialties(hospital: Hospital) -> Collection[str]:
    """What the hospital treats, also by words that are not among the usual ones."""
    return hospital.specialties.values_list("specialty", flat=True)
