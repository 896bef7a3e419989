"""What the room `people` asks of missions: who takes part, and what a membership can be limited to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from medevac.directory.models import Mission
from medevac.directory.policy import taken_part_in, taking_part
from medevac.people.missions import Missions, register_missions


def answer_for_missions() -> None:
    """Fill the seam of `people`."""
    register_missions(Missions(open_to=_open_to, taking_part=taking_part, names=_names))


def _open_to(organisation: UUID) -> Mapping[UUID, str]:
    rows = Mission.unscoped.filter(taken_part_in(organisation), closed_at__isnull=True).distinct()
    return {row.pk: row.name for row in rows.order_by("-first_day", "code")}


def _names(ids: Iterable[UUID]) -> Mapping[UUID, str]:
    return {row.pk: row.name for row in Mission.unscoped.filter(pk__in=list(ids))}
