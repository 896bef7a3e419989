"""What a person chooses: paces, quiet hours, and browsers that take notifications."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction
from django.utils.translation import gettext as _

from medevac.messages.channels.push import is_push_service
from medevac.messages.models import Preference, PushSubscription, QuietHours
from medevac.messages.rules import Pace
from medevac.people.models import User
from medevac.people.refusals import RefusedError

MOST_BROWSERS = 10


@transaction.atomic
def set_preferences(user: User, chosen: Mapping[tuple[str, str], Pace]) -> None:
    """Keep how soon the user wants what: a pace for pairs of kind and channel."""
    for (kind, channel), pace in sorted(chosen.items()):
        Preference.unscoped.update_or_create(user=user, kind=kind, channel=channel, defaults={"pace": pace})


@transaction.atomic
def set_quiet_hours(user: User, starts: time | None, ends: time | None) -> None:
    """Keep the user's quiet hours; without both times there are none."""
    if starts is None or ends is None:
        QuietHours.unscoped.filter(user=user).delete()
        return
    QuietHours.unscoped.update_or_create(user=user, defaults={"starts": starts, "ends": ends})


@transaction.atomic
def allow_browser(user: User, endpoint: str, public_key: bytes, secret: bytes) -> PushSubscription:
    """Keep a browser that its user has allowed to show notifications."""
    if not is_push_service(endpoint):
        raise RefusedError(
            _("This browser uses a push service that is not known here. Ask the people who run medevac.")
        )
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public_key)
    except ValueError as error:
        raise RefusedError(_("The browser sent a key that cannot be read. Try again.")) from error
    if len(secret) != 16:
        raise RefusedError(_("The browser sent a key that cannot be read. Try again."))
    kept: PushSubscription
    kept, _made = PushSubscription.unscoped.update_or_create(
        endpoint=endpoint, defaults={"user": user, "public_key": public_key, "secret": secret}
    )
    newest = PushSubscription.unscoped.filter(user=user).order_by("-created_at").values("pk")
    PushSubscription.unscoped.filter(user=user).exclude(
        pk__in=list(newest[:MOST_BROWSERS].values_list("pk", flat=True))
    ).delete()
    return kept


@transaction.atomic
def forget_browser(user: User, endpoint: str) -> None:
    """Send this browser nothing any more."""
    PushSubscription.unscoped.filter(user=user, endpoint=endpoint).delete()
