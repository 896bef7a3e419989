"""Signings-in: on which device somebody came in, and who ended that session before its time."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.people.guard import GuardedManager
from medevac.people.models.user import User


@recorded(guarded={"people.see_members": ("browser", "system")}, secret=("session_key",))
class SignIn(models.Model):
    """One session of one user. Browser and system are enough to know it by; no network address is kept.

    The session itself is a row of Django's; a session that ended by itself leaves `ended_at` empty.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(
        User, verbose_name=_("user"), on_delete=models.PROTECT, related_name="signings_in"
    )
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(_("browser"), max_length=20, blank=True)
    system = models.CharField(_("device"), max_length=20, blank=True)
    started_at = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [
            models.Index(fields=["user"], condition=Q(ended_at=None), name="people_sign_in_open"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.started_at:%Y-%m-%d}"
