"""Items of a case: said to be there, waived with a reason, assigned to whoever brings them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.models import Case, CaseItem
from medevac.cases.moments import refuse_beyond
from medevac.cases.policy import CHANGE, CHASE, WAIVE
from medevac.cases.readiness import UsualOwners, is_ticked, organisations_above, usual_deadline
from medevac.cases.requirements import Need, needs_of
from medevac.cases.services.changed import raise_version
from medevac.cases.services.chasing import tell_assigned
from medevac.cases.services.missing import count_missing
from medevac.cases.services.papers import Paper, demand_paper
from medevac.directory.models import MissionItem
from medevac.directory.services.checking import save_checked
from medevac.people.days import current_day
from medevac.people.models import Organisation, User
from medevac.people.policy import demand
from medevac.people.refusals import RefusedError

Status = CaseItem.Status


@dataclass(frozen=True)
class Assignment:
    """Who brings an item, by when, and whom to call about it."""

    owner: Organisation
    deadline: datetime | None = None
    telephone: str = ""


@transaction.atomic
def set_item(
    actor: User,
    case: Case,
    code: str,
    *,
    present: bool,
    dated: date | None = None,
    document: UUID | Paper | None = Paper.AS_IT_IS,
) -> CaseItem:
    """Say that an item is there, or that it is not after all.

    Parameters
    ----------
    actor, case, code
        Who says it, of which item of which case.
    present
        Whether it is there.
    dated
        The date of the paper, from which it ages.
    document
        The paper itself, one of the case's documents; None for none. Unless told, it stays as it is.

    Raises
    ------
    RefusedError
        Where the mission asks for no such item, the item is worked out and not ticked, or the document is
        not the case's.
    """
    demand(actor, CHANGE, case)
    kept, need = _locked(case, code)
    if not is_ticked(need.item):
        raise RefusedError(
            _(
                "“%(item)s” is not ticked: it is there as soon as what it asks for is written in the case. "
                "Write that instead."
            )
            % {"item": need.item.name}
        )
    if dated and dated > current_day():
        raise RefusedError(_("Expected a date of the paper that is not in the future. Correct it."))
    row = row_of(kept, need)
    row.status = Status.PRESENT if present else Status.MISSING
    paper = row.document if isinstance(document, Paper) else document
    demand_paper(actor, kept, paper, known=row.document)
    row.dated, row.document = (dated or current_day(), paper) if present else (None, None)
    row.waived_reason = ""
    return _keep(actor, kept, row)


@transaction.atomic
def waive_item(actor: User, case: Case, code: str, reason: str) -> CaseItem:
    """Do without an item, with a reason; an empty reason asks for it again.

    Raises
    ------
    RefusedError
        Where the item is a consent: nobody can do without what only the patient can give.
    """
    demand(actor, WAIVE, case)
    kept, need = _locked(case, code)
    if need.item.kind == MissionItem.Kind.CONSENT:
        raise RefusedError(
            _("“%(item)s” cannot be waived: only the patient or who acts for the patient can give it.")
            % {"item": need.item.name}
        )
    row = row_of(kept, need)
    row.waived_reason = reason.strip()
    row.status = Status.WAIVED if row.waived_reason else Status.MISSING
    return _keep(actor, kept, row)


@transaction.atomic
def assign_item(actor: User, case: Case, code: str, assignment: Assignment) -> CaseItem:
    """Say who brings an item, by when, and whom to call about it. Whoever is assigned is told.

    Raises
    ------
    RefusedError
        Where the organisation neither filed the case nor stands above who did, or the deadline has passed.
    """
    demand(actor, CHASE, case)
    kept, need = _locked(case, code)
    if assignment.owner not in organisations_above(kept):
        raise RefusedError(
            _(
                "“%(organisation)s” cannot open this case and so cannot bring anything for it. Choose "
                "whoever filed it or an organisation above."
            )
            % {"organisation": assignment.owner.name}
        )
    refuse_beyond(assignment.deadline)
    if assignment.deadline and assignment.deadline < timezone.now():
        raise RefusedError(_("Expected a deadline that has not passed yet. Choose a later one."))
    row = row_of(kept, need)
    row.owner, row.deadline = assignment.owner, assignment.deadline
    row.telephone, row.chased_at = assignment.telephone.strip(), None
    _keep(actor, kept, row)
    if not need.met:
        tell_assigned(actor, kept, row, need.item)
    return row


def row_of(case: Case, need: Need) -> CaseItem:
    """What the case has of an item, or a new row with the usual owner and deadline."""
    if need.row is not None:
        return need.row
    return CaseItem(
        case=case,
        code=need.item.code,
        owner=UsualOwners(case).owner_of(need.item),
        deadline=usual_deadline(case, need.item),
    )


def _locked(case: Case, code: str) -> tuple[Case, Need]:
    """The case under its lock, and the item that it needs."""
    kept = live_case(case)
    need = next((one for one in needs_of(kept) if one.item.code == code), None)
    if need is None:
        raise RefusedError(
            _("The mission asks for no item “%(code)s” of this case today. Load the page again.")
            % {"code": code}
        )
    return kept, need


def live_case(case: Case) -> Case:
    """The case under its lock, for writing.

    Raises
    ------
    RefusedError
        Where it has ended.
    """
    kept = Case.unscoped.select_for_update().get(pk=case.pk)
    refuse_ended(kept)
    return kept


def refuse_ended(case: Case) -> None:
    """Refuse to change a case that has ended."""
    if not case.live:
        raise RefusedError(
            _("Case %(case)s has ended as “%(state)s” and is not changed any more.")
            % {"case": case.pseudonym, "state": case.get_state_display()}
        )


def _keep(actor: User, case: Case, row: CaseItem) -> CaseItem:
    row.changed_by = actor.pk
    save_checked(row)
    raise_version(case)
    count_missing([case])
    return row
