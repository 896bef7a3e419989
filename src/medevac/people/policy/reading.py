"""What is asked once in a request that only reads: a page asks the policy some fifty times.

What writes asks the database each time, so that a role that has ended counts no more at the next step.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Hashable, Iterator
from contextvars import ContextVar
from typing import Any, TypeAlias, TypeVar
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import QuerySet

from medevac.people.policy.sent_ids import sent

T = TypeVar("T")
Ids: TypeAlias = "QuerySet[Any, UUID]"
# Longer lists cost more to send with every question than the database needs to find them anew.
MOST_SENT = 500
_ANSWERS: ContextVar[dict[Hashable, Any] | None] = ContextVar("medevac_answers_while_reading", default=None)
_TEXTS: dict[str, tuple[str, tuple[Any, ...]]] = {}
_SOMEBODY = uuid4()  # stands in a text where an organisation comes


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


def ids_once(name: str, organisation: UUID, find: Callable[[UUID], Ids]) -> Collection[UUID] | Ids:
    """For `__in`: the ids, while only reading and where they are few; else the query that finds them.

    Parameters
    ----------
    name
        What is found; the query of a name is written once for a process.
    organisation
        For whom.
    find
        The query, in which nothing changes but the organisation: no moment may stand in it.
    """
    if _ANSWERS.get() is None:
        return find(organisation)
    return once((name, organisation), lambda: _few(name, organisation, find))


def _few(name: str, organisation: UUID, find: Callable[[UUID], Ids]) -> Collection[UUID] | Ids:
    if name not in _TEXTS:
        _TEXTS[name] = _text_of(find)
    text, parameters = _TEXTS[name]
    with connection.cursor() as cursor:
        cursor.execute(text, [organisation if value == _SOMEBODY else value for value in parameters])
        found = sent(row[0] for row in cursor.fetchall())
    return found if len(found) <= MOST_SENT else find(organisation)


def _text_of(find: Callable[[UUID], Ids]) -> tuple[str, tuple[Any, ...]]:
    """The query as it is sent: Django needs ten times as long to write it as PostgreSQL to answer it."""
    token = _ANSWERS.set(None)  # what lies within it is part of the text
    try:
        return find(_SOMEBODY).order_by().distinct()[: MOST_SENT + 1].query.sql_with_params()
    finally:
        _ANSWERS.reset(token)
