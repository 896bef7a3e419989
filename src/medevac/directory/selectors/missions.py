"""Missions as a user sees them, with what holds on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from medevac.directory.models import Mission
from medevac.directory.parts import PARTS, PartKind
from medevac.directory.policy import SEE
from medevac.people.days import current_day
from medevac.people.policy import visible

if TYPE_CHECKING:
    from medevac.directory.models.validity import Dated
    from medevac.people.policy.asking import Asking


@dataclass(frozen=True)
class Section:
    """One kind of part of a mission, with the rows of it, the first to begin first."""

    kind: PartKind
    rows: Sequence[Dated]


def missions_for(user: Asking, *, closed: bool = True) -> QuerySet[Mission]:
    """The missions that are open to the user: those that run first, the latest first among them."""
    rows = visible(user, Mission.objects.select_related("owner"), SEE)
    if not closed:
        rows = rows.filter(closed_at__isnull=True)
    return rows.order_by("closed_at", "-first_day", "code")


def running_missions(user: Asking) -> list[Mission]:
    """The missions that run today and are open to the user, by name."""
    today = current_day()
    rows = visible(user, Mission.objects.all())
    return sorted((one for one in rows if one.runs_on(today)), key=lambda one: str(one.name))


def with_parts(rows: QuerySet[Mission]) -> QuerySet[Mission]:
    """The same with every dated part, in a number of queries that does not grow."""
    prefetches = []
    for kind in PARTS.values():
        parts = kind.model._base_manager.order_by(*kind.order, "first_day", "pk")
        if kind.related:
            parts = parts.select_related(*kind.related)
        prefetches.append(Prefetch(kind.name, parts))
    return rows.prefetch_related(*prefetches)


def mission_for(user: Asking, code: str, action: str = SEE) -> Mission | None:
    """One mission with its parts, if the user may do this to it."""
    rows = visible(user, Mission.objects.select_related("owner").filter(code=code), action)
    return with_parts(rows).first()


def sections(mission: Mission, day: date | None = None) -> list[Section]:
    """The parts of a mission by kind; only those that hold on a day, where one is given."""
    found = []
    for kind in PARTS.values():
        rows = [row for row in getattr(mission, kind.name).all() if day is None or row.holds_on(day)]
        found.append(Section(kind, rows))
    return found


def part_of(mission: Mission, kind: PartKind, public_id: UUID) -> Dated | None:
    """One part of a mission that the policy has opened."""
    rows: Sequence[Dated] = getattr(mission, kind.name).all()
    return next((row for row in rows if row.pk == public_id), None)
