"""A real SMTP server for tests and the kill test, which keeps what it takes and can be told to refuse."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Awaitable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

# A busy machine is slow, which is no fault; the library waits for five seconds.
PATIENCE_SECONDS = 60
logging.getLogger("mail.log").setLevel(logging.WARNING)  # it tells of every word of every client


class FreePort(Controller):
    """A server of the library's on a free port of this machine, which is its own from the first moment on.

    A port that is only looked for may be somebody else's by the time the server wants it.
    """

    def __init__(self, handler: Any, **options: Any) -> None:
        self._taken = socket.create_server(("127.0.0.1", 0))
        super().__init__(
            handler,
            hostname="127.0.0.1",
            port=int(self._taken.getsockname()[1]),
            ready_timeout=PATIENCE_SECONDS,
            **options,
        )

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._taken)


@dataclass(frozen=True)
class Taken:
    """One e-mail that the server said it has taken."""

    recipient: str
    mail: EmailMessage

    @property
    def reference(self) -> str:
        """The Message-ID."""
        return str(self.mail["Message-ID"])

    @property
    def text(self) -> str:
        """The body."""
        return str(self.mail.get_content())


class MailServer:
    """Takes e-mail on a free port of this machine while it is entered."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.answer_to_recipient = ""  # such as "550 no such user"; empty: taken
        self.answer_to_data = ""
        self._controller = FreePort(self)
        self.port = self._controller.port

    def __enter__(self) -> MailServer:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        if self.answer_to_recipient:
            return self.answer_to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take or refuse a text."""
        if self.answer_to_data:
            return self.answer_to_data
        content: Any = envelope.content
        mail: Any = message_from_bytes(content, policy=policy.default)
        self.taken.extend(Taken(recipient, mail) for recipient in envelope.rcpt_tos)
        return "250 OK"
