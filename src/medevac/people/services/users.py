"""Users: their own account, and accounts that are deactivated, with every session, and activated again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.people.models import AddressChange, Invitation, Membership, User
from medevac.people.policy import demand
from medevac.people.policy.letting_in import demand_over_role
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role
from medevac.people.services.memberships import keep_an_administrator
from medevac.people.services.sessions import end_all_sessions


@transaction.atomic
def change_own_account(
    user: User, *, name: str, latin_name: str, phone: str, language: str, time_zone: str
) -> User:
    """Keep what somebody says of themselves."""
    kept = User.objects.select_for_update().get(pk=user.pk)
    kept.name, kept.latin_name, kept.phone = name, latin_name, phone
    kept.language, kept.time_zone = language, time_zone
    kept.save(update_fields=["name", "latin_name", "phone", "language", "time_zone"])
    return kept


@transaction.atomic
def deactivate(actor: User, user: User) -> User:
    """Close an account now: every session ends, every membership and open invitation with it.

    The actor's role must reach every membership of the user; otherwise those that it reaches can be ended
    one by one.
    """
    if user.pk == actor.pk:
        raise RefusedError(_("Nobody deactivates their own account. Ask somebody else who may."))
    kept = User.objects.select_for_update().get(pk=user.pk)
    if not kept.is_active:
        raise RefusedError(_("%(name)s is already deactivated.") % {"name": kept.name})
    rows = Membership.unscoped.not_ended().filter(user=kept).select_related("organisation").order_by("pk")
    keep_an_administrator(list(rows))
    memberships = list(rows.select_for_update(of=("self",)))
    demand(actor, "people.deactivate", kept)
    for membership in memberships:
        role, mission = Role(membership.role), membership.mission
        demand_over_role(actor, "people.deactivate", membership.organisation, role, mission)
    now = timezone.now()
    for membership in memberships:
        membership.starts = min(membership.starts, now)
        membership.ends, membership.ended_by = now, actor.pk
        membership.save(update_fields=["starts", "ends", "ended_by"])
    Invitation.unscoped.filter(email=kept.email, accepted_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=now, withdrawn_by=actor.pk
    )
    kept.is_active, kept.deactivated_at, kept.deactivated_by = False, now, actor.pk
    kept.save(update_fields=["is_active", "deactivated_at", "deactivated_by"])
    AddressChange.unscoped.filter(user=kept, confirmed_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=now, withdrawn_by=actor.pk
    )
    end_all_sessions(kept, actor)
    return kept


@transaction.atomic
def reactivate(actor: User, user: User) -> User:
    """Open an account again, without any role: those are given anew."""
    demand(actor, "people.deactivate", user)
    kept = User.objects.select_for_update().get(pk=user.pk)
    if kept.is_active:
        raise RefusedError(_("%(name)s is active.") % {"name": kept.name})
    kept.is_active, kept.deactivated_at, kept.deactivated_by = True, None, None
    kept.save(update_fields=["is_active", "deactivated_at", "deactivated_by"])
    return kept
