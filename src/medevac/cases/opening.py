"""Whether a part of a page is open to somebody; the look is written before it is shown, once for a page."""

from __future__ import annotations

from contextlib import nullcontext

from medevac.audit.context import because
from medevac.audit.services import record_look
from medevac.cases.models import Case
from medevac.people.models import User
from medevac.people.policy import may
from medevac.people.policy.asking import emergency_reasons
from medevac.people.roles import Right


def looked(user: User, case: Case, right: Right) -> bool:
    """Whether the user may see these data of the case; the look is written where so.

    Several parts of one page ask of the same row, and it is one look. What an emergency access opened stands
    in the log with its reason.
    """
    answers: dict[tuple[object, Right], bool] = case.__dict__.setdefault("_looked", {})
    if (user.pk, right) not in answers:
        answers[user.pk, right] = _look(user, case, right)
    return answers[user.pk, right]


def _look(user: User, case: Case, right: Right) -> bool:
    if not may(user, right, case):
        return False
    reason = emergency_reasons(user, Case).get(case.pk, "")
    with because(reason) if reason else nullcontext():
        record_look(right.value, Case._meta.label_lower, {case.pk: case.requester_id})
    return True
