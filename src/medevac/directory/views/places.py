"""Countries, airports, and the outlines that maps are drawn from."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from medevac.directory import services
from medevac.directory.countries import country_name, find_countries
from medevac.directory.forms import AirportForm, HoursForm
from medevac.directory.models import Airport
from medevac.directory.policy import CHANGE_AIRPORTS
from medevac.directory.selectors.missions import missions_for, with_parts
from medevac.directory.selectors.places import airport_for, airports_for, hospitals_for
from medevac.directory.views.map_points import airport_points
from medevac.papers.outlines import outlines
from medevac.people.policy import may
from medevac.people.refusals import RefusedError
from medevac.people.signed_in import signed_in

ROWS = 100


def countries(request: HttpRequest) -> HttpResponse:
    """Every country in the reader's language, with the missions that it takes part in."""
    user = signed_in(request)
    search = request.GET.get("search", "")[:100]
    taking_part: dict[str, list[Any]] = {}
    for mission in with_parts(missions_for(user, closed=False)):
        for code in dict.fromkeys(part.country for part in mission.countries.all()):
            taking_part.setdefault(code, []).append(mission)
    everybody = request.GET.get("all") == "1" or bool(search)
    rows = [
        (one, taking_part.get(one.code, []))
        for one in find_countries(search)
        if everybody or one.code in taking_part
    ]
    return render(
        request, "directory/countries.html", {"rows": rows, "search": search, "everybody": everybody}
    )


def airports(request: HttpRequest) -> HttpResponse:
    """The airports in use, as a list and on a map."""
    user = signed_in(request)
    search = request.GET.get("search", "")[:100]
    rows = airports_for(user, search=search)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "directory/airports.html",
        {
            "page": page,
            "rows": [(row, country_name(row.country)) for row in page],
            "search": search,
            "points": airport_points(page),
            "changes": may(user, CHANGE_AIRPORTS),
        },
    )


def airport(request: HttpRequest, icao: str) -> HttpResponse:
    """One airport with the hospitals that are reached from it."""
    user = signed_in(request)
    found = _found(request, icao)
    reached = hospitals_for(user).filter(reach__airport=found)
    return render(
        request,
        "directory/airport.html",
        {
            "airport": found,
            "country": country_name(found.country),
            "hospitals": reached,
            "points": airport_points([found]),
            "changes": may(user, CHANGE_AIRPORTS, found),
            "history": may(user, "audit.see_record", found),
        },
    )


def add_airport(request: HttpRequest) -> HttpResponse:
    """Add an airport of the published list by its code."""
    form = AirportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = services.add_airport(signed_in(request), form.cleaned_data["icao"])
        except RefusedError as refusal:
            form.add_error("icao", refusal.sentence)
        else:
            return redirect("directory:airport", icao=added.icao)
    return render(request, "directory/form.html", {"form": form, "title": _("Add an airport")})


def change_airport(request: HttpRequest, icao: str) -> HttpResponse:
    """Say when an airport is closed."""
    found = _found(request, icao, CHANGE_AIRPORTS)
    form = HoursForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_hours(signed_in(request), found, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The hours are saved."))
            return redirect("directory:airport", icao=found.icao)
    title = _("Hours of %(airport)s") % {"airport": found.icao}
    return render(request, "directory/form.html", {"form": form, "title": title})


def outlines_json(request: HttpRequest) -> HttpResponse:
    """The countries' outlines as GeoJSON; Crimea is drawn as Ukraine."""
    answer = JsonResponse(_outlines())
    patch_cache_control(answer, private=True, max_age=86_400)
    return answer


@cache
def _outlines() -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "properties": {"country": code},
            "geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]},
        }
        for code, rings in outlines().items()
    ]
    return {"type": "FeatureCollection", "features": features}


def _found(request: HttpRequest, icao: str, action: str | None = None) -> Airport:
    found = airport_for(signed_in(request), icao, action)
    if found is None:
        raise Http404
    return found
