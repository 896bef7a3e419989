"""Tests that a file reaches a browser whole, in part or not at all, as an ASGI server asks for it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import AsyncClient, Client

NAME = "site/vendor/designsystemet/designsystemet.css"
ADDRESS = f"/static/{NAME}"


@pytest.fixture(scope="module")
def content() -> bytes:
    """What stands in the file."""
    found = finders.find(NAME)
    assert isinstance(found, str)
    return Path(found).read_bytes()


def asked(path: str, method: str = "get", **headers: str):
    """The answer of the site as an ASGI server hears it; a warning of Django's fails the test."""

    async def ask():
        return await getattr(AsyncClient(), method)(path, headers=headers)

    return asyncio.run(ask())


def test_whole(content: bytes) -> None:
    """Tests a file as it is, with its type, its length, and no stream that an ASGI server cannot await."""
    answer = asked(ADDRESS)
    assert answer.status_code == 200
    assert not answer.streaming
    assert answer.content == content
    assert answer.headers["Content-Type"] == 'text/css; charset="utf-8"'
    assert answer.headers["Content-Length"] == str(len(content))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_head(content: bytes) -> None:
    """Tests that a question for the headers alone is told the length and sent nothing."""
    answer = asked(ADDRESS, "head")
    assert answer.content == b""
    assert answer.headers["Content-Length"] == str(len(content))


def test_part(content: bytes) -> None:
    """Tests a few bytes from the middle, and what begins after the end."""
    answer = asked(ADDRESS, Range="bytes=10-19")
    assert (answer.status_code, answer.content) == (206, content[10:20])
    assert answer.headers["Content-Range"] == f"bytes 10-19/{len(content)}"
    assert asked(ADDRESS, Range=f"bytes={len(content)}-").status_code == 416


def test_not_modified() -> None:
    """Tests that whoever has the file already is sent none, and that nothing is said of its type."""
    answer = asked(ADDRESS, if_none_match=asked(ADDRESS).headers["ETag"])
    assert (answer.status_code, answer.content) == (304, b"")
    assert "Content-Type" not in answer.headers


def test_no_change() -> None:
    """Tests that nothing can be sent to a file."""
    assert asked(ADDRESS, "post").status_code == 405


def test_under_wsgi(content: bytes) -> None:
    """Tests that the same answer is given where the site is not asynchronous."""
    assert Client().get(ADDRESS).content == content
