"""What programs are told of this room: one form for each kind of thing, and the bounds of what they name."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from medevac.directory.models import Hospital, Mission

Icao = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{4}$")]
Specialty = Annotated[str, StringConstraints(max_length=80, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
ItemCode = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
MissionCode = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Days(Schema):
    """From the first day to the last, both included; null for no end."""

    first_day: date
    last_day: date | None


class EntryOut(Days):
    """One dated entry of a mission."""

    id: UUID


class HubOut(EntryOut):
    """An airport where patients are taken on board."""

    airport: str = Field(alias="airport.icao")


class MissionCountryOut(EntryOut):
    """A country that receives patients."""

    country: str
    fair_share: int | None


class ActorOut(EntryOut):
    """An organisation and the part that it plays."""

    organisation: UUID = Field(alias="organisation_id")
    part: str


class EligibilityOut(EntryOut):
    """Whether a group is accepted; an empty country means the whole mission."""

    country: str
    group: str
    accepted: bool
    reason: str


class ItemOut(EntryOut):
    """A consent, a paper or a check, and the step that cannot be taken without it; empty blocks none."""

    code: str
    kind: str
    name_en: str
    name_nb: str
    name_uk: str
    group: str
    blocks: str
    valid_days: int | None


class LimitOut(EntryOut):
    """A number that must not be exceeded; an empty country means the whole mission."""

    what: str
    country: str
    number: int
    source: str


class RetentionOut(EntryOut):
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
    version: int

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
