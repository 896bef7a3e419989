"""A case: one request for treatment abroad. Its own row holds operational data only."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.cases.models.family_group import FamilyGroup
from medevac.cases.models.person import Person
from medevac.cases.rules import CLOCK_RUNS, LIVE
from medevac.cases.states import Reason, State
from medevac.directory.models import Mission
from medevac.people.guard import GuardedManager
from medevac.people.models import Organisation

# A clock that runs no longer makes nothing urgent.
DUE = models.Case(models.When(state__in=[str(state) for state in CLOCK_RUNS], then=F("due_at")))
DUE_ORDER = (DUE.asc(nulls_last=True), F("priority").asc(), F("changed_at").desc(), F("id").asc())


class Priority(models.TextChoices):
    """How soon; the hours are settings of the installation, unless set 24, 48 and 168 (DOMAIN.md, S109)."""

    P1 = "P1", _("P1, urgent")
    P2 = "P2", _("P2, priority")
    P3 = "P3", _("P3, routine")


class Category(models.TextChoices):
    """What kind of illness, for figures and for the criteria of the mission."""

    TRAUMA = "trauma", _("injury")
    BURNS = "burns", _("burns")
    CANCER = "cancer", _("cancer")
    RARE_CHILD = "rare-child", _("rare disease of a child")
    INFECTION = "infection", _("infection")
    OTHER = "other", _("other")


class AgeBand(models.TextChoices):
    """The age as partners see it before they may see the person."""

    INFANT = "0-1", _("under 2 years")
    CHILD = "2-11", _("2 to 11 years")
    YOUTH = "12-17", _("12 to 17 years")
    YOUNG = "18-39", _("18 to 39 years")
    MIDDLE = "40-59", _("40 to 59 years")
    OLDER = "60-74", _("60 to 74 years")
    OLD = "75+", _("75 years and more")


class Position(models.TextChoices):
    """How the patient travels."""

    SEAT = "seat", _("seated")
    LITTER = "litter", _("lying")
    INTENSIVE = "intensive", _("lying, intensive care")


class Isolation(models.TextChoices):
    """What keeps others from being infected; contact until screened negative (DOMAIN.md, MDRO)."""

    NONE = "none", _("none")
    CONTACT = "contact", _("contact precautions")
    AIRBORNE = "airborne", _("airborne precautions")


def _one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


@recorded()
class Case(models.Model):
    """One patient's request for treatment abroad, from the first draft until the patient is home."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    pseudonym = models.CharField(_("pseudonym"), max_length=12, unique=True, editable=False)
    ewrs_number = models.CharField(
        _("EWRS number"),
        max_length=40,
        blank=True,
        help_text=_("The number of the request in the EU's EWRS."),
    )
    mission = models.ForeignKey(
        Mission, verbose_name=_("mission"), on_delete=models.PROTECT, related_name="cases"
    )
    requester = models.ForeignKey(
        Organisation, verbose_name=_("filed by"), on_delete=models.PROTECT, related_name="cases"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="cases"
    )
    family = models.ForeignKey(
        FamilyGroup, verbose_name=_("family"), on_delete=models.SET_NULL, null=True, blank=True,
        related_name="cases",
    )  # fmt: skip

    state = models.CharField(_("state"), max_length=24, choices=State, default=State.DRAFT, editable=False)
    state_since = models.DateTimeField(editable=False)
    end_reason = models.CharField(max_length=30, choices=Reason, blank=True, editable=False)
    live_case = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="duplicates"
    )
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    age_band = models.CharField(_("age"), max_length=6, choices=AgeBand, editable=False)
    child = models.BooleanField(_("child"), default=False, editable=False)
    category = models.CharField(_("category"), max_length=12, choices=Category, default=Category.OTHER)
    specialties = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("specialties needed"),
        default=list,
        blank=True,
        size=12,
    )
    priority = models.CharField(_("priority"), max_length=2, choices=Priority, default=Priority.P3)
    priority_since = models.DateTimeField(null=True, blank=True, editable=False)
    due_at = models.DateTimeField(_("due"), null=True, blank=True, editable=False)
    dependency = models.PositiveSmallIntegerField(
        _("dependency"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(4)],
        help_text=_(
            "1 ventilated or invasively monitored, 2 frequent monitoring, 3 simple nursing, 4 help only."
        ),
    )
    flight_class = models.CharField(
        _("class"), max_length=2, blank=True, help_text=_("1A to 4, by the mission's table of classes.")
    )
    position = models.CharField(_("position"), max_length=10, choices=Position, default=Position.SEAT)
    weight_kg = models.PositiveSmallIntegerField(
        _("weight in kg"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(350)]
    )
    oxygen_litres = models.DecimalField(
        _("oxygen in litres a minute"), max_digits=4, decimal_places=1, default=0,
        validators=[MinValueValidator(0), MaxValueValidator(60)],
    )  # fmt: skip
    ventilator = models.BooleanField(_("ventilator"), default=False)
    monitor = models.BooleanField(_("monitor"), default=False)
    suction = models.BooleanField(_("suction"), default=False)
    incubator = models.BooleanField(_("incubator"), default=False)
    infusions = models.PositiveSmallIntegerField(
        _("infusions"), default=0, validators=[MaxValueValidator(12)], help_text=_("How many pumps.")
    )
    external_fixators = models.PositiveSmallIntegerField(
        _("external fixators"), default=0, validators=[MaxValueValidator(6)]
    )
    cabin_altitude_m = models.PositiveSmallIntegerField(
        _("highest cabin altitude in metres"), null=True, blank=True, validators=[MaxValueValidator(3000)],
        help_text=_("Leave empty for the usual 2,400 m. 0 is sea level."),
    )  # fmt: skip
    isolation = models.CharField(_("isolation"), max_length=10, choices=Isolation, default=Isolation.CONTACT)
    escort = models.CharField(
        _("escort needed"), max_length=20, blank=True,
        choices=[("nurse", _("nurse")), ("doctor", _("doctor")), ("guardian", _("guardian"))],
    )  # fmt: skip
    companions_count = models.PositiveSmallIntegerField(_("companions"), default=0, editable=False)
    ready_from = models.DateField(_("ready to leave from"), null=True, blank=True)
    preferred_countries = ArrayField(
        models.CharField(max_length=2),
        verbose_name=_("preferred countries"),
        default=list,
        blank=True,
        size=10,
    )
    refused_countries = ArrayField(
        models.CharField(max_length=2), verbose_name=_("refused countries"), default=list, blank=True, size=40
    )
    wants_return = models.BooleanField(_("wishes to return after treatment"), null=True, blank=True)
    payer = models.CharField(_("who pays"), max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["requester", "state"], name="cases_case_requester"),
            models.Index(fields=["mission", "state", "due_at"], name="cases_case_mission"),
            models.Index(fields=["-changed_at"], name="cases_case_changed"),
            GinIndex(fields=["specialties"], name="cases_case_specialties"),
            # The orders of the list: a page of 50 is read from the index, however many cases there are.
            models.Index(
                *DUE_ORDER,
                condition=Q(state__in=[str(state) for state in LIVE]),
                name="cases_case_live_by_due",
            ),
            models.Index(*DUE_ORDER, name="cases_case_by_due"),
            models.Index(OpClass(Upper("ewrs_number"), "text_pattern_ops"), name="cases_case_ewrs_start"),
            models.Index(
                fields=["state_since", "id"],
                condition=Q(state__in=[str(state) for state in LIVE]),
                name="cases_case_live_since",
            ),
            models.Index(fields=["changed_at", "id"], name="cases_case_changed_since"),
        ]
        constraints = [
            _one_of("state", State, "cases_case_state"),
            _one_of("priority", Priority, "cases_case_priority"),
            _one_of("age_band", AgeBand, "cases_case_age_band"),
            _one_of("position", Position, "cases_case_position"),
            _one_of("isolation", Isolation, "cases_case_isolation"),
            _one_of("category", Category, "cases_case_category"),
            # At most one live request for a person; the sentence that links to the live one is the service's.
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=[str(state) for state in LIVE]),
                name="cases_case_one_live",
            ),
            models.UniqueConstraint(
                fields=["ewrs_number"], condition=~Q(ewrs_number=""), name="cases_case_ewrs_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in LIVE], end_reason="")
                | ~Q(state__in=[str(state) for state in LIVE]),
                name="cases_case_ended_why",
            ),
            models.CheckConstraint(
                condition=Q(state="duplicate") | Q(live_case__isnull=True), name="cases_case_duplicate_of"
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym

    @property
    def live(self) -> bool:
        """Whether it still has a way before it."""
        return self.state in LIVE
