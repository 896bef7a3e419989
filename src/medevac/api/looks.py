"""Looks at personal or clinical data through the API: a registry of one, filled by whoever records them.

An operation that answers with such data calls `record_look` before it answers. Until a recorder is
registered, it refuses: nothing of that kind leaves unrecorded. The directory holds none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from medevac.api.holder import TokenHolder

Recorder = Callable[["TokenHolder", str, str, Sequence[UUID]], None]
_RECORDERS: list[Recorder] = []


class NotRecordedError(RuntimeError):
    """Nobody records looks, so that none can be had."""


def register_recorder(recorder: Recorder) -> None:
    """Say who records: called with the holder, the right, the kind of row and the rows' ids."""
    _RECORDERS[:] = [recorder]


def forget_recorder() -> None:
    """Take it away again, for tests."""
    _RECORDERS.clear()


def record_look(holder: TokenHolder, right: str, kind: str, ids: Sequence[UUID]) -> None:
    """Record that a token's holder sees rows under a right, before they are sent.

    Raises
    ------
    NotRecordedError
        Where nobody records looks.
    """
    if not _RECORDERS:
        raise NotRecordedError("Expected a recorder of looks, got none. Register one in AppConfig.ready().")
    _RECORDERS[0](holder, right, kind, ids)
