"""A clinician's word on isolation, against the rule "isolate until negative"."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.models.case import Case, Isolation
from medevac.people.guard import GuardedManager


@recorded(guarded={"see.clinical": ("decided_by", "reason")})
class IsolationDecision(models.Model):
    """What a clinician has decided in place of the rule; holds until it is ended or a sample is positive."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="isolation_decisions")
    isolation = models.CharField(_("isolation"), max_length=10, choices=Isolation)
    decided_by = models.CharField(_("decided by"), max_length=120, help_text=_("Name and function."))
    reason = models.TextField(_("reason"), max_length=2000)
    recorded_by = models.UUIDField(editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("decision on isolation")
        verbose_name_plural = _("decisions on isolation")
        ordering = ["-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="cases_isolation_one_holds"
            ),
            models.CheckConstraint(
                condition=Q(isolation__in=Isolation.values), name="cases_isolation_decided"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="cases_isolation_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.isolation} {self.recorded_at:%Y-%m-%d}"
