"""The minister's letter that opens the border: number, date, and every person whom it names."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.models.case import Case
from medevac.cases.models.companion import Companion
from medevac.directory.models import Mission
from medevac.people.guard import GuardedManager
from medevac.people.models import Organisation


@recorded()
class MinistersLetter(models.Model):
    """One letter; usually one for all who travel on a date."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="letters")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="letters")
    number = models.CharField(_("number"), max_length=60)
    dated = models.DateField(_("date"))
    document = models.UUIDField(_("document"), null=True, blank=True)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("minister's letter")
        verbose_name_plural = _("minister's letters")
        ordering = ["-dated", "number"]
        constraints = [models.UniqueConstraint(fields=["owner", "number", "dated"], name="cases_letter_once")]

    def __str__(self) -> str:
        return f"{self.number}, {self.dated}"


@recorded()
class LettersPerson(models.Model):
    """A person whom a letter names: the patient of a case, or one of its companions."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    letter = models.ForeignKey(MinistersLetter, on_delete=models.PROTECT, related_name="persons")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="named_in")
    companion = models.ForeignKey(
        Companion, on_delete=models.PROTECT, null=True, blank=True, related_name="named_in"
    )

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("person in a letter")
        verbose_name_plural = _("persons in letters")
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "case"],
                condition=Q(companion__isnull=True),
                name="cases_letter_patient_once",
            ),
            models.UniqueConstraint(
                fields=["letter", "companion"],
                condition=Q(companion__isnull=False),
                name="cases_letter_companion_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
