"""Which cases lack something, as far as whoever asks may know it."""

from __future__ import annotations

from django.db.models import Q

from medevac.cases.models import Case
from medevac.cases.rules import LIVE
from medevac.cases.sides import Side
from medevac.people.models import User
from medevac.people.policy import included, visible


def asks_for_missing(user: User) -> bool:
    """Whether any role of the user opens what is missing on either side."""
    return bool(included(user, [side.right for side in Side]))


def something_missing(user: User) -> Q:
    """The live cases that lack something on a side whose right the user holds on that very case.

    A case without the right is left out whatever it lacks: that it came or went would say who is a soldier.
    """
    found = Q(pk__in=())
    for side in Side:
        opened = visible(user, Case.objects.all(), side.right).values("pk")
        found |= Q(**{f"missing__{side.value}__gt": 0}, pk__in=opened)
    return found & Q(state__in=[str(state) for state in LIVE])
