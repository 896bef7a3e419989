"""The part "Places that fit" of the case page, and the pages behind it with who reaches them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from medevac.cases.models import Case
from medevac.cases.panels import Content, Panel, register_panel
from medevac.cases.rules import WAITING
from medevac.directory.models import Mission
from medevac.offers.policy import ASK, KEEP_PLACES
from medevac.offers.selectors.suggestions import suggestions_for
from medevac.offers.services.offering import OFFER_FOR_A_CASE
from medevac.people.models import User
from medevac.people.navigation import Entry, reached, register_entry
from medevac.people.pages import Access, register_pages
from medevac.people.policy import included, may

BEST = 3
ASK_PAGE, OFFER_PAGE = "offers:ask", "offers:offer"
PAGES: dict[str, Access | str] = {
    "offers:suggestions": OFFER_FOR_A_CASE,
    "offers:country_help": OFFER_FOR_A_CASE,
    "offers:mission_advice": ASK,
    "offers:advice_run": ASK,
    "offers:advice_again": ASK,
}


def register_fit_pages() -> None:
    """Add the panel, the pages and their places in the navigation."""
    register_pages(PAGES)
    register_panel(
        Panel("offers.fits", _("Places that fit"), "offers/panels/places_that_fit.html", places_that_fit, 41)
    )
    register_entry(Entry("offers:country_help", _("Whom we could help"), order=33))
    register_entry(Entry("offers:mission_advice", _("Whom to ask"), order=34))


def places_that_fit(user: User, case: Case) -> Content | None:
    """The three best hospitals, for whoever keeps places and may offer one; a ministry only records."""
    if case.state not in WAITING or KEEP_PLACES not in included(user, [KEEP_PLACES]):
        return None
    if not may(user, OFFER_FOR_A_CASE, case):
        return None
    return {
        "suggestions": suggestions_for(user, case, best=BEST),
        **ways_on(user, case.mission),
    }


def ways_on(user: User, mission: Mission | None) -> Content:
    """Which deeds a suggestion leads to for the user, and in which mission."""
    pages = reached(user, [ASK_PAGE, OFFER_PAGE])
    code = mission.code if mission is not None else ""
    return {"asks": ASK_PAGE in pages, "offers": OFFER_PAGE in pages, "mission_code": code}
