"""The pages of places: who reaches them, where they stand, what waits there, and what has no history."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from medevac.audit.history import exempt
from medevac.offers.own_work import register_own_work
from medevac.offers.policy import KEEP_PLACES
from medevac.people.navigation import Entry, register_entry
from medevac.people.pages import Access, register_pages
from medevac.people.roles import Right

PAGES: dict[str, Access | str] = {
    "offers:places": KEEP_PLACES,
    "offers:hospital_places": Right.OPERATIONAL,  # partners look; whoever keeps them has the forms as well
    "offers:add_places": KEEP_PLACES,
    "offers:change_place": KEEP_PLACES,
    "offers:close_place": KEEP_PLACES,
    "offers:confirm_place": KEEP_PLACES,
    "offers:confirm_all": KEEP_PLACES,
    "offers:set_pool": KEEP_PLACES,
    "offers:import_places": KEEP_PLACES,
    "offers:places_template": KEEP_PLACES,
    "offers:places_trial": KEEP_PLACES,
    "offers:export_places": KEEP_PLACES,
}


def register_place_pages() -> None:
    """Fill the registries."""
    register_pages(PAGES)
    register_entry(Entry("offers:places", _("Places"), order=32))
    register_own_work()
    exempt("offers.PlaceImport", "A look at a workbook; what it writes is in the history of the places.")
