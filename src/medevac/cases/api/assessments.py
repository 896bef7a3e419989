"""Assessments and fitness decisions as programs read and write them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from medevac.api.answers import Page, PageOf, answered_with
from medevac.cases import services
from medevac.cases.api.parts import clinical, rows_of
from medevac.cases.api.reading import cases
from medevac.cases.api.values import Moment, Said120, Text2000, Told4000
from medevac.cases.api.written import Seen, Written, answers, deed_on, row_of, writing_clinical, written
from medevac.cases.models import Assessment, FitDecision
from medevac.cases.policy import CHANGE_CLINICAL, DECIDE_FITNESS
from medevac.cases.services.fitness import Fitness
from medevac.people.roles import Right


class AssessmentIn(Seen):
    """Who has looked at the patient, when, and what was found."""

    assessor: Said120
    assessed_at: Moment
    text: Told4000


class FitnessIn(Seen):
    """Whether the patient may fly, and until when."""

    fit: bool
    decided_by: Said120
    decided_at: Moment
    valid_until: Moment | None = None
    conditions: Text2000 = ""
    override_reason: Text2000 = ""


class AssessmentOut(Schema):
    """Somebody has looked at the patient, and perhaps confirmed again what was found."""

    id: UUID
    assessor: str
    assessed_at: datetime
    text: str
    confirmed_at: datetime | None


class FitnessOut(Schema):
    """A decision whether the patient may fly. The latest counts."""

    id: UUID
    fit: bool
    decided_by: str
    decided_at: datetime
    valid_until: datetime | None
    conditions: str
    overrides: bool
    override_reason: str


ANSWERS = answers(Written[AssessmentOut])


@cases.get(
    "/{id}/assessments",
    auth=clinical,
    response=answered_with(Page[AssessmentOut], one=True),
    summary="Assessments of a case",
)
def list_assessments(request: HttpRequest, id: UUID, paging: PageOf) -> dict[str, Any]:
    """Who has looked at the patient, the latest first; nobody, where clinical data are not open."""
    return rows_of(request, id, Assessment, Right.CLINICAL, ("-assessed_at", "pk"), paging)


@cases.post("/{id}/assessments", auth=writing_clinical, response=ANSWERS, summary="Add an assessment")
def add_assessment(request: HttpRequest, id: UUID, given: AssessmentIn) -> dict[str, Any]:
    """Write down that somebody has looked at the patient."""
    with deed_on(request, id, CHANGE_CLINICAL, given.version) as (holder, case):
        row = services.add_assessment(holder, case, **given.dict(exclude={"version"}))
    return written(holder, case, Right.CLINICAL, row)


@cases.post(
    "/{id}/assessments/{assessment}/confirm",
    auth=writing_clinical,
    response=ANSWERS,
    summary="Confirm an assessment again",
)
def confirm_assessment(request: HttpRequest, id: UUID, assessment: UUID, given: Seen) -> dict[str, Any]:
    """Say that what was found is still so now. The version of the case stays."""
    with deed_on(request, id, CHANGE_CLINICAL, given.version) as (holder, case):
        row = row_of(holder, Assessment, case, assessment, Right.CLINICAL)
        services.confirm_assessment(holder, row)
    return written(holder, case, Right.CLINICAL, row)


@cases.get(
    "/{id}/fitness",
    auth=clinical,
    response=answered_with(Page[FitnessOut], one=True),
    summary="Fitness decisions of a case",
)
def list_fitness(request: HttpRequest, id: UUID, paging: PageOf) -> dict[str, Any]:
    """What was decided on flying, the latest first; nothing, where clinical data are not open."""
    return rows_of(request, id, FitDecision, Right.CLINICAL, ("-decided_at", "pk"), paging)


@cases.post(
    "/{id}/fitness",
    auth=writing_clinical,
    response=answers(Written[FitnessOut]),
    summary="Decide whether the patient may fly",
)
def decide_fitness(request: HttpRequest, id: UUID, given: FitnessIn) -> dict[str, Any]:
    """Decide on flying; in spite of a caution that is written down with a reason only."""
    with deed_on(request, id, DECIDE_FITNESS, given.version) as (holder, case):
        row = services.decide_fitness(holder, case, Fitness(**given.dict(exclude={"version"})))
    return written(holder, case, Right.CLINICAL, row)
