"""Looking at the record is a look at the people it names: pages call this before they show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from medevac.audit.naming import thing_of_actors
from medevac.audit.services import record_look


def record_look_at_actors(
    right: str, actors: Iterable[tuple[str, UUID | None]], *, export: int | None = None
) -> None:
    """Write that whoever acts has seen the names of these actors."""
    seen: dict[str, dict[UUID, UUID | None]] = defaultdict(dict)
    for kind, public_id in actors:
        thing = thing_of_actors(kind)
        if thing and public_id:
            seen[thing][public_id] = None
    for thing, ids in seen.items():
        record_look(right, thing, ids, export=export)
