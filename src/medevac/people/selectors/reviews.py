"""The periodic review: which memberships a user confirms, by when, and who confirms one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from medevac.people.models import Membership, Organisation, OrganisationPath, User
from medevac.people.organisation_kinds import ADMINISTRATORS_CHOICE
from medevac.people.policy import visible
from medevac.people.policy.letting_in import may_over_role
from medevac.people.roles import Reach, Role, grants_of

SHOWN_BEFORE = timedelta(days=30)  # a review is asked for this long before it is due


@dataclass(frozen=True)
class ReviewLine:
    """One membership to be confirmed.

    Parameters
    ----------
    membership
        The membership, with user and organisation.
    overdue
        Whether the day has passed.
    mine
        Whether the user who looks may confirm it.
    confirmers
        Who may, those of the nearest organisation.
    """

    membership: Membership
    overdue: bool
    mine: bool
    confirmers: list[User]


def reviews_for(user: User, *, everything: bool = False) -> list[ReviewLine]:
    """Memberships in the user's reach that are to be confirmed soon or overdue, the longest overdue first."""
    rows = visible(user, Membership.objects.select_related("user", "organisation"), "people.review")
    now = timezone.now()
    rows = rows.filter(
        Q(ends__isnull=True) | Q(ends__gt=now), user__is_active=True, organisation__closed_at__isnull=True
    )
    if not everything:
        rows = rows.filter(review_due__lte=now + SHOWN_BEFORE)
    return [
        ReviewLine(row, row.review_due < now, may_confirm(user, row), confirmers(row))
        for row in rows.order_by("review_due", "pk")[:500]
    ]


def may_confirm(user: User, membership: Membership) -> bool:
    """Whether the user may confirm a membership in reach: not one's own, and some only as administrator."""
    if membership.user_id == user.pk:
        return False
    role, mission = Role(membership.role), membership.mission
    return may_over_role(user, "people.review", membership.organisation, role, mission)


def confirmers(membership: Membership) -> list[User]:
    """Who may confirm a membership: the people of the nearest organisation above it that has any."""
    table = grants_of("people.review")
    special = Role(membership.role) in ADMINISTRATORS_CHOICE
    above = OrganisationPath.objects.filter(descendant=membership.organisation_id).order_by("depth")
    chain = list(above.values_list("ancestor", flat=True))
    owners = Organisation.unscoped.filter(admitted__in=chain).values_list("pk", flat=True)
    owners_chain = OrganisationPath.objects.filter(descendant__in=owners).order_by("depth")
    own = [role for role, reach in table.items() if reach is Reach.OWN and not special]
    wide = [role for role, reach in table.items() if reach is Reach.MISSION]
    for place, roles in [
        *((place, [*own, *wide]) for place in chain),
        *((place, wide) for place in owners_chain.values_list("ancestor", flat=True)),
    ]:
        people = _people(place, roles, membership)
        if people:
            return people
    return []


def _people(organisation: UUID, roles: list[Role], membership: Membership) -> list[User]:
    """Whoever holds one of the roles there, in all missions or in that of the membership; not its holder."""
    rows = Membership.unscoped.current().filter(
        Q(mission__isnull=True) | Q(mission=membership.mission), organisation=organisation, role__in=roles
    )
    rows = rows.exclude(user=membership.user_id).select_related("user").order_by("user__latin_name")
    return list({row.user_id: row.user for row in rows}.values())
