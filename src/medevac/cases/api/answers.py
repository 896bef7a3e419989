"""What is told of a case over the API, by the right that opens it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from medevac.cases.requirements import Need


class CaseOut(Schema):
    """The operational data of a case. Times are UTC."""

    id: UUID
    pseudonym: str
    ewrs_number: str
    mission: str = Field(alias="mission.code")
    requester: UUID = Field(alias="requester_id")
    family: UUID | None = Field(alias="family_id")
    state: str
    state_since: datetime
    end_reason: str
    live_case: UUID | None = Field(alias="live_case_id")
    verified_at: datetime | None
    published_at: datetime | None
    age_band: str
    child: bool
    category: str
    specialties: list[str]
    priority: str
    priority_since: datetime | None
    due_at: datetime | None
    dependency: int | None
    flight_class: str
    position: str
    weight_kg: int | None
    oxygen_litres: float
    ventilator: bool
    monitor: bool
    suction: bool
    incubator: bool
    infusions: int
    external_fixators: int
    cabin_altitude_m: int | None
    isolation: str
    escort: str
    companions_count: int
    ready_from: date | None
    preferred_countries: list[str]
    refused_countries: list[str]
    wants_return: bool | None
    payer: str
    version: int
    created_at: datetime
    changed_at: datetime


class SummaryOut(Schema):
    """The clinical summary, as whoever is asked for a place sees it."""

    diagnosis: str
    icd10: list[str]
    injury_date: date | None
    mechanism: str
    allergies: str
    medicines: str
    cautions: str


class ClinicalOut(SummaryOut):
    """The whole clinical picture."""

    history: str


class PersonOut(Schema):
    """Who the patient is."""

    id: UUID
    family_name: str
    given_name: str
    patronymic: str
    latin_family_name: str
    latin_given_name: str
    latin_by_hand: bool
    birth_year: int
    birth_date: date | None
    sex: str
    citizenship: str
    languages: str
    service: str
    telephone: str
    document_number: str


class WholeCaseOut(CaseOut):
    """A case with what the token may see of the patient; null where it may not, or lacks the scope.

    A clinical picture that is open as a summary only stands in `summary`.
    """

    summary: SummaryOut | None
    clinical: ClinicalOut | None
    person: PersonOut | None
    actions: list[str] = Field(description="What the table allows from this state and the token's role does.")


class CandidateOut(Schema):
    """Somebody whom the token reaches and who may be the patient of a case that was filed.

    How alike, of 100 points, and in what; the cases of theirs that the token reaches.
    """

    person: UUID
    score: int
    likenesses: list[str]
    cases: list[UUID]


class FiledCaseOut(WholeCaseOut):
    """A case that was filed, with those who may be the same patient; null without the scope for persons."""

    may_be: list[CandidateOut] | None


class StepOut(Schema):
    """One step of a case. The remark and the notifier are personal data: null where these are not open."""

    action: str
    source: str
    target: str
    reason: str
    remark: str | None
    notifier: str | None
    at: datetime


class NeedOut(Schema):
    """An item of the mission that concerns the case: there, missing, too-old or waived."""

    code: str
    kind: str
    blocks: str
    state: str
    owner: UUID | None
    deadline: datetime | None
    telephone: str
    dated: date | None
    document: UUID | None
    waived_reason: str

    @staticmethod
    def of(need: Need) -> NeedOut:
        """What is told of a need."""
        row = need.row
        return NeedOut(
            code=need.item.code,
            kind=need.item.kind,
            blocks=need.item.blocks,
            state=need.state,
            owner=row.owner_id if row else None,
            deadline=row.deadline if row else None,
            telephone=row.telephone if row else "",
            dated=row.dated if row else None,
            document=row.document if row else None,
            waived_reason=row.waived_reason if row else "",
        )


class CompanionOut(Schema):
    """Who travels with the patient."""

    id: UUID
    family_name: str
    given_name: str
    latin_family_name: str
    latin_given_name: str
    birth_date: date
    sex: str
    relation: str
    guardian: bool
    telephone: str
    document_number: str
    document_valid_until: date | None
    relation_shown: bool
    may_leave: bool
    luggage_kg: int
    pets: str
    remark: str


class ConsentOut(Schema):
    """A consent; an empty country means every country of the mission."""

    id: UUID
    purpose: str
    country: str
    giver: str
    giver_name: str
    language: str
    interpreter: str
    given_at: datetime
    document: UUID | None
    withdrawn_at: datetime | None
    withdrawn_by: str


class ScreeningOut(Schema):
    """One sample for one organism."""

    id: UUID
    organism: str
    other_organism: str
    site: str
    taken_on: date
    result: str
    remark: str


class MergeOut(Schema):
    """Two persons who were found to be one, and which case was closed for which, where both were live."""

    id: UUID
    kept: UUID = Field(alias="kept_id")
    merged: UUID = Field(alias="merged_id")
    kept_case: UUID | None = Field(alias="kept_case_id")
    closed_case: UUID | None = Field(alias="closed_case_id")
    merged_at: datetime
    undone_at: datetime | None


class SuspicionOut(Schema):
    """Two persons who may be one; how alike they are, of 100, and in what."""

    id: UUID
    first: UUID = Field(alias="first_id")
    second: UUID = Field(alias="second_id")
    score: int
    likenesses: list[str]
    verdict: str
    found_at: datetime
    decided_at: datetime | None
