"""What rooms above add to a step of a case: what must be true, what follows, and where it is taken.

The table says what may happen to a case. That a choice needs an offer, and that a place is free once the
patient has boarded for another, is known above: those rooms say it in `AppConfig.ready()`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from medevac.cases.states import Action

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from medevac.cases.models import Case, CaseStep
    from medevac.people.models import User


@dataclass(frozen=True)
class Taken:
    """A step that has just been taken, with whoever took it; nobody where the clock did."""

    case: Case
    step: CaseStep
    actor: User | None


Condition = Callable[["Case"], "str | None"]
Follower = Callable[[Taken], None]
Way = Callable[["Case"], str]
_CONDITIONS: dict[Action, dict[str, Condition]] = {}
_FOLLOWERS: dict[Action, dict[str, Follower]] = {}
_WAYS: dict[Action, tuple[Way, str | _StrPromise]] = {}
_SUSPENDED: ContextVar[bool] = ContextVar("medevac_without_rooms_above", default=False)


def register_condition(action: Action, room: str, check: Condition) -> None:
    """Have a step refused with a sentence while something above is not so.

    Parameters
    ----------
    action
        Which step.
    room
        Who says it; each room says one thing of a step.
    check
        Answers with the sentence for the actor, or None where the step can be taken. It is called under the
        lock of the case.
    """
    _CONDITIONS.setdefault(action, {})[room] = check


def register_follower(action: Action, room: str, follow: Follower) -> None:
    """Have something above done after a step, in its transaction; what it raises undoes the step."""
    _FOLLOWERS.setdefault(action, {})[room] = follow


def register_way(action: Action, address: Way, label: str | _StrPromise = "") -> None:
    """Say at which address of a room above a step is taken, with all that it asks for there.

    Parameters
    ----------
    action
        Which step.
    address
        Where; an empty address leaves the step to the page of the case.
    label
        What the button says that leads there; empty where it is the name of the step.
    """
    _WAYS[action] = (address, label)


def refused_above(case: Case, action: Action) -> str | None:
    """The first sentence with which a room above refuses the step; None where none does."""
    if _SUSPENDED.get():
        return None
    for _room, check in sorted(_CONDITIONS.get(action, {}).items()):
        if sentence := check(case):
            return sentence
    return None


def follow_above(taken: Taken) -> None:
    """Do what follows in the rooms above, by their names."""
    if _SUSPENDED.get():
        return
    for _room, follow in sorted(_FOLLOWERS.get(Action(taken.step.action), {}).items()):
        follow(taken)


def way_of(action: Action, case: Case) -> str | None:
    """Where a room above takes the step; None where the page of the case does."""
    return (_WAYS[action][0](case) or None) if action in _WAYS else None


def words_of(action: Action) -> str:
    """What the button of a step says."""
    return str(_WAYS[action][1] or action.label) if action in _WAYS else str(action.label)


@contextlib.contextmanager
def without_rooms_above() -> Iterator[None]:
    """Take steps as if there were no rooms above, for a while: for this room's tests and demonstration."""
    token = _SUSPENDED.set(True)
    try:
        yield
    finally:
        _SUSPENDED.reset(token)
