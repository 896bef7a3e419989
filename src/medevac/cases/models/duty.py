"""The duty log of an organisation: what happened, what is open, and who has handed the shift to whom."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.models.case import Case
from medevac.people.guard import GuardedManager
from medevac.people.models import Organisation


@recorded(guarded={"see.clinical": ("text", "closing")})
class DutyEntry(models.Model):
    """One entry: about a case or about anything; a note, or a point that somebody must still deal with."""

    class Status(models.TextChoices):
        """Whether something must still be done."""

        NOTE = "note", _("note")
        OPEN = "open", _("open point")
        CLOSED = "closed", _("closed point")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("duty of"), on_delete=models.PROTECT, related_name="duty_entries"
    )
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duty_entries",
    )
    text = models.CharField(_("what happened"), max_length=1000)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.NOTE)
    written_by = models.UUIDField(editable=False)
    written_at = models.DateTimeField(editable=False)
    closing = models.CharField(_("how it was dealt with"), max_length=500, blank=True)
    closed_by = models.UUIDField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_with_case = models.BooleanField(default=False, editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("entry of the duty log")
        verbose_name_plural = _("entries of the duty log")
        ordering = ["-written_at", "pk"]
        indexes = [
            models.Index(fields=["organisation", "-written_at"], name="cases_duty_log"),
            models.Index(
                fields=["organisation", "written_at"], name="cases_duty_open", condition=Q(status="open")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=("note", "open", "closed")), name="cases_duty_status"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="cases_duty_text"),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at__isnull=True)),
                name="cases_duty_closed_when",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


@recorded(guarded={"see.clinical": ("remark",)})
class ShiftChange(models.Model):
    """A shift is handed over: by whom and when, taken by whom and when, with the points open at that time."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("duty of"), on_delete=models.PROTECT, related_name="shift_changes"
    )
    remark = models.CharField(_("what the next shift must know"), max_length=1000, blank=True)
    open_points = models.PositiveIntegerField(_("open points"), default=0, editable=False)
    given_by = models.UUIDField(editable=False)
    given_at = models.DateTimeField(editable=False)
    taken_by = models.UUIDField(null=True, blank=True, editable=False)
    taken_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("hand-over of a shift")
        verbose_name_plural = _("hand-overs of shifts")
        ordering = ["-given_at", "pk"]
        indexes = [models.Index(fields=["organisation", "-given_at"], name="cases_shift_change_log")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(taken_at__isnull=True),
                name="cases_shift_change_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__gte=F("given_at"), taken_by__isnull=False),
                name="cases_shift_change_taken_by",
            ),
            # Nobody hands a shift to themselves: the point is that two people have spoken.
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True) | ~Q(taken_by=F("given_by")),
                name="cases_shift_change_two_people",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
