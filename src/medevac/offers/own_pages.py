"""The pages of this room with who reaches each, and their places in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from medevac.audit.history import exempt
from medevac.directory.policy import CHANGE_MISSIONS
from medevac.offers.asking_pages import register_asking_pages
from medevac.offers.policy import CHOOSE, IMPORT_ASKS, KEEP_SHARES, LOSE, SEE_NATIONAL, SEND, WITHDRAW
from medevac.offers.services.offering import OFFER_FOR_A_CASE
from medevac.people.navigation import Entry, register_entry
from medevac.people.pages import Access, register_pages
from medevac.people.roles import Right

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
    "offers:export_asks": Right.OPERATIONAL,  # what one may see, and nothing else
    "offers:import_asks": IMPORT_ASKS,
    "offers:asks_template": IMPORT_ASKS,
    "offers:asks_trial": IMPORT_ASKS,
}


def register_own_pages() -> None:
    """Tell who reaches them, and where they stand."""
    register_pages(OWN)
    register_asking_pages()
    exempt("offers.AskImport", "A look at a workbook; what it writes is in the history of asks and offers.")
    register_entry(Entry("offers:national", _("National view"), order=36))
