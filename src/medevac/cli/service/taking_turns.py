"""A server that takes a new connection when it has nothing to do.

All web processes listen on one socket. A connection that a busy one has taken would wait for it while another
is free again; left on the socket, it goes to whichever is free first.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from typing import Any

import uvicorn

from medevac.site.turns import TURNS, Turns

# From taking a connection until its request has begun, so that a process does not take two in a row.
BEGIN_SECONDS = 0.002
PAUSE_SECONDS = 1.0  # where a connection cannot be taken: no file is left to open
LOG = logging.getLogger(__name__)


class TurnServer(uvicorn.Server):
    """A server of uvicorn that takes connections by itself."""

    def __init__(self, config: uvicorn.Config, turns: Turns = TURNS) -> None:
        super().__init__(config)
        self._turns = turns
        self._taking: list[asyncio.Task[None]] = []

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and take connections from the sockets."""
        await super().startup(sockets=[])
        for one in sockets or ():
            one.setblocking(False)
            taking = asyncio.create_task(self._take_from(one))
            taking.add_done_callback(self._ended)
            self._taking.append(taking)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more, and end what is open as uvicorn does."""
        for one in self._taking:
            one.cancel()
        await asyncio.gather(*self._taking, return_exceptions=True)
        await super().shutdown(sockets)

    async def _take_from(self, listening: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._turns.free()
            try:
                connection, _address = await loop.sock_accept(listening)
                await loop.connect_accepted_socket(self._protocol, connection)
            except ConnectionError:
                continue  # whoever called has gone again
            except OSError as fault:
                LOG.warning("A connection could not be taken: %s.", fault.strerror)
                await asyncio.sleep(PAUSE_SECONDS)
            else:
                await asyncio.sleep(BEGIN_SECONDS)

    def _ended(self, taking: asyncio.Task[None]) -> None:
        """A process that takes no connections any more stops, and another is started."""
        if not taking.cancelled():
            LOG.error("No connections are taken any more.", exc_info=taking.exception())
            self.should_exit = True

    def _protocol(self) -> asyncio.Protocol:
        made: Any = self.config.http_protocol_class
        found: asyncio.Protocol = made(
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return found
