"""Which documents belong to a case. What a document is, and its bytes, is kept by the room of documents."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.models.case import Case
from medevac.documents.models import Document
from medevac.people.guard import GuardedManager


@recorded(guarded={"see.personal": ("document",)})
class CaseDocument(models.Model):
    """A document of a case. Several cases may hold one, such as a paper that names a whole family."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    document = models.ForeignKey(
        Document, verbose_name=_("document"), on_delete=models.PROTECT, related_name="cases"
    )
    attached_by = models.UUIDField(editable=False)
    attached_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("document of a case")
        verbose_name_plural = _("documents of cases")
        ordering = ["-attached_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "document"], name="cases_document_once")]

    def __str__(self) -> str:
        return str(self.pk)
