"""What a workbook of asks would do, kept between looking at it and applying it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from medevac.cases.identifiers import EncryptedText
from medevac.directory.models import Mission
from medevac.people.guard import GuardedManager


class AskImport(models.Model):
    """One workbook that was read. Its rows, which may name who chose, are kept encrypted, for a day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mission = models.ForeignKey(
        Mission, verbose_name=_("mission"), on_delete=models.PROTECT, related_name="ask_imports"
    )
    file_name = models.CharField(_("file"), max_length=200)
    content = EncryptedText(blank=True, editable=False)  # rows, deeds and faults as JSON
    faults_count = models.PositiveIntegerField(default=0, editable=False)
    made_by = models.UUIDField(editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    applied_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("import of asks")
        verbose_name_plural = _("imports of asks")
        indexes = [
            models.Index(
                fields=["made_at"], name="offers_ask_import_waiting", condition=~models.Q(content="")
            )
        ]
        constraints = [
            # What has faults is never applied, not even in part.
            models.CheckConstraint(
                condition=models.Q(applied_at__isnull=True) | models.Q(faults_count=0, content=""),
                name="offers_ask_import_without_faults",
            )
        ]

    def __str__(self) -> str:
        return self.file_name
