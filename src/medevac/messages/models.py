"""The rows of this room: messages, the outbox, preferences, channels and the event stream.

Services write them. A message belongs to one person, who alone reads it; the outbox is for the worker.
"""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from medevac.messages.rules import Pace, State
from medevac.people.guard import GuardedManager
from medevac.people.models import User


class Message(models.Model):
    """Something told to one person, or to an address that has no account yet."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="told")
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=300, blank=True)
    sentences = models.JSONField(default=list)
    address = models.CharField(max_length=500, blank=True)  # within the service; never a secret
    pseudonym = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    in_inbox = models.BooleanField(default=True)
    key = models.CharField(max_length=120, blank=True)  # the same thing is told once to the same person
    to_do = models.BooleanField(default=False)  # a person is asked to do it, and says when it is done
    created_at = models.DateTimeField(_("told"), db_default=Now())
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects: ClassVar[GuardedManager[Any]] = GuardedManager()
    unscoped: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["user", "-created_at"], condition=Q(in_inbox=True), name="messages_inbox"),
            models.Index(
                fields=["user"], condition=Q(in_inbox=True, read_at__isnull=True), name="messages_unread"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"], condition=~Q(key=""), name="messages_message_once"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(in_inbox=False), name="messages_inbox_has_owner"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(to_do=True), name="messages_done_was_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.kind}"


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


class Preference(models.Model):
    """How soon one person wants one kind of message by one channel."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=80)
    channel = models.CharField(max_length=20)
    pace = models.CharField(max_length=10, choices=Pace)

    objects: ClassVar[GuardedManager[Any]] = GuardedManager()
    unscoped: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "channel"], name="messages_preference_once"),
            models.CheckConstraint(condition=Q(pace__in=Pace.values), name="messages_preference_pace"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel} {self.pace}"


class QuietHours(models.Model):
    """When one person wants nothing but urgent messages, on the person's own clock."""

    user = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="+")
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))

    objects: ClassVar[GuardedManager[Any]] = GuardedManager()
    unscoped: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("quiet hours")
        verbose_name_plural = _("quiet hours")

    def __str__(self) -> str:
        return f"{self.starts}-{self.ends}"


class PushSubscription(models.Model):
    """One browser of one person that takes web push."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    endpoint = models.URLField(max_length=1000, unique=True)
    public_key = models.BinaryField(max_length=65)
    secret = models.BinaryField(max_length=16)
    created_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[GuardedManager[Any]] = GuardedManager()
    unscoped: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("browser that takes notifications")
        verbose_name_plural = _("browsers that take notifications")

    def __str__(self) -> str:
        return str(self.id)


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


class Event(models.Model):
    """Something that one person's open pages should know at once.

    The database gives the position when the transaction commits (see the migration), so that positions grow
    in the order in which they become visible: who has read up to one has missed nothing before it.
    """

    id = models.BigAutoField(primary_key=True)
    user = models.UUIDField()
    name = models.CharField(max_length=40)
    content = models.JSONField(default=dict)
    position = models.BigIntegerField(null=True, unique=True, editable=False)
    created_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[GuardedManager[Any]] = GuardedManager()
    unscoped: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["user", "position"], name="messages_event_of_user")]

    def __str__(self) -> str:
        return f"{self.position} {self.name}"
