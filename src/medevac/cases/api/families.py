"""Families as programs read and write them: who travels together with whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema
from ninja.errors import HttpError

from medevac.api.access import holder_of
from medevac.api.answers import answered_with
from medevac.cases import services
from medevac.cases.api.deeds import deed
from medevac.cases.api.reading import case_for, cases
from medevac.cases.api.written import (
    Seen,
    SeenVersion,
    Touched,
    Written,
    answers,
    touched,
    writing_operational,
)
from medevac.cases.models import Case, FamilyGroup
from medevac.cases.policy import CHANGE
from medevac.people.policy import demand, visible


class FamilyOut(Schema):
    """A family: how closely it stays together, and those of its cases that the token reaches."""

    id: UUID
    together: str
    cases: list[UUID]


class FamilyIn(Seen):
    """The other case, and how closely the family stays together."""

    other: UUID
    together: FamilyGroup.Together = FamilyGroup.Together.TOGETHER


@cases.get("/{id}/family", response=answered_with(FamilyOut, one=True), summary="Family of a case")
def get_family(request: HttpRequest, id: UUID) -> dict[str, Any]:
    """The family of the patient; 404 where the patient travels with none."""
    holder: Any = holder_of(request)
    return _family(holder, case_for(holder, id))


@cases.post(
    "/{id}/family", auth=writing_operational, response=answers(Written[FamilyOut]), summary="Join a family"
)
def join_family(request: HttpRequest, id: UUID, given: FamilyIn) -> dict[str, Any]:
    """Say that two patients are of one family. The token's role must be able to change both cases."""
    holder: Any = holder_of(request)
    case = case_for(holder, id)
    with deed():  # the service locks the whole family in order, so nothing is locked before
        demand(holder, CHANGE, case)
        other = visible(holder, Case.objects.filter(pk=given.other), CHANGE).first()
        if other is None:
            raise HttpError(404, f"Expected another case that the token may change, got {given.other}.")
        services.join_family(holder, case, other, together=given.together, seen=given.version)
    return {**touched(holder, case), "part": _family(holder, case_for(holder, id))}


@cases.delete("/{id}/family", auth=writing_operational, response=answers(Touched), summary="Leave a family")
def leave_family(request: HttpRequest, id: UUID, version: SeenVersion) -> dict[str, Any]:
    """Say that the patient travels apart. A family of one is none."""
    holder: Any = holder_of(request)
    case = case_for(holder, id)
    with deed():
        services.leave_family(holder, case, seen=version)
    return touched(holder, case)


def _family(holder: Any, case: Case) -> dict[str, Any]:
    if case.family is None:
        raise HttpError(404, f"Expected a case that is of a family, got {case.pk}, which is of none.")
    rows = visible(holder, Case.objects.filter(family=case.family)).order_by("pk")
    together = case.family.together
    return {"id": case.family_id, "together": together, "cases": list(rows.values_list("pk", flat=True))}
