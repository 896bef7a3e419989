"""Memberships: who is what, where, from when to when. Rights follow from these and nothing else."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.people.guard import GuardedManager
from medevac.people.models.organisation import Organisation
from medevac.people.models.user import User
from medevac.people.roles import Role

NO_MISSION = "00000000-0000-0000-0000-000000000000"


class Period(Func):
    """The time from `starts` until before `ends`, as a range that the database can compare."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by time."""

    def current(self) -> MembershipQuerySet:
        """Those that count now: begun, not ended, of an active user in an open organisation."""
        now = timezone.now()
        return self.filter(
            Q(ends__isnull=True) | Q(ends__gt=now),
            starts__lte=now,
            user__is_active=True,
            organisation__closed_at__isnull=True,
        )

    def not_ended(self) -> MembershipQuerySet:
        """Those that count now or will count later."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gt=timezone.now()), user__is_active=True)


class GuardedMemberships(GuardedManager.from_queryset(MembershipQuerySet)):  # type: ignore[misc]
    """Memberships behind the guard."""


@recorded()
class Membership(models.Model):
    """One role of one user in one organisation for a time, confirmed again and again by somebody else."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(
        User, verbose_name=_("user"), on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=40, choices=Role)
    mission = models.UUIDField(null=True, blank=True)  # missions live in a room above; None counts in all
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"), null=True, blank=True)
    granted_by = models.UUIDField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)
    review_due = models.DateTimeField(_("to be confirmed by"))

    objects = GuardedMemberships()
    unscoped = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [models.Index(fields=["user", "starts"]), models.Index(fields=["review_due"])]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="people_membership_role"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="people_membership_period"
            ),
            ExclusionConstraint(
                name="people_membership_once",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (
                        Coalesce("mission", Cast(Value(NO_MISSION), models.UUIDField())),
                        RangeOperators.EQUAL,
                    ),
                    (Period("starts", "ends", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.organisation_id}"

    def has_ended(self) -> bool:
        """Whether its time is over."""
        return self.ends is not None and self.ends <= timezone.now()
