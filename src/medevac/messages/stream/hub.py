"""One LISTEN connection for each process, which wakes every open stream that an event is for.

The hub starts with the first stream and ends with the last. A notification carries no content, only whom to
wake: streams read the table of events themselves, so a notification that is lost while the database is away
costs nothing. When the connection is back, every stream is woken and looks.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections
from psycopg import AsyncConnection, sql
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from medevac.messages.events import DATABASE_CHANNEL

log = logging.getLogger(__name__)
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0
READERS = 2  # connections shared by all streams of a process for reading what is new
GONE = (psycopg.OperationalError, PoolTimeout, OSError)

NEW_EVENTS = """
    SELECT position, name, content FROM messages_event
    WHERE "user" = %s AND position > %s ORDER BY position LIMIT 200
"""
NEWEST = "SELECT coalesce(max(position), 0) FROM messages_event"
OLDEST = "SELECT coalesce(min(position), 0) FROM messages_event"
UNREAD = "SELECT count(*) FROM messages_message WHERE user_id = %s AND in_inbox AND read_at IS NULL"


@dataclass(eq=False)
class Listener:
    """One open stream, as the hub knows it."""

    user: UUID
    woken: asyncio.Event = field(default_factory=asyncio.Event)


class Hub:
    """Wakes streams. Belongs to one event loop."""

    def __init__(self) -> None:
        self._listeners: dict[UUID, set[Listener]] = {}
        self._task: asyncio.Task[None] | None = None
        self._pool: AsyncConnectionPool[AsyncConnection[Any]] | None = None
        self.connections_made = 0  # how often the LISTEN connection was opened

    @contextlib.asynccontextmanager
    async def listening(self, user: UUID) -> AsyncIterator[Listener]:
        """Be woken whenever something new may be there for a user."""
        listener = Listener(user)
        self._listeners.setdefault(user, set()).add(listener)
        try:
            await self._start()
            yield listener
        finally:
            self._listeners[user].discard(listener)
            if not self._listeners[user]:
                del self._listeners[user]
            if not self._listeners:
                await self._stop()

    async def rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """Read from the database; each stream borrows a connection only for as long as that takes."""
        assert self._pool is not None
        async with self._pool.connection() as connection:
            return await (await connection.execute(query.encode(), values)).fetchall()

    @property
    def streams(self) -> int:
        """How many streams are open."""
        return sum(len(those) for those in self._listeners.values())

    async def _start(self) -> None:
        if self._task is None or self._task.done():
            self._pool = pool = AsyncConnectionPool(
                kwargs={**connection_parts(), "autocommit": True},
                min_size=0,
                max_size=READERS,
                open=False,
                check=AsyncConnectionPool.check_connection,
                timeout=5,
            )
            self._task = asyncio.create_task(self._listen())
            await pool.open()

    async def _stop(self) -> None:
        task, pool = self._task, self._pool
        self._task, self._pool = None, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])  # not `await task`: whoever cancels us meanwhile must be heard
        if pool is not None:
            await pool.close()

    async def _listen(self) -> None:
        """Listen for ever; when the database goes away, come back and wake everybody."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                async with await AsyncConnection.connect(**connection_parts(), autocommit=True) as connection:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(DATABASE_CHANNEL)))
                    self.connections_made += 1
                    pause = FIRST_PAUSE_SECONDS
                    self._wake_all()
                    async for notification in connection.notifies():
                        self._wake(notification.payload)
            except GONE as error:
                log.warning("The event stream lost the database (%s) and comes back.", type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE_SECONDS, pause * 2)

    def _wake(self, user: str) -> None:
        for listener in self._listeners.get(UUID(user), ()):
            listener.woken.set()

    def _wake_all(self) -> None:
        for those in self._listeners.values():
            for listener in those:
                listener.woken.set()


def connection_parts() -> dict[str, Any]:
    """How to reach Django's database with psycopg itself."""
    settings = connections["default"].settings_dict
    options = {name: value for name, value in settings["OPTIONS"].items() if name != "pool"}
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return options | {theirs: str(settings[ours]) for theirs, ours in named.items() if settings.get(ours)}


_HUBS: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    for other in [known for known in _HUBS if known.is_closed()]:
        del _HUBS[other]
    return _HUBS.setdefault(loop, Hub())
