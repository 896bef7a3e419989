"""The real site under uvicorn in this process, and a client of its event stream."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from django.test import Client

PATIENCE_SECONDS = 60  # only a hanging test comes near it


@contextmanager
def live_site() -> Iterator[int]:
    """Serve the site on a free port meanwhile; yields the port."""
    from medevac.site.asgi import application

    taken = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        application, lifespan="off", log_level="warning", timeout_graceful_shutdown=1, proxy_headers=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
    thread.start()
    try:
        yield int(taken.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join()
        taken.close()


@dataclass(frozen=True)
class Heard:
    """One event."""

    position: int
    name: str
    content: Any


class Page:
    """An open page of a signed-in browser that listens to the stream."""

    def __init__(self, port: int, browser: Client, last: int | None = None, after: int | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        cookie = f"sessionid={browser.cookies['sessionid'].value}"
        headers = {"Accept": "text/event-stream", "Cookie": cookie, "Host": f"localhost:{port}"}
        if last is not None:
            headers["Last-Event-ID"] = str(last)
        address = "/messages/stream/" if after is None else f"/messages/stream/?after={after}"
        self._connection.request("GET", address, headers=headers)
        self._answer = self._connection.getresponse()
        self.status = self._answer.status
        self.headers = self._answer.headers

    def next(self) -> Heard | None:
        """The next event; None when the stream has ended."""
        fields: dict[str, str] = {}
        while line := self._answer.readline().decode():
            if line.strip():
                name, _, value = line.strip().partition(": ")
                fields[name] = value
            elif "event" in fields:
                return Heard(int(fields["id"]), fields["event"], json.loads(fields["data"]))
            else:
                fields = {}
        return None

    def until(self, name: str, content: Any = None) -> Heard:
        """The next event of a name, with a content where that is given."""
        while heard := self.next():
            if heard.name == name and content in (None, heard.content):
                return heard
        raise AssertionError(f"The stream ended before {name} {content}.")

    def close(self) -> None:
        """Leave."""
        self._answer.close()
        self._connection.close()
