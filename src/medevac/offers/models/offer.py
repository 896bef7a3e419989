"""Offers of a place for a case, the hold on it, and the choice of the patient."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.models import Case
from medevac.directory.models import Mission
from medevac.directory.models.validity import Days, in_order
from medevac.offers.models.asking import Answer
from medevac.offers.models.place import Place
from medevac.offers.states import HoldState, OfferReason, OfferState
from medevac.people.guard import GuardedManager
from medevac.people.models import Organisation


@recorded()
class Offer(models.Model):
    """One place that a country offers for one case, with what the patient needs to know to choose."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="offers", editable=False)
    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="offers")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("offered by"), on_delete=models.PROTECT, related_name="offers"
    )
    place = models.ForeignKey(Place, verbose_name=_("place"), on_delete=models.PROTECT, related_name="offers")
    answer = models.ForeignKey(
        Answer,
        verbose_name=_("answer that it rests on"),
        on_delete=models.PROTECT,
        related_name="offers",
        null=True,
        blank=True,
    )
    state = models.CharField(_("state"), max_length=10, choices=OfferState, default=OfferState.DRAFT)
    state_since = models.DateTimeField(db_default=Now(), editable=False)
    reason = models.CharField(max_length=20, choices=OfferReason, blank=True, editable=False)
    remark = models.CharField(_("remark"), max_length=500, blank=True, editable=False)
    expires_at = models.DateTimeField(_("holds until"))
    earliest_day = models.DateField(_("earliest day"))
    stay_days = models.PositiveSmallIntegerField(
        _("expected stay in days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
    )
    isolation = models.BooleanField(_("with an isolation room"), default=False)
    companions = models.PositiveSmallIntegerField(
        _("companions who may come along"), default=0, validators=[MaxValueValidator(20)]
    )
    housing = models.CharField(
        _("housing of companions"), max_length=300, blank=True, help_text=_("Where they live, and who pays.")
    )
    homeward = models.CharField(
        _("way home"), max_length=300, blank=True, help_text=_("Who arranges the return, and who pays.")
    )
    payer = models.CharField(_("who pays for the treatment"), max_length=120, blank=True)
    made_by = models.UUIDField(editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(fields=["case", "state"], name="offers_offer_case"),
            models.Index(fields=["organisation", "state"], name="offers_offer_organisation"),
            models.Index(
                fields=["expires_at"], condition=Q(state__in=("sent", "reserve")), name="offers_offer_expires"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OfferState.values), name="offers_offer_state"),
            # The patient chooses one, and one second choice stays in reserve (DESIGN.md).
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="chosen"), name="offers_offer_one_chosen"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="reserve"), name="offers_offer_one_reserve"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("not-chosen", "withdrawn", "expired")) ^ Q(reason=""),
                name="offers_offer_ended_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.place_id}"


@recorded()
class Hold(models.Model):
    """That a place is kept for a case on some days, with what is taken of the hospital's pools."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="holds", editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="holds")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds")
    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="hold")
    state = models.CharField(_("state"), max_length=10, choices=HoldState, default=HoldState.OFFERED)
    state_since = models.DateTimeField(db_default=Now(), editable=False)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"), null=True, blank=True)
    isolation = models.BooleanField(default=False)
    intensive = models.BooleanField(default=False)
    child = models.BooleanField(default=False)
    housing = models.PositiveSmallIntegerField(default=0)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("hold on a place")
        verbose_name_plural = _("holds on places")
        ordering = ["first_day", "pk"]
        indexes = [
            models.Index(
                fields=["place", "first_day"], condition=~Q(state="freed"), name="offers_hold_place"
            ),
            models.Index(fields=["case"], name="offers_hold_case"),
            models.Index(fields=["mission"], condition=~Q(state="freed"), name="offers_hold_kept"),
            models.Index(
                fields=["mission", "first_day"],
                condition=Q(state__in=("offered", "reserved")),
                name="offers_hold_promised",
            ),
        ]
        constraints = [
            in_order("offers_hold_days"),
            models.CheckConstraint(condition=Q(state__in=HoldState.values), name="offers_hold_state"),
            # No place twice: the service looks first, for the sake of the sentence; this decides. Who stays
            # longer than expected is left to the service: no constraint knows the day.
            ExclusionConstraint(
                name="offers_hold_no_place_twice",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    (
                        Days("first_day", "last_day", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=~Q(state="freed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.state}"


class Chooser(models.TextChoices):
    """Who chose."""

    PATIENT = "patient", _("the patient")
    PARENT = "parent", _("a parent")
    GUARDIAN = "guardian", _("a guardian")
    COURT = "court", _("a court")
    RELATIVE = "relative", _("a relative whom the patient has asked")


@recorded(guarded={"see.personal": ("chooser_name", "interpreter", "ended_why")})
class Choice(models.Model):
    """What the patient, or whoever represents them, chose of the offers that they were shown."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="choices")
    chosen = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="chosen_in")
    second = models.ForeignKey(
        Offer,
        verbose_name=_("second choice"),
        on_delete=models.PROTECT,
        related_name="second_in",
        null=True,
        blank=True,
    )
    shown = models.JSONField(default=list, editable=False)  # ids of the offers that stood on the sheet
    chooser = models.CharField(_("chosen by"), max_length=10, choices=Chooser)
    chooser_name = models.CharField(_("name of whoever chose"), max_length=200)
    language = models.CharField(_("language"), max_length=40)
    interpreter = models.CharField(
        _("interpreter"), max_length=200, blank=True, help_text=_("Name, where one was needed.")
    )
    chosen_at = models.DateTimeField(_("chosen at"))
    # A document; the room below keeps it.
    document = models.UUIDField(_("signed sheet"), null=True, blank=True)
    recorded_by = models.UUIDField(editable=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_why = models.CharField(max_length=300, blank=True, editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["-chosen_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="offers_choice_holds_once"
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("chosen")), name="offers_choice_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.chosen_id}"
