"""Screening for organisms that others must be protected from: isolate until it is negative."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.models.case import Case
from medevac.people.guard import GuardedManager


class Organism(models.TextChoices):
    """What is looked for."""

    MRSA = "mrsa", _("MRSA")
    VRE = "vre", _("VRE")
    ESBL = "esbl", _("ESBL")
    CPE = "cpe", _("carbapenemase-producing bacteria")
    ACINETOBACTER = "acinetobacter", _("resistant Acinetobacter")
    PSEUDOMONAS = "pseudomonas", _("resistant Pseudomonas")
    CANDIDA_AURIS = "candida-auris", _("Candida auris")
    TUBERCULOSIS = "tuberculosis", _("tuberculosis")
    OTHER = "other", _("another organism")


class Result(models.TextChoices):
    """What came out."""

    PENDING = "pending", _("not known yet")
    NEGATIVE = "negative", _("negative")
    POSITIVE = "positive", _("positive")


@recorded(guarded={"see.clinical": ("organism", "other_organism", "site", "result", "remark")})
class Screening(models.Model):
    """One sample for one organism."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="screenings")
    organism = models.CharField(_("organism"), max_length=20, choices=Organism)
    other_organism = models.CharField(_("which other"), max_length=80, blank=True)
    site = models.CharField(_("site"), max_length=80, help_text=_("Such as nose, rectum, wound."))
    taken_on = models.DateField(_("taken on"))
    result = models.CharField(_("result"), max_length=10, choices=Result, default=Result.PENDING)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    recorded_by = models.UUIDField(editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        ordering = ["-taken_on", "organism"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organism", "other_organism", "site", "taken_on"], name="cases_screening_once"
            ),
            models.CheckConstraint(
                condition=models.Q(result__in=Result.values), name="cases_screening_result"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organism} {self.taken_on}"
