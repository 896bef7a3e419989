"""The pages of this room with who reaches each, its place in the navigation, and what it tells the shell."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from medevac.cases.policy import CHANGE, FILE, SEE
from medevac.cases.selectors.searching import find_cases
from medevac.cases.selectors.waiting import cases_card, work_for
from medevac.people.cards import register_card
from medevac.people.navigation import Entry, register_entry
from medevac.people.pages import Access, register_pages
from medevac.people.searching import register_search
from medevac.people.work_items import register_work

OWN: dict[str, Access | str] = {
    "cases:cases": SEE,
    "cases:board": SEE,
    "cases:file_case": FILE,
    "cases:save_view": SEE,
    "cases:delete_view": SEE,
    "cases:case": SEE,
    "cases:change": CHANGE,
    "cases:act": SEE,
}


def register_own_pages() -> None:
    """Tell who reaches them, where they stand, what waits, and what can be found."""
    register_pages(OWN)
    register_entry(Entry("cases:cases", _("Cases"), order=20))
    register_card("cases.cases", cases_card, order=20)
    register_work("cases.cases", work_for)
    register_search("cases.cases", _("Cases"), find_cases, order=1)
