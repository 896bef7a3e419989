"""Airports that missions and hospitals use, with the hours at night in which they are closed."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.people.guard import GuardedManager
from medevac.people.models.user import check_time_zone

LATITUDE = (MinValueValidator(-90), MaxValueValidator(90))
LONGITUDE = (MinValueValidator(-180), MaxValueValidator(180))


def on_earth(name: str) -> models.CheckConstraint:
    """That a row's position is one."""
    return models.CheckConstraint(
        condition=Q(latitude__range=(-90, 90)) & Q(longitude__range=(-180, 180)), name=name
    )


@recorded()
class Airport(models.Model):
    """One airport. Public facts come from airportsdata; the hours are set by people."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    icao = models.CharField(
        _("ICAO code"),
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"^[A-Z0-9]{4}\Z", _("Expected four letters such as EPRZ."))],
    )
    iata = models.CharField(_("IATA code"), max_length=3, blank=True)
    name = models.CharField(_("name"), max_length=200)
    city = models.CharField(_("city"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2)
    latitude = models.FloatField(_("latitude"), validators=LATITUDE)
    longitude = models.FloatField(_("longitude"), validators=LONGITUDE)
    time_zone = models.CharField(_("time zone"), max_length=60, validators=[check_time_zone])
    closes_at = models.TimeField(
        _("closed from"),
        null=True,
        blank=True,
        help_text=_("In the airport's own time. Leave both empty if it is open all night."),
    )
    opens_at = models.TimeField(
        _("closed until"), null=True, blank=True, help_text=_("In the airport's own time.")
    )
    note = models.CharField(
        _("note"), max_length=500, blank=True, help_text=_("Where the hours are from, and what to know.")
    )
    search_key = models.TextField(editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("airport")
        verbose_name_plural = _("airports")
        indexes = [GinIndex(OpClass("search_key", "gin_trgm_ops"), name="directory_airport_search")]
        constraints = [
            on_earth("directory_airport_position"),
            models.CheckConstraint(
                condition=Q(country__regex="^[A-Z]{2}$") & Q(icao__regex="^[A-Z0-9]{4}$"),
                name="directory_airport_codes",
            ),
            # One hour without the other says nothing.
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True, opens_at__isnull=True)
                | (Q(closes_at__isnull=False, opens_at__isnull=False) & ~Q(closes_at=models.F("opens_at"))),
                name="directory_airport_hours",
                violation_error_message=_(
                    "Expected both hours of closure, not the same, or none of them. Fill in the other one."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.icao} {self.name}"
