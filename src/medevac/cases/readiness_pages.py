"""The pages of preparing a case, with the action that each asks for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from medevac.cases.policy import (
    CHANGE,
    CHANGE_CLINICAL,
    CHASE,
    DECIDE_FITNESS,
    KEEP_CONSENTS,
    KEEP_LETTERS,
    WAIVE,
)
from medevac.people.navigation import Entry, register_entry
from medevac.people.pages import Access, register_pages

READINESS_PAGES: dict[str, Access | str] = {
    "cases:item": CHANGE,
    "cases:assign_item": CHASE,
    "cases:waive_item": WAIVE,
    "cases:letters": KEEP_LETTERS,
    "cases:add_letter": KEEP_LETTERS,
    "cases:letter": KEEP_LETTERS,
    "cases:remove_letter": KEEP_LETTERS,
    "cases:name_persons": KEEP_LETTERS,
    "cases:add_assessment": CHANGE_CLINICAL,
    "cases:confirm_assessment": CHANGE_CLINICAL,
    "cases:decide_fitness": DECIDE_FITNESS,
    "cases:add_screening": CHANGE_CLINICAL,
    "cases:record_result": CHANGE_CLINICAL,
    "cases:decide_isolation": DECIDE_FITNESS,
    "cases:follow_the_rule": DECIDE_FITNESS,
    "cases:add_companion": CHANGE,
    "cases:change_companion": CHANGE,
    "cases:remove_companion": CHANGE,
    "cases:join_family": CHANGE,
    "cases:leave_family": CHANGE,
    "cases:give_consent": KEEP_CONSENTS,
    "cases:withdraw_consent": KEEP_CONSENTS,
}


def register_readiness_pages() -> None:
    """Tell who reaches them, and where the letters stand in the navigation."""
    register_pages(READINESS_PAGES)
    register_entry(Entry("cases:letters", _("Letters of the minister"), order=44))
