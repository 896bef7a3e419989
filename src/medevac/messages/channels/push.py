"""Web push: a notification in a browser that its user has allowed, encrypted for that browser alone.

RFC 8030 (delivery), RFC 8291 (encryption, by http_ece) and RFC 8292 (VAPID: who sends). Off until
MEDEVAC_PUSH_KEY is set.
"""

from __future__ import annotations

import base64
import json
import os
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils.translation import gettext_lazy

from medevac.messages.channels.interface import GoneError, RefusedForGoodError, TryAgainError
from medevac.messages.channels.posting import is_safe_address, post
from medevac.messages.models import PushSubscription
from medevac.messages.outside import Letter
from medevac.people.models import User

KEEP_SECONDS = 24 * 3600  # how long the push service keeps it for a browser that is off
TOKEN_SECONDS = 12 * 3600  # RFC 8292 allows 24 hours at most
LARGEST_PAYLOAD = 3000  # RFC 8291 leaves 3993 bytes; push services are known to take less


class Push:
    """The channel "push"."""

    name = "push"
    label = gettext_lazy("Notifications in the browser")

    def is_set_up(self) -> bool:
        """Whether there is a key to sign with."""
        return bool(settings.PUSH_KEY)

    def recipients(self, user: User) -> Sequence[str]:
        """Every browser that the user has allowed, by its number."""
        known = PushSubscription.unscoped.filter(user=user).values_list("pk", flat=True)
        return [str(number) for number in known]

    def send(self, letter: Letter) -> None:
        """Encrypt the letter for one browser and post it to the browser's push service."""
        subscription = PushSubscription.unscoped.filter(pk=letter.recipient).first()
        if subscription is None:
            raise GoneError("The browser no longer takes notifications.")
        if not is_push_service(subscription.endpoint):
            raise RefusedForGoodError("The browser's push service is not among MEDEVAC_PUSH_HOSTS.")
        status = post(
            subscription.endpoint,
            encrypted(payload_of(letter), bytes(subscription.public_key), bytes(subscription.secret)),
            {
                "Content-Encoding": "aes128gcm",
                "Content-Type": "application/octet-stream",
                "TTL": str(KEEP_SECONDS),
                "Urgency": "high" if letter.urgent else "normal",
                "Topic": letter.delivery.hex,  # a repeat takes the place of the first
                "Authorization": authorization(subscription.endpoint),
            },
        )
        if status in (404, 410):
            PushSubscription.unscoped.filter(pk=subscription.pk).delete()
            raise GoneError("The browser no longer takes notifications.")
        if status in (400, 401, 403, 413):
            raise RefusedForGoodError(f"The push service answered {status}.")
        if not 200 <= status < 300:
            raise TryAgainError(f"The push service answered {status}.")


def payload_of(letter: Letter) -> bytes:
    """What the browser shows."""
    text = "\n".join(letter.lines)
    while True:
        body = {"title": letter.subject, "body": text, "link": letter.link, "lang": letter.language}
        made = json.dumps(body, ensure_ascii=False).encode()
        if len(made) <= LARGEST_PAYLOAD:
            return made
        text = text[: len(text) // 2] + "…"


def encrypted(payload: bytes, public_key: bytes, secret: bytes) -> bytes:
    """RFC 8291: with a key pair and a salt used for this one message."""
    return bytes(
        http_ece.encrypt(
            payload,
            salt=os.urandom(16),
            private_key=ec.generate_private_key(ec.SECP256R1()),
            dh=public_key,
            auth_secret=secret,
            version="aes128gcm",
        )
    )


def authorization(endpoint: str) -> str:
    """RFC 8292: a short-lived token for the push service, signed with our key."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + TOKEN_SECONDS,
        "sub": settings.PUSH_CONTACT,
    }
    token = jwt.encode(claims, _private_key(), algorithm="ES256")
    return f"vapid t={token}, k={public_key_text()}"


def public_key_text() -> str:
    """Our public key, as browsers ask for it when they subscribe."""
    public = _private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(public).rstrip(b"=").decode()


def is_push_service(endpoint: str) -> bool:
    """Whether an address that a browser names belongs to a known push service, and not to our own network."""
    host = urlsplit(endpoint).hostname or ""
    known = any(host == name or host.endswith(f".{name}") for name in settings.PUSH_HOSTS)
    return known and is_safe_address(endpoint)


def _private_key() -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(settings.PUSH_KEY), ec.SECP256R1())
