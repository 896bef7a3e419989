"""The pages of this room with who reaches each, and their places in the navigation."""

from __future__ import annotations

from medevac.offers.policy import CHOOSE, LOSE, SEND, WITHDRAW
from medevac.offers.services.offering import OFFER_FOR_A_CASE
from medevac.people.pages import Access, register_pages

OWN: dict[str, Access | str] = {
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
