"""The pages of import, export, summary and duty: who reaches them, where they stand, and what waits there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medevac.cases.policy import DUTY, FILE, SEE
from medevac.cases.selectors.duty import waiting_for
from medevac.people.models import User
from medevac.people.navigation import Entry, register_entry
from medevac.people.pages import Access, register_pages
from medevac.people.policy import may
from medevac.people.work_items import WorkItem, register_work

TO_BE_TAKEN_WITHIN = timedelta(minutes=30)
PAGES: dict[str, Access | str] = {
    "cases:import_cases": FILE,
    "cases:import_template": FILE,
    "cases:import_trial": FILE,
    "cases:export": SEE,
    "cases:summary": SEE,
    "cases:duty": DUTY,
    "cases:desk": DUTY,
    "cases:close_point": DUTY,
    "cases:hand_over": DUTY,
    "cases:take_over": DUTY,
}


def _waiting(user: User) -> Iterator[WorkItem]:
    if not may(user, DUTY):
        return
    for line in waiting_for(user):
        sentence = _("Take over the shift that %(name)s has handed over.") % {"name": line.giver}
        address = reverse("cases:desk", args=[line.shift_change.organisation_id])
        yield WorkItem(sentence, address, line.shift_change.given_at + TO_BE_TAKEN_WITHIN)


def register_casebook_pages() -> None:
    """Tell who reaches them, where they stand, and what waits."""
    register_pages(PAGES)
    register_entry(Entry("cases:duty", gettext_lazy("Duty desk"), order=41))
    register_entry(Entry("cases:import_cases", gettext_lazy("Import cases"), order=44))
    register_entry(Entry("cases:export", gettext_lazy("Export cases"), order=45))
    register_work("cases.duty", _waiting)
