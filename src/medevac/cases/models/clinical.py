"""The clinical picture of a case: what it suffers from, what it takes, what it must not be given."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.models.case import Case
from medevac.people.guard import GuardedManager


@recorded(
    guarded={
        "see.clinical": (
            "diagnosis",
            "icd10",
            "injury_date",
            "mechanism",
            "history",
            "allergies",
            "medicines",
            "cautions",
        )
    }
)
class Clinical(models.Model):
    """One row for each case. The summary that is shown to whoever is asked leaves `history` out."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="clinical")
    diagnosis = models.TextField(_("diagnosis in words"), max_length=4000)
    icd10 = ArrayField(
        models.CharField(max_length=8), verbose_name=_("ICD-10 codes"), default=list, blank=True, size=20
    )
    injury_date = models.DateField(_("date of injury"), null=True, blank=True)
    mechanism = models.CharField(_("mechanism of injury"), max_length=200, blank=True)
    history = models.TextField(_("history"), max_length=20000, blank=True)
    allergies = models.TextField(_("allergies"), max_length=2000, blank=True)
    medicines = models.TextField(_("medicines"), max_length=4000, blank=True)
    cautions = models.TextField(_("cautions for flight"), max_length=2000, blank=True)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("clinical picture")
        verbose_name_plural = _("clinical pictures")
        constraints = [
            models.CheckConstraint(condition=~models.Q(diagnosis=""), name="cases_clinical_diagnosis")
        ]
        indexes = [models.Index(fields=["injury_date"], name="cases_clinical_injury")]

    def __str__(self) -> str:
        return str(self.pk)
