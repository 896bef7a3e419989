"""What a file would do to the hospitals, kept between looking at it and applying it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from medevac.people.guard import GuardedManager
from medevac.people.models import Organisation


class HospitalImport(models.Model):
    """One file that was read: what it says of each hospital, every fault, and when it was applied."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    keeper = models.ForeignKey(
        Organisation, verbose_name=_("kept by"), on_delete=models.PROTECT, related_name="hospital_imports"
    )
    file_name = models.CharField(max_length=200)
    entries = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    made_by = models.UUIDField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("import of hospitals")
        verbose_name_plural = _("imports of hospitals")
        constraints = [
            # What has faults is never applied, not even in part.
            models.CheckConstraint(
                condition=models.Q(applied_at__isnull=True) | models.Q(faults=[]),
                name="directory_import_without_faults",
            )
        ]

    def __str__(self) -> str:
        return self.file_name
