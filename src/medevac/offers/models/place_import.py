"""What a workbook would do to a hospital's places, kept between looking at it and applying it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from medevac.directory.models import Hospital, Mission
from medevac.people.guard import GuardedManager


class PlaceImport(models.Model):
    """One workbook that was read: what it says of each place and pool, its faults, when it was applied."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mission = models.ForeignKey(
        Mission, verbose_name=_("mission"), on_delete=models.PROTECT, related_name="place_imports"
    )
    hospital = models.ForeignKey(
        Hospital, verbose_name=_("hospital"), on_delete=models.PROTECT, related_name="place_imports"
    )
    file_name = models.CharField(_("file"), max_length=200)
    content = models.JSONField(default=dict, editable=False)  # rows by sheet; empty when applied
    faults = models.JSONField(default=list, editable=False)
    more_faults = models.PositiveIntegerField(default=0, editable=False)
    made_by = models.UUIDField(editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    applied_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("import of places")
        verbose_name_plural = _("imports of places")
        indexes = [
            models.Index(fields=["made_at"], name="offers_import_waiting", condition=~models.Q(content={}))
        ]
        constraints = [
            # What has faults is never applied, not even in part.
            models.CheckConstraint(
                condition=models.Q(applied_at__isnull=True) | models.Q(faults=[], content={}),
                name="offers_import_without_faults",
            )
        ]

    def __str__(self) -> str:
        return self.file_name
