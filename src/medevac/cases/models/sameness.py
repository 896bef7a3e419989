"""The same patient twice: suspicions, and merges that can be undone."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.models.case import Case
from medevac.cases.models.person import Person
from medevac.people.guard import GuardedManager


class Likeness(models.TextChoices):
    """What two persons have in common."""

    DOCUMENT = "document", _("the same identity paper")
    TELEPHONE = "telephone", _("the same telephone number")
    NAME = "name", _("nearly the same name")
    BIRTH_DATE = "birth-date", _("the same date of birth")
    BIRTH_DATE_SWAPPED = "birth-date-swapped", _("the same date of birth with day and month exchanged")
    BIRTH_YEAR = "birth-year", _("the same year of birth")
    INJURY_DATE = "injury-date", _("the same date of injury")


@recorded()
class Suspicion(models.Model):
    """Two persons who may be one. Always the smaller number first, so that a pair is there once."""

    class Verdict(models.TextChoices):
        """What somebody has found."""

        OPEN = "open", _("not looked at yet")
        SAME = "same", _("the same patient")
        DIFFERENT = "different", _("two patients")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(_("how alike, of 100"))
    likenesses = ArrayField(
        models.CharField(max_length=20, choices=Likeness), verbose_name=_("what is alike")
    )
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, default=Verdict.OPEN)
    found_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("suspicion that two are one")
        verbose_name_plural = _("suspicions that two are one")
        ordering = ["-score", "found_at"]
        indexes = [models.Index(fields=["-score"], name="cases_suspicion_open", condition=Q(verdict="open"))]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="cases_suspicion_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="cases_suspicion_in_order"),
            models.CheckConstraint(
                condition=Q(verdict__in=("open", "same", "different")), name="cases_suspicion_verdict"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


@recorded(guarded={"see.personal": ("moved", "filled")})
class Merge(models.Model):
    """One person was found to be another. What was moved or filled in stands here, to be undone."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_by")
    kept_case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="merges_into"
    )
    closed_case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="merges_of"
    )
    closed_from = models.CharField(max_length=24, blank=True)  # the state before
    cases = ArrayField(models.UUIDField(), default=list)  # those of the merged person
    moved = models.JSONField(
        default=list
    )  # [model, key]: rows that went from the closed case to the kept one
    filled = models.JSONField(default=dict)  # {"model": {"field": [before, after]}} of the kept ones
    merged_at = models.DateTimeField(auto_now_add=True)
    merged_by_user = models.UUIDField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_user = models.UUIDField(null=True, blank=True)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("merge of two persons")
        verbose_name_plural = _("merges of two persons")
        ordering = ["-merged_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="cases_merge_of_two"),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="cases_merge_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
