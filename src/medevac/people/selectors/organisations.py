"""The tree of organisations as a user sees it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from medevac.people.models import Membership, Organisation, User
from medevac.people.policy import may, visible


@dataclass(frozen=True)
class Branch:
    """One organisation with those that are part of it and that the user may see."""

    organisation: Organisation
    branches: list[Branch]


def tree_for(user: User, *, search: str = "") -> list[Branch]:
    """The organisations that are open to the user, as a tree, or those of them that are searched for.

    An organisation whose parent is not open to the user stands as a root.
    """
    rows = visible(user, Organisation.objects.filter(closed_at__isnull=True)).order_by("latin_name", "pk")
    found = [row for row in rows if _fits(row, search)]
    known = {row.pk for row in found}
    below: dict[UUID | None, list[Organisation]] = defaultdict(list)
    for row in found:
        below[row.parent_id if row.parent_id in known else None].append(row)

    def branches(parent: UUID | None) -> list[Branch]:
        return [Branch(row, branches(row.pk)) for row in below[parent]]

    return branches(None)


def organisation_for(user: User, public_id: UUID, action: str | None = None) -> Organisation | None:
    """One organisation, if the user may do this to it; None where it is not open to the user."""
    rows = Organisation.objects.select_related("parent", "admitted_by").filter(pk=public_id)
    return visible(user, rows, action).first()


def members_of(user: User, organisation: Organisation) -> list[Membership]:
    """Those who belong to the organisation, if they are open to the user: by role, or by emergency access."""
    if not may(user, "people.see_members", organisation):
        return []
    rows = visible(
        user, Membership.objects.filter(organisation=organisation, user__is_active=True), "people.see_members"
    )
    ordered = rows.select_related("user").order_by("user__latin_name", "starts")
    return [row for row in ordered if not row.has_ended()]


def _fits(row: Organisation, search: str) -> bool:
    wanted = search.casefold().strip()
    return not wanted or wanted in row.name.casefold() or wanted in row.latin_name.casefold()


def flat(branches: list[Branch], depth: int = 0) -> Iterator[tuple[int, Organisation]]:
    """Each organisation of a tree with its depth, a parent before its parts."""
    for branch in branches:
        yield depth, branch.organisation
        yield from flat(branch.branches, depth + 1)
