"""What is on its way out of the house, and how each channel fares. For the worker and administrators."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.messages.models.told import Message
from medevac.messages.rules import State
from medevac.people.guard import GuardedManager
from medevac.people.models import User


@recorded(secret=("recipient", "secret_link", "last_error"))  # addresses stay in the outbox alone
class Delivery(models.Model):
    """One row of the outbox: a message, or a digest of several, on its way by one channel to one address."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="deliveries")
    digest = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="parts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    channel = models.CharField(_("channel"), max_length=20)
    kind = models.CharField(max_length=80)
    recipient = models.CharField(max_length=320)  # an address of the channel's own kind
    secret_link = models.CharField(max_length=500, blank=True)  # deleted as soon as it has left
    reference = models.CharField(max_length=200, unique=True)  # the e-mail's Message-ID; a repeat keeps it
    state = models.CharField(max_length=10, choices=State)
    created_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(_("due"))
    tries = models.PositiveIntegerField(_("tries"), default=0)
    begun_at = models.DateTimeField(null=True, blank=True)  # a try whose end nobody has written down yet
    repeats = models.PositiveIntegerField(_("repeats"), default=0)  # tries after one whose end is unknown
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    objects: ClassVar[GuardedManager[Any]] = GuardedManager()
    unscoped: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="messages_waiting"),
            models.Index(fields=["user", "channel"], condition=Q(state="gathered"), name="messages_gathered"),
            models.Index(fields=["created_at"], condition=Q(state="dead"), name="messages_dead"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="messages_delivery_state"),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & (Q(sent_at__isnull=True) | Q(state=State.BUNDLED))),
                name="messages_sent_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SENT) | Q(secret_link=""), name="messages_secret_is_gone"
            ),
            models.CheckConstraint(condition=Q(repeats__lte=F("tries")), name="messages_repeats_are_tries"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.channel} {self.state}"


class ChannelState(models.Model):
    """When a channel last sent and last failed, and since when it is silent though things wait."""

    channel = models.CharField(primary_key=True, max_length=20)
    last_sent_at = models.DateTimeField(null=True, blank=True)
    last_failed_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    silent_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("state of a channel")
        verbose_name_plural = _("states of channels")

    def __str__(self) -> str:
        return self.channel
