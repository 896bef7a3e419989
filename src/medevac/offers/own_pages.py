"""The pages of this room with who reaches each, and their places in the navigation."""

from __future__ import annotations

from medevac.offers.asking_pages import register_asking_pages
from medevac.people.pages import Access, register_pages

OWN: dict[str, Access | str] = {}


def register_own_pages() -> None:
    """Tell who reaches them, and where they stand."""
    register_pages(OWN)
    register_asking_pages()
