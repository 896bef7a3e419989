"""Places, one row for each, and what a hospital counts besides them."""

from __future__ import annotations

from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.directory.models import Hospital, Mission
from medevac.directory.models.validity import Dated, in_order, once_a_day
from medevac.offers.states import PoolKind
from medevac.people.guard import GuardedManager


@recorded()
class Place(models.Model):
    """One place that a hospital gives to a mission for some days."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mission = models.ForeignKey(
        Mission, verbose_name=_("mission"), on_delete=models.PROTECT, related_name="places"
    )
    hospital = models.ForeignKey(
        Hospital, verbose_name=_("hospital"), on_delete=models.PROTECT, related_name="places"
    )
    label = models.CharField(
        _("place"),
        max_length=60,
        help_text=_("As the hospital calls it, such as “7B, window”. Never a patient's name."),
    )
    specialty = models.CharField(
        _("specialty"),
        max_length=80,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Expected a word such as burns."))],
    )
    first_day = models.DateField(_("from"))
    last_day = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day. Leave empty for no end.")
    )
    staffed = models.BooleanField(_("staffed"), default=True)
    competence = models.CharField(
        _("competence"),
        max_length=200,
        blank=True,
        help_text=_("What is done here that others of the specialty do not do."),
    )
    stay_days = models.PositiveSmallIntegerField(
        _("expected stay in days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
    )
    # Made for one patient, of a hospital whose places nobody keeps here (`services.named_places`).
    named = models.BooleanField(_("named for one patient"), default=False, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"))
    confirmed_by = models.UUIDField(editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_reason = models.CharField(max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["specialty", "label", "first_day", "pk"]
        indexes = [
            models.Index(fields=["hospital", "mission"], name="offers_place_hospital"),
            models.Index(
                fields=["mission", "specialty", "first_day"],
                condition=Q(closed_at__isnull=True, staffed=True),
                name="offers_place_open",
            ),
            models.Index(
                fields=["confirmed_at"], condition=Q(closed_at__isnull=True), name="offers_place_confirmed"
            ),
        ]
        constraints = [
            in_order("offers_place_days"),
            models.CheckConstraint(condition=~Q(label=""), name="offers_place_label"),
            models.CheckConstraint(
                condition=Q(stay_days__isnull=True) | Q(stay_days__range=(1, 1000)), name="offers_place_stay"
            ),
            # One place is one row for as long as it is open: two rows could be given away apart.
            models.UniqueConstraint(
                F("hospital"),
                F("mission"),
                F("label"),
                condition=Q(closed_at__isnull=True),
                name="offers_place_once",
                violation_error_message=_(
                    "The hospital has a place of this name already. Choose another name, or change that "
                    "place."
                ),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_reason="")
                | (Q(closed_at__isnull=False) & ~Q(closed_reason="")),
                name="offers_place_closed_why",
            ),
        ]

    def __str__(self) -> str:
        return self.label


@recorded()
class Pool(Dated):
    """How many of something a hospital has for a mission's patients on some days, besides its places."""

    mission = models.ForeignKey(
        Mission, verbose_name=_("mission"), on_delete=models.PROTECT, related_name="pools"
    )
    hospital = models.ForeignKey(
        Hospital, verbose_name=_("hospital"), on_delete=models.PROTECT, related_name="pools"
    )
    kind = models.CharField(_("what"), max_length=12, choices=PoolKind)
    number = models.PositiveSmallIntegerField(_("how many"), validators=[MaxValueValidator(1000)])
    confirmed_at = models.DateTimeField(_("confirmed at"))
    confirmed_by = models.UUIDField(editable=False)

    objects = GuardedManager()

    class Meta:
        verbose_name = _("pool of a hospital")
        verbose_name_plural = _("pools of hospitals")
        ordering = ["kind", "first_day"]
        constraints = [
            in_order("offers_pool_days"),
            once_a_day("offers_pool_once", "mission", "hospital", "kind"),
            models.CheckConstraint(condition=Q(kind__in=PoolKind.values), name="offers_pool_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
