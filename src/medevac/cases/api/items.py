"""Items of a case as programs write them: said to be there, assigned to whoever brings them, waived."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path
from ninja.errors import HttpError
from pydantic import Field

from medevac.api.access import TokenAccess
from medevac.cases import services
from medevac.cases.api.answers import NeedOut
from medevac.cases.api.entries import Day
from medevac.cases.api.parts import opened_sides
from medevac.cases.api.reading import case_for, cases, look
from medevac.cases.api.values import ItemCode, Line30, Line300, Moment
from medevac.cases.api.writing import WRITE
from medevac.cases.api.written import Seen, Written, answers, deed_on, touched
from medevac.cases.models import Case
from medevac.cases.policy import CHANGE, CHASE, WAIVE
from medevac.cases.readiness import organisations_above
from medevac.cases.requirements import Need, needs_of
from medevac.cases.services.items import Assignment
from medevac.cases.services.papers import Paper

access = TokenAccess(WRITE.name)  # and the scope of the item's side, which its name would tell already
ANSWERS = answers(Written[NeedOut])


class PresenceIn(Seen):
    """Whether the item is there, and of which day the paper is; today, where no day is sent.

    `document` is the paper itself, one of the case's documents; where it is not sent, it stays as it is, and
    null takes it away.
    """

    present: bool
    dated: Day | None = None
    document: UUID | None = None


class AssignmentIn(Seen):
    """Who brings the item, by when, and whom to call about it."""

    owner: UUID
    deadline: Moment | None = None
    telephone: Line30 = ""


class WaiverIn(Seen):
    """Why the item is done without; an empty reason asks for it again."""

    reason: Line300 = Field("")


@cases.put("/{id}/items/{code}", auth=access, response=ANSWERS, summary="Say whether an item is there")
def set_item(request: HttpRequest, id: UUID, code: Path[ItemCode], given: PresenceIn) -> dict[str, Any]:
    """Say that an item is there, or that it is not after all; one that is worked out cannot be said."""
    with deed_on(request, id, CHANGE, given.version) as (holder, case):
        _need(holder, case, code)
        paper = given.document if "document" in given.model_fields_set else Paper.AS_IT_IS
        services.set_item(holder, case, code, present=given.present, dated=given.dated, document=paper)
    return _written(holder, case, code)


@cases.put("/{id}/items/{code}/owner", auth=access, response=ANSWERS, summary="Assign an item")
def assign_item(request: HttpRequest, id: UUID, code: Path[ItemCode], given: AssignmentIn) -> dict[str, Any]:
    """Say who brings an item, by when, and whom to call. Whoever is assigned is told."""
    with deed_on(request, id, CHASE, given.version) as (holder, case):
        _need(holder, case, code)
        owner = next((one for one in organisations_above(case) if one.pk == given.owner), None)
        if owner is None:
            raise HttpError(
                404, f"Expected whoever filed the case or an organisation above as owner, got {given.owner}."
            )
        services.assign_item(holder, case, code, Assignment(owner, given.deadline, given.telephone))
    return _written(holder, case, code)


@cases.put("/{id}/items/{code}/waiver", auth=access, response=ANSWERS, summary="Do without an item")
def waive_item(request: HttpRequest, id: UUID, code: Path[ItemCode], given: WaiverIn) -> dict[str, Any]:
    """Do without an item, with a reason; an empty one asks for it again. A consent cannot be done without."""
    with deed_on(request, id, WAIVE, given.version) as (holder, case):
        _need(holder, case, code)
        services.waive_item(holder, case, code, given.reason)
    return _written(holder, case, code)


def _need(holder: Any, case: Case, code: str) -> Need:
    """The need, or 404: that it concerns a case tells of the patient, so its side must be open."""
    rights = opened_sides(holder, case)
    found = next((one for one in needs_of(case) if one.item.code == code), None)
    if found is None or found.side.right not in rights:
        raise HttpError(
            404,
            f'Expected the code of an item that the mission asks of this case and that the token reads, got "'
            f'{code}". Medical ones ask for the scope cases.read_clinical, others for cases.read_personal.',
        )
    return found


def _written(holder: Any, case: Case, code: str) -> dict[str, Any]:
    now = case_for(holder, case.pk)
    need = _need(holder, now, code)
    look(holder, need.side.right, [now])
    return {**touched(holder, now), "part": NeedOut.of(need)}
