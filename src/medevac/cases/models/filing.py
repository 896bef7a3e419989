"""Which form filed which case, so that a form that is sent twice files one case."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from medevac.cases.models.case import Case
from medevac.people.guard import GuardedManager


class Filing(models.Model):
    """One form that was sent: its mark, who sent it, and the case that came of it."""

    mark = models.UUIDField(primary_key=True)
    actor = models.UUIDField(editable=False)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="filing")
    at = models.DateTimeField(db_default=Now())

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("filing")
        verbose_name_plural = _("filings")

    def __str__(self) -> str:
        return str(self.mark)
