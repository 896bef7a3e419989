"""Emergency access, "break the glass": who opened what, why and until when, and what its owner says."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.people.guard import GuardedManager
from medevac.people.models.organisation import Organisation
from medevac.people.models.user import User

models.TextField.register_lookup(Length)
REASON_LENGTH = 20


@recorded(guarded={"people.see_emergencies": ("reason", "verdict")})
class EmergencyAccess(models.Model):
    """One emergency access to one row of any room."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(
        User, verbose_name=_("user"), on_delete=models.PROTECT, related_name="emergencies"
    )
    subject_kind = models.CharField(max_length=60)  # the row's model, such as "people.organisation"
    subject_id = models.UUIDField()
    owner = models.ForeignKey(
        Organisation, verbose_name=_("data owner"), on_delete=models.PROTECT, related_name="emergencies"
    )
    reason = models.TextField(_("reason"))
    opened_at = models.DateTimeField(_("opened"))
    expires_at = models.DateTimeField(_("open until"))
    ended_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.UUIDField(null=True, blank=True)
    verdict = models.TextField(_("what the data owner says"), blank=True)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("emergency access")
        verbose_name_plural = _("emergency accesses")
        indexes = [models.Index(fields=["user", "subject_kind", "expires_at"])]
        constraints = [
            # The form asks for a reason in words; the database refuses whatever else writes an empty one.
            models.CheckConstraint(
                condition=Q(reason__length__gte=REASON_LENGTH), name="people_emergency_reason"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("opened_at")), name="people_emergency_expires"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.subject_kind} {self.subject_id}"
