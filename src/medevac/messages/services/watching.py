"""Watches over channels: which is silent though something waits, who is told; what is deleted at night."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from medevac.messages.channels import Channel, channels
from medevac.messages.events import KEPT_HOURS
from medevac.messages.kinds import registered_kinds
from medevac.messages.models import ChannelState, Delivery, Event, QuietHours
from medevac.messages.rules import SILENT_AFTER, State, after_quiet
from medevac.messages.services.telling import tell
from medevac.people.models import Membership, User
from medevac.people.roles import grants_of

SILENT = "messages.channel_silent"
SECRETS_KEPT = timedelta(days=30)


def watch_channels() -> list[str]:
    """Raise the alarm for each channel that has fallen silent; returns the names of those that are."""
    return [channel.name for channel in channels() if _watch(channel)]


@transaction.atomic
def _watch(channel: Channel) -> bool:
    now = timezone.now()
    ChannelState.objects.get_or_create(channel=channel.name)
    state = ChannelState.objects.select_for_update().get(channel=channel.name)
    if not _is_silent(channel.name, state):
        if state.silent_since is not None:
            state.silent_since = None
            state.save(update_fields=["silent_since"])
        return False
    if state.silent_since is None:
        state.silent_since = now
        state.save(update_fields=["silent_since"])
        for user in who_mends():
            tell(
                user,
                SILENT,
                facts={"channel": channel.label},
                address=reverse("messages:channels"),
                key=f"{SILENT}:{channel.name}:{now.isoformat()}",
            )
    return True


def _is_silent(channel: str, state: ChannelState) -> bool:
    """Whether something has waited for long, and nothing has left since."""
    before = timezone.now() - SILENT_AFTER
    # A delivery that is tried again and again is due later each time: what counts is when it was first due.
    waiting = Delivery.unscoped.filter(channel=channel, state=State.WAITING, due_at__lte=before)
    failing = Delivery.unscoped.filter(
        channel=channel, state=State.WAITING, tries__gt=0, created_at__lte=before
    )
    # What waits for somebody's morning is not silence of the channel.
    failing = failing.exclude(user__in=_in_quiet_hours(), kind__in=_kinds_that_wait())
    if not (waiting.exists() or failing.exists()):
        return False
    return state.last_sent_at is None or state.last_sent_at <= before


def _in_quiet_hours() -> list[UUID]:
    """The users who get nothing but urgent messages at this moment."""
    now = timezone.now()
    rows = QuietHours.unscoped.select_related("user")
    return [
        row.user_id
        for row in rows
        if after_quiet(now, row.starts, row.ends, ZoneInfo(row.user.time_zone)) > now
    ]


def _kinds_that_wait() -> list[str]:
    return [kind.name for kind in registered_kinds() if not (kind.urgent or kind.secret)]


def who_mends() -> list[User]:
    """Everybody whose role may send letters again."""
    roles = list(grants_of("messages.send_again"))
    rows = Membership.unscoped.current().filter(role__in=roles).select_related("user")
    return list({row.user_id: row.user for row in rows}.values())


@transaction.atomic
def delete_old() -> None:
    """Delete what nobody can use any more: old events, and secret links that lie in letters given up."""
    now = timezone.now()
    Event.unscoped.filter(created_at__lt=now - timedelta(hours=KEPT_HOURS)).delete()
    Delivery.unscoped.filter(~Q(secret_link=""), state=State.DEAD, created_at__lt=now - SECRETS_KEPT).update(
        secret_link="", state=State.NEEDLESS
    )
