"""A web process answers one request at a time, in the order of coming, and leaves others on the socket."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn

from medevac.cli.service.taking_turns import TurnServer
from medevac.site.turns import Turns

ALONE_SECONDS = 0.2


@dataclass
class Told:
    """What came of requests: when each began and ended, by its path."""

    begun: dict[str, float] = field(default_factory=dict)
    ended: dict[str, float] = field(default_factory=dict)

    def application(self, turns: Turns) -> Any:
        """One that holds its turn for as many milliseconds as its path says."""

        async def answer(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http":
                return
            path = scope["path"]
            async with turns.turn():
                self.begun[path] = time.monotonic()
                await asyncio.sleep(int(path.split("/")[1]) / 1000)
                self.ended[path] = time.monotonic()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"answered"})

        return answer


@contextmanager
def serving(told: Told, listening: socket.socket, turns: Turns | None = None) -> Iterator[TurnServer]:
    turns = turns or Turns(ALONE_SECONDS)
    config = uvicorn.Config(told.application(turns), log_config=None, lifespan="off")
    server = TurnServer(config, turns)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening.dup()])))
    thread.start()
    try:
        yield server
    finally:
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive()


@contextmanager
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as found:
        yield found


def ask(taken: socket.socket, path: str) -> bytes:
    host, port = taken.getsockname()
    connection = http.client.HTTPConnection(host, port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()


def ask_in_turn(taken: socket.socket, paths: list[str]) -> None:
    """Ask for all, each a little later than the one before."""
    with ThreadPoolExecutor(len(paths)) as pool:
        asked = []
        for path in paths:
            asked.append(pool.submit(ask, taken, path))
            time.sleep(0.03)
        done, _ = wait(asked, timeout=10)
        assert [one.result() for one in done] == [b"answered"] * len(paths)


def test_whoever_came_first_is_answered_first() -> None:
    told = Told()
    with listening() as taken, serving(told, taken):
        ask_in_turn(taken, ["/150/first", "/1/second", "/1/third"])
    assert list(told.begun) == ["/150/first", "/1/second", "/1/third"]
    assert told.ended["/150/first"] <= told.begun["/1/second"]
    assert told.ended["/1/second"] <= told.begun["/1/third"]


def test_nobody_waits_behind_a_long_request() -> None:
    told = Told()
    with listening() as taken, serving(told, taken):
        ask_in_turn(taken, ["/500/long", "/1/short"])
    assert told.begun["/1/short"] - told.begun["/500/long"] >= ALONE_SECONDS - 0.05
    assert told.ended["/1/short"] < told.ended["/500/long"]


def test_a_connection_goes_to_the_process_that_is_free() -> None:
    first, second = Told(), Told()
    with listening() as taken, serving(first, taken), ThreadPoolExecutor(1) as pool:
        held = pool.submit(ask, taken, "/300/held")
        time.sleep(0.1)  # it has begun
        with serving(second, taken):
            ask_in_turn(taken, ["/1/a", "/1/b", "/1/c"])
            assert held.result() == b"answered"
    assert set(first.begun) == {"/300/held"}
    assert set(second.begun) == {"/1/a", "/1/b", "/1/c"}


def test_whoever_gives_up_while_waiting_leaves_the_turn_to_others() -> None:
    async def tried() -> list[str]:
        turns, told = Turns(ALONE_SECONDS), []

        async def one(name: str) -> None:
            async with turns.turn():
                told.append(name)
                await asyncio.sleep(0.02)

        tasks = [asyncio.create_task(one(name)) for name in ("first", "gone", "third")]
        await asyncio.sleep(0.005)
        tasks[1].cancel()
        await turns.free()
        return told

    assert asyncio.run(tried()) == ["first", "third"]


def test_a_server_that_can_take_nothing_any_more_stops() -> None:
    class Broken(Turns):
        async def free(self) -> None:
            raise RuntimeError("nobody gets a turn")

    with listening() as taken, serving(Told(), taken, Broken()) as server:
        until = time.monotonic() + 5
        while not server.should_exit and time.monotonic() < until:
            time.sleep(0.02)
        assert server.should_exit
