"""Merges of two persons as programs read and undo them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from medevac.api.access import TokenAccess, holder_of
from medevac.api.answers import Fault, Page, PageOf, answered_with, page_of
from medevac.cases.api.answers import MergeOut
from medevac.cases.api.deeds import deed
from medevac.cases.api.reading import PERSONAL
from medevac.cases.api.sameness import judging
from medevac.cases.models import Merge
from medevac.cases.selectors.sameness import merge_for, merges_for
from medevac.cases.services.merging import undo_merge

merges = Router(auth=TokenAccess(PERSONAL.name), tags=["case-merges"])


@merges.get("", response=answered_with(Page[MergeOut]), summary="Merges")
def list_merges(request: HttpRequest, paging: PageOf) -> dict[str, Any]:
    """What was merged, the latest first; both persons are of cases that the token's role may merge."""
    holder: Any = holder_of(request)
    return page_of(merges_for(holder).order_by("-merged_at", "pk"), paging)


@merges.post(
    "/{id}/undo",
    auth=judging,
    response=answered_with(MergeOut, one=True) | {409: Fault},
    summary="Undo a merge",
)
def undo(request: HttpRequest, id: UUID) -> Merge:
    """Make two persons of one again; what somebody has changed since stays. Undone once."""
    holder: Any = holder_of(request)
    found = merge_for(holder, id)
    if found is None:
        raise HttpError(404, f"Expected the id of a merge that the token may undo, got {id}.")
    with deed():
        return undo_merge(holder, found)
