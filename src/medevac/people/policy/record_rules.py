"""The rules of the record, which lies below this room: whose looks and exports somebody may see."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from medevac.audit.models import Export, Look
from medevac.people.models import Membership
from medevac.people.policy.areas import Area, administered, below
from medevac.people.policy.rules import Grant, Rule, register_rule
from medevac.people.roles import Reach


def register_record_rules() -> None:
    """Give looks and exports their rules."""
    register_rule(
        Look,
        Rule(
            see="audit.see_access_log",
            reaches={
                Reach.OWN: lambda grant: Q(owner__in=below(grant.organisation)),
                Reach.MISSION: _looks_of_mission,
            },
        ),
    )
    register_rule(
        Export,
        Rule(
            see="audit.see_exports",
            reaches={Reach.MISSION: lambda grant: Q(actor__in=_members(administered(grant.organisation)))},
        ),
    )


def _looks_of_mission(grant: Grant) -> Q:
    area = administered(grant.organisation)
    return Q(owner__in=area) | Q(owner__isnull=True, actor__in=_members(area))


def _members(area: Area) -> QuerySet[Membership, UUID]:
    """Everybody who ever belonged to the organisations."""
    return Membership.unscoped.filter(organisation__in=area).values_list("user", flat=True)
