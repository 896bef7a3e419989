"""The two readinesses of a case, shown apart: medical, and for the border. And who brings what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medevac.cases.computed import COMPUTED, TICKED_TOO
from medevac.cases.models import Case
from medevac.cases.requirements import Need, holds_up, needs_of, steps_to_come, waited_for
from medevac.cases.rules import ENDED
from medevac.cases.settings import item_days
from medevac.cases.sides import Side, side_of
from medevac.directory.models import MissionItem
from medevac.directory.steps import Step
from medevac.people.models import Organisation, OrganisationPath
from medevac.people.organisation_kinds import Kind

# What only the ministry can bring; whoever filed the case brings the rest, until somebody is assigned.
MINISTRYS_CODES = frozenset({"minister-letter", "ewrs-number"})

LABELS = {"there": _("there"), "missing": _("missing"), "too-old": _("too old"), "waived": _("waived")}


def is_ticked(item: MissionItem) -> bool:
    """Whether somebody says that it is there; the others are worked out, or consents."""
    worked_out = item.code in COMPUTED and item.code not in TICKED_TOO
    return item.kind != MissionItem.Kind.CONSENT and not worked_out


@dataclass(frozen=True)
class Line:
    """One item as a page shows it.

    Parameters
    ----------
    need
        The item and how it stands.
    owner
        Who brings it: as assigned, or as usual.
    deadline
        By when; None where it waits for no step yet to come.
    telephone
        Whom to call about it; empty where nobody has said.
    state
        Of the case.
    """

    need: Need
    owner: Organisation
    deadline: datetime | None
    telephone: str
    state: str

    @property
    def label(self) -> str:
        """How it stands, in words."""
        return str(LABELS[self.need.state])

    @property
    def overdue(self) -> bool:
        """Whether a step still to come waits for it and its deadline has passed."""
        late = self.deadline is not None and self.deadline < timezone.now()
        return late and holds_up(self.need, self.state)

    @property
    def ticked(self) -> bool:
        """Whether somebody says that it is there."""
        return is_ticked(self.need.item)


@dataclass(frozen=True)
class Waiting:
    """A step with the names of the items that it waits for."""

    step: Step
    names: list[str]


@dataclass(frozen=True)
class Readiness:
    """One readiness of a case."""

    side: Side
    lines: list[Line]
    state: str

    @property
    def missing(self) -> int:
        """How many items are missing or too old."""
        return sum(not line.need.met for line in self.lines)

    @property
    def ready(self) -> bool:
        """Whether every item is there or waived."""
        return self.missing == 0

    @property
    def ended(self) -> bool:
        """Whether the case has ended, so that nothing is asked for any more."""
        return self.state in ENDED

    @property
    def waiting(self) -> list[Waiting]:
        """The steps still to come that wait, in their order, each with what no step before it waits for."""
        needs = [line.need for line in self.lines]
        named: set[str] = set()
        steps = []
        for step in steps_to_come(self.state):
            fresh = [item for item in waited_for(needs, step) if item.code not in named]
            named |= {item.code for item in fresh}
            if fresh:
                steps.append(Waiting(step, [item.name for item in fresh]))
        return steps


def readiness_of(case: Case) -> dict[Side, Readiness]:
    """Both readinesses of a case as they are today."""
    lines = lines_of(case, needs_of(case))
    return {
        side: Readiness(side, [line for line in lines if side_of(line.need.item) is side], case.state)
        for side in Side
    }


def lines_of(case: Case, needs: Iterable[Need]) -> list[Line]:
    """Needs with who brings them by when: what was assigned, else what is usual."""
    usual = UsualOwners(case)
    found = []
    for need in needs:
        row = need.row
        owner = row.owner if row else usual.owner_of(need.item)
        deadline = row.deadline if row else usual_deadline(case, need.item)
        found.append(Line(need, owner, deadline, row.telephone if row else "", case.state))
    return found


class UsualOwners:
    """Who brings an item as long as nobody was assigned."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._ministry: Organisation | None = None

    def owner_of(self, item: MissionItem) -> Organisation:
        """The ministry above for its own items, else whoever filed the case."""
        if item.code not in MINISTRYS_CODES:
            return self._case.requester
        if self._ministry is None:
            above = [one for one in organisations_above(self._case) if one.kind == Kind.MINISTRY]
            self._ministry = above[0] if above else self._case.requester
        return self._ministry


def organisations_above(case: Case) -> list[Organisation]:
    """Whoever filed the case and the organisations above it, from below: they can bring its items."""
    paths = OrganisationPath.objects.filter(descendant=case.requester_id, ancestor__closed_at__isnull=True)
    return [path.ancestor for path in paths.select_related("ancestor").order_by("depth")]


def usual_deadline(case: Case, item: MissionItem) -> datetime | None:
    """When an item is due that nobody has set a deadline for; never later than the case itself."""
    days = item_days(item.blocks)
    if days is None:
        return None
    usual = case.created_at + timedelta(days=days)
    return min(usual, case.due_at) if case.due_at else usual
