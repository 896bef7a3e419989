"""E-mail by SMTP. Plain text, one recipient, and a Message-ID that a repeat keeps."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medevac.messages.channels.interface import RefusedForGoodError, TryAgainError
from medevac.messages.outside import Letter
from medevac.people.models import User


class Email:
    """The channel "email"."""

    name = "email"
    label = gettext_lazy("E-mail")

    def is_set_up(self) -> bool:
        """Whether a mail server is named."""
        return bool(settings.EMAIL_HOST)

    def recipients(self, user: User) -> Sequence[str]:
        """The address that the user signs in with."""
        return [user.email]

    def send(self, letter: Letter) -> None:
        """Hand the letter to the mail server."""
        try:
            with get_connection() as connection:
                EmailMessage(
                    subject=letter.subject,
                    body=body_of(letter),
                    to=[letter.recipient],
                    headers=headers_of(letter),
                    connection=connection,
                ).send()
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise _fitting(code)(f"{code} {_readable(said)}") from error
        except smtplib.SMTPResponseException as error:
            raise _fitting(error.smtp_code)(f"{error.smtp_code} {_readable(error.smtp_error)}") from error


def body_of(letter: Letter) -> str:
    """The text of the e-mail."""
    with translation.override(letter.language):
        foot = _(
            "This e-mail carries no names and no health data, so that it may pass any mail server. "
            "Answers to it are read by nobody."
        )
    return "\n\n".join(("\n".join(letter.lines), letter.link, foot)) + "\n"


def headers_of(letter: Letter) -> dict[str, str]:
    """What stands above the text."""
    headers = {
        "Message-ID": letter.reference,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": letter.language,
    }
    return headers | ({"Importance": "high"} if letter.urgent else {})


def _fitting(code: int) -> type[Exception]:
    """A refusal in the five hundreds is for good, except of the login, which is our own fault to mend."""
    return RefusedForGoodError if 550 <= code <= 559 else TryAgainError


def _readable(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said
