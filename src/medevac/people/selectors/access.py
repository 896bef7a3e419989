"""Who can see what: every membership in a user's reach with what it opens, and how its holder signs in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medevac.people.missions import names_of_missions
from medevac.people.models import EmergencyAccess, Membership, User
from medevac.people.policy import visible
from medevac.people.policy.areas import below
from medevac.people.roles import RIGHTS, Reach, Right, Role

REACH_WORDS = {
    Reach.OWN: _("own cases"),
    Reach.ASKED: _("cases that the organisation is asked to take"),
    Reach.CHOSEN: _("cases whose patient has chosen the organisation"),
    Reach.CARRIED: _("cases that the organisation carries"),
    Reach.NOTIFIED: _("cases whose discharge it has been told of"),
    Reach.MISSION: _("all cases of its missions"),
}


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; nothing given means everything in reach.

    Parameters
    ----------
    text
        Part of a name or an address.
    organisation
        This organisation and what is part of it.
    role
        One role.
    right
        Only roles that ever open this right.
    """

    text: str = ""
    organisation: UUID | None = None
    role: Role | None = None
    right: Right | None = None

    def facts(self) -> dict[str, str]:
        """The conditions in words, for the record of an export."""
        given = {"text": self.text, "organisation": self.organisation, "role": self.role, "right": self.right}
        return {name: str(value) for name, value in given.items() if value}


@dataclass(frozen=True)
class AccessLine:
    """One membership and what it opens.

    Parameters
    ----------
    membership
        With user and organisation.
    role
        The role of the membership.
    reaches
        For each right how far the role reaches, None where it does not.
    second_factor
        Whether the user has set one up.
    in_emergency
        Whether the user has an emergency access open now.
    mission
        What the mission is called that the membership is limited to; empty where it counts in all.
    overdue
        Whether the membership should have been confirmed by now.
    """

    membership: Membership
    role: Role
    reaches: dict[Right, Reach | None]
    second_factor: bool
    in_emergency: bool
    mission: str
    overdue: bool

    @property
    def reach_words(self) -> list[str]:
        """For each right, how far the role reaches, in words of the user's language."""
        return [str(REACH_WORDS[reach]) if reach else "–" for reach in self.reaches.values()]


def access_rows(user: User, wanted: Wanted) -> QuerySet[Membership]:
    """The memberships that the list shows, in the order in which it shows them."""
    now = timezone.now()
    rows = visible(user, Membership.objects.all(), "people.see_access")
    rows = rows.filter(
        Q(ends__isnull=True) | Q(ends__gt=now), user__is_active=True, organisation__closed_at__isnull=True
    )
    if wanted.text:
        text = wanted.text.strip()
        rows = rows.filter(
            Q(user__name__icontains=text)
            | Q(user__latin_name__icontains=text)
            | Q(user__email__icontains=text)
        )
    if wanted.organisation is not None:
        rows = rows.filter(organisation__in=below(wanted.organisation))
    if wanted.role is not None:
        rows = rows.filter(role=wanted.role)
    if wanted.right is not None:
        rows = rows.filter(role__in=list(RIGHTS[wanted.right]))
    emergencies = EmergencyAccess.unscoped.filter(
        user=OuterRef("user"), expires_at__gt=now, ended_at__isnull=True
    )
    factors = Authenticator.objects.filter(user=OuterRef("user")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    rows = rows.annotate(in_emergency=Exists(emergencies), has_factor=Exists(factors))
    ordered: QuerySet[Membership] = rows.select_related("user", "organisation").order_by(
        "organisation__latin_name", "user__latin_name", "role", "pk"
    )
    return ordered


def access_lines(memberships: Iterable[Membership]) -> list[AccessLine]:
    """What each of the memberships opens."""
    now = timezone.now()
    rows = list(memberships)
    missions = names_of_missions(row.mission for row in rows)
    return [
        AccessLine(
            membership=row,
            role=Role(row.role),
            reaches={right: RIGHTS[right].get(Role(row.role)) for right in Right},
            second_factor=row.has_factor,  # type: ignore[attr-defined]
            in_emergency=row.in_emergency,  # type: ignore[attr-defined]
            mission=missions.get(row.mission, str(row.mission)) if row.mission else "",
            overdue=row.review_due < now,
        )
        for row in rows
    ]
