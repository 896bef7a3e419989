"""What programs send to file and change a case. A value that is left out stays as it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from medevac.api.answers import NO_CONTROL, CountryCode
from medevac.cases.api.values import Line30, Line60, Line100, Line120, Line200, Version
from medevac.cases.models.case import Category, Isolation, Position, Priority
from medevac.cases.models.person import FIRST_BIRTH_YEAR, Person
from medevac.cases.states import Action, Reason


def _line(most: int) -> type[str]:
    return Annotated[str, StringConstraints(max_length=most, pattern=NO_CONTROL)]  # type: ignore[return-value]


def _text(most: int) -> type[str]:
    """Several lines; only the sign that the database cannot keep is refused."""
    return Annotated[str, StringConstraints(max_length=most, pattern=r"^[^\x00]*$")]  # type: ignore[return-value]


Day = date  # which days can be is said by the service: a schema has no word for it


class Strict(Schema):
    """Refuses names that it does not know, so that a misspelt one is not lost."""

    model_config = ConfigDict(extra="forbid")


class FieldsIn(Strict):
    """Operational data of a case."""

    ewrs_number: _line(40) = ""  # type: ignore[valid-type]
    category: Category = Category.OTHER
    specialties: list[Line60] = Field(default=[], max_length=12)
    priority: Priority = Priority.P3
    dependency: Annotated[int, Field(ge=1, le=4)] | None = None
    flight_class: _line(2) = ""  # type: ignore[valid-type]
    position: Position = Position.SEAT
    weight_kg: Annotated[int, Field(ge=1, le=350)] | None = None
    oxygen_litres: Annotated[Decimal, Field(ge=0, le=60, max_digits=4, decimal_places=1)] = Decimal(0)
    ventilator: bool = False
    monitor: bool = False
    suction: bool = False
    incubator: bool = False
    infusions: int = Field(default=0, ge=0, le=12)
    external_fixators: int = Field(default=0, ge=0, le=6)
    cabin_altitude_m: Annotated[int, Field(ge=0, le=3000)] | None = None
    isolation: Isolation = Isolation.CONTACT
    escort: Literal["", "nurse", "doctor", "guardian"] = ""
    ready_from: Day | None = None
    preferred_countries: list[CountryCode] = Field(default=[], max_length=10)
    refused_countries: list[CountryCode] = Field(default=[], max_length=40)
    wants_return: bool | None = None
    payer: Line120 = ""


class NamesIn(Strict):
    """What is known of the patient besides the year of birth."""

    family_name: Line100 = ""
    given_name: Line100 = ""
    patronymic: Line100 = ""
    latin_family_name: Line100 = ""
    latin_given_name: Line100 = ""
    latin_by_hand: bool = False
    birth_date: Day | None = None
    sex: Person.Sex = Person.Sex.UNKNOWN
    citizenship: CountryCode | Literal[""] = ""
    languages: Line100 = ""
    service: Person.Service = Person.Service.UNKNOWN
    telephone: Line30 = ""
    document_number: Line60 = ""


class PersonIn(NamesIn):
    """Who the patient is."""

    birth_year: int = Field(ge=FIRST_BIRTH_YEAR, le=2100)


class ChangedPersonIn(NamesIn):
    """What has become known of the patient."""

    birth_year: int = Field(default=FIRST_BIRTH_YEAR, ge=FIRST_BIRTH_YEAR, le=2100)


class MoreClinicalIn(Strict):
    """The clinical picture besides the diagnosis."""

    icd10: list[_line(8)] = Field(default=[], max_length=20)  # type: ignore[valid-type]
    injury_date: Day | None = None
    mechanism: Line200 = ""
    history: _text(20000) = ""  # type: ignore[valid-type]
    allergies: _text(2000) = ""  # type: ignore[valid-type]
    medicines: _text(4000) = ""  # type: ignore[valid-type]
    cautions: _text(2000) = ""  # type: ignore[valid-type]


class ClinicalIn(MoreClinicalIn):
    """What has become known of the clinical picture."""

    diagnosis: _text(4000) = ""  # type: ignore[valid-type]


class NewCaseIn(Strict):
    """A case to be filed: five things are needed, everything else may follow."""

    mission: Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    requester: UUID
    person: PersonIn
    diagnosis: Annotated[
        str, StringConstraints(min_length=1, max_length=4000, pattern=r"^[^\x00]*\S[^\x00]*$")
    ]
    fields: FieldsIn = FieldsIn()
    clinical: MoreClinicalIn = MoreClinicalIn()


class ChangedCaseIn(Strict):
    """What has become known. The version is that of the case as it was read."""

    version: Version
    fields: FieldsIn | None = None
    person: ChangedPersonIn | None = None
    clinical: ClinicalIn | None = None


class ActIn(Strict):
    """One step. The version is that of the case as it was read."""

    action: Action
    version: Version
    reason: Reason | Literal[""] = ""
    remark: _line(500) = ""  # type: ignore[valid-type]
    notifier: Line200 = ""
    live_case: UUID | None = None
