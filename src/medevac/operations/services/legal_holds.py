"""Legal holds: set and lifted by named people with a reason. While one stands, what it names stays."""

from __future__ import annotations

from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.audit.context import because
from medevac.audit.history import recordings
from medevac.operations.keeping import Keeping
from medevac.operations.models import LegalHold
from medevac.operations.policy import HOLD
from medevac.operations.rules import SHORTEST_REASON
from medevac.people.models import Organisation, User
from medevac.people.policy import demand, may, owner_of
from medevac.people.policy.areas import administered
from medevac.people.policy.asking import grants
from medevac.people.policy.rules import has_rule
from medevac.people.refusals import RefusedError


def full_reason(reason: str) -> str:
    """The reason in words, or a refusal."""
    text = reason.strip()
    if len(text) < SHORTEST_REASON:
        raise RefusedError(
            _("Expected a reason in words, at least %(least)d letters, got %(came)d.")
            % {"least": SHORTEST_REASON, "came": len(text)}
        )
    return text


@transaction.atomic
def set_legal_hold(actor: User, *, kind: str, thing: UUID | None, reason: str) -> LegalHold:
    """Keep one thing, or all of a kind, until the legal hold is lifted.

    Raises
    ------
    RefusedError
        Where the thing is not one that the actor oversees; one that is not there is refused in the same
        words. One that was deleted can be held, for the sake of what is about it.
    """
    demand(actor, HOLD)
    text = full_reason(reason)
    if thing is not None and not _oversees(actor, kind, thing):
        raise RefusedError(
            _("Expected the number of a thing of this kind that you oversee, got %(thing)s. Correct it.")
            % {"thing": thing}
        )
    with because(text):
        hold: LegalHold = LegalHold.unscoped.create(kind=kind, thing=thing, reason=text, set_by=actor.pk)
    return hold


def _oversees(actor: User, kind: str, thing: UUID) -> bool:
    """Whether the thing is open to the actor, is owned by what they administer, or is there no more."""
    row = apps.get_model(kind)._base_manager.filter(pk=thing).first()
    if row is None:
        recording = recordings().get(kind)
        return recording is not None and recording.events.objects.filter(pgh_obj_id=thing).exists()
    if not has_rule(type(row)):  # nothing is open by omission; all of such a kind can be held
        return False
    if may(actor, HOLD, row):
        return True
    owner = owner_of(row)
    return owner is not None and any(
        Organisation.unscoped.filter(Q(pk=owner) & Q(pk__in=administered(grant.organisation))).exists()
        for grant in grants(actor, HOLD)
    )


@transaction.atomic
def lift_legal_hold(actor: User, hold: LegalHold, *, reason: str) -> None:
    """Let retention have again what the legal hold kept."""
    kept = LegalHold.unscoped.select_for_update().get(pk=hold.pk)
    demand(actor, HOLD, kept)
    text = full_reason(reason)
    if kept.lifted_at is not None:
        raise RefusedError(_("This legal hold was lifted before."))
    kept.lifted_by, kept.lifted_at, kept.lifted_because = actor.pk, timezone.now(), text
    with because(text):
        kept.save(update_fields=["lifted_by", "lifted_at", "lifted_because"])


def must_stay(keeping: Keeping) -> Q | None:
    """The condition for rows that a legal hold keeps; None where all of the kind are kept."""
    holds = LegalHold.unscoped.filter(lifted_at__isnull=True)
    if holds.filter(kind=keeping.kind, thing__isnull=True).exists():
        return None
    things = list(holds.exclude(thing=None).values_list("thing", flat=True))
    return keeping.about(things) if things else Q(pk__in=[])


def thing_must_stay(kind: str, thing: UUID) -> bool:
    """Whether a legal hold keeps this one thing."""
    asked = Q(thing=thing) | Q(kind=kind, thing__isnull=True)
    return LegalHold.unscoped.filter(asked, lifted_at__isnull=True).exists()
