"""Missions, countries, airports and hospitals over the API. Nothing here is personal or clinical."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field, StringConstraints

from medevac.api.access import TokenAccess, holder_of
from medevac.api.answers import CountryCode, Page, PageOf, Paging, SearchText, answered_with, page_of
from medevac.api.registry import register_router
from medevac.api.scopes import Scope, register_scope
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

Icao = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{4}$")]
Specialty = Annotated[str, StringConstraints(max_length=80, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
MissionCode = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Days(Schema):
    """From the first day to the last, both included; null for no end."""

    first_day: date
    last_day: date | None


class HubOut(Days):
    """An airport where patients are taken on board."""

    airport: str = Field(alias="airport.icao")


class MissionCountryOut(Days):
    """A country that receives patients."""

    country: str
    fair_share: int | None


class ActorOut(Days):
    """An organisation and the part that it plays."""

    organisation: UUID = Field(alias="organisation_id")
    part: str


class EligibilityOut(Days):
    """Whether a group is accepted; an empty country means the whole mission."""

    country: str
    group: str
    accepted: bool
    reason: str


class ItemOut(Days):
    """A consent, a paper or a check, and the step that cannot be taken without it; empty blocks none."""

    code: str
    kind: str
    name_en: str
    name_nb: str
    name_uk: str
    group: str
    blocks: str
    valid_days: int | None


class LimitOut(Days):
    """A number that must not be exceeded; an empty country means the whole mission."""

    what: str
    country: str
    number: int
    source: str


class RetentionOut(Days):
    """How many months something is kept after the end of a case, and by which law."""

    what: str
    months: int
    basis: str


class MissionOut(Days):
    """A mission."""

    code: str
    name_en: str
    name_nb: str
    name_uk: str
    owner: UUID = Field(alias="owner_id")
    identity: str
    closed: bool
    closed_reason: str

    @staticmethod
    def resolve_closed(row: Mission) -> bool:
        """Whether it has been closed."""
        return row.closed_at is not None


class WholeMissionOut(MissionOut):
    """A mission with all its dated parts."""

    hubs: list[HubOut]
    countries: list[MissionCountryOut]
    actors: list[ActorOut]
    eligibility: list[EligibilityOut]
    items: list[ItemOut]
    limits: list[LimitOut]
    retention: list[RetentionOut]


class CountryOut(Schema):
    """A country by its ISO 3166 codes, with its names by language."""

    code: str
    alpha_3: str
    names: dict[str, str]


class AirportOut(Schema):
    """An airport. The hours of closure are in its own time."""

    icao: str
    iata: str
    name: str
    city: str
    country: str
    latitude: float
    longitude: float
    time_zone: str
    closes_at: time | None
    opens_at: time | None
    note: str


class SpecialtyOut(Schema):
    """A specialty, and how well the hospital suits it, 0 to 1."""

    specialty: str
    suitability: float


class ReachOut(Schema):
    """An airport from which the hospital is reached; the basis is estimate or set."""

    airport: str = Field(alias="airport.icao")
    road_minutes: int
    basis: str


class HospitalOut(Schema):
    """A hospital. The contact is a function, never a person."""

    id: UUID
    code: str
    name: str
    latin_name: str
    city: str
    country: str
    latitude: float
    longitude: float
    contact_role: str
    contact_phone: str
    contact_email: str
    source: str
    keeper: UUID = Field(alias="keeper_id")
    closed: bool
    specialties: list[SpecialtyOut]
    reach: list[ReachOut]

    @staticmethod
    def resolve_closed(row: Hospital) -> bool:
        """Whether it has been closed."""
        return row.closed_at is not None

    @staticmethod
    def resolve_specialties(row: Hospital) -> list[Any]:
        """The specialties by name."""
        return list(row.specialties.all())

    @staticmethod
    def resolve_reach(row: Hospital) -> list[Any]:
        """The nearest airport first."""
        return list(row.reach.all())


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


def register_own_api() -> None:
    """Add the scope and the routers."""
    register_scope(SCOPE)
    register_router("/missions", missions)
    register_router("/countries", country_list)
    register_router("/airports", airports)
    register_router("/hospitals", hospitals)
