"""The search: a registry that every room fills with what it can find; users find what is open to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from medevac.people.transliteration import spellings

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from medevac.people.models import User

MOST_HITS = 20  # of one provider
SHORTEST = 2
LONGEST = 100


@dataclass(frozen=True)
class Hit:
    """One thing that was found: where it is, what it is called, and one line that tells it from others."""

    address: str
    label: str
    detail: str = ""


@dataclass(frozen=True)
class Group:
    """What one provider found, the closest first."""

    label: str | _StrPromise
    hits: tuple[Hit, ...]
    more: bool


Finder = Callable[["User", tuple[str, ...]], Iterable[Hit]]
_PROVIDERS: dict[str, tuple[int, str | _StrPromise, Finder]] = {}


def register_search(name: str, label: str | _StrPromise, find: Finder, *, order: int = 100) -> None:
    """Add a provider; called in AppConfig.ready().

    Parameters
    ----------
    name
        The room and what it finds, such as "people.users".
    label
        What the group of results is called, translated.
    find
        Given the user and the spellings of what was asked for, answers what is open to that user, the
        closest first. Only the first hits are taken.
    order
        Groups stand in this order.
    """
    _PROVIDERS[name] = (order, label, find)


def search(user: User, text: str) -> list[Group]:
    """What the user may see that is called so, in any script; nothing where the text is too short."""
    asked = " ".join(text.split())[:LONGEST]
    if len(asked) < SHORTEST:
        return []
    wanted = spellings(asked)
    groups = []
    for _, label, find in sorted(_PROVIDERS.values(), key=lambda provider: provider[0]):
        hits = tuple(islice(find(user, wanted), MOST_HITS + 1))
        if hits:
            groups.append(Group(label, hits[:MOST_HITS], len(hits) > MOST_HITS))
    return groups
