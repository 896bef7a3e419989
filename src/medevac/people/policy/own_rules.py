"""The rules of this room's own rows."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from medevac.people.missions import taking_part_in
from medevac.people.models import (
    AddressChange,
    EmergencyAccess,
    Invitation,
    Membership,
    Organisation,
    SignIn,
    User,
)
from medevac.people.policy.areas import Area, administered, below, together_with
from medevac.people.policy.rules import NOTHING, Grant, Rule, register_rule
from medevac.people.roles import Reach

# Done to the people of an organisation, whose memberships say themselves which mission they count in.
_TO_PEOPLE = frozenset(
    {
        "people.see_members",
        "people.invite",
        "people.end_memberships",
        "people.review",
        "people.see_access",
        "people.export_access",
    }
)
# Open to all who take part with the organisation, not only to whoever administers it.
_TO_PARTNERS = frozenset({"people.see_organisations", "people.break_glass"})


def _mission(grant: Grant) -> Area:
    """Names are shown to all who take part, and so is the glass; the rest to whoever administers them."""
    if grant.action in _TO_PARTNERS:
        return together_with(grant.organisation)
    return administered(grant.organisation)


def _organisations_of_mission(grant: Grant) -> Q:
    """An organisation is no mission's alone: it is named within one, and its people there are reached."""
    if grant.action in _TO_PEOPLE:
        return Q(pk__isnull=False)
    if grant.action in _TO_PARTNERS and grant.mission is not None:
        return Q(pk__in=taking_part_in(grant.mission)) | Q(pk__in=below(grant.organisation))
    return NOTHING


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
            within=_organisations_of_mission,
            opened_by={"people.organisation": "pk__in"},
        ),
    )
    register_rule(
        Membership,
        Rule(
            see="people.see_members",
            reaches=_reaches(lambda area: Q(organisation__in=area)),
            within=lambda grant: Q(mission=grant.mission),
            opened_by={"people.organisation": "organisation__in"},
        ),
    )
    register_rule(
        User,
        Rule(
            see="people.see_members",
            reaches=_reaches(lambda area: Q(memberships__organisation__in=area)),
            within=lambda grant: Q(memberships__mission=grant.mission),
            opened_by={"people.organisation": "memberships__organisation__in"},
        ),
    )
    register_rule(
        Invitation,
        Rule(
            see="people.invite",
            reaches=_reaches(lambda area: Q(organisation__in=area)),
            within=lambda grant: Q(mission=grant.mission),
        ),
    )
    for model, see in ((SignIn, "people.end_sessions"), (AddressChange, "people.change_addresses")):
        of_members = _reaches(lambda area: Q(user__memberships__organisation__in=area))
        register_rule(model, Rule(see=see, reaches=of_members))
    register_rule(
        EmergencyAccess,
        Rule(see="people.see_emergencies", reaches=_reaches(lambda area: Q(owner__in=area))),
    )
