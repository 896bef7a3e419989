"""Cases as programs read them: lists, and one case with what the token's role and scopes open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field, StringConstraints

from medevac.api.access import TokenAccess, holder_of
from medevac.api.answers import NO_CONTROL, Page, Paging, SearchText, answered_with, page_of
from medevac.api.holder import TokenHolder
from medevac.api.looks import record_look
from medevac.api.scopes import Scope
from medevac.cases.api.answers import CaseOut, WholeCaseOut
from medevac.cases.api.values import Since
from medevac.cases.models import Case, Clinical, Person
from medevac.cases.models.case import Category, Priority
from medevac.cases.policy import SEE
from medevac.cases.rules import ENDED, LIVE, allowed_from
from medevac.cases.states import State
from medevac.people.policy import may, parts_of, visible
from medevac.people.roles import Right

READ = Scope("cases.read", SEE, _("read the operational data of cases"))
CLINICAL = Scope("cases.read_clinical", Right.SUMMARY, _("read the clinical data of cases"))
PERSONAL = Scope("cases.read_personal", Right.PERSONAL, _("read who the patients are"))
KIND = "cases.case"

access = TokenAccess(READ.name)
cases = Router(auth=access, tags=["cases"])

Code = Annotated[str, StringConstraints(max_length=60, pattern=NO_CONTROL)]


class Narrowing(Schema):
    """Which cases are wanted; each that is named narrows them."""

    mission: Code = Field("", description="The code of a mission.")
    state: State | None = Field(None, description="One state.")
    live: bool | None = Field(None, description="Those that go on, or those that have ended.")
    priority: Priority | None = Field(None, description="P1, P2 or P3.")
    category: Category | None = Field(None, description="The kind of illness.")
    specialty: Code = Field("", description="A specialty that is needed.")
    requester: UUID | None = Field(None, description="The organisation that filed.")
    search: SearchText = Field("", description="The beginning of a pseudonym or of an EWRS number.")
    changed_since: Since | None = Field(
        None, description="Those changed at this moment or later, with its zone."
    )


class WantedCases(Narrowing, Paging):
    """Which cases are wanted, and which part of the list."""


@cases.get("", response=answered_with(Page[CaseOut]), summary="Cases")
def list_cases(request: HttpRequest, wanted: Query[WantedCases]) -> dict[str, Any]:
    """The cases that the token reaches, operational data only; those changed longest ago come first.

    To keep a copy up to date, ask with `changed_since` one minute before the last `changed_at` that was
    answered: what was still being written then is answered now, and what came twice has the same moment.
    """
    return page_of(narrowed(holder_of(request), wanted).order_by("changed_at", "pk"), wanted)


@cases.get("/{id}", response=answered_with(WholeCaseOut, one=True), summary="One case")
def get_case(request: HttpRequest, id: UUID) -> dict[str, Any]:
    """One case with what is open of its clinical picture and its person; each look is on record."""
    holder = holder_of(request)
    return whole(holder, case_for(holder, id))


def case_for(holder: TokenHolder, id: UUID) -> Case:
    """The case, or 404 where the token does not reach it."""
    rows = visible(_as_user(holder), Case.objects.filter(pk=id)).select_related("mission")
    found: Case | None = rows.first()
    if found is None:
        raise HttpError(404, f"Expected the id of a case that the token reaches, got {id}.")
    return found


def whole(holder: TokenHolder, case: Case) -> dict[str, Any]:
    """The case with every part that is open."""
    user = _as_user(holder)
    told: dict[str, Any] = dict.fromkeys(("summary", "clinical", "person"))
    if holder.has_scope(CLINICAL.name):
        told |= _clinical(holder, case)
    if holder.has_scope(PERSONAL.name) and opens(holder, Right.PERSONAL, case):
        person = visible(user, Person.objects.filter(pk=case.person_id)).first()
        if person is not None:
            look(holder, Right.PERSONAL, [case])
            told["person"] = person
    told["actions"] = [row.action.value for row in allowed_from(case.state) if may(user, row.right, case)]
    return {**_operational(case), **told}


def _operational(case: Case) -> dict[str, Any]:
    return CaseOut.from_orm(case).dict(by_alias=True)


def _clinical(holder: TokenHolder, case: Case) -> dict[str, Any]:
    user = _as_user(holder)
    picture = parts_of(user, Clinical.objects.all(), case).first()
    if picture is not None:
        look(holder, Right.CLINICAL, [case])
        return {"clinical": picture}
    picture = parts_of(user, Clinical.objects.all(), case, Right.SUMMARY).first()
    if picture is not None:
        look(holder, Right.SUMMARY, [case])
    return {"summary": picture}


def opens(holder: TokenHolder, right: Right, case: Case) -> bool:
    """Whether a right of the token's role reaches this case."""
    return may(_as_user(holder), right, case)


def look(holder: TokenHolder, right: Right, seen: Iterable[Case]) -> None:
    """Write the look; whoever filed a case owns it."""
    record_look(holder, right.value, KIND, {case.pk: case.requester_id for case in seen})


def _as_user(holder: TokenHolder) -> Any:
    return holder


def narrowed(holder: TokenHolder, wanted: Narrowing) -> QuerySet[Case]:
    """The cases that the token reaches and that are wanted."""
    rows = visible(_as_user(holder), Case.objects.all()).select_related("mission")
    given = {
        "mission__code": wanted.mission,
        "state": wanted.state,
        "priority": wanted.priority,
        "category": wanted.category,
        "requester": wanted.requester,
        "changed_at__gte": wanted.changed_since,
    }
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    if wanted.live is not None:
        rows = rows.filter(state__in=[str(state) for state in (LIVE if wanted.live else ENDED)])
    if wanted.specialty:
        rows = rows.filter(specialties__contains=[wanted.specialty])
    if wanted.search:
        text = wanted.search.strip()
        rows = rows.filter(Q(pseudonym__istartswith=text) | Q(ewrs_number__istartswith=text))
    return rows
