"""Memberships: granted, ended, confirmed."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from medevac.people.missions import missions_open_to
from medevac.people.models import Membership, Organisation, User
from medevac.people.notices import Notice, give
from medevac.people.organisation_kinds import ROLES_OF, Kind
from medevac.people.policy.letting_in import demand_over_role
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role
from medevac.people.services.sessions import end_all_sessions


@transaction.atomic
def grant(
    actor: User,
    user: User,
    organisation: Organisation,
    role: Role,
    *,
    starts: datetime | None = None,
    ends: datetime | None = None,
    mission: UUID | None = None,
) -> Membership:
    """Give an existing user a role in an organisation for a time."""
    demand_over_role(actor, "people.invite", organisation, role, mission)
    if user.pk == actor.pk:
        raise RefusedError(_("Nobody gives a role to themselves. Ask somebody else who may."))
    if not user.is_active:
        raise RefusedError(_("%(name)s is deactivated. Activate the account first.") % {"name": user.name})
    membership = keep_membership(
        user=user,
        organisation=organisation,
        role=role,
        starts=starts or timezone.now(),
        ends=ends,
        mission=mission,
        granted_by=actor.pk,
    )
    end_all_sessions(user, actor)  # who has another role signs in anew
    give(role_notice(membership, "membership_granted"))
    return membership


def keep_membership(
    *,
    user: User,
    organisation: Organisation,
    role: Role,
    starts: datetime,
    ends: datetime | None,
    mission: UUID | None,
    granted_by: UUID | None,
) -> Membership:
    """Keep a membership whose giver has been checked; part of another service's transaction."""
    if role not in ROLES_OF[Kind(organisation.kind)]:
        raise RefusedError(
            _("“%(role)s” is no role in “%(name)s”. Choose a role that fits this kind of organisation.")
            % {"role": role.label, "name": organisation.name}
        )
    if organisation.closed_at is not None:
        raise RefusedError(
            _("“%(name)s” has been closed. Choose an organisation that is open.")
            % {"name": organisation.name}
        )
    if ends is not None and ends <= starts:
        raise RefusedError(_("The membership would end before it begins. Choose a later end."))
    must_take_part(organisation, mission)
    membership = Membership(
        user=user,
        organisation=organisation,
        role=role,
        starts=starts,
        ends=ends,
        mission=mission,
        granted_by=granted_by,
        review_due=starts + timedelta(days=settings.REVIEW_DAYS),
    )
    try:
        with transaction.atomic():
            membership.save(force_insert=True)
    except IntegrityError as error:
        if "people_membership_once" not in str(error):
            raise
        raise RefusedError(
            _(
                "%(person)s already has the role “%(role)s” in “%(name)s” at that time. End that membership "
                "first."
            )
            % {"person": user.name, "role": role.label, "name": organisation.name}
        ) from error
    return membership


def must_take_part(organisation: Organisation, mission: UUID | None) -> None:
    """Refuse to limit a role to a mission in which its organisation has no part, or that is closed."""
    if mission is not None and mission not in missions_open_to(organisation.pk):
        raise RefusedError(
            _("“%(name)s” takes part in no open mission of that number. Choose one of the list.")
            % {"name": organisation.name}
        )


@transaction.atomic
def end_membership(actor: User, membership: Membership) -> Membership:
    """End a membership now. Whoever leaves may end their own."""
    if membership.user_id != actor.pk:
        role, mission = Role(membership.role), membership.mission
        demand_over_role(actor, "people.end_memberships", membership.organisation, role, mission)
    keep_an_administrator([membership])
    kept = _locked(membership)
    if kept.ends is not None and kept.ends <= timezone.now():
        raise RefusedError(_("This membership has already ended."))
    now = timezone.now()
    kept.starts = min(kept.starts, now)
    kept.ends, kept.ended_by = now, actor.pk
    kept.save(update_fields=["starts", "ends", "ended_by"])
    end_all_sessions(kept.user, actor)
    if kept.user_id != actor.pk:
        give(role_notice(kept, "membership_ended"))
    return kept


def role_notice(membership: Membership, kind: str) -> Notice:
    """Tells somebody of a role that was given to them, or has ended."""
    user = membership.user
    with translation.override(user.language):
        words = {"role": membership.get_role_display(), "organisation": membership.organisation.name}
        texts = {
            "membership_granted": (
                _("You have another role in medevac"),
                _("You are now “%(role)s” in “%(organisation)s”.") % words,
            ),
            "membership_ended": (
                _("A role of yours in medevac has ended"),
                _("You are no longer “%(role)s” in “%(organisation)s”.") % words,
            ),
        }
        subject, sentence = texts[kind]
        return Notice(
            kind=kind,
            subject=subject,
            sentences=(sentence, _("Your sessions have ended: sign in again.")),
            address=settings.ADDRESS + reverse("people:account"),
            language=user.language,
            user=user.pk,
            email=user.email,
            facts={"membership": str(membership.pk)},
        )


@transaction.atomic
def confirm(actor: User, membership: Membership) -> Membership:
    """Confirm that a membership is still right, until the next review. Nobody confirms their own."""
    kept = _locked(membership)
    demand_over_role(actor, "people.review", kept.organisation, Role(kept.role), kept.mission)
    if kept.user_id == actor.pk:
        raise RefusedError(_("Nobody confirms their own membership. Somebody else who may must do it."))
    if kept.ends is not None and kept.ends <= timezone.now():
        raise RefusedError(_("This membership has already ended."))
    now = timezone.now()
    kept.confirmed_at, kept.confirmed_by = now, actor.pk
    kept.review_due = now + timedelta(days=settings.REVIEW_DAYS)
    kept.save(update_fields=["confirmed_at", "confirmed_by", "review_due"])
    return kept


def keep_an_administrator(leaving: list[Membership]) -> None:
    """Refuse where nobody would be left to administer the installation; inside another transaction.

    All memberships of administrators are locked first and in sorted order, so that two cannot each leave as
    the last but one. Who is left is looked up only then, since the other may have left meanwhile.
    Call it before a single membership is locked, or two who leave at once wait for each other.
    """
    if not any(one.role == Role.ADMINISTRATOR and one.mission is None for one in leaving):
        return
    rows = Membership.unscoped.filter(role=Role.ADMINISTRATOR, mission__isnull=True).order_by("pk")
    list(rows.select_for_update().values_list("pk"))
    going = [membership.pk for membership in leaving]
    left = Membership.unscoped.current().filter(role=Role.ADMINISTRATOR, mission__isnull=True)
    if not left.exclude(pk__in=going).exists():
        raise RefusedError(
            _("Nobody would be left to administer medevac. Make somebody else an administrator first.")
        )


def _locked(membership: Membership) -> Membership:
    return (
        Membership.unscoped.select_related("organisation", "user")
        .select_for_update(of=("self",))
        .get(pk=membership.pk)
    )
