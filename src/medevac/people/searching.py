"""The search: a registry that every room fills with what it can find; users find what is open to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID

from medevac.people.transliteration import spellings

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from medevac.people.models import User

MOST_HITS = 20  # of one provider
SHORTEST = 2
LONGEST = 100
Looked = Callable[["User", list[UUID]], None]


@dataclass(frozen=True)
class Hit:
    """One thing that was found: where it is, what it is called, and one line that tells it from others.

    Its id stands there where a look at it is recorded.
    """

    address: str
    label: str
    detail: str = ""
    thing: UUID | None = None


@dataclass(frozen=True)
class Group:
    """What one provider found, the closest first, and what records that it was seen."""

    label: str | _StrPromise
    hits: tuple[Hit, ...]
    more: bool
    looked: Looked | None = None


Finder = Callable[["User", tuple[str, ...]], Iterable[Hit]]
_PROVIDERS: dict[str, tuple[int, str | _StrPromise, Finder, Looked | None]] = {}


def register_search(
    name: str, label: str | _StrPromise, find: Finder, *, order: int = 100, looked: Looked | None = None
) -> None:
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
    looked
        Where what is found is data of somebody: records that the user sees the things with these ids.
    """
    _PROVIDERS[name] = (order, label, find, looked)


def search(user: User, text: str) -> list[Group]:
    """What the user may see that is called so, in any script; nothing where the text is too short."""
    asked = " ".join(text.split())[:LONGEST]
    if len(asked) < SHORTEST:
        return []
    wanted = spellings(asked)
    groups = []
    for _, label, find, looked in sorted(_PROVIDERS.values(), key=lambda provider: provider[0]):
        hits = tuple(islice(find(user, wanted), MOST_HITS + 1))
        if hits:
            groups.append(Group(label, hits[:MOST_HITS], len(hits) > MOST_HITS, looked))
    return groups


def record_looks(user: User, groups: Iterable[Group]) -> None:
    """Write that the user sees what was found, before the page is made."""
    for group in groups:
        if group.looked is not None:
            group.looked(user, [hit.thing for hit in group.hits if hit.thing is not None])
