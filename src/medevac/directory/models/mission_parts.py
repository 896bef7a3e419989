"""What a mission says for some days: hubs, countries, actors, eligibility, items, limits, retention.

A part is never overwritten when the world changes: it is ended, and another begins. So it can be told what
held on any day. Corrections of mistakes are in the history.
"""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.directory.models.airport import Airport
from medevac.directory.models.mission import Mission
from medevac.directory.models.validity import Dated, in_order, once_a_day
from medevac.directory.steps import Step
from medevac.people.models import Organisation


class Group(models.TextChoices):
    """Whom a rule or an item is about."""

    EVERYBODY = "everybody", _("everybody")
    CIVILIAN = "civilian", _("civilians")
    SOLDIER = "soldier", _("soldiers")
    CHILD = "child", _("children under 18")
    CHILD_ALONE = "child-alone", _("children under 16 without a parent")
    MAN_18_60 = "man-18-60", _("men of 18 to 60")
    COMPANION = "companion", _("companions")


@recorded()
class MissionHub(Dated):
    """An airport where the mission's patients are taken on board."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="hubs")
    airport = models.ForeignKey(
        Airport, verbose_name=_("airport"), on_delete=models.PROTECT, related_name="hub_of"
    )

    class Meta:
        verbose_name = _("hub")
        verbose_name_plural = _("hubs")
        constraints = [
            in_order("directory_hub_days"),
            once_a_day("directory_hub_once", "mission", "airport"),
        ]

    def __str__(self) -> str:
        return str(self.airport)


@recorded()
class MissionCountry(Dated):
    """A country that receives patients."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="countries")
    country = models.CharField(_("country"), max_length=2)
    fair_share = models.PositiveIntegerField(
        _("fair share"),
        null=True,
        blank=True,
        help_text=_("Patients in one week above which further ones cost score. Leave empty for none."),
    )

    class Meta:
        verbose_name = _("participating country")
        verbose_name_plural = _("participating countries")
        constraints = [
            in_order("directory_country_days"),
            once_a_day("directory_country_once", "mission", "country"),
            models.CheckConstraint(condition=Q(country__regex="^[A-Z]{2}$"), name="directory_country_code"),
        ]

    def __str__(self) -> str:
        return self.country


@recorded()
class MissionActor(Dated):
    """An organisation with the part that it plays."""

    class Part(models.TextChoices):
        """What an organisation does in a mission."""

        SENDS = "sends", _("files cases")
        VERIFIES = "verifies", _("verifies and publishes cases")
        COORDINATES = "coordinates", _("answers for a country")
        RECEIVES = "receives", _("receives patients")
        FLIES = "flies", _("plans and flies")
        HUB = "hub", _("runs the hub")
        GROUND = "ground", _("drives on the ground")
        FOLLOWS_UP = "follows-up", _("follows up after discharge")

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="actors")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="parts_in_missions",
    )
    part = models.CharField(_("part"), max_length=20, choices=Part)

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        constraints = [
            in_order("directory_actor_days"),
            once_a_day("directory_actor_once", "mission", "organisation", "part"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.part}"


@recorded()
class EligibilityRule(Dated):
    """Whether a group of patients is accepted, by the whole mission or one country, and why."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="eligibility")
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Leave empty for the whole mission.")
    )
    group = models.CharField(_("who"), max_length=20, choices=Group)
    accepted = models.BooleanField(_("accepted"), default=False)
    reason = models.CharField(
        _("reason"), max_length=500, help_text=_("Whoever is refused is told this. Name the decision.")
    )

    class Meta:
        verbose_name = _("rule of eligibility")
        verbose_name_plural = _("rules of eligibility")
        constraints = [
            in_order("directory_eligibility_days"),
            once_a_day("directory_eligibility_once", "mission", "country", "group"),
            models.CheckConstraint(condition=~Q(reason=""), name="directory_eligibility_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.country}"


@recorded()
class MissionItem(Dated):
    """A consent, a paper or a check, and the step that waits for it. What blocks no step is only shown."""

    class Kind(models.TextChoices):
        """What is asked for."""

        CONSENT = "consent", _("consent")
        PAPER = "paper", _("paper")
        CHECK = "check", _("check")

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(
        _("code"),
        max_length=60,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Expected a code such as form-027."))],
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_nb = models.CharField(_("name in Norwegian"), max_length=200)
    name_uk = models.CharField(_("name in Ukrainian"), max_length=200)
    group = models.CharField(_("who"), max_length=20, choices=Group, default=Group.EVERYBODY)
    blocks = models.CharField(
        _("blocks"),
        max_length=20,
        choices=Step,
        blank=True,
        help_text=_("The step that cannot be taken without it. Leave empty where its absence is only shown."),
    )
    valid_days = models.PositiveIntegerField(
        _("days until it is too old"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Leave empty where it does not age."),
    )

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints = [
            in_order("directory_item_days"),
            once_a_day("directory_item_once", "mission", "code", "group"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        language = (get_language() or "en").split("-")[0]
        return str(getattr(self, f"name_{language}", "") or self.name_en)


@recorded()
class MissionLimit(Dated):
    """A number that must not be exceeded, in the whole mission or in one country."""

    class What(models.TextChoices):
        """What is counted."""

        FRAME = "frame-places", _("places in the country's frame")
        HUB_PATIENTS = "hub-patients", _("patients in the hub at once")
        HUB_COMPANIONS = "hub-companions", _("companions in the hub at once")
        HUB_HOURS = "hub-hours", _("hours in the hub")
        RETURN_PATIENTS = "return-patients", _("returning patients in the hub at once")
        RETURN_COMPANIONS = "return-companions", _("returning companions in the hub at once")
        APRON_MINUTES = "apron-minutes", _("minutes that an aircraft may stand at the hub")
        COMPANIONS = "companions", _("companions of one patient")

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="limits")
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Leave empty for the whole mission.")
    )
    what = models.CharField(_("limit of"), max_length=30, choices=What)
    number = models.PositiveIntegerField(_("at most"), validators=[MaxValueValidator(1_000_000)])
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("limit")
        verbose_name_plural = _("limits")
        constraints = [
            in_order("directory_limit_days"),
            once_a_day("directory_limit_once", "mission", "country", "what"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.number}"


@recorded()
class RetentionPeriod(Dated):
    """How long something is kept after a case has ended, and by which law."""

    class What(models.TextChoices):
        """What is kept."""

        CASE = "case", _("the case with its clinical and personal data")
        DOCUMENTS = "documents", _("documents of the case")
        MESSAGES = "messages", _("messages about the case")
        HISTORY = "history", _("history of changes")
        ACCESS = "access", _("record of who looked")

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="retention")
    what = models.CharField(_("what is kept"), max_length=20, choices=What)
    months = models.PositiveIntegerField(
        _("months after the end of the case"), validators=[MinValueValidator(1), MaxValueValidator(1200)]
    )
    basis = models.CharField(_("legal basis"), max_length=300)

    class Meta:
        verbose_name = _("retention period")
        verbose_name_plural = _("retention periods")
        constraints = [
            in_order("directory_retention_days"),
            once_a_day("directory_retention_once", "mission", "what"),
            models.CheckConstraint(condition=Q(months__gte=1), name="directory_retention_months"),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.months}"
