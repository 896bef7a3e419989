"""Tests that a request is bounded in length and in pauses, before anything of it is kept."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import RequestFactory

from medevac.site import faults
from medevac.site.request_size import TOO_LARGE, BoundedRequests, Event


async def answered(
    events: list[Event | float], headers: list[tuple[bytes, bytes]]
) -> tuple[list[Event], Any]:
    """What an application sends that tells a length, behind a bound of 10 bytes; and its scope.

    A number among the events is a pause in seconds.
    """
    sent: list[Event] = []
    seen: dict[str, Any] = {}
    coming = iter(events)

    async def receive() -> Event:
        event = next(coming)
        if isinstance(event, float):
            await asyncio.sleep(event)
            event = next(coming)
        assert not isinstance(event, float)
        return event

    async def send(event: Event) -> None:
        sent.append(event)

    async def application(scope: Event, receive: Any, send: Any) -> None:
        seen["scope"], length = scope, 0
        while True:
            event = await receive()
            if event["type"] == "http.disconnect":
                return
            length += len(event.get("body", b""))
            if not event.get("more_body"):
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": str(length).encode()})

    bounded = BoundedRequests(application, most_bytes=10, pause=0.05)
    await bounded({"type": "http", "headers": headers}, receive, send)
    return sent, seen["scope"]


def part(body: bytes, *, more: bool = False) -> Event:
    """One part of a body."""
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_within_the_bound() -> None:
    """Tests that ten bytes in two parts come through whole."""
    sent, _ = asyncio.run(answered([part(b"12345", more=True), part(b"67890")], [(b"content-length", b"10")]))
    assert (sent[0]["status"], sent[1]["body"]) == (200, b"10")


def test_a_body_that_says_that_it_is_too_long() -> None:
    """Tests that it is handed on as empty and marked, without reading a part of it."""
    sent, scope = asyncio.run(answered([], [(b"content-length", b"11")]))
    assert scope[TOO_LARGE] is True
    assert sent[1]["body"] == b"0"


def test_a_body_that_grows_too_long() -> None:
    """Tests that a body without a length is cut at its eleventh byte."""
    sent, _ = asyncio.run(answered([part(b"123456", more=True), part(b"78901", more=True)], []))
    assert [event.get("status") for event in sent] == [413, None]


def test_a_body_that_stops() -> None:
    """Tests that a sender who pauses is given up."""
    sent, _ = asyncio.run(answered([part(b"1", more=True), 1.0, part(b"2")], []))
    assert sent[0]["status"] == 408


def test_what_is_no_request_is_left_alone() -> None:
    """Tests that the server's own events pass, such as that of its start."""
    seen = []

    async def application(scope: Event, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    asyncio.run(BoundedRequests(application, most_bytes=10)({"type": "lifespan"}, None, None))  # type: ignore[arg-type]
    assert seen == ["lifespan"]


@pytest.mark.parametrize("path", ["/directory/hospitals/import/", "/api/missions"])
def test_the_answer(path: str, rf: RequestFactory) -> None:
    """Tests that a person reads what to do, a program a fault, and that the connection is closed."""
    answer = faults.bad_request(rf.post(path), RequestDataTooBig())
    assert answer.status_code == 413
    assert answer.headers["Connection"] == "close"
    assert ("send a smaller file" in answer.content.decode()) is not path.startswith("/api/")


def test_an_unread_request_reaches_no_page(rf: RequestFactory) -> None:
    """Tests that a marked request is answered before its page is asked."""
    request = rf.post("/")
    request.scope = {TOO_LARGE: True}  # type: ignore[attr-defined]
    middleware = faults.TooLargeMiddleware(lambda request: pytest.fail("The page was asked."))
    assert middleware(request).status_code == 413
