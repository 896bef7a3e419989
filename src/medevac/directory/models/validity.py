"""Rows that hold from a first day to a last one, and of which no two for the same thing hold at once."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

D = TypeVar("D", bound="Dated")
OUT_OF_ORDER = _("Expected a last day on or after the first. Exchange or correct them.")


class Days(Func):
    """All days from the first to the last, both included, as a range that the database can compare."""

    function = "DATERANGE"
    output_field = DateRangeField()


class DatedQuerySet(models.QuerySet[D]):
    """Dated rows by day."""

    def on(self, day: date) -> DatedQuerySet[D]:
        """Those that hold on a day."""
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gte=day), first_day__lte=day)


class Dated(models.Model):
    """A row that holds for some days; without a last day it holds until somebody ends it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day. Leave empty for no end.")
    )

    # Parts are reached through what they belong to, which the policy has opened.
    unscoped = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Tell days in the wrong order at the field: the database cannot even compare such a range."""
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": str(OUT_OF_ORDER)})

    def holds_on(self, day: date) -> bool:
        """Whether the row holds on a day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def in_order(name: str) -> models.CheckConstraint:
    """That the last day is not before the first."""
    return models.CheckConstraint(
        condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
        name=name,
        violation_error_message=OUT_OF_ORDER,
    )


def once_a_day(name: str, *fields: str) -> ExclusionConstraint:
    """That on no day two rows agree in all these fields."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in fields),
            (
                Days("first_day", "last_day", RangeBoundary(inclusive_upper=True)),
                RangeOperators.OVERLAPS,
            ),
        ],
        violation_error_message=_(
            "Expected one at a time, but another already holds on some of these days. End it first, or "
            "choose other days."
        ),
    )
