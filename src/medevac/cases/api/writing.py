"""Cases as programs write them: filed once, changed and led on, by the services of the pages."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID, uuid5

from django.db import connection
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Header
from ninja.errors import HttpError
from pydantic import StringConstraints

from medevac.api.access import TokenAccess, holder_of
from medevac.api.answers import Fault, answered_with
from medevac.api.holder import TokenHolder
from medevac.api.scopes import Scope
from medevac.cases.api.answers import FiledCaseOut, WholeCaseOut
from medevac.cases.api.deeds import deed
from medevac.cases.api.entering import candidates_told
from medevac.cases.api.entries import ActIn, ChangedCaseIn, NewCaseIn
from medevac.cases.api.reading import case_for, cases, whole
from medevac.cases.models import Case
from medevac.cases.policy import DECIDE_FITNESS, SEE
from medevac.cases.rules import BY_ACTION
from medevac.cases.services import CaseFacts, PersonFacts, act, change_case, file_case
from medevac.cases.services.filing import filers_for
from medevac.directory.selectors.missions import mission_for
from medevac.people.policy import visible

WRITE = Scope("cases.write", DECIDE_FITNESS, _("file and change cases, as far as the role may"))
ACT = Scope("cases.act", SEE, _("lead cases on, as far as the role may"))
writing = TokenAccess(WRITE.name)
acting = TokenAccess(ACT.name)
ANSWERS = answered_with(WholeCaseOut, one=True) | {409: Fault}
FILED = answered_with(FiledCaseOut, one=True) | {409: Fault}
Key = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9._:-]+$")]


@cases.post("", auth=writing, response=FILED, summary="File a case")
def file_one(
    request: HttpRequest, given: NewCaseIn, key: Annotated[Key, Header(alias="Idempotency-Key")]
) -> dict[str, Any]:
    """Save a draft. The same key of the same token files once, however often it is sent: the answer is then
    the case as it is by now.

    A case is filed whoever the patient may be: `may_be` names persons whom the token reaches and who may be
    the same, for somebody to look at. Whether both are one is judged under `/case-suspicions`.
    """
    holder = holder_of(request)
    actor: Any = holder
    mission = mission_for(actor, given.mission)
    if mission is None:
        raise HttpError(404, f'Expected the code of a mission that the token reaches, got "{given.mission}".')
    requester = next((one for one in filers_for(actor) if one.pk == given.requester), None)
    if requester is None:
        raise HttpError(404, f"Expected an organisation for which the token may file, got {given.requester}.")
    facts = CaseFacts(
        mission,
        requester,
        PersonFacts(**given.person.dict()),
        given.diagnosis,
        given.fields.dict(exclude_unset=True),
        given.clinical.dict(exclude_unset=True),
    )
    with deed():
        case = _filed_once(holder, uuid5(holder.pk, key), facts)
    found = case_for(holder, case.pk)
    return {**whole(holder, found), "may_be": candidates_told(holder, found)}


@cases.patch("/{id}", auth=writing, response=ANSWERS, summary="Change a case")
def change_one(request: HttpRequest, id: UUID, given: ChangedCaseIn) -> dict[str, Any]:
    """Write what has become known. Only what is sent is changed, and only if nobody has written meanwhile."""
    holder = holder_of(request)
    actor: Any = holder
    case = case_for(holder, id)
    parts = {name: getattr(given, name) for name in ("fields", "person", "clinical")}
    values = {name: part.dict(exclude_unset=True) for name, part in parts.items() if part is not None}
    with deed():
        change_case(actor, case, seen=given.version, **values)
    return whole(holder, case_for(holder, id))


@cases.post("/{id}/act", auth=acting, response=ANSWERS, summary="Take a step")
def act_one(request: HttpRequest, id: UUID, given: ActIn) -> dict[str, Any]:
    """Take one step of the case's life. Sent twice with the same version, it is taken once."""
    holder = holder_of(request)
    actor: Any = holder
    case = case_for(holder, id)
    if given.action not in BY_ACTION:
        raise HttpError(409, f"Expected an action that somebody may take, got “{given.action}”.")
    with deed():
        done = act(
            actor,
            case.pk,
            given.action,
            reason=given.reason,
            remark=given.remark,
            notifier=given.notifier,
            live_case=_other(actor, given.live_case),
            seen=given.version,
        )
    seen = visible(actor, Case.objects.filter(pk=done.pk)).exists()
    if not seen:  # a step can take a case out of the token's own reach
        raise HttpError(404, f"The step was taken, and the token does not reach case {id} any more.")
    return whole(holder, case_for(holder, id))


def _filed_once(holder: TokenHolder, id: UUID, facts: CaseFacts) -> Case:
    """File under an id that follows from token and key; whoever sends the same meanwhile waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [id.int % 2**63])
    known: Case | None = visible(_as_user(holder), Case.objects.filter(pk=id)).first()
    if known is None:
        facts.fields["id"] = id  # type: ignore[index]
        return file_case(_as_user(holder), facts)
    if (known.mission_id, known.requester_id) != (facts.mission.pk, facts.requester.pk):
        raise HttpError(409, "Expected a new Idempotency-Key for another case, got one that was used.")
    return known


def _other(actor: Any, id: UUID | None) -> UUID | None:
    """The case that goes on; one that the token does not reach is as unknown as one that is not there."""
    return visible(actor, Case.objects.filter(pk=id)).values_list("pk", flat=True).first() if id else None


def _as_user(holder: TokenHolder) -> Any:
    return holder
