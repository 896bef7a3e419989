"""Samples and isolation as programs write them, and the decisions on isolation as they read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from medevac.api.answers import Page, PageOf, answered_with
from medevac.cases import services
from medevac.cases.api.answers import ScreeningOut
from medevac.cases.api.entries import Day
from medevac.cases.api.parts import clinical, rows_of
from medevac.cases.api.reading import cases
from medevac.cases.api.values import Line80, Line300, Said80, Said120, Told2000
from medevac.cases.api.written import (
    Seen,
    Touched,
    Written,
    answers,
    deed_on,
    row_of,
    touched,
    writing_clinical,
    written,
)
from medevac.cases.models import IsolationDecision, Screening
from medevac.cases.models.case import Isolation
from medevac.cases.models.screening import Organism, Result
from medevac.cases.policy import CHANGE_CLINICAL, DECIDE_FITNESS
from medevac.cases.services.screening import Sample
from medevac.people.roles import Right

ANSWERS = answers(Written[ScreeningOut])


class SampleIn(Seen):
    """One sample for one organism."""

    organism: Organism
    site: Said80
    taken_on: Day
    result: Result = Result.PENDING
    other_organism: Line80 = ""
    remark: Line300 = ""


class ResultIn(Seen):
    """What came out of a sample; a remark that is left out stays."""

    result: Result
    remark: Line300 = ""


class IsolationIn(Seen):
    """What a clinician decides in place of the rule."""

    isolation: Isolation
    decided_by: Said120
    reason: Told2000


class IsolationOut(Schema):
    """A decision on isolation; it holds until it is ended or a sample is positive."""

    id: UUID
    isolation: str
    decided_by: str
    reason: str
    recorded_at: datetime
    ended_at: datetime | None


@cases.post("/{id}/screenings", auth=writing_clinical, response=ANSWERS, summary="Add a sample")
def add_screening(request: HttpRequest, id: UUID, given: SampleIn) -> dict[str, Any]:
    """Write down a sample; the isolation of the case follows from it."""
    with deed_on(request, id, CHANGE_CLINICAL, given.version) as (holder, case):
        row = services.add_screening(holder, case, Sample(**given.dict(exclude={"version"})))
    return written(holder, case, Right.CLINICAL, row)


@cases.post(
    "/{id}/screenings/{screening}/result", auth=writing_clinical, response=ANSWERS, summary="Record a result"
)
def record_result(request: HttpRequest, id: UUID, screening: UUID, given: ResultIn) -> dict[str, Any]:
    """Write down what came out of a sample; a positive one ends a decision made without it."""
    with deed_on(request, id, CHANGE_CLINICAL, given.version) as (holder, case):
        row = row_of(holder, Screening, case, screening, Right.CLINICAL)
        services.record_result(holder, row, given.result, remark=given.remark)
    return written(holder, case, Right.CLINICAL, row)


@cases.get(
    "/{id}/isolation-decisions",
    auth=clinical,
    response=answered_with(Page[IsolationOut], one=True),
    summary="Decisions on isolation",
)
def list_decisions(request: HttpRequest, id: UUID, paging: PageOf) -> dict[str, Any]:
    """What was decided in place of the rule, the latest first; none, where clinical data are not open."""
    return rows_of(request, id, IsolationDecision, Right.CLINICAL, ("-recorded_at", "pk"), paging)


@cases.post(
    "/{id}/isolation-decisions",
    auth=writing_clinical,
    response=answers(Written[IsolationOut]),
    summary="Decide on isolation",
)
def decide_isolation(request: HttpRequest, id: UUID, given: IsolationIn) -> dict[str, Any]:
    """Decide in place of the rule, with a reason; the decision before it ends."""
    with deed_on(request, id, DECIDE_FITNESS, given.version) as (holder, case):
        row = services.decide_isolation(holder, case, **given.dict(exclude={"version"}))
    return written(holder, case, Right.CLINICAL, row)


@cases.post(
    "/{id}/isolation-decisions/end",
    auth=writing_clinical,
    response=answers(Touched),
    summary="Follow the rule on isolation",
)
def follow_the_rule(request: HttpRequest, id: UUID, given: Seen) -> dict[str, Any]:
    """End the decision: the samples say again how the patient is kept apart."""
    with deed_on(request, id, DECIDE_FITNESS, given.version) as (holder, case):
        services.follow_the_rule(holder, case)
    return touched(holder, case)
