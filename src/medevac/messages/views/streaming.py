"""The address of the event stream."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from medevac.messages.signing_out import session_mark
from medevac.messages.stream.hub import hub
from medevac.messages.stream.writing import events_for, line_of
from medevac.people.models import User
from medevac.people.session_keys import SEEN, STARTED
from medevac.people.signed_in import signed_in

LARGEST_POSITION = 2**63 - 1


async def stream(request: HttpRequest) -> HttpResponseBase:
    """Everything new for the user of this page, until the session ends.

    Where it had ended before the stream began, the stream says so: a browser cannot follow it to a page.
    """
    known = (await request.auser()).is_authenticated
    user = await sync_to_async(signed_in)(request) if known else None
    response = StreamingHttpResponse(
        _signed_out()
        if user is None
        else _events(user.pk, user.session_number, request.session.session_key or "", _last(request)),
        content_type="text/event-stream",
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"  # a proxy in front must not collect
    return response


async def _signed_out() -> AsyncIterator[bytes]:
    yield line_of("signed_out", {}, 0)


async def _events(user: UUID, number: int, session: str, last: int | None) -> AsyncIterator[bytes]:
    # The middleware is done by now. A stream that kept its connection would soon have taken the whole pool.
    await sync_to_async(_let_connection_go)()

    async def still_open() -> bool:
        return await sync_to_async(_session_counts)(user, number, session)

    async for part in events_for(hub(), user, session_mark(session), last, still_open):
        yield part


def _let_connection_go() -> None:
    """Close the connection of the request's own thread, which gives it back to the pool."""
    connection.close()


def _session_counts(user: UUID, number: int, session: str) -> bool:
    """Whether the session is still one: not signed out, not idle or too old, the user still let in."""
    try:
        if not User.objects.filter(pk=user, is_active=True, session_number=number).exists():
            return False
        kept = SessionStore(session).load()
        now = time.time()
        return (
            bool(kept)
            and now - kept.get(SEEN, now) <= settings.SESSION_IDLE_SECONDS
            and now - kept.get(STARTED, now) <= settings.SESSION_COOKIE_AGE
        )
    except DatabaseError:
        return True  # the database is away; asked again at the next breath
    finally:
        connection.close()


def _last(request: HttpRequest) -> int | None:
    """The position that the browser says it has got to; the script says it when it opens the stream anew."""
    text = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        return None
    return min(int(text), LARGEST_POSITION)
