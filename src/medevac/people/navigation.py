"""The entries of the navigation: a registry that every room fills; users see what their roles include."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from medevac.people.pages import Access, access_of
from medevac.people.policy import included

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.utils.functional import _StrPromise

    from medevac.people.models import User


# The headings of the navigation, in their order; what waits for somebody every day stands first, without one.
GROUPS: dict[str, str | _StrPromise] = {
    "work": "",
    "directory": _("Missions and places"),
    "people": _("People and access"),
    "record": _("The record"),
    "service": _("The service itself"),
}


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation.

    Parameters
    ----------
    page
        The name of the address; its rule in `pages` decides who sees the entry.
    label
        One or two translated words.
    order
        Entries stand in this order within their group.
    group
        Under which heading it stands: a key of `GROUPS`.
    """

    page: str
    label: str | _StrPromise
    order: int = 100
    group: str = "work"

    @property
    def heading(self) -> str | _StrPromise:
        """The heading above it."""
        return GROUPS[self.group]

    @cached_property
    def address(self) -> str:
        """Where the entry leads."""
        return reverse(self.page)


_ENTRIES: dict[str, Entry] = {}
# Where the pages of a room are, for those that have no entry of their own.
_PLACES: dict[str, str | _StrPromise] = {
    "account": _("Signing in"),
    "mfa": _("Signing in"),
    "people": GROUPS["people"],
    "audit": GROUPS["record"],
    "directory": GROUPS["directory"],
    "operations": GROUPS["service"],
}


def register_entry(entry: Entry) -> None:
    """Add an entry; called in AppConfig.ready()."""
    _ENTRIES[entry.page] = entry


def register_place(room: str, words: str | _StrPromise) -> None:
    """Say what the pages of a room are called together; called in AppConfig.ready()."""
    _PLACES[room] = words


def place_of(page: str) -> str:
    """Where a page is: its own entry, else what its room is called, else the room's first entry."""
    room = page.partition(":")[0]
    if page in _ENTRIES:
        return str(_ENTRIES[page].label)
    if room in _PLACES or page.startswith(("account_", "mfa_")):
        return str(_PLACES[room if room in _PLACES else room.partition("_")[0]])
    entries = [entry for entry in _ENTRIES.values() if entry.page.startswith(f"{room}:")]
    return str(min(entries, key=lambda entry: entry.order).label) if entries else ""


def reaches(user: User | AnonymousUser, page: str) -> bool:
    """Whether the page's rule lets the user in."""
    return page in reached(user, [page])


def reached(user: User | AnonymousUser, pages: Iterable[str]) -> set[str]:
    """The pages whose rule lets the user in; one look at the user's roles for all of them."""
    asked = {page: access_of(page) for page in pages}
    open_actions = included(user, {str(a) for a in asked.values() if not isinstance(a, Access | None)})
    free = (Access.EVERYBODY, Access.SIGNED_IN)
    return {page for page, access in asked.items() if access in free or access in open_actions}


def navigation_of(user: User | AnonymousUser) -> list[Entry]:
    """The entries that the user may open, group by group, in their order."""
    open_pages = reached(user, _ENTRIES)
    groups = list(GROUPS)
    entries = [entry for entry in _ENTRIES.values() if entry.page in open_pages]
    return sorted(entries, key=lambda entry: (groups.index(entry.group), entry.order))
