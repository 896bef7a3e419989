"""Numbers for what leaves: a registry of one, so that no export of this room goes out unrecorded.

The room `audit` gives the numbers; until it has said how, nothing can be exported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from medevac.people.refusals import RefusedError

if TYPE_CHECKING:
    from medevac.people.models import User

Numberer = Callable[["User", str, Mapping[str, str], int], str]
_NUMBERERS: list[Numberer] = []


def register_numberer(numberer: Numberer) -> None:
    """Say who gives the numbers; called with the user, the kind, the conditions and the count of rows."""
    _NUMBERERS[:] = [numberer]


def forget_numberer() -> None:
    """Take it away again, for tests."""
    _NUMBERERS.clear()


def number_export(user: User, kind: str, conditions: Mapping[str, str], rows: int) -> str:
    """Record an export and give its number, within the transaction of the export.

    Raises
    ------
    RefusedError
        Where nobody records exports.
    """
    if not _NUMBERERS:
        raise RefusedError(_("Exports are not recorded here yet, so none can be made."))
    return _NUMBERERS[0](user, kind, conditions, rows)
