"""Invitations: sent, withdrawn, accepted once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from medevac.people.models import Invitation, Membership, Organisation, User
from medevac.people.notices import Notice, give
from medevac.people.organisation_kinds import ROLES_OF, Kind
from medevac.people.policy import NotAllowedError, demand
from medevac.people.policy.letting_in import demand_over_role
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role
from medevac.people.services.memberships import keep_membership, must_take_part


@dataclass(frozen=True)
class NewAccount:
    """What somebody who is new says of themselves.

    Parameters
    ----------
    name
        In their own script.
    latin_name
        In Latin letters.
    language, time_zone
        How the service speaks to them.
    password
        None where they sign in with a passkey, which is set up next.
    """

    name: str
    latin_name: str
    language: str
    time_zone: str
    password: str | None = None


@dataclass(frozen=True)
class Sent:
    """An invitation and the link that accepts it, which is kept nowhere."""

    invitation: Invitation
    link: str


@transaction.atomic
def invite(
    actor: User,
    *,
    email: str,
    organisation: Organisation,
    role: Role,
    language: str,
    member_until: datetime | None = None,
    mission: UUID | None = None,
) -> Invitation:
    """Invite an address to a role. An earlier invitation to the same is withdrawn."""
    demand_over_role(actor, "people.invite", organisation, role, mission)
    Organisation.unscoped.select_for_update().get(pk=organisation.pk)  # two who invite the same at once
    address = email.strip().lower()
    if role not in ROLES_OF[Kind(organisation.kind)]:
        raise RefusedError(
            _("“%(role)s” is no role in “%(name)s”. Choose a role that fits this kind of organisation.")
            % {"role": role.label, "name": organisation.name}
        )
    must_take_part(organisation, mission)
    now = timezone.now()
    if member_until is not None and member_until <= now:
        raise RefusedError(_("The membership would end before it begins. Choose a later end."))
    _not_there_already(address, organisation, role, mission)
    Invitation.unscoped.filter(
        email=address,
        organisation=organisation,
        role=role,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
    ).update(withdrawn_at=now, withdrawn_by=actor.pk)
    return send_invitation(
        actor=actor.pk,
        by=actor.name,
        email=address,
        organisation=organisation,
        role=role,
        language=language,
        member_until=member_until,
        mission=mission,
    ).invitation


def send_invitation(
    *,
    actor: UUID,
    by: str,
    email: str,
    organisation: Organisation,
    role: Role,
    language: str,
    member_until: datetime | None = None,
    mission: UUID | None = None,
) -> Sent:
    """Keep an invitation that has been checked and hand over its notice; inside another transaction."""
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    invitation = Invitation.unscoped.create(
        email=email,
        organisation=organisation,
        role=role,
        mission=mission,
        member_until=member_until,
        language=language,
        token_digest=digest(token),
        invited_by=actor,
        invited_at=now,
        expires_at=now + timedelta(days=settings.INVITATION_DAYS),
    )
    notice = _notice(invitation, token, by)
    give(notice)
    return Sent(invitation, notice.address)


@transaction.atomic
def withdraw(actor: User, invitation: Invitation) -> None:
    """Withdraw an invitation that nobody has accepted yet."""
    demand(actor, "people.invite", invitation)
    kept = Invitation.unscoped.select_for_update().get(pk=invitation.pk)
    if kept.accepted_at is not None:
        raise RefusedError(_("The invitation has been accepted. End the membership instead."))
    if kept.withdrawn_at is None:
        kept.withdrawn_at, kept.withdrawn_by = timezone.now(), actor.pk
        kept.save(update_fields=["withdrawn_at", "withdrawn_by"])


def open_invitation(token: str) -> Invitation:
    """The invitation that a token opens, if it still does.

    Raises
    ------
    RefusedError
        Where it has been used or withdrawn, is too old, or never was.
    """
    found = Invitation.unscoped.select_related("organisation").filter(token_digest=digest(token)).first()
    return _still_open(found)


@transaction.atomic
def accept(token: str, *, account: NewAccount | None = None, user: User | None = None) -> Membership:
    """Accept an invitation, once: as the signed-in user whose address it names, or as somebody new.

    The row of the invitation is locked first, so that of two who come at once with the same link one is
    refused.
    """
    rows = Invitation.unscoped.select_related("organisation").select_for_update(of=("self",))
    invitation = _still_open(rows.filter(token_digest=digest(token)).first())
    _inviter_still_may(invitation)
    known = User.objects.filter(email=invitation.email).first()
    if known is not None and (user is None or user.pk != known.pk):
        raise RefusedError(
            _("There is already an account with this address. Sign in with it, then open the link again.")
        )
    if known is None and (account is None or user is not None):
        raise RefusedError(_("This invitation is for another address. Sign out, then open the link again."))
    if known is None and account is not None:
        known = _new_user(invitation.email, account)
    assert known is not None
    now = timezone.now()
    membership = keep_membership(
        user=known,
        organisation=invitation.organisation,
        role=Role(invitation.role),
        starts=now,
        ends=invitation.member_until,
        mission=invitation.mission,
        granted_by=invitation.invited_by,
    )
    invitation.accepted_at, invitation.accepted_by = now, known.pk
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return membership


def digest(token: str) -> bytes:
    """What is kept of a token: nobody who reads the table can use it."""
    return hashlib.sha256(token.encode()).digest()


def _still_open(invitation: Invitation | None) -> Invitation:
    again = _("Ask the person who invited you for a new one.")
    if invitation is None:
        raise RefusedError(
            _("This invitation does not exist. Check that the whole address was copied.") + " " + again
        )
    if invitation.accepted_at is not None:
        raise RefusedError(_("This invitation has been used. Sign in, or ask for a new one."))
    if invitation.withdrawn_at is not None:
        raise RefusedError(_("This invitation has been withdrawn.") + " " + again)
    if invitation.expires_at <= timezone.now():
        raise RefusedError(_("This invitation is too old.") + " " + again)
    return invitation


def _inviter_still_may(invitation: Invitation) -> None:
    """An invitation is worth no more than its giver: whoever has lost the right since then lets nobody in."""
    inviter = User.objects.filter(pk=invitation.invited_by).first()
    if inviter is None:
        return  # the founding of the installation, by whoever runs it
    try:
        demand_over_role(
            inviter, "people.invite", invitation.organisation, Role(invitation.role), invitation.mission
        )
    except NotAllowedError as error:
        raise RefusedError(
            _("The person who invited you may no longer do so. Ask your organisation for a new invitation.")
        ) from error


def _new_user(email: str, account: NewAccount) -> User:
    user = User.objects.create_user(
        email,
        account.password,
        name=account.name,
        latin_name=account.latin_name,
        language=account.language,
        time_zone=account.time_zone,
    )
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user


def _not_there_already(email: str, organisation: Organisation, role: Role, mission: UUID | None) -> None:
    user = User.objects.filter(email=email).first()
    if user is None:
        return
    if not user.is_active:
        # Without the name: whoever invites may not be one who is shown it.
        raise RefusedError(
            _("The account with this address is deactivated. Ask an administrator to activate it first.")
        )
    # A role that counts in all missions counts in the one as well.
    there = Membership.unscoped.current().filter(user=user, organisation=organisation, role=role)
    if there.filter(Q(mission__isnull=True) | Q(mission=mission)).exists():
        raise RefusedError(
            _(
                "%(person)s already has the role “%(role)s” in “%(name)s” at that time. End that membership "
                "first."
            )
            % {"person": user.name, "role": role.label, "name": organisation.name}
        )


def _notice(invitation: Invitation, token: str, by: str) -> Notice:
    address = settings.ADDRESS + reverse("people:invitation", args=[token])
    known = User.objects.filter(email=invitation.email).first()
    with translation.override(invitation.language):
        words = {
            "by": by,
            "role": Role(invitation.role).label,
            "organisation": invitation.organisation.name,
            "days": settings.INVITATION_DAYS,
        }
        return Notice(
            kind="invitation",
            subject=_("You are invited to medevac"),
            sentences=(
                _("%(by)s invites you to medevac as “%(role)s” in “%(organisation)s”.") % words,
                _(
                    "Open the page below to accept. The invitation is for you alone and is valid for "
                    "%(days)s days."
                )
                % words,
                _(
                    "If you do not know what this is about, do nothing: nobody can use your address without "
                    "this page."
                ),
            ),
            address=address,
            language=invitation.language,
            user=known.pk if known else None,
            email=invitation.email,
            facts={"invitation": str(invitation.pk)},
        )
