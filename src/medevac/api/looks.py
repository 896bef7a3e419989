"""Looks at personal or clinical data through the API: written before the answer leaves, in the token's name.

An operation that answers with such data calls `record_look` before it answers. What it cannot record, it
must not answer: the call fails, and the request with it. The directory holds none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from medevac.audit import services as record
from medevac.audit.context import acting_now

if TYPE_CHECKING:
    from medevac.api.holder import TokenHolder

ACTOR = "token"  # the kind of actor that a program is in the record


class NotActingError(RuntimeError):
    """Somebody else than the token's holder acts, so that the look would stand in another name."""


def record_look(
    holder: TokenHolder,
    right: str,
    kind: str,
    things: Mapping[UUID, UUID | None] | Iterable[tuple[UUID, UUID | None]],
) -> None:
    """Record that a token's holder sees rows under a right, before they are sent.

    Parameters
    ----------
    holder
        Who asks, as `holder_of(request)` gives it.
    right, kind, things
        As in `audit.services.record_look`: the right, the model, each id with the organisation that owns it.

    Raises
    ------
    NotActingError
        Outside the request of this holder.
    django.db.DatabaseError
        Where the token has ended meanwhile: what it asked for must then not be shown.
    """
    who = acting_now()
    if who is None or (who.kind, who.actor_now()) != (ACTOR, holder.pk):
        raise NotActingError("Expected the request of this token, got another. Ask within its operation.")
    record.record_look(right, kind, things)
