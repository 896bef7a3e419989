"""What open pages should know at once."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from medevac.people.guard import GuardedManager


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
