"""What fits a case, and whom a country could help most. For the next flight, see `advice`."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from medevac.cases.views.opened import open_case
from medevac.directory.countries import country_name
from medevac.directory.models import Mission
from medevac.directory.selectors.missions import missions_for
from medevac.offers.fit_panel import ways_on
from medevac.offers.selectors.suggestions import (
    MOST_HELPED,
    MOST_SUGGESTED,
    help_of,
    suggestions_for,
    waiting_by_mission,
)
from medevac.offers.services.offering import OFFER_FOR_A_CASE
from medevac.people.days import current_day
from medevac.people.models import Organisation, User
from medevac.people.policy import standings, visible
from medevac.people.signed_in import signed_in


def suggestions(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Every hospital for one case, with what speaks for it and against it."""
    user, case = signed_in(request), open_case(request, public_id, OFFER_FOR_A_CASE)
    found = suggestions_for(user, case, most=None if "all" in request.GET else MOST_SUGGESTED)
    return render(
        request, "offers/suggestions.html", {"case": case, "found": found, **ways_on(user, case.mission)}
    )


def country_help(request: HttpRequest) -> HttpResponse:
    """The cases that one country could help most."""
    user = signed_in(request)
    missions = list(missions_for(user, closed=False))
    mission = named_mission(user, missions, request.GET.get("mission", ""))
    countries = _countries(mission)
    country = request.GET.get("country", "")
    if country not in countries:
        own = [code for code in _own_countries(user) if code in countries]
        country = next(iter([*own, *countries]), "")
    found = help_of(user, mission, country) if mission is not None and country else None
    return render(
        request,
        "offers/country_help.html",
        {
            "missions": missions,
            "mission": mission,
            "countries": sorted(((code, country_name(code)) for code in countries), key=lambda one: one[1]),
            "country": country,
            "country_name": country_name(country) if country else "",
            "found": found,
            "most": MOST_HELPED,
            **ways_on(user, mission),
        },
    )


def named_mission(user: User, missions: list[Mission], code: str) -> Mission | None:
    """The mission that the address names, or the one in which most cases wait that the user may help."""
    found = next((one for one in missions if one.code == code), None)
    if found is not None or len(missions) < 2:
        return found or next(iter(missions), None)
    waiting = waiting_by_mission(user)
    return max(missions, key=lambda one: waiting.get(one.pk, 0))


def _countries(mission: Mission | None) -> list[str]:
    today = current_day()
    rows = mission.countries.all() if mission is not None else ()
    return sorted({row.country for row in rows if row.holds_on(today)})


def _own_countries(user: User) -> list[str]:
    """The countries of the organisations for which the user acts."""
    ids = {organisation for _role, organisation, _mission in standings(user)}
    rows = visible(user, Organisation.objects.filter(pk__in=ids))
    return list(rows.order_by("pk").values_list("country", flat=True))
