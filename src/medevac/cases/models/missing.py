"""How much a case still lacks and which steps wait for it, as it was last counted."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from medevac.cases.models.case import Case
from medevac.people.guard import GuardedManager


class MissingItems(models.Model):
    """How many items of each readiness are missing or too old; worked out, and never written by hand.

    Beside the case and not in it: a count is read under the right of its side, and the row of a case under
    the operational one, with its history. How much is missing for the border can say who is a soldier.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="missing")
    medical = models.PositiveSmallIntegerField(_("missing medically"), default=0)
    border = models.PositiveSmallIntegerField(_("missing for the border"), default=0)
    # The steps that wait for something; None until they are counted.
    steps = ArrayField(models.CharField(max_length=20), null=True, editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("missing items of a case")
        verbose_name_plural = _("missing items of cases")

    def __str__(self) -> str:
        return str(self.pk)
