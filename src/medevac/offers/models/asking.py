"""Asking: questions to regions and hospitals, their answers, and links that answer without an account."""

from __future__ import annotations

from uuid import uuid4

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.models import Case
from medevac.directory.models import Hospital, Mission
from medevac.offers.states import AskState, Channel, No
from medevac.people.guard import GuardedManager
from medevac.people.models import Organisation


@recorded()
class Round(models.Model):
    """What was asked at once: some cases of a mission, of some organisations, by one deadline."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mission = models.ForeignKey(
        Mission, verbose_name=_("mission"), on_delete=models.PROTECT, related_name="rounds"
    )
    asker = models.ForeignKey(
        Organisation, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="rounds"
    )
    deadline = models.DateTimeField(_("answer by"))
    remark = models.CharField(
        _("remark"), max_length=500, blank=True, help_text=_("For all who are asked. Never a patient's name.")
    )
    telephone = models.CharField(
        _("telephone for questions"), max_length=40, blank=True, help_text=_("The duty number of the asker.")
    )
    made_by = models.UUIDField(editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("round of asking")
        verbose_name_plural = _("rounds of asking")
        ordering = ["-made_at", "pk"]
        indexes = [models.Index(fields=["asker", "-made_at"], name="offers_round_asker")]

    def __str__(self) -> str:
        return f"{self.deadline:%Y-%m-%d %H:%M}"


@recorded()
class Ask(models.Model):
    """One question: can this organisation take this case?"""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="asks")
    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="asks")
    asked = models.ForeignKey(
        Organisation, verbose_name=_("asked"), on_delete=models.PROTECT, related_name="asks"
    )
    state = models.CharField(_("state"), max_length=10, choices=AskState, default=AskState.OPEN)
    state_since = models.DateTimeField(db_default=Now(), editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("ask")
        verbose_name_plural = _("asks")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["asked", "state"], name="offers_ask_asked"),
            models.Index(fields=["case", "state"], name="offers_ask_case"),
            models.Index(fields=["round"], name="offers_ask_round"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AskState.values), name="offers_ask_state"),
            # Whoever is asked twice for one case answers twice, differently.
            models.UniqueConstraint(
                fields=["case", "asked"], condition=Q(state="open"), name="offers_ask_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.asked_id}"


@recorded()
class Answer(models.Model):
    """What an organisation said to an ask. A correction is a further answer; the last one counts."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="answers")
    yes = models.BooleanField(_("can take the patient"))
    no_reason = models.CharField(_("why not"), max_length=14, choices=No, blank=True)
    hospital = models.ForeignKey(
        Hospital,
        verbose_name=_("hospital"),
        on_delete=models.PROTECT,
        related_name="answers",
        null=True,
        blank=True,
    )
    earliest_day = models.DateField(_("earliest day"), null=True, blank=True)
    isolation = models.BooleanField(_("with an isolation room"), default=False)
    companions = models.PositiveSmallIntegerField(
        _("companions that can be housed"), default=0, validators=[MaxValueValidator(20)]
    )
    payer = models.CharField(_("who pays"), max_length=120, blank=True)
    remark = models.CharField(_("remark"), max_length=1000, blank=True)
    channel = models.CharField(_("came"), max_length=10, choices=Channel)
    answerer = models.CharField(
        _("answered by"), max_length=120, help_text=_("Name and function of whoever answered.")
    )
    answered_at = models.DateTimeField(_("answered at"))
    recorded_by = models.UUIDField(null=True, blank=True, editable=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["-answered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ask"], condition=Q(replaced_at__isnull=True), name="offers_answer_counts_once"
            ),
            models.CheckConstraint(
                condition=Q(yes=True, no_reason="") | (Q(yes=False) & ~Q(no_reason="")),
                name="offers_answer_no_why",
                violation_error_message=_("A no needs a reason, and a yes takes none."),
            ),
            models.CheckConstraint(
                condition=Q(yes=False) | Q(earliest_day__isnull=False),
                name="offers_answer_yes_when",
                violation_error_message=_("A yes needs the earliest day on which the patient can come."),
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="offers_answer_channel"),
            # Without an account there is nobody to name; everything else was recorded by somebody.
            models.CheckConstraint(
                condition=Q(channel="link", recorded_by__isnull=True)
                | (~Q(channel="link") & Q(recorded_by__isnull=False)),
                name="offers_answer_recorded_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ask_id} {self.yes}"


@recorded(secret=("digest",))
class AnswerLink(models.Model):
    """A signed link that answers one ask once, without an account."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="links")
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    address = models.EmailField(_("sent to"), blank=True)
    language = models.CharField(_("language"), max_length=2)
    expires_at = models.DateTimeField(_("expires at"))
    made_by = models.UUIDField(editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    used_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("signed link")
        verbose_name_plural = _("signed links")
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="offers_link_expires"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True), name="offers_link_one_end"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
