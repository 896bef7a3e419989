"""Which page asks for which action: a registry that every room fills, so that no page is open by omission.

The middleware answers "not found" for a page that is not here; the truth table of tests is made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Access(StrEnum):
    """Who reaches a page that asks for no action."""

    EVERYBODY = "everybody"
    SIGNED_IN = "signed in"
    TOKEN = "token"  # the page itself asks for the token of an organisation
    CLOSED = "closed"  # a library's page that this service does not offer


_PAGES: dict[str, Access | str] = {}


def register_pages(pages: Mapping[str, Access | str]) -> None:
    """Tell who reaches pages.

    Parameters
    ----------
    pages
        By the name of the address ("people:members"): an `Access`, or the action that the user's role must
        include.
    """
    for name, access in pages.items():
        known = _PAGES.get(name)
        if known is not None and known != access:
            raise ValueError(f'Expected one rule for the page "{name}", got "{known}" and "{access}".')
        _PAGES[name] = access


def access_of(name: str) -> Access | str | None:
    """Who reaches a page; None where no room has told."""
    return _PAGES.get(name)


def registered_pages() -> dict[str, Access | str]:
    """Every page that a room has told of."""
    return dict(_PAGES)
