"""What this room tells the record below it: who may see what of it, names of actors, exemptions."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from medevac.audit.history import exempt
from medevac.audit.models import Export, Look
from medevac.audit.policy import register_policy
from medevac.people.models import Membership, OrganisationPath
from medevac.people.policy.areas import administered, below
from medevac.people.policy.asking import visible
from medevac.people.policy.rules import Grant, Rule, register_rule
from medevac.people.roles import Reach

Area = QuerySet[OrganisationPath, UUID]


def tell_the_record() -> None:
    """Fill the registries of `audit`."""
    register_policy(visible)
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
    exempt(
        "people.organisationpath",
        "Follows from the organisations, whose history is kept; written by triggers.",
    )
    exempt("socialaccount.socialapp", "Empty: the provider is set in the environment, not in a table.")
    exempt(
        "socialaccount.socialapp_sites", "Empty, as the provider is set in the environment, not in a table."
    )
    exempt("socialaccount.socialtoken", "Empty: tokens of the provider are not stored.")
    exempt("account.emailconfirmation", "Empty: an invitation shows that an address is its user's.")


def _looks_of_mission(grant: Grant) -> Q:
    area = administered(grant.organisation)
    return Q(owner__in=area) | Q(owner__isnull=True, actor__in=_members(area))


def _members(area: Area) -> QuerySet[Membership, UUID]:
    """Everybody who ever belonged to the organisations."""
    return Membership.unscoped.filter(organisation__in=area).values_list("user", flat=True)
