"""The pages about the same patient twice, and what waits there."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from medevac.cases.policy import MERGE
from medevac.cases.selectors.sameness import open_suspicions
from medevac.people.models import User
from medevac.people.navigation import Entry, register_entry
from medevac.people.pages import register_pages
from medevac.people.policy import may
from medevac.people.work_items import WorkItem, register_work

PAGES = ("suspicions", "suspicion", "merge_pair", "keep_apart", "undo_merge")


def _waiting(user: User) -> Iterator[WorkItem]:
    if not may(user, MERGE):
        return
    count = open_suspicions(user).count()
    if count:
        sentence = ngettext(
            "Look at %(count)s pair that may be the same patient twice.",
            "Look at %(count)s pairs that may be the same patient twice.",
            count,
        )
        yield WorkItem(sentence % {"count": count}, reverse("cases:suspicions"))


def register_sameness_pages() -> None:
    """Tell who reaches them, where they stand, and what waits."""
    register_pages({f"cases:{name}": MERGE for name in PAGES})
    register_entry(Entry("cases:suspicions", _("Same patient twice"), order=42))
    register_work("cases.suspicions", _waiting)
