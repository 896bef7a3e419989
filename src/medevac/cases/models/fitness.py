"""Assessments of a patient, and the decision whether the patient may fly."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.models.case import Case
from medevac.people.guard import GuardedManager


@recorded(guarded={"see.clinical": ("text", "assessor")})
class Assessment(models.Model):
    """Somebody has looked at the patient: who, when, and what was found; confirmed again later by a date."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    assessor = models.CharField(_("assessed by"), max_length=120, help_text=_("Name and function."))
    assessed_at = models.DateTimeField(_("assessed at"))
    text = models.TextField(_("what was found"), max_length=4000)
    confirmed_at = models.DateTimeField(_("confirmed again at"), null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True, editable=False)
    recorded_by = models.UUIDField(editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-assessed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("assessed_at")),
                name="cases_assessment_confirmed_later",
                violation_error_message=_("Expected a confirmation after the assessment. Correct the time."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessed_at:%Y-%m-%d}"


@recorded(guarded={"see.clinical": ("decided_by", "conditions", "override_reason")})
class FitDecision(models.Model):
    """Whether the patient may fly, and until when; a clinician may override a caution, with a reason."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="fit_decisions")
    fit = models.BooleanField(_("fit to fly"))
    decided_by = models.CharField(_("decided by"), max_length=120, help_text=_("Name and function."))
    decided_at = models.DateTimeField(_("decided at"))
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    conditions = models.TextField(_("conditions"), max_length=2000, blank=True)
    overrides = models.BooleanField(_("decided in spite of a caution"), default=False)
    override_reason = models.TextField(_("reason"), max_length=2000, blank=True)
    recorded_by = models.UUIDField(editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("fit-to-fly decision")
        verbose_name_plural = _("fit-to-fly decisions")
        ordering = ["-decided_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fit=False) | Q(valid_until__gt=F("decided_at")),
                name="cases_fit_valid_until",
                violation_error_message=_(
                    "Expected a time until which the decision holds, after the decision."
                ),
            ),
            models.CheckConstraint(
                condition=Q(overrides=False) | ~Q(override_reason=""),
                name="cases_fit_override_reason",
                violation_error_message=_(
                    "Expected a reason for deciding in spite of a caution. Write it down."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fit} {self.decided_at:%Y-%m-%d}"
