"""What the patient has agreed to, for which purpose and country, and when it was withdrawn."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.models.case import Case
from medevac.people.guard import GuardedManager


class Purpose(models.TextChoices):
    """What is consented to; the codes are those of the mission's items of the kind consent."""

    TREATMENT = "treatment-abroad", _("treatment abroad")
    DATA_TRANSFER = "data-transfer", _("transfer of data")
    PHOTOGRAPHS = "photographs", _("photographs")


class Giver(models.TextChoices):
    """Who has given it."""

    PATIENT = "patient", _("the patient")
    PARENT = "parent", _("a parent")
    GUARDIAN = "guardian", _("a guardian")
    COURT = "court", _("a court")


@recorded(guarded={"see.personal": ("giver_name", "interpreter")})
class Consent(models.Model):
    """One consent. A withdrawal ends it; the row stays."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Leave empty for every country of the mission.")
    )
    giver = models.CharField(_("given by"), max_length=10, choices=Giver)
    giver_name = models.CharField(_("name of whoever gave it"), max_length=200)
    language = models.CharField(_("language"), max_length=40)
    interpreter = models.CharField(_("interpreter"), max_length=200, blank=True)
    given_at = models.DateTimeField(_("given at"))
    document = models.UUIDField(
        _("signed paper"), null=True, blank=True
    )  # a document; the room below keeps it
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.CharField(_("withdrawn by"), max_length=200, blank=True)
    recorded_by = models.UUIDField(editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["purpose", "country", "-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "purpose", "country"],
                condition=Q(withdrawn_at__isnull=True),
                name="cases_consent_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="cases_consent_withdrawn_later",
                violation_error_message=_(
                    "Expected a withdrawal after the consent was given. Correct the time."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.country}"
