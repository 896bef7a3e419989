"""What was told to whom. A message belongs to one person, who alone reads it."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.people.guard import GuardedManager
from medevac.people.models import User


@recorded(secret=("subject", "sentences"))  # written once; the history is of reading and of doing
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
