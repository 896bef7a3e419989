"""What a case still needs: each item of the mission with its owner, deadline and telephone number."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.models.case import Case
from medevac.people.guard import GuardedManager
from medevac.people.models import Organisation


@recorded(guarded={"see.personal": ("code", "waived_reason", "telephone", "document")})
class CaseItem(models.Model):
    """One item that the mission asks of this case, by its code; there, missing, or waived with a reason."""

    class Status(models.TextChoices):
        """Whether it is there."""

        MISSING = "missing", _("missing")
        PRESENT = "present", _("there")
        WAIVED = "waived", _("waived")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(_("item"), max_length=60)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.MISSING)
    owner = models.ForeignKey(
        Organisation, verbose_name=_("who brings it"), on_delete=models.PROTECT, related_name="case_items"
    )
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    dated = models.DateField(_("date of the paper"), null=True, blank=True)
    document = models.UUIDField(_("document"), null=True, blank=True)
    waived_reason = models.CharField(_("reason for doing without"), max_length=300, blank=True)
    chased_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_by = models.UUIDField(null=True, blank=True, editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("item of a case")
        verbose_name_plural = _("items of a case")
        ordering = ["code"]
        indexes = [
            models.Index(fields=["deadline"], name="cases_item_deadline", condition=Q(status="missing"))
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="cases_item_once"),
            models.CheckConstraint(
                condition=~Q(status="waived") | ~Q(waived_reason=""), name="cases_item_waived_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.status}"
