"""Bounds what one request may send, and how long it may take over it, before anything of it is kept.

Django would write a body of any length to the disk before a view or a limit of ours sees it. Here a body that
says its length is refused unread; one that does not say it is cut where it grows too long; one that stops is
given up. It knows no Django: what is refused unread is answered by `medevac.site.faults`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]  # each server has types of its own

TOO_LARGE = "medevac.too_large"  # in the scope of a request whose body was not read
PAUSE_SECONDS = 30.0
_PLAIN = [
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"connection", b"close"),
]


class BoundedRequests:
    """An ASGI application whose requests are no longer, and pause no longer, than they may.

    Parameters
    ----------
    application
        What answers.
    most_bytes
        The longest body.
    pause
        The longest wait for the next part of a body, in seconds.
    """

    def __init__(self, application: Application, *, most_bytes: int, pause: float = PAUSE_SECONDS) -> None:
        self.application = application
        self.most_bytes = most_bytes
        self.pause = pause

    async def __call__(self, scope: Event, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        if _said_length(scope) > self.most_bytes:
            await self.application({**scope, TOO_LARGE: True}, _nothing_sent(receive), send)
            return
        body = _Body(receive, self.most_bytes, self.pause)
        await self.application(scope, body.receive, send)
        if body.fault:
            await send({"type": "http.response.start", "status": body.fault[0], "headers": _PLAIN})
            await send({"type": "http.response.body", "body": body.fault[1].encode()})


class _Body:
    """Passes a body on; where it breaks a bound, the application hears that the sender has gone."""

    def __init__(self, receive: Receive, most_bytes: int, pause: float) -> None:
        self._receive, self._left, self._pause = receive, most_bytes, pause
        self._whole = False
        self.fault: tuple[int, str] | None = None

    async def receive(self) -> Event:
        """The next event."""
        if self._whole:
            return await self._receive()
        try:
            event = await asyncio.wait_for(self._receive(), self._pause)
        except TimeoutError:
            return self._given_up(408, "Expected the rest of the request, got none in time. Send it again.")
        self._left -= len(event.get("body", b""))
        if self._left < 0:
            return self._given_up(413, "Expected a shorter request. Send less at once.")
        self._whole = event["type"] == "http.disconnect" or not event.get("more_body", False)
        return event

    def _given_up(self, status: int, sentence: str) -> Event:
        self._whole, self.fault = True, (status, sentence)
        return {"type": "http.disconnect"}


def _said_length(scope: Event) -> int:
    """The length that the request says its body has; 0 where it says none."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


def _nothing_sent(receive: Receive) -> Receive:
    """An empty body first, then what comes: the sender that goes away."""
    told = False

    async def received() -> Event:
        nonlocal told
        if not told:
            told = True
            return {"type": "http.request", "body": b"", "more_body": False}
        while (event := await receive())["type"] != "http.disconnect":
            pass  # what was sent too much is dropped as it comes
        return event

    return received
