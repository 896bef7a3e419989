"""The rules of this room's own rows."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q, QuerySet

from medevac.people.models import (
    EmergencyAccess,
    Invitation,
    Membership,
    Organisation,
    OrganisationPath,
    User,
)
from medevac.people.policy.areas import administered, below, together_with
from medevac.people.policy.rules import Grant, Rule, register_rule
from medevac.people.roles import Reach

Area = QuerySet[OrganisationPath, UUID]


def _mission(grant: Grant) -> Area:
    """Names of organisations are shown to all who take part; everything else to whoever administers them."""
    if grant.action == "people.see_organisations":
        return together_with(grant.organisation)
    return administered(grant.organisation)


def _reaches(condition: Callable[[Area], Q]) -> dict[Reach, Callable[[Grant], Q]]:
    return {
        Reach.OWN: lambda grant: condition(below(grant.organisation)),
        Reach.MISSION: lambda grant: condition(_mission(grant)),
    }


def register_own_rules() -> None:
    """Give organisations, memberships, users, invitations and emergency accesses their rules."""
    register_rule(
        Organisation,
        Rule(
            see="people.see_organisations",
            reaches=_reaches(lambda area: Q(pk__in=area)),
            owner=lambda organisation: organisation.pk,
            opened_by={"people.organisation": "pk__in"},
        ),
    )
    register_rule(
        Membership,
        Rule(
            see="people.see_members",
            reaches=_reaches(lambda area: Q(organisation__in=area)),
            opened_by={"people.organisation": "organisation__in"},
        ),
    )
    register_rule(
        User,
        Rule(
            see="people.see_members",
            reaches=_reaches(lambda area: Q(memberships__organisation__in=area)),
            opened_by={"people.organisation": "memberships__organisation__in"},
        ),
    )
    register_rule(
        Invitation,
        Rule(see="people.invite", reaches=_reaches(lambda area: Q(organisation__in=area))),
    )
    register_rule(
        EmergencyAccess,
        Rule(see="people.see_emergencies", reaches=_reaches(lambda area: Q(owner__in=area))),
    )
