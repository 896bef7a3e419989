"""Posts to another server: over TLS unless it is this machine, without following redirects, with an end."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Mapping
from email.message import Message
from typing import IO
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 20
LOCAL = ("localhost", "127.0.0.1", "::1")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect could lead into the own network."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)


def is_safe_address(address: str) -> bool:
    """Whether it is https, or http to this machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL)
    )


def post(address: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Post and return the status of the answer, whatever it is.

    Raises
    ------
    OSError
        Where nobody answers.
    """
    if not is_safe_address(address):
        raise ValueError("Expected an https address to post to, got another (not shown). Correct it.")
    request = urllib.request.Request(address, data=body, headers=dict(headers), method="POST")
    try:
        with _OPENER.open(request, timeout=TIMEOUT_SECONDS) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
