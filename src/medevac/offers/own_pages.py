"""The pages of this room with who reaches each, and their places in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from medevac.directory.policy import CHANGE_MISSIONS
from medevac.offers.asking_pages import register_asking_pages
from medevac.offers.policy import CHOOSE, KEEP_SHARES, LOSE, SEE_NATIONAL, SEND, WITHDRAW
from medevac.offers.services.offering import OFFER_FOR_A_CASE
from medevac.people.navigation import Entry, register_entry
from medevac.people.pages import Access, register_pages

OWN: dict[str, Access | str] = {
    "offers:national": SEE_NATIONAL,
    "offers:touched": SEE_NATIONAL,
    "offers:switch": CHANGE_MISSIONS,
    "offers:set_target": KEEP_SHARES,
    "offers:offer": OFFER_FOR_A_CASE,
    "offers:choose": CHOOSE,
    "offers:sheet": CHOOSE,
    "offers:send": SEND,
    "offers:withdraw": WITHDRAW,
    "offers:lose": LOSE,
}


def register_own_pages() -> None:
    """Tell who reaches them, and where they stand."""
    register_pages(OWN)
    register_asking_pages()
    register_entry(Entry("offers:national", _("National view"), order=36))
