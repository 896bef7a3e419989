"""What the room `people` asks of missions and countries: who takes part, and what can be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from medevac.directory.countries import sorted_countries
from medevac.directory.models import Mission
from medevac.directory.policy import taken_part_in, taking_part
from medevac.people.countries import register_countries
from medevac.people.missions import Missions, register_missions


def answer_for_missions() -> None:
    """Fill the seams of `people`."""
    register_missions(Missions(open_to=_open_to, taking_part=taking_part, names=_names))
    register_countries(lambda: [(one.code, one.name) for one in sorted_countries()])


def _open_to(organisation: UUID) -> Mapping[UUID, str]:
    rows = Mission.unscoped.filter(taken_part_in(organisation), closed_at__isnull=True).distinct()
    return {row.pk: row.name for row in rows.order_by("-first_day", "code")}


def _names(ids: Iterable[UUID]) -> Mapping[UUID, str]:
    return {row.pk: row.name for row in Mission.unscoped.filter(pk__in=list(ids))}
