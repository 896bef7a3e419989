"""One user of the service: signs in as people do, keeps the session, and asks for pages on one connection."""

from __future__ import annotations

import base64
import hmac
import http.client
import re
import struct
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

HOST = "127.0.0.1"
PATIENCE_SECONDS = 60.0
CODE_SECONDS, SHORTEST_LEFT_SECONDS = 30, 3.0
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class SignInError(Exception):
    """The service did not let the user in."""


@dataclass
class Visitor:
    """A user with a session.

    Parameters
    ----------
    port
        Where the service answers on this machine.
    email
        Whose session it is.
    """

    port: int
    email: str
    _cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def sign_in(self, password: str, secret: str) -> None:
        """With password and one-time code.

        Raises
        ------
        SignInError
            Where that does not lead to the start page.
        """
        self._post("/sign-in/login/", {"login": self.email, "password": password})
        self._post("/sign-in/2fa/authenticate/", {"code": _code(secret)})
        status, _body = self.get("/")
        if status != 200:
            raise SignInError(f"Expected {self.email} on the start page, got status {status}.")

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of a page."""
        return self._ask("GET", path)

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _once(
        self, verb: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE_SECONDS)
        try:
            self._connection.request(verb, path, body, headers)
            answer = self._connection.getresponse()
            return answer, answer.read()
        except (OSError, http.client.HTTPException):
            self.close()  # the next request opens a new one
            raise

    def _post(self, path: str, values: dict[str, str]) -> None:
        _status, page = self.get(path)
        token = TOKEN.search(page.decode())
        if token is None:
            raise SignInError(f"Expected a form at {path} for {self.email}, got none.")
        status, _page = self._ask("POST", path, urlencode({**values, "csrfmiddlewaretoken": token[1]}))
        if status != 302:
            raise SignInError(f"Expected {path} to lead {self.email} on, got status {status}.")

    def _ask(self, verb: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            answer, page = self._once(verb, path, body, headers)
        except ConnectionError:  # it was idle and closed meanwhile; browsers ask anew, too
            answer, page = self._once(verb, path, body, headers)
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, cookie in SimpleCookie(line).items():
                self._cookies[name] = cookie.value
        return answer.status, page


def _code(secret: str) -> str:
    """The one-time code of this half minute (RFC 6238), or of the next where this one is nearly over."""
    left = CODE_SECONDS - time.time() % CODE_SECONDS
    if left < SHORTEST_LEFT_SECONDS:
        time.sleep(left)
    window = struct.pack(">Q", int(time.time()) // CODE_SECONDS)
    digest = hmac.digest(base64.b32decode(secret), window, "sha1")
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
