"""The stream of one open page, as text/event-stream: what is new, since where the page left off.

Every event carries its position as its id. A browser that comes back says the last id that it got
(Last-Event-ID), and gets everything after it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from uuid import UUID

from medevac.messages.signing_out import SIGNED_OUT
from medevac.messages.stream.hub import GONE, NEW_EVENTS, NEWEST, OLDEST, UNREAD, Hub

BREATH_SECONDS = 15.0  # a comment now and then keeps proxies from closing a silent stream
COME_BACK_MILLISECONDS = 2000
AGAIN_SECONDS = 0.5  # while the database is away

StillOpen = Callable[[], Awaitable[bool]]


async def events_for(
    hub: Hub, user: UUID, session: str, last: int | None, still_open: StillOpen
) -> AsyncIterator[bytes]:
    """Write the stream of one page until its session ends.

    Parameters
    ----------
    hub
        Wakes us.
    user
        Whose events.
    session
        The mark of the session; the stream ends when it signs out.
    last
        The position that the page has got to; None where it is new.
    still_open
        Asked now and then whether the session still counts.
    """
    yield f"retry: {COME_BACK_MILLISECONDS}\n\n".encode()
    async with hub.listening(user) as listener:
        position = await _begin(hub, last)
        yield await _unread(hub, user, position)
        if last is not None and await _too_old(hub, last):
            yield line_of("reload", {}, position)
        while True:
            listener.woken.clear()
            for place, name, content in await _read(hub, NEW_EVENTS, (user, position)):
                position = place
                if name == SIGNED_OUT:
                    if content.get("session") == session:
                        yield line_of("signed_out", {}, position)
                        return
                    continue
                if name == "unread":
                    yield await _unread(hub, user, position)
                    continue
                yield line_of(name, content, position)
            if await _woken(listener.woken):
                continue
            if not await still_open():
                yield line_of("signed_out", {}, position)
                return
            yield b": still here\n\n"


async def _begin(hub: Hub, last: int | None) -> int:
    newest = int((await _read(hub, NEWEST))[0][0])
    # A page from before the database was set back would wait for ever for a position that has passed.
    return newest if last is None or last > newest else last


async def _too_old(hub: Hub, last: int) -> bool:
    """Whether events that the page has not got may have been deleted."""
    oldest = int((await _read(hub, OLDEST))[0][0])
    return oldest > last + 1


async def _unread(hub: Hub, user: UUID, position: int) -> bytes:
    count = int((await _read(hub, UNREAD, (user,)))[0][0])
    return line_of("unread", {"count": count}, position)


async def _read(hub: Hub, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
    """Read, however long the database is away: the page keeps its stream and misses nothing."""
    while True:
        try:
            return await hub.rows(query, values)
        except GONE:
            await asyncio.sleep(AGAIN_SECONDS)


async def _woken(event: asyncio.Event) -> bool:
    try:
        # Not wait_for: Python 3.11's loses a cancellation that comes with the event, and a page that has left
        # would be written to until its session ends.
        async with asyncio.timeout(BREATH_SECONDS):
            await event.wait()
    except TimeoutError:
        return False
    return True


def line_of(name: str, content: object, position: int) -> bytes:
    return f"id: {position}\nevent: {name}\ndata: {json.dumps(content)}\n\n".encode()
