"""Missions: what is the same for every case of one undertaking. What changes is in mission_parts."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.people.guard import GuardedManager
from medevac.people.models import Organisation


@recorded()
class Mission(models.Model):
    """One undertaking, such as evacuation from Ukraine, run by one owner under its own rules."""

    class Identity(models.TextChoices):
        """When whoever offers a place sees who the patient is."""

        CHOSEN = "chosen", _("when the patient has chosen the offer")
        ASKED = "asked", _("when asked for a place, since identity is checked before an offer")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Expected a code such as ukraine-2022."))],
        help_text=_("Small letters, digits and hyphens; it never changes."),
    )
    name_en = models.CharField(_("name in English"), max_length=200)
    name_nb = models.CharField(_("name in Norwegian"), max_length=200)
    name_uk = models.CharField(_("name in Ukrainian"), max_length=200)
    owner = models.ForeignKey(
        Organisation, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="owned_missions"
    )
    first_day = models.DateField(_("from"))
    last_day = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day. Leave empty for no end.")
    )
    identity = models.CharField(
        _("identity is shown"), max_length=10, choices=Identity, default=Identity.CHOSEN
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="directory_mission_days",
                violation_error_message=_(
                    "Expected a last day on or after the first. Exchange or correct them."
                ),
            ),
            models.CheckConstraint(
                condition=Q(identity__in=("chosen", "asked")), name="directory_mission_identity"
            ),
            # A service sets both; the database holds it for whatever else writes.
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_reason="")
                | (Q(closed_at__isnull=False) & ~Q(closed_reason="")),
                name="directory_mission_closed_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        language = (get_language() or "en").split("-")[0]
        return str(getattr(self, f"name_{language}", "") or self.name_en)

    def runs_on(self, day: date) -> bool:
        """Whether new cases can be filed on a day."""
        return (
            self.closed_at is None
            and self.first_day <= day
            and (self.last_day is None or day <= self.last_day)
        )
