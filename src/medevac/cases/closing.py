"""What else ends when a case ends: a registry that every room fills, run in the transaction of the closing.

Any way in which a patient moves, dies or withdraws closes everything open for that patient. A test finds
every model that points to a case and fails unless its room has registered a closer or a written exemption.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Model

if TYPE_CHECKING:
    from medevac.cases.models import Case, CaseStep
    from medevac.people.models import User


@dataclass(frozen=True)
class Ending:
    """A case that has just ended, with the step that ended it and whoever took it; nobody for the clock."""

    case: Case
    step: CaseStep
    actor: User | None


Closer = Callable[[Ending], None]
SHORTEST_REASON = 20
_CLOSERS: dict[str, tuple[int, Closer]] = {}
_EXEMPT: dict[str, str] = {}


def register_closer(model: type[Model], close: Closer, *, order: int = 100) -> None:
    """Say what ends with a case.

    Parameters
    ----------
    model
        The kind of row that points to a case.
    close
        Ends or reroutes every open row of the case; raises where it cannot, and then the case does not end.
    order
        Closers run in this order, then by name; those that lock places have the smaller ones.
    """
    _CLOSERS[model._meta.label_lower] = (order, close)


def exempt_from_closing(model: type[Model], reason: str) -> None:
    """Say in words why rows of a kind stay as they are when their case ends."""
    if len(reason) < SHORTEST_REASON:
        raise ValueError(f'{model._meta.label}: expected a reason in words, got "{reason}".')
    _EXEMPT[model._meta.label_lower] = reason


def close_everything(ending: Ending) -> None:
    """Run every closer; part of the transaction that ends the case."""
    for _, (_order, close) in sorted(_CLOSERS.items(), key=lambda item: (item[1][0], item[0])):
        close(ending)


def forget_closer(model: type[Model]) -> None:
    """Take a closer away again, for tests."""
    _CLOSERS.pop(model._meta.label_lower, None)


def answered_for() -> dict[str, str]:
    """Every kind of row that somebody has answered for: a closer, or the reason of the exemption."""
    return {**dict.fromkeys(_CLOSERS, "closer"), **_EXEMPT}
