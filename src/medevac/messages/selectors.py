"""What this room shows: a person's own messages, and to administrators the state of channels.

A person's messages are found by the person; there is no role that reads somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Min, QuerySet, Sum

from medevac.messages.channels import channels
from medevac.messages.kinds import Kind, registered_kinds
from medevac.messages.models import ChannelState, Delivery, Message, PushSubscription, QuietHours
from medevac.messages.rules import Pace, State
from medevac.messages.services.telling import pace_of
from medevac.people.models import User
from medevac.people.policy import demand
from medevac.people.work_items import WorkItem

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NOT_CHOSEN = frozenset({"messages.digest"})  # a digest is a form, not something that is told


@dataclass(frozen=True)
class ChannelLine:
    """One channel as the page of channels shows it."""

    name: str
    label: str | _StrPromise
    is_set_up: bool
    last_sent_at: datetime | None
    last_failed_at: datetime | None
    last_error: str
    silent_since: datetime | None
    waiting: int
    oldest_due: datetime | None
    dead: int
    repeats: int


@dataclass(frozen=True)
class Choice:
    """What a person has chosen for one kind: a pace for each channel that is set up."""

    kind: Kind
    paces: dict[str, Pace]


def inbox_of(user: User) -> QuerySet[Message]:
    """The user's own messages, the newest first."""
    return Message.unscoped.filter(user=user, in_inbox=True).order_by("-created_at", "-pk")


def message_of(user: User, number: UUID) -> Message | None:
    """One of the user's own messages."""
    return inbox_of(user).filter(pk=number).first()


def unread_count(user: UUID) -> int:
    """How many messages the user has not read, and how many things asked in person are not done."""
    mine = Message.unscoped.filter(user=user, in_inbox=True)
    return int(mine.filter(read_at__isnull=True).count())


def asked_of(user: User) -> Iterator[WorkItem]:
    """What the user is asked to do in person, for the start page."""
    for message in inbox_of(user).filter(to_do=True, done_at__isnull=True):
        yield WorkItem(sentence=message.subject, address=f"/messages/{message.pk}/")


def choices_of(user: User) -> list[Choice]:
    """How soon the user gets each kind by each channel that is set up."""
    open_channels = [channel.name for channel in channels() if channel.is_set_up()]
    return [
        Choice(kind, {channel: pace_of(user, kind, channel) for channel in open_channels})
        for kind in registered_kinds()
        if not (kind.secret or kind.grave or kind.name in NOT_CHOSEN)
    ]


def quiet_hours_of(user: User) -> QuietHours | None:
    """The user's quiet hours, where there are any."""
    return QuietHours.unscoped.filter(user=user).first()


def browsers_of(user: User) -> int:
    """How many browsers of the user take notifications."""
    return int(PushSubscription.unscoped.filter(user=user).count())


def channel_lines(user: User) -> list[ChannelLine]:
    """The state of every channel."""
    demand(user, "messages.see_channels")
    return [channel_line(channel.name) for channel in channels()]


def channel_line(name: str) -> ChannelLine:
    """The state of one channel; also for health checks and metrics, which carry no personal data."""
    channel = next(one for one in channels() if one.name == name)
    state = ChannelState.objects.filter(channel=name).first() or ChannelState(channel=name)
    rows = Delivery.unscoped.filter(channel=name)
    waiting = rows.filter(state=State.WAITING)
    return ChannelLine(
        name=name,
        label=channel.label,
        is_set_up=channel.is_set_up(),
        last_sent_at=state.last_sent_at,
        last_failed_at=state.last_failed_at,
        last_error=state.last_error,
        silent_since=state.silent_since,
        waiting=waiting.count(),
        oldest_due=waiting.aggregate(oldest=Min("due_at"))["oldest"],
        dead=rows.filter(state=State.DEAD).count(),
        repeats=rows.aggregate(sum=Sum("repeats"))["sum"] or 0,
    )


def given_up(user: User) -> QuerySet[Delivery]:
    """The letters that were given up, the newest first."""
    demand(user, "messages.see_channels")
    return Delivery.unscoped.filter(state=State.DEAD).select_related("user").order_by("-created_at")
