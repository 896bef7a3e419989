"""Who may see, decide and hold in this room."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q, QuerySet

from medevac.operations.models import LegalHold, RetentionRun, Tombstone
from medevac.people.models import Membership
from medevac.people.pages import Access, register_pages
from medevac.people.policy import Grant, Rule, register_rule
from medevac.people.policy.areas import administered
from medevac.people.roles import Reach, Role, grant_actions

OVERSIGHT = {Role.ADMINISTRATOR: Reach.MISSION, Role.AUDITOR: Reach.MISSION}
SEE, DECIDE = "operations.see_retention", "operations.decide_retention"
HOLD, FORGET = "operations.hold", "operations.forget"
PAGES: dict[str, Access | str] = {
    "operations:live": Access.EVERYBODY,
    "operations:ready": Access.EVERYBODY,
    "operations:metrics": Access.TOKEN,
    "operations:retention": SEE,
    "operations:run": SEE,
    "operations:list": DECIDE,
    "operations:decide": DECIDE,
    "operations:set_legal_hold": HOLD,
    "operations:lift_legal_hold": HOLD,
}


def register_policy() -> None:
    """Add actions, rules and pages."""
    grant_actions(
        {SEE: OVERSIGHT, DECIDE: {Role.ADMINISTRATOR: Reach.MISSION}, HOLD: OVERSIGHT, FORGET: OVERSIGHT}
    )
    register_rule(RetentionRun, Rule(see=SEE, reaches=_by_members("listed_by")))
    register_rule(LegalHold, Rule(see=SEE, reaches=_by_members("set_by")))
    register_rule(Tombstone, Rule(see=SEE, reaches=_by_members("asked_by")))
    register_pages(PAGES)


def _by_members(field: str) -> dict[Reach, Callable[[Grant], Q]]:
    """What somebody of the own mission has begun: a second owner of the installation sees nothing of it."""
    return {Reach.MISSION: lambda grant: Q(**{f"{field}__in": _members(grant)})}


def _members(grant: Grant) -> QuerySet[Membership, object]:
    rows = Membership.unscoped.filter(organisation__in=administered(grant.organisation))
    return rows.values_list("user", flat=True)
