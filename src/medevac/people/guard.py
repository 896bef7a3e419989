"""Managers whose rows stay out of reach until the policy has said for whom: unscoped access finds nothing.

`Model.objects` is guarded; `visible(user, Model.objects.filter(…))` opens it to the rows of that user.
`Model.unscoped` is for services, rules and tasks, which answer for every row themselves; a test holds that
nothing else names it.

Combine conditions with Q, not with `|` between guarded querysets: Django drops the empty side of those.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.db.models.sql.where import NothingNode

M = TypeVar("M", bound=models.Model)


class Unscoped(NothingNode):
    """The condition that no row meets, which only `unguarded` takes away."""


class GuardedManager(models.Manager[M]):
    """A manager that finds nothing until the policy opens its querysets."""

    def get_queryset(self) -> models.QuerySet[M]:
        """Every row, behind the guard."""
        queryset = super().get_queryset()
        queryset.query.where.add(Unscoped(), "AND")
        return queryset


def unguarded(queryset: models.QuerySet[M, Any]) -> models.QuerySet[M, Any]:
    """The same queryset without the guard. For the policy only."""
    opened = queryset.all()
    where = opened.query.where
    where.children = [child for child in where.children if not isinstance(child, Unscoped)]
    return opened
