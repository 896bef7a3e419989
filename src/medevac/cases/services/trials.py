"""The life of a workbook that was read: kept for a day, applied once, never with faults. Of every import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.people.refusals import RefusedError
from medevac.planner import Fault

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Trial:
    """A workbook that was read: what its rows would do, and the faults that stand against all of it."""

    told: tuple[Any, ...]
    faults: tuple[Fault, ...]
    more: int

    def count(self, word: str) -> int:
        """How many rows would do that."""
        return sum(one.word == word for one in self.told)


def forget_older(rows: QuerySet[Model, Any], *, empty: Any) -> int:
    """Empty what was read and not applied within a day; how many.

    Parameters
    ----------
    rows
        Every trial of a kind.
    empty
        What its `content` is when nothing is kept.
    """
    old = rows.filter(made_at__lt=timezone.now() - KEPT_FOR).exclude(content=empty)
    return old.update(content=empty)


def refuse_again(kept: Any, *, faults: bool) -> None:
    """Refuse to apply a locked trial that was applied already, has faults, or whose day is over.

    Raises
    ------
    RefusedError
        With what to do instead.
    """
    if kept.applied_at is not None:
        raise RefusedError(_("This import has been applied already. Read the file again to import it anew."))
    if faults:
        raise RefusedError(
            _("The file has faults, so nothing of it is applied. Correct it and read it again.")
        )
    if not kept.content:
        raise RefusedError(_("What was read is kept for a day only. Read the file again."))


def changed_since(fault: object) -> RefusedError:
    """What is said where a row could be written when the file was read, and cannot be any more."""
    return RefusedError(
        _("Something has changed since the file was read: %(fault)s Read it again, and look once more.")
        % {"fault": fault}
    )
