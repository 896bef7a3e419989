"""The share of a country's people that an organisation cares for: its patients are held against it."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.directory.models import Mission
from medevac.directory.models.validity import Dated, in_order, once_a_day
from medevac.people.guard import GuardedManager
from medevac.people.models import Organisation

LEAST, MOST = Decimal(0), Decimal(100)


@recorded()
class PopulationShare(Dated):
    """The share of a country's people that a region or trust cares for, on some days. A rule of thumb."""

    mission = models.ForeignKey(
        Mission, verbose_name=_("mission"), on_delete=models.PROTECT, related_name="population_shares"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="population_shares",
    )
    share = models.DecimalField(
        _("share of the country's people in per cent"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(LEAST), MaxValueValidator(MOST)],
    )
    source = models.CharField(
        _("source"),
        max_length=200,
        help_text=_("Who counted, and of which day, such as “SSB, 1 January 2026”."),
    )

    objects = GuardedManager()

    class Meta:
        verbose_name = _("population share")
        verbose_name_plural = _("population shares")
        ordering = ["first_day", "pk"]
        constraints = [
            in_order("offers_share_days"),
            once_a_day("offers_share_once", "mission", "organisation"),
            models.CheckConstraint(condition=Q(share__range=(LEAST, MOST)), name="offers_share_range"),
            models.CheckConstraint(condition=~Q(source=""), name="offers_share_source"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.share}"
