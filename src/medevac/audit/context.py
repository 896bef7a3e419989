"""Who acts, in which request and why: told to the database with every statement that writes.

The database reads it in triggers and functions (migration 0001), and checks the actor there. It is kept in a
context variable, which follows a request into other threads and into async code.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import TransactionManagementError

SETTING = "medevac.acting"
LONGEST_PAGE, LONGEST_REASON = 200, 2000
# Statements that no trigger listens to, and those that may not stand beside another one.
_QUIET = (
    "select",
    "set",
    "show",
    "savepoint",
    "release",
    "rollback",
    "begin",
    "commit",
    "create",
    "alter",
    "drop",
    "truncate",
    "vacuum",
    "analyze",
    "listen",
    "notify",
    "unlisten",
    "lock",
    "declare",
    "fetch",
    "close",
)


@dataclass(frozen=True)
class Acting:
    """Who acts.

    Parameters
    ----------
    kind
        "user", or another kind for which a room above gave the database a function `audit_actor_KIND`;
        "service" for the worker and the command line, which are nobody in particular.
    actor
        The id of the actor, or what finds it at the moment of writing, as signing in changes it; None for a
        service and for somebody who is not signed in.
    request_id
        The number of the request.
    page
        The name of the page's address ("people:person"), or of the job.
    reason
        Why, where somebody was asked for it.
    """

    kind: str = "user"
    actor: UUID | Callable[[], UUID | None] | None = None
    request_id: str = ""
    page: str = ""
    reason: str = ""

    def actor_now(self) -> UUID | None:
        """The id of the actor at this moment."""
        return self.actor() if callable(self.actor) else self.actor

    def as_setting(self) -> str:
        """What the database is told."""
        actor = self.actor_now()
        told = {
            "kind": self.kind if actor or self.kind == "service" else "nobody",
            "actor": str(actor) if actor else None,
            "request": self.request_id,
            "page": self.page[:LONGEST_PAGE],
            "reason": self.reason[:LONGEST_REASON],
        }
        return json.dumps({name: value for name, value in told.items() if value})


_ACTING: ContextVar[Acting | None] = ContextVar("medevac_acting", default=None)


def acting_now() -> Acting | None:
    """Who acts here; None where nobody has said."""
    return _ACTING.get()


@contextlib.contextmanager
def acting(who: Acting) -> Iterator[Acting]:
    """Say who acts in what follows."""
    token = _ACTING.set(who)
    try:
        yield who
    finally:
        _ACTING.reset(token)


def act_as(kind: str, actor: UUID) -> None:
    """Say who acts in the rest of this request, once a door has found out; the request stays the same."""
    _ACTING.set(replace(_ACTING.get() or Acting(), kind=kind, actor=actor))


@contextlib.contextmanager
def because(reason: str) -> Iterator[None]:
    """Say why, for what follows; whoever acts stays the same."""
    with acting(replace(_ACTING.get() or Acting(kind="service"), reason=reason)):
        yield


def tell_database() -> None:
    """Tell the database who acts, for the rest of the transaction: before COPY, and before its functions.

    Raises
    ------
    TransactionManagementError
        Outside a transaction, where it would be forgotten at once.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("Expected a transaction, got none. Say who acts inside atomic().")
    setting = _to_say(connection) or ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, setting])


def listen_to(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Have a new connection told with every statement that writes; receives `connection_created`."""
    if _told not in connection.execute_wrappers:
        connection.execute_wrappers.append(_told)


def _told(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Put the setting before a statement that writes, in one message to the database."""
    text = sql.decode() if isinstance(sql, bytes) else str(sql)
    setting = None if text.lstrip().lower().startswith(_QUIET) else _to_say(context["connection"])
    if setting is None:
        return execute(sql, params, many, context)
    said = f"SELECT set_config('{SETTING}', %s, true)"
    if many or isinstance(params, dict):
        execute(said, (setting,), False, context)
        return execute(sql, params, many, context)
    following = text if params else text.replace("%", "%%")
    answer = execute(f"{said}; {following}", (setting, *(params or ())), False, context)
    while answer is not None and answer.nextset():
        pass
    return answer


def _to_say(connection: Any) -> str | None:
    """What the database must be told now; None where it needs nothing."""
    who = _ACTING.get()
    if who is not None:
        connection.medevac_told = True
        return who.as_setting()
    # Who acted before in this transaction acts no more: the setting would stay until its end.
    stale = getattr(connection, "medevac_told", False) and connection.in_atomic_block
    connection.medevac_told = stale
    return "" if stale else None
