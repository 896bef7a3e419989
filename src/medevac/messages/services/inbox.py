"""What a person does with their own messages."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from medevac.messages.events import publish
from medevac.messages.models import Message
from medevac.people.models import User


@transaction.atomic
def mark_read(user: User, message: Message) -> None:
    """Note that the user has seen a message."""
    now = timezone.now()
    rows = Message.unscoped.filter(pk=message.pk, user=user, read_at__isnull=True)
    if rows.update(read_at=now):
        publish(user.pk, "unread", {})


@transaction.atomic
def mark_all_read(user: User) -> int:
    """Note that the user has seen everything; returns how many were new. What is to be done stays open."""
    count = Message.unscoped.filter(user=user, in_inbox=True, read_at__isnull=True).update(
        read_at=timezone.now()
    )
    if count:
        publish(user.pk, "unread", {})
    return int(count)


@transaction.atomic
def mark_done(user: User, message: Message) -> None:
    """Note that the user has done what they were asked to do in person."""
    now = timezone.now()
    rows = Message.unscoped.filter(pk=message.pk, user=user, to_do=True, done_at__isnull=True)
    if rows.update(done_at=now):
        publish(user.pk, "unread", {})
