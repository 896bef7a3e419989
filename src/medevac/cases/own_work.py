"""What waits for the coordinators of an organisation: what they are to bring, case by case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from medevac.cases.models import Case, CaseItem
from medevac.cases.readiness import Line, lines_of
from medevac.cases.requirements import holds_up, needs_of
from medevac.cases.rules import LIVE, SENDERS
from medevac.cases.services.chasing import address_of
from medevac.people.models import Membership, Organisation, User
from medevac.people.policy import visible
from medevac.people.work_items import WorkItem, register_work

MOST_CASES = 20
MOST_NAMES = 2


def register_own_work() -> None:
    """Add what waits in this room."""
    register_work("cases.items", items_to_bring)


def items_to_bring(user: User) -> Iterable[WorkItem]:
    """One entry for each case with something that an organisation of the user's is to bring.

    What is overdue in the organisation right below stands here as well.
    """
    rows = Membership.unscoped.current().filter(user=user, role__in=[str(role) for role in SENDERS])
    own = set(rows.values_list("organisation", flat=True))
    if not own:
        return
    below = set(Organisation.unscoped.filter(parent__in=own).values_list("pk", flat=True))
    now = timezone.now()
    for case in _cases(user, own, below):
        lines = [
            line
            for line in lines_of(case, needs_of(case))
            if holds_up(line.need, case.state)
            and line.deadline
            and (line.owner.pk in own or (line.owner.pk in below and line.deadline < now))
        ]
        if lines:
            yield WorkItem(_sentence(case, lines), address_of(case), min(map(_deadline, lines)))


def _sentence(case: Case, lines: list[Line]) -> str:
    """What is to be brought first, by name, and how much more: a list of a dozen names is read by nobody."""
    first = sorted(lines, key=_deadline)[:MOST_NAMES]
    facts = {"case": case.pseudonym, "items": ", ".join(str(line.need.item.name) for line in first)}
    more = len(lines) - len(first)
    if not more:
        return gettext("Bring for case %(case)s: %(items)s.") % facts
    sentence = ngettext(
        "Bring for case %(case)s: %(items)s, and %(count)s more item.",
        "Bring for case %(case)s: %(items)s, and %(count)s more items.",
        more,
    )
    return sentence % {**facts, "count": more}


def _deadline(line: Line) -> datetime:
    assert line.deadline is not None  # only such lines stand here
    return line.deadline


def _cases(user: User, own: set, below: set) -> list[Case]:  # type: ignore[type-arg]
    """Live cases that they filed or that somebody assigned them something of, the most urgent first."""
    assigned = CaseItem.unscoped.filter(
        Q(owner__in=own) | Q(owner__in=below, deadline__lt=timezone.now()),
        status=CaseItem.Status.MISSING,
        deadline__isnull=False,
    )
    theirs = Q(requester__in=own | below) | Q(pk__in=assigned.values("case"))
    live = Case.objects.filter(theirs, state__in=[str(state) for state in LIVE])
    rows = visible(user, live).select_related("requester").order_by("due_at", "created_at")
    return list(rows[:MOST_CASES])
