"""Who gives tokens to programs: whoever lets people into the organisation."""

from __future__ import annotations

from django.db.models import Q

from medevac.api.models import Token
from medevac.people.policy import Rule, register_rule
from medevac.people.policy.areas import administered, below
from medevac.people.roles import LETTING_IN, Reach, grant_actions

MANAGE = "api.manage_tokens"


def register_own_rules() -> None:
    """Add this room's action to the role table, and the rule of its rows."""
    grant_actions({MANAGE: LETTING_IN})
    register_rule(
        Token,
        Rule(
            see=MANAGE,
            reaches={
                Reach.OWN: lambda grant: Q(organisation__in=below(grant.organisation)),
                Reach.MISSION: lambda grant: Q(organisation__in=administered(grant.organisation)),
            },
        ),
    )
