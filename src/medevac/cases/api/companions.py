"""Companions as programs write them: added, changed, taken out."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from pydantic import Field

from medevac.cases import services
from medevac.cases.api.answers import CompanionOut
from medevac.cases.api.entries import Day
from medevac.cases.api.reading import cases
from medevac.cases.api.values import Line30, Line60, Line100, Line120, Line300, Said100
from medevac.cases.api.written import (
    Seen,
    SeenVersion,
    Touched,
    Written,
    answers,
    deed_on,
    row_of,
    touched,
    writing_personal,
    written,
)
from medevac.cases.models import Companion
from medevac.cases.policy import CHANGE
from medevac.people.days import current_day
from medevac.people.roles import Right

ANSWERS = answers(Written[CompanionOut])


class MoreOfCompanionIn(Seen):
    """What is known of who goes along."""

    latin_family_name: Line100 = ""
    latin_given_name: Line100 = ""
    guardian: bool = False
    telephone: Line30 = ""
    document_number: Line60 = ""
    document_valid_until: Day | None = None
    relation_shown: bool = False
    may_leave: bool = False
    luggage_kg: Annotated[int, Field(ge=0, le=200)] = 0
    pets: Line120 = ""
    remark: Line300 = ""


class CompanionIn(MoreOfCompanionIn):
    """Who goes along."""

    family_name: Said100
    given_name: Said100
    birth_date: Day
    sex: Companion.Sex
    relation: Companion.Relation


class ChangedCompanionIn(MoreOfCompanionIn):
    """What has become known of who goes along; what is left out stays, whatever its default is here."""

    family_name: Said100 = Field(default_factory=str)
    given_name: Said100 = Field(default_factory=str)
    birth_date: Day = Field(default_factory=current_day)
    sex: Companion.Sex = Companion.Sex.OTHER
    relation: Companion.Relation = Companion.Relation.OTHER


@cases.post("/{id}/companions", auth=writing_personal, response=ANSWERS, summary="Add a companion")
def add_companion(request: HttpRequest, id: UUID, given: CompanionIn) -> dict[str, Any]:
    """Add who goes along. Latin names that are left out are written by Ukraine's table."""
    with deed_on(request, id, CHANGE, given.version) as (holder, case):
        row = services.add_companion(holder, case, given.dict(exclude={"version"}))
    return written(holder, case, Right.PERSONAL, row)


@cases.patch(
    "/{id}/companions/{companion}", auth=writing_personal, response=ANSWERS, summary="Change a companion"
)
def change_companion(
    request: HttpRequest, id: UUID, companion: UUID, given: ChangedCompanionIn
) -> dict[str, Any]:
    """Write what has become known of who goes along. Only what is sent is changed."""
    with deed_on(request, id, CHANGE, given.version) as (holder, case):
        row = row_of(holder, Companion, case, companion, Right.PERSONAL)
        services.change_companion(holder, row, given.dict(exclude={"version"}, exclude_unset=True))
    return written(holder, case, Right.PERSONAL, row)


@cases.delete(
    "/{id}/companions/{companion}",
    auth=writing_personal,
    response=answers(Touched),
    summary="Take a companion out",
)
def remove_companion(request: HttpRequest, id: UUID, companion: UUID, version: SeenVersion) -> dict[str, Any]:
    """Take out who does not go along; letters name that person no more, the history keeps who it was."""
    with deed_on(request, id, CHANGE, version) as (holder, case):
        services.remove_companion(holder, row_of(holder, Companion, case, companion, Right.PERSONAL))
    return touched(holder, case)
