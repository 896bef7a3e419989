"""The parts of a case as programs read them: steps, needs, companions, consents, screenings.

Those that came with their writing are in files of their own: assessments, isolation, families, letters.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from medevac.api.access import TokenAccess, holder_of
from medevac.api.answers import Page, PageOf, Paging, answered_with, page_of
from medevac.cases.api.answers import CompanionOut, ConsentOut, NeedOut, ScreeningOut, StepOut
from medevac.cases.api.reading import CLINICAL, PERSONAL, READ, case_for, cases, look, opens
from medevac.cases.models import Case, CaseStep, Companion, Consent, Screening
from medevac.cases.requirements import needs_of
from medevac.people.policy import parts_of, visible
from medevac.people.roles import Right

access = TokenAccess(READ.name)
personal = TokenAccess(PERSONAL.name)
clinical = TokenAccess(CLINICAL.name)


@cases.get("/{id}/steps", response=answered_with(Page[StepOut], one=True), summary="Steps of a case")
def list_steps(request: HttpRequest, id: UUID, paging: PageOf) -> dict[str, Any]:
    """Every step that the case has taken, the first one first."""
    holder: Any = holder_of(request)
    case = case_for(holder, id)
    page = page_of(parts_of(holder, CaseStep.objects.all(), case).order_by("at", "pk"), paging)
    named = holder.has_scope(PERSONAL.name) and opens(holder, Right.PERSONAL, case)
    if named and any(step.remark or step.notifier for step in page["items"]):
        look(holder, Right.PERSONAL, [case])
    page["items"] = [
        {
            "action": step.action,
            "source": step.source,
            "target": step.target,
            "reason": step.reason,
            "remark": step.remark if named else None,
            "notifier": step.notifier if named else None,
            "at": step.at,
        }
        for step in page["items"]
    ]
    return page


@cases.get("/{id}/needs", response=answered_with(Page[NeedOut], one=True), summary="What a case needs")
def list_needs(request: HttpRequest, id: UUID, paging: PageOf) -> dict[str, Any]:
    """Every item of the mission that concerns the case, in the order of the steps that wait for them.

    Which of them concern it follows from the patient, so each is told under the right of its side: the
    medical ones to who reads the clinical data, the others to who reads who the patient is.
    """
    holder: Any = holder_of(request)
    case = case_for(holder, id)
    rights = opened_sides(holder, case)
    for right in sorted(rights):
        look(holder, right, [case])
    told = [NeedOut.of(need) for need in needs_of(case) if need.side.right in rights] if rights else []
    return page_of(told, paging)


def opened_sides(holder: Any, case: Case) -> set[Right]:
    """The rights of the two sides that the token has by its scopes and, for this case, by its role."""
    scopes = {Right.CLINICAL: CLINICAL.name, Right.PERSONAL: PERSONAL.name}
    return {
        right for right, scope in scopes.items() if holder.has_scope(scope) and opens(holder, right, case)
    }


@cases.get(
    "/{id}/companions",
    auth=personal,
    response=answered_with(Page[CompanionOut], one=True),
    summary="Companions of a case",
)
def list_companions(request: HttpRequest, id: UUID, paging: PageOf) -> dict[str, Any]:
    """Who travels with the patient, by name; nobody, where persons of this case are not open."""
    return rows_of(request, id, Companion, Right.PERSONAL, ("family_name", "given_name", "pk"), paging)


@cases.get(
    "/{id}/consents",
    auth=personal,
    response=answered_with(Page[ConsentOut], one=True),
    summary="Consents of a case",
)
def list_consents(request: HttpRequest, id: UUID, paging: PageOf) -> dict[str, Any]:
    """What the patient has agreed to, and what was withdrawn; none, where persons are not open."""
    return rows_of(request, id, Consent, Right.PERSONAL, ("purpose", "country", "-given_at", "pk"), paging)


@cases.get(
    "/{id}/screenings",
    auth=clinical,
    response=answered_with(Page[ScreeningOut], one=True),
    summary="Screenings of a case",
)
def list_screenings(request: HttpRequest, id: UUID, paging: PageOf) -> dict[str, Any]:
    """Samples and their results, the latest first; none, where clinical data are not open."""
    return rows_of(request, id, Screening, Right.CLINICAL, ("-taken_on", "organism", "pk"), paging)


def rows_of(
    request: HttpRequest, id: UUID, model: Any, right: Right, order: tuple[str, ...], paging: Paging
) -> dict[str, Any]:
    """A page of the rows of a part; none, where its right does not reach the case."""
    holder: Any = holder_of(request)
    case = case_for(holder, id)
    page = page_of(visible(holder, model.objects.filter(case=case)).order_by(*order), paging)
    if page["items"]:
        look(holder, right, [case])
    return page
