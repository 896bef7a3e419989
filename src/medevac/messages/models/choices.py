"""What a person has chosen: how soon, when not, and in which browsers."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.messages.rules import Pace
from medevac.people.guard import GuardedManager
from medevac.people.models import User


@recorded()
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


@recorded()
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


@recorded(secret=("endpoint", "public_key", "secret"))
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
