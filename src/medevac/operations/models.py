"""Retention runs with what they list, legal holds, and tombstones of the forgotten. Ids only."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Now
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.operations.rules import SHORTEST_REASON, State
from medevac.people.guard import GuardedManager

models.TextField.register_lookup(Length)


@recorded()
class RetentionRun(models.Model):
    """One kind of thing whose time is over: listed, decided by somebody, done in batches."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    before = models.DateTimeField(_("older than"))  # fixed by the list, so that nothing younger can go
    listed_by = models.UUIDField()
    listed_at = models.DateTimeField(db_default=Now())
    listed_count = models.PositiveIntegerField(_("would go"), default=0)
    staying_count = models.PositiveIntegerField(_("must stay"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.LISTED)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reason"), blank=True)
    stopped_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    gone_count = models.PositiveIntegerField(_("gone"), default=0)

    objects: ClassVar[GuardedManager[Any]] = GuardedManager()
    unscoped: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("retention run")
        verbose_name_plural = _("retention runs")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="operations_run_state"),
            # The service asks for a reason in words; the database refuses whatever else decides without one.
            models.CheckConstraint(
                condition=Q(state=State.LISTED)
                | Q(decided_by__isnull=False, decided_at__isnull=False, reason__length__gte=SHORTEST_REASON),
                name="operations_run_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.before:%Y-%m-%d} {self.state}"


class RetentionItem(models.Model):
    """One thing of the list, by its key; the line stays when the thing is gone."""

    run = models.ForeignKey(RetentionRun, on_delete=models.PROTECT, related_name="items")
    thing = models.CharField(max_length=64)
    must_stay = models.BooleanField(default=False)  # when it was listed; the deed looks again
    gone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("thing of a retention run")
        verbose_name_plural = _("things of a retention run")
        constraints = [
            models.UniqueConstraint(fields=["run", "thing"], name="operations_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.thing}"


@recorded()
class LegalHold(models.Model):
    """What must stay until it is lifted: one thing, or all of a kind."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    thing = models.UUIDField(_("number of the thing"), null=True, blank=True)  # None: all of the kind
    reason = models.TextField(_("reason"))
    set_by = models.UUIDField()
    set_at = models.DateTimeField(db_default=Now())
    lifted_by = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.TextField(blank=True)

    objects: ClassVar[GuardedManager[Any]] = GuardedManager()
    unscoped: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__length__gte=SHORTEST_REASON), name="operations_hold_reason"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(
                    lifted_at__isnull=False,
                    lifted_by__isnull=False,
                    lifted_because__length__gte=SHORTEST_REASON,
                ),
                name="operations_hold_lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing or '*'}"


class Tombstone(models.Model):
    """That somebody was forgotten, when, by whom and why; never what. Only the owner role writes it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    thing = models.UUIDField(_("number"))
    at = models.DateTimeField(_("when"), db_default=Now())
    asked_by = models.UUIDField()
    agreed_by = models.UUIDField()
    reason = models.TextField(_("reason"))
    counts = models.JSONField()  # how many rows of which table, how many keys

    objects: ClassVar[GuardedManager[Any]] = GuardedManager()
    unscoped: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("tombstone")
        verbose_name_plural = _("tombstones")
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=models.F("agreed_by")), name="operations_tombstone_two_people"
            ),
            models.CheckConstraint(
                condition=Q(reason__length__gte=SHORTEST_REASON), name="operations_tombstone_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"
