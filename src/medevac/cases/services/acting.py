"""One function takes every step of a case's life: policy, lock, table, requirements, record, what follows."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.above import Taken, follow_above, refused_above
from medevac.cases.closing import Ending, close_everything
from medevac.cases.models import Case, CaseStep
from medevac.cases.requirements import missing_for
from medevac.cases.rules import BY_ACTION, Transition
from medevac.cases.services.changed import refuse_unless_seen
from medevac.cases.services.open_pages import tell_open_pages
from medevac.cases.settings import clock_hours
from medevac.cases.sides import side_of
from medevac.cases.states import Action, Reason, State
from medevac.people.models import User
from medevac.people.policy import demand, may
from medevac.people.refusals import RefusedError


class ItemsMissingError(RefusedError):
    """A step waits for items of the mission.

    Parameters
    ----------
    sentence
        For the actor: names the items that the actor's rights open.
    discreet
        Names none, for an answer to whom the rights are not the last word, such as a token with fewer scopes.
    """

    def __init__(self, sentence: str, discreet: str) -> None:
        super().__init__(sentence)
        self.discreet = discreet


@transaction.atomic
def act(
    actor: User,
    case_id: UUID,
    action: Action,
    *,
    reason: str = "",
    remark: str = "",
    notifier: str = "",
    live_case: UUID | None = None,
    seen: int | None = None,
) -> Case:
    """Take one step.

    Parameters
    ----------
    actor
        Whoever takes it.
    case_id
        Of which case. Its row is locked until the transaction ends.
    action
        One of the table's.
    reason
        The code of why, where the table asks for one.
    remark
        In words; demanded where the reason is "other".
    notifier
        The named person who tells the family, where the table asks for one.
    live_case
        For a duplicate: the case that goes on.
    seen
        The version that the actor has seen; refused where somebody has written since.

    Returns
    -------
    The case as it is now.

    Raises
    ------
    NotAllowedError
        Where no role of the actor includes the action on this case.
    RefusedError
        Where the table does not lead on from the case's state, a reason or a person is missing, or items that
        block the step are. Nothing was changed.
    """
    row = BY_ACTION[action]
    case = Case.unscoped.select_for_update().get(pk=case_id)
    demand(actor, row.right, case)
    refuse_unless_seen(case, seen)
    return _act_on(actor, case, row, reason, remark, notifier, live_case)


@transaction.atomic
def follow(actor: User | None, case_id: UUID, action: Action, *, reason: str = "", remark: str = "") -> Case:
    """Take the step that follows from another deed, for which the actor has been asked already.

    So a hospital that records a withdrawn consent takes the request back, though only the ministry takes one
    back of its own will. Nobody is the actor of what the clock brings. Everything else is as in `act`.
    """
    case = Case.unscoped.select_for_update().get(pk=case_id)
    return _act_on(actor, case, BY_ACTION[action], reason, remark, "", None)


def _act_on(
    actor: User | None,
    case: Case,
    row: Transition,
    reason: str,
    remark: str,
    notifier: str,
    live_case: UUID | None,
) -> Case:
    _refuse_unless_possible(case, row)
    _refuse_without_why(row, reason, remark, notifier)
    _refuse_while_missing(actor, case, row)
    if sentence := refused_above(case, row.action):
        raise RefusedError(sentence)
    step = _take(actor, case, row, reason, remark, notifier)
    if row.action is Action.MARK_DUPLICATE:
        case.live_case = _live_case(case, live_case)
    case.save()
    if row.ends:
        close_everything(Ending(case, step, actor))
    follow_above(Taken(case, step, actor))
    tell_open_pages(case.pk)
    return case


def _refuse_unless_possible(case: Case, row: Transition) -> None:
    if case.state not in row.sources:
        wanted = ", ".join(str(State(source).label) for source in row.sources)
        raise RefusedError(
            _(
                "“%(action)s” is possible for a case that is: %(wanted)s. Case %(case)s is “%(state)s”. "
                "Load the page again: somebody may have taken a step before you."
            )
            % {
                "action": row.action.label,
                "wanted": wanted,
                "case": case.pseudonym,
                "state": case.get_state_display(),
            }
        )


def _refuse_without_why(row: Transition, reason: str, remark: str, notifier: str) -> None:
    if row.reasons and reason not in row.reasons:
        possible = ", ".join(str(one.label) for one in row.reasons)
        raise RefusedError(
            _("“%(action)s” needs one of these reasons: %(reasons)s. Choose one.")
            % {"action": row.action.label, "reasons": possible}
        )
    if not row.reasons and reason:
        raise RefusedError(_("“%(action)s” takes no reason. Leave it out.") % {"action": row.action.label})
    if reason == Reason.OTHER and not remark.strip():
        raise RefusedError(_("The reason is “another”: write in a few words what it is."))
    if row.names_notifier and not notifier.strip():
        raise RefusedError(
            _("Name the person who tells the family. No message about this goes to them from here.")
        )


def _refuse_while_missing(actor: User | None, case: Case, row: Transition) -> None:
    """Name what is missing to whoever may read it; to others it is said that something is."""
    missing = missing_for(case, row.step) if row.step else []
    if not missing:
        return
    asked = {side_of(item).right for item in missing}
    rights = {right for right in asked if actor is not None and may(actor, right, case)}
    names = [item.name for item in missing if side_of(item).right in rights]
    discreet = _("“%(action)s” waits for something that is not open to you. Ask whoever filed the case.") % {
        "action": row.action.label
    }
    if len(names) < len(missing):
        raise ItemsMissingError(discreet, discreet)
    raise ItemsMissingError(
        _("“%(action)s” waits for: %(items)s. Bring them, or have the ministry waive them with a reason.")
        % {"action": row.action.label, "items": ", ".join(names)},
        discreet,
    )


def _take(
    actor: User | None, case: Case, row: Transition, reason: str, remark: str, notifier: str
) -> CaseStep:
    now = timezone.now()
    target = row.target or State(case.state)
    step = CaseStep.unscoped.create(
        case=case,
        action=row.action,
        source=case.state,
        target=target,
        reason=reason,
        remark=remark.strip(),
        notifier=notifier.strip(),
        actor=actor.pk if actor else None,
        at=now,
    )
    if row.target is not None:
        case.state, case.state_since = target, now
    if row.ends:
        case.end_reason = reason
    if row.action is Action.VERIFY:
        case.verified_at = case.priority_since = now
        case.due_at = now + timedelta(hours=clock_hours(case.priority))
    if row.action is Action.PUBLISH:
        case.published_at = now
    case.version += 1
    return step


def _live_case(case: Case, live_case: UUID | None) -> Case:
    found = Case.unscoped.filter(pk=live_case).exclude(pk=case.pk).first() if live_case else None
    if found is None:
        raise RefusedError(_("Name the other case of the same patient, which goes on."))
    return found
