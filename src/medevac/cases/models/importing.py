"""Cases from a workbook: under which number of their own, and what was read and not yet written."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.identifiers import EncryptedText
from medevac.cases.models.case import Case
from medevac.directory.models import Mission
from medevac.people.guard import GuardedManager
from medevac.people.models import Organisation


@recorded(guarded={"see.personal": ("reference",)})
class OwnReference(models.Model):
    """The number that whoever filed a case has given it; an import finds the case again by it."""

    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, primary_key=True, related_name="own_reference"
    )
    requester = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="own_references")
    reference = models.CharField(_("own reference"), max_length=60)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("own reference of a case")
        verbose_name_plural = _("own references of cases")
        constraints = [
            models.UniqueConstraint(fields=["requester", "reference"], name="cases_own_reference_once"),
            models.CheckConstraint(condition=~models.Q(reference=""), name="cases_own_reference_said"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


@recorded(secret=("content",))
class CaseImport(models.Model):
    """One workbook that was read. Its rows are kept encrypted until it is applied, or for a day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    requester = models.ForeignKey(
        Organisation, verbose_name=_("filed by"), on_delete=models.PROTECT, related_name="case_imports"
    )
    mission = models.ForeignKey(
        Mission, verbose_name=_("mission"), on_delete=models.PROTECT, related_name="case_imports"
    )
    file_name = models.CharField(_("file"), max_length=200)
    content = EncryptedText(blank=True, editable=False)  # rows and faults as JSON
    rows_count = models.PositiveIntegerField(_("rows"), default=0)
    faults_count = models.PositiveIntegerField(_("faults"), default=0)
    made_by = models.UUIDField(editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("import of cases")
        verbose_name_plural = _("imports of cases")
        indexes = [
            models.Index(fields=["made_at"], name="cases_import_waiting", condition=~models.Q(content=""))
        ]
        constraints = [
            # What has faults is never applied, not even in part.
            models.CheckConstraint(
                condition=models.Q(applied_at__isnull=True) | models.Q(faults_count=0, content=""),
                name="cases_import_without_faults",
            )
        ]

    def __str__(self) -> str:
        return self.file_name
