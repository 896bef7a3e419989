"""What rooms above tell in the timeline of a case: a registry, so that its story is read in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from datetime import datetime

    from medevac.cases.models import Case
    from medevac.people.models import User


@dataclass(frozen=True)
class Happening:
    """One thing that happened to what a room above keeps of a case.

    Parameters
    ----------
    at
        When.
    actor
        Whoever did it, as the record has them: a person, a program, a signed link; None for the clock. The
        timeline says for which organisation they act.
    sentence
        What it was, as far as it is open to the user.
    remark
        More of it, such as a reason in words.
    step
        Whether it stands out, as the steps of the case do.
    """

    at: datetime
    actor: UUID | None
    sentence: str
    remark: str = ""
    step: bool = False


Teller = Callable[["User", "Case", int], Iterable[Happening]]
_TELLERS: dict[str, Teller] = {}


def register_teller(room: str, tell: Teller) -> None:
    """Have a room tell what happened; called in AppConfig.ready().

    Parameters
    ----------
    room
        Who tells; each room once.
    tell
        Answers for a user, a case and a number with the latest happenings that are open to the user, at most
        about so many, in a fixed number of queries. Whoever tells what is personal writes the look.
    """
    _TELLERS[room] = tell


def happenings_of(user: User, case: Case, most: int) -> list[Happening]:
    """What every room above tells this user of a case."""
    return [happening for tell in _TELLERS.values() for happening in tell(user, case, most)]
