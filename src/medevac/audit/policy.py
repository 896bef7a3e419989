"""Who may see what of the record: the policy lies in a room above, which tells it here at the start.

Until it has, nothing of the record is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
Visible = Callable[[Any, QuerySet[Any], str], QuerySet[Any]]
May = Callable[[Any, str], bool]
_ANSWERS: list[tuple[Visible, May]] = []


def register_policy(visible: Visible, may: May) -> None:
    """Say which rows of a queryset are open to a user for an action, and whether any role includes it."""
    _ANSWERS[:] = [(visible, may)]


def visible_rows(user: Any, queryset: QuerySet[M], action: str) -> QuerySet[M]:
    """The rows that are open to the user; none of a kind for which no rule was given."""
    if not _ANSWERS:
        return queryset.none()
    try:
        return _ANSWERS[0][0](user, queryset, action)
    except KeyError:
        return queryset.none()


def may_do(user: Any, action: str) -> bool:
    """Whether any role of the user includes the action."""
    return bool(_ANSWERS) and _ANSWERS[0][1](user, action)
