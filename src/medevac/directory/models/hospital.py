"""Hospitals: what they treat, from which airports they are reached, and whom to call there by function."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.directory.models.airport import LATITUDE, LONGITUDE, Airport, on_earth
from medevac.people.guard import GuardedManager
from medevac.people.models import Organisation


@recorded()
class Hospital(models.Model):
    """One hospital as a place. How many places it offers, and when, is the business of `offers`."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    keeper = models.ForeignKey(
        Organisation,
        verbose_name=_("kept by"),
        on_delete=models.PROTECT,
        related_name="kept_hospitals",
        help_text=_("The organisation that answers for what is written here, and may change it."),
    )
    code = models.CharField(
        _("code"),
        max_length=80,
        unique=True,
        validators=[RegexValidator(r"^[^\s/]+\Z", _("Expected a code without spaces, such as NO-OUS."))],
        help_text=_("As in workbooks and published lists. An import finds the hospital again by it."),
    )
    name = models.CharField(_("name"), max_length=300, help_text=_("In its own language and script."))
    latin_name = models.CharField(
        _("name in Latin letters"),
        max_length=300,
        blank=True,
        help_text=_("Only where the name is written in other letters."),
    )
    city = models.CharField(_("city"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2)
    latitude = models.FloatField(_("latitude"), validators=LATITUDE)
    longitude = models.FloatField(_("longitude"), validators=LONGITUDE)
    contact_role = models.CharField(
        _("whom to call"),
        max_length=200,
        blank=True,
        help_text=_("A function that is always staffed, such as “ward leader on duty”, never a person."),
    )
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    search_key = models.TextField(editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("hospital")
        verbose_name_plural = _("hospitals")
        indexes = [GinIndex(OpClass("search_key", "gin_trgm_ops"), name="directory_hospital_search")]
        constraints = [
            on_earth("directory_hospital_position"),
            models.CheckConstraint(
                condition=Q(country__regex="^[A-Z]{2}$"), name="directory_hospital_country"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@recorded()
class HospitalSpecialty(models.Model):
    """A specialty that a hospital treats, and how well it suits it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    hospital = models.ForeignKey(Hospital, on_delete=models.CASCADE, related_name="specialties")
    specialty = models.CharField(
        _("specialty"),
        max_length=80,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Expected a word such as burns."))],
    )
    suitability = models.FloatField(
        _("suitability"), default=1.0, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )

    unscoped = models.Manager()

    class Meta:
        verbose_name = _("specialty of a hospital")
        verbose_name_plural = _("specialties of a hospital")
        constraints = [
            models.UniqueConstraint(fields=["hospital", "specialty"], name="directory_specialty_once"),
            models.CheckConstraint(
                condition=Q(suitability__range=(0, 1)), name="directory_specialty_suitability"
            ),
        ]

    def __str__(self) -> str:
        return self.specialty


@recorded()
class Reach(models.Model):
    """An airport from which a hospital is reached, with the minutes on the road."""

    class Basis(models.TextChoices):
        """Where the minutes are from."""

        ESTIMATE = "estimate", _("estimate")
        SET = "set", _("set by hand")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    hospital = models.ForeignKey(Hospital, on_delete=models.CASCADE, related_name="reach")
    airport = models.ForeignKey(
        Airport, verbose_name=_("airport"), on_delete=models.PROTECT, related_name="reached"
    )
    road_minutes = models.PositiveIntegerField(
        _("minutes on the road"), validators=[MinValueValidator(0), MaxValueValidator(1440)]
    )
    basis = models.CharField(_("basis"), max_length=10, choices=Basis)

    unscoped = models.Manager()

    class Meta:
        verbose_name = _("reach of a hospital")
        verbose_name_plural = _("reach of hospitals")
        constraints = [
            models.UniqueConstraint(fields=["hospital", "airport"], name="directory_reach_once"),
            models.CheckConstraint(
                condition=Q(road_minutes__range=(0, 1440)), name="directory_reach_minutes"
            ),
            models.CheckConstraint(condition=Q(basis__in=("estimate", "set")), name="directory_reach_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.airport_id}: {self.road_minutes}"
