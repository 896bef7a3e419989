"""The pages of this room with who reaches each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from medevac.api.policy import MANAGE
from medevac.people.navigation import Entry, register_entry
from medevac.people.pages import Access, register_pages

OWN: dict[str, Access | str] = {
    "tokens:tokens": MANAGE,
    "tokens:make_token": MANAGE,
    "tokens:revoke_token": MANAGE,
}


def register_own_pages() -> None:
    """Tell who reaches them, and where they stand in the navigation."""
    register_pages(OWN)
    register_entry(Entry("tokens:tokens", _("Tokens"), order=90, group="service"))
