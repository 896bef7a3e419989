"""A run of the planner's advice: what it was asked, what came of it, and who sent the asks of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.identifiers import EncryptedText
from medevac.directory.models import Mission
from medevac.offers.models.asking import Round
from medevac.people.guard import GuardedManager
from medevac.people.models import Organisation

GIVEN_UP = timedelta(minutes=10)  # work that says nothing for so long is thought lost


class RunState(models.TextChoices):
    """Where the work of a run stands."""

    WAITING = "waiting", _("waiting for the worker")
    SOLVING = "solving", _("choosing patients, hospitals and stops")
    PRICING = "pricing", _("finding what the changes by hand cost")
    TRYING = "trying", _("trying what one more place would bring")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


AT_WORK = (RunState.WAITING, RunState.SOLVING, RunState.PRICING, RunState.TRYING)


class NotThere(models.TextChoices):
    """Why a case is not to go to a hospital, said by hand. A code: no word of a patient can slip in."""

    TOO_FAR = "too-far", _("too far for this patient")
    NOT_SUITED = "not-suited", _("not suited to this patient")
    TOLD_NO = "told-no", _("the hospital has said no by another way")
    TOO_MANY = "too-many", _("too many patients there at present")
    PATIENTS_WORD = "patients-word", _("a word of the patient or the family")
    OTHER = "other", _("another reason")


@recorded(secret=("problem", "plan"))
class AdviceRun(models.Model):
    """One run: its input, parameters, seed and outcome stay as they were; adopting it is the only change.

    `wishes` and `asks` are lists of `{"case", "hospital"}` by id, with `pinned` and `why`, or with `score`
    and `transit_minutes`. `problem` and `plan` are the planner's own documents, under pseudonyms.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mission = models.ForeignKey(
        Mission, verbose_name=_("mission"), on_delete=models.PROTECT, related_name="advice_runs"
    )
    asker = models.ForeignKey(
        Organisation, verbose_name=_("in the name of"), on_delete=models.PROTECT, related_name="advice_runs"
    )
    flight_day = models.DateField(_("day of the flight"))
    after = models.ForeignKey(
        "self",
        verbose_name=_("worked out again from"),
        on_delete=models.PROTECT,
        related_name="again",
        null=True,
        blank=True,
    )
    wishes = models.JSONField(_("changes by hand"), default=list, editable=False)
    parameters = models.JSONField(default=dict, editable=False)
    seed = models.PositiveIntegerField(default=0, editable=False)
    asked_by = models.UUIDField(editable=False)
    asked_at = models.DateTimeField(db_default=Now(), editable=False)

    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.WAITING)
    heard_at = models.DateTimeField(default=timezone.now, editable=False)
    trouble = models.CharField(max_length=500, blank=True, editable=False)
    planner = models.CharField(_("planner"), max_length=40, blank=True, editable=False)
    problem = EncryptedText(blank=True, editable=False)
    problem_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    plan = EncryptedText(blank=True, editable=False)
    asks = models.JSONField(default=list, editable=False)
    facts = models.JSONField(default=dict, editable=False)
    score = models.FloatField(null=True, editable=False)
    bound = models.FloatField(null=True, editable=False)
    placed = models.PositiveSmallIntegerField(null=True, editable=False)
    seconds = models.FloatField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    adopted_by = models.UUIDField(null=True, editable=False)
    adopted_at = models.DateTimeField(null=True, editable=False)
    round = models.OneToOneField(
        Round,
        verbose_name=_("round of asking"),
        on_delete=models.PROTECT,
        related_name="advice_run",
        null=True,
        editable=False,
    )

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("advice run")
        verbose_name_plural = _("advice runs")
        ordering = ["-asked_at", "pk"]
        indexes = [models.Index(fields=["mission", "-asked_at"], name="offers_advice_mission")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="offers_advice_state"),
            # The worker is asked once: whoever presses twice gets the run that is at work.
            models.UniqueConstraint(
                fields=["mission", "asker"],
                condition=Q(state__in=[str(state) for state in AT_WORK]),
                name="offers_advice_one_at_work",
            ),
            models.CheckConstraint(
                condition=Q(adopted_by__isnull=True, adopted_at__isnull=True, round__isnull=True)
                | Q(adopted_by__isnull=False, adopted_at__isnull=False, round__isnull=False, state="done"),
                name="offers_advice_adopted_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.flight_day:%Y-%m-%d}"

    @property
    def lost(self) -> bool:
        """Whether the work has said nothing for so long that it will not end."""
        return self.state in AT_WORK and timezone.now() - self.heard_at >= GIVEN_UP

    @property
    def at_work(self) -> bool:
        """Whether the worker is at it, or will be."""
        return self.state in AT_WORK and not self.lost

    @property
    def proven(self) -> bool:
        """Whether no fuller flight exists."""
        return bool(self.facts.get("proven"))
