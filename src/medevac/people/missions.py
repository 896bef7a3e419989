"""What this room must know of missions, which lie above it: a seam that the room `directory` fills.

A membership may be limited to one mission. Which missions an organisation takes part in, and who takes part
in a mission, is said there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet


@dataclass(frozen=True)
class Missions:
    """The answers about missions.

    Parameters
    ----------
    open_to
        The missions that an organisation takes part in and that are not closed: their names by their ids, in
        the order in which they are shown.
    taking_part
        The ids of the organisations that take part in a mission, as a query.
    names
        What missions are called, by their ids, in the language of the moment.
    """

    open_to: Callable[[UUID], Mapping[UUID, str]]
    taking_part: Callable[[UUID], QuerySet[Any, UUID]]
    names: Callable[[Iterable[UUID]], Mapping[UUID, str]]


_KNOWN: list[Missions] = []


def register_missions(missions: Missions) -> None:
    """Answer for missions; called in AppConfig.ready()."""
    _KNOWN[:] = [missions]


def missions_open_to(organisation: UUID) -> Mapping[UUID, str]:
    """The open missions that an organisation takes part in, by id; none where no room knows of missions."""
    return _KNOWN[0].open_to(organisation) if _KNOWN else {}


def taking_part_in(mission: UUID) -> QuerySet[Any, UUID] | tuple[UUID, ...]:
    """The organisations that take part in a mission; none where no room knows of missions."""
    return _KNOWN[0].taking_part(mission) if _KNOWN else ()


def names_of_missions(ids: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """What missions are called, by their ids; an id that is None is passed over."""
    wanted = {mission for mission in ids if mission is not None}
    return _KNOWN[0].names(wanted) if wanted and _KNOWN else {}
