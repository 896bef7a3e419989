"""What is asked once in a request that only reads: a page asks the policy some fifty times.

What writes asks the database each time, so that a role that has ended counts no more at the next step.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Hashable, Iterator
from contextvars import ContextVar
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

T = TypeVar("T")
# Longer lists cost more to send with every question than the database needs to find them anew.
MOST_SENT = 200
_ANSWERS: ContextVar[dict[Hashable, Any] | None] = ContextVar("medevac_answers_while_reading", default=None)


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """Keep the answers of the policy for what follows, which only reads and is soon over."""
    token = _ANSWERS.set({})
    try:
        yield
    finally:
        _ANSWERS.reset(token)


def once(question: Hashable, ask: Callable[[], T]) -> T:
    """The answer that was given in this request; asks where none was, and each time outside `reading`."""
    answers = _ANSWERS.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    answer: T = answers[question]
    return answer


def ids_once(question: Hashable, rows: QuerySet[Any, UUID]) -> Collection[UUID] | QuerySet[Any, UUID]:
    """For `__in`: the ids, while only reading and where they are few; else the query that finds them."""
    if _ANSWERS.get() is None:
        return rows
    return once(question, lambda: _few(rows))


def _few(rows: QuerySet[Any, UUID]) -> Collection[UUID] | QuerySet[Any, UUID]:
    found = tuple(rows.order_by().distinct()[: MOST_SENT + 1])
    return found if len(found) <= MOST_SENT else rows
