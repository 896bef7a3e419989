"""Patients who must travel together, or at least leave at the same stop."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.directory.models import Mission
from medevac.people.guard import GuardedManager
from medevac.people.models import Organisation


@recorded()
class FamilyGroup(models.Model):
    """Several cases of one family; how closely they must stay together is the planner's rule 8."""

    class Together(models.TextChoices):
        """How closely."""

        TOGETHER = "together", _("to one hospital, on one flight")
        SAME_STOP = "same-stop", _("to one stop, on one flight")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="family_groups")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="family_groups")
    together = models.CharField(
        _("stay together"), max_length=10, choices=Together, default=Together.TOGETHER
    )

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("family group")
        verbose_name_plural = _("family groups")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(together__in=("together", "same-stop")), name="cases_family_together"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
