"""A process answers one request at a time, and whoever came first is answered first.

Two pages that are written at once share one core and both take twice as long; one after the other, the first
is not held up at all and the second no longer than before.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary

# Nearly every page is written in less. What takes longer, such as a workbook that is read in, goes on beside
# the others, so that nobody waits behind it.
ALONE_SECONDS = 1.0


class _Turn:
    """A turn that ends once: with its request, or before it."""

    def __init__(self, lock: asyncio.Lock) -> None:
        self._lock = lock
        self._over = False

    def end(self) -> None:
        if not self._over:
            self._over = True
            self._lock.release()


class Turns:
    """The turns of one process.

    Parameters
    ----------
    alone_seconds
        For how long at most a request has the process to itself.
    """

    def __init__(self, alone_seconds: float = ALONE_SECONDS) -> None:
        self._alone_seconds = alone_seconds
        self._locks: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, in the order of asking, and have it until the block or the time is over."""
        lock = self._lock()
        await lock.acquire()
        mine = _Turn(lock)
        late = asyncio.get_running_loop().call_later(self._alone_seconds, mine.end)
        try:
            yield
        finally:
            late.cancel()
            mine.end()

    async def free(self) -> None:
        """Wait until nobody has a turn or waits for one."""
        async with self._lock():
            pass

    def _lock(self) -> asyncio.Lock:
        """Of the event loop that runs; a lock belongs to one."""
        return self._locks.setdefault(asyncio.get_running_loop(), asyncio.Lock())


TURNS = Turns()  # of this process
