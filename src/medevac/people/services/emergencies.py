"""Emergency access, "break the glass": opened with a reason, shown to the data owner, over after a time."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Model, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from medevac.people.models import EmergencyAccess, Membership, Organisation, OrganisationPath, User
from medevac.people.models.emergency import REASON_LENGTH
from medevac.people.notices import Notice, give
from medevac.people.policy import demand, owner_of
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role, grants_of


@transaction.atomic
def break_glass(actor: User, thing: Model, reason: str) -> EmergencyAccess:
    """Open one row to the actor for a time, whoever it belongs to, and tell its owner at once.

    Parameters
    ----------
    actor
        Who needs to see it now.
    thing
        The row: a case, or an organisation whose people must be reached.
    reason
        Why, in the actor's own words; the owner reads it.
    """
    demand(actor, "people.break_glass")
    owner = owner_of(thing)
    if owner is None:
        raise RefusedError(_("Emergency access is not offered for this."))
    demand(actor, "people.break_glass", thing)
    reason = " ".join(reason.split())
    if len(reason) < REASON_LENGTH:
        raise RefusedError(
            _(
                "Expected a reason of at least %(least)s letters, got %(came)s. Say what happened and what "
                "you need."
            )
            % {"least": REASON_LENGTH, "came": len(reason)}
        )
    User.objects.select_for_update().get(pk=actor.pk)  # a double click opens one access, not two
    now = timezone.now()
    kind = thing._meta.label_lower
    running = EmergencyAccess.unscoped.filter(
        user=actor, subject_kind=kind, subject_id=thing.pk, expires_at__gt=now, ended_at__isnull=True
    ).first()
    if running is not None:
        return running
    access = EmergencyAccess.unscoped.create(
        user=actor,
        subject_kind=kind,
        subject_id=thing.pk,
        owner_id=owner,
        reason=reason,
        opened_at=now,
        expires_at=now + timedelta(minutes=settings.EMERGENCY_MINUTES),
    )
    for person in told_of(access):
        give(_notice(access, person))
    return access


@transaction.atomic
def end_emergency(actor: User, access: EmergencyAccess) -> None:
    """Close an emergency access before its time: by whoever opened it, or by the data owner."""
    kept = EmergencyAccess.unscoped.select_for_update().get(pk=access.pk)
    if kept.user_id != actor.pk:
        demand(actor, "people.see_emergencies", kept)
    if kept.ended_at is None and kept.expires_at > timezone.now():
        kept.ended_at = timezone.now()
        kept.save(update_fields=["ended_at"])


@transaction.atomic
def acknowledge(actor: User, access: EmergencyAccess, verdict: str) -> EmergencyAccess:
    """Keep that the data owner has looked at an emergency access, and what the owner says of it."""
    kept = EmergencyAccess.unscoped.select_for_update().get(pk=access.pk)
    demand(actor, "people.see_emergencies", kept)
    if kept.user_id == actor.pk:
        raise RefusedError(
            _("Nobody judges their own emergency access. Somebody else of the data owner must do it.")
        )
    if kept.seen_at is not None:
        raise RefusedError(_("Somebody has already answered this. Load the page again to read the answer."))
    kept.seen_at, kept.seen_by, kept.verdict = timezone.now(), actor.pk, verdict.strip()
    kept.save(update_fields=["seen_at", "seen_by", "verdict"])
    return kept


def told_of(access: EmergencyAccess) -> list[User]:
    """Who of the data owner is told: its own people who look over emergencies, and every auditor above them.

    Somebody whose role counts in one mission only is not told: emergencies are of the whole organisation.
    Where the owner itself has nobody, the nearest organisation above it that has somebody is told instead.
    """
    roles = [role for role in grants_of("people.see_emergencies") if role is not Role.AUDITOR]
    above = OrganisationPath.objects.filter(descendant=access.owner_id).order_by("depth")
    owners = Organisation.unscoped.filter(admitted__in=above.values("ancestor"))
    told: dict[object, User] = {}
    for path in [*above.values_list("ancestor", flat=True), *owners.values_list("pk", flat=True)]:
        here = (
            Membership.unscoped.current()
            .filter(organisation=path, role__in=roles, mission__isnull=True)
            .exclude(user=access.user_id)
        )
        told.update({row.user_id: row.user for row in here.select_related("user")})
        if told:
            break
    everywhere = Q(organisation__in=above.values("ancestor")) | Q(organisation__in=owners)
    auditors = (
        Membership.unscoped.current()
        .filter(everywhere, role=Role.AUDITOR, mission__isnull=True)
        .exclude(user=access.user_id)
    )
    told.update({row.user_id: row.user for row in auditors.select_related("user")})
    return list(told.values())


def _notice(access: EmergencyAccess, person: User) -> Notice:
    with translation.override(person.language):
        return Notice(
            kind="emergency_opened",
            subject=_("Emergency access to data of your organisation"),
            sentences=(
                _("Somebody has opened data of your organisation in an emergency."),
                _("Open the page below to read who, why and until when, and to say whether it was right."),
            ),
            address=settings.ADDRESS + reverse("people:emergencies"),
            language=person.language,
            user=person.pk,
            email=person.email,
            facts={"emergency": str(access.pk)},
        )
