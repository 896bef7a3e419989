"""A signed web request for each letter, to a gateway of the operator's choice, such as one that sends SMS.

The gateway gets JSON: `delivery`, `to`, `language`, `subject`, `text`, `link` and `urgent`. The header
`X-Medevac-Signature` is `sha256=` and the HMAC of the body under MEDEVAC_GATEWAY_SECRET; `Idempotency-Key`
is the delivery's number, the same at every repeat. Answers 200 to 299 mean taken; 400, 404, 410 and 422
refused for good; everything else that it is tried again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext_lazy

from medevac.messages.channels.interface import RefusedForGoodError, TryAgainError
from medevac.messages.channels.posting import post
from medevac.messages.outside import Letter
from medevac.people.models import User

FOR_GOOD = frozenset({400, 404, 410, 422})


class Gateway:
    """The channel "gateway"."""

    name = "gateway"
    label = gettext_lazy("Telephone")

    def is_set_up(self) -> bool:
        """Whether a gateway is named."""
        return bool(settings.GATEWAY_URL)

    def recipients(self, user: User) -> Sequence[str]:
        """The user's telephone, where there is one."""
        return [user.phone] if user.phone else []

    def send(self, letter: Letter) -> None:
        """Post the letter to the gateway."""
        body = json.dumps(
            {
                "delivery": str(letter.delivery),
                "to": letter.recipient,
                "language": letter.language,
                "subject": letter.subject,
                "text": "\n".join(letter.lines),
                "link": letter.link,
                "urgent": letter.urgent,
            },
            ensure_ascii=False,
        ).encode()
        status = post(
            settings.GATEWAY_URL,
            body,
            {
                "Content-Type": "application/json; charset=utf-8",
                "Idempotency-Key": str(letter.delivery),
                "X-Medevac-Signature": signature(body, settings.GATEWAY_SECRET),
            },
        )
        if status in FOR_GOOD:
            raise RefusedForGoodError(f"The gateway answered {status}.")
        if not 200 <= status < 300:
            raise TryAgainError(f"The gateway answered {status}.")


def signature(body: bytes, secret: str) -> str:
    """What proves to the gateway that the request is ours."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
