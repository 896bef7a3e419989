"""Missions, countries, airports and hospitals over the API. Nothing here is personal or clinical."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from ninja.errors import HttpError
from pydantic import Field

from medevac.api.access import TokenAccess, holder_of
from medevac.api.answers import CountryCode, Page, PageOf, Paging, SearchText, answered_with, page_of
from medevac.api.scopes import Scope
from medevac.directory.api.answers import (
    AirportOut,
    CountryOut,
    HospitalOut,
    Icao,
    MissionCode,
    MissionOut,
    Specialty,
    WholeMissionOut,
)
from medevac.directory.countries import countries, find_countries
from medevac.directory.models import Airport, Hospital, Mission
from medevac.directory.policy import SEE
from medevac.directory.selectors.missions import mission_for, missions_for
from medevac.directory.selectors.places import airport_for, airports_for, hospital_for, hospitals_for

SCOPE = Scope("directory.read", SEE, _("read missions, countries, airports and hospitals"))
access = TokenAccess(SCOPE.name)
missions = Router(auth=access, tags=["missions"])
country_list = Router(auth=access, tags=["countries"])
airports = Router(auth=access, tags=["airports"])
hospitals = Router(auth=access, tags=["hospitals"])


class Wanted(Paging):
    """Which rows are wanted."""

    search: SearchText = Field("", description="Words of the name, in either script.")
    country: CountryCode | None = Field(None, description="Two capital letters such as NO.")


class WantedHospitals(Wanted):
    """Which hospitals are wanted."""

    specialty: Specialty | None = Field(None, description="A specialty such as burns.")
    closed: bool = Field(False, description="Whether closed ones are told as well.")


@missions.get("", response=answered_with(Page[MissionOut]), summary="Missions")
def list_missions(request: HttpRequest, paging: PageOf) -> dict[str, Any]:
    """The missions that the token's organisation takes part in; those that run come first."""
    return page_of(missions_for(holder_of(request)), paging)  # type: ignore[arg-type]


@missions.get("/{code}", response=answered_with(WholeMissionOut, one=True), summary="One mission")
def get_mission(request: HttpRequest, code: MissionCode) -> Mission:
    """A mission with every part, whatever the day: hubs, countries, actors, eligibility, items and limits."""
    found = mission_for(holder_of(request), code)  # type: ignore[arg-type]
    if found is None:
        raise HttpError(404, f'Expected the code of a mission that the token reaches, got "{code}".')
    return found


@country_list.get("", response=answered_with(Page[CountryOut]), summary="Countries")
def list_countries(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """Every country of ISO 3166; by name in English."""
    found = [one for one in find_countries(wanted.search) if wanted.country in (None, one.code)]
    return page_of(found, wanted)


@country_list.get("/{code}", response=answered_with(CountryOut, one=True), summary="One country")
def get_country(request: HttpRequest, code: CountryCode) -> Any:
    """One country."""
    if code not in countries():
        raise HttpError(404, f'Expected the code of a country such as NO, got "{code}".')
    return countries()[code]


@airports.get("", response=answered_with(Page[AirportOut]), summary="Airports")
def list_airports(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """The airports that this installation uses, by code."""
    rows = airports_for(holder_of(request), search=wanted.search, country=wanted.country or "")  # type: ignore[arg-type]
    return page_of(rows, wanted)


@airports.get("/{icao}", response=answered_with(AirportOut, one=True), summary="One airport")
def get_airport(request: HttpRequest, icao: Icao) -> Airport:
    """One airport."""
    found = airport_for(holder_of(request), icao)  # type: ignore[arg-type]
    if found is None:
        raise HttpError(404, f'Expected the ICAO code of an airport that is in use here, got "{icao}".')
    return found


@hospitals.get("", response=answered_with(Page[HospitalOut]), summary="Hospitals")
def list_hospitals(request: HttpRequest, wanted: Query[WantedHospitals]) -> dict[str, Any]:
    """The hospitals that the token reaches, by country and name."""
    rows = hospitals_for(
        holder_of(request),  # type: ignore[arg-type]
        search=wanted.search,
        country=wanted.country or "",
        specialty=wanted.specialty or "",
        closed=wanted.closed,
    )
    return page_of(rows, wanted)


@hospitals.get("/{id}", response=answered_with(HospitalOut, one=True), summary="One hospital")
def get_hospital(request: HttpRequest, id: UUID) -> Hospital:
    """One hospital."""
    found = hospital_for(holder_of(request), id)  # type: ignore[arg-type]
    if found is None:
        raise HttpError(404, f"Expected the id of a hospital that the token reaches, got {id}.")
    return found
