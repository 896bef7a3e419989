"""Numbers of identity papers and telephones: kept encrypted, and found again by a blind index.

A number is only ever compared, never searched by parts. So the paper's number is encrypted (Fernet, of
`cryptography`), and beside it stands an HMAC-SHA-256 of what remains of it without spaces and capitals. Both
keys are derived (HKDF-SHA-256, RFC 5869) from MEDEVAC_IDENTIFIER_KEY, which is in no backup of the database.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

from medevac.people.transliteration import latin

UNREADABLE = "[cannot be read with this key]"


@cache
def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"medevac identifiers " + purpose).derive(secret.encode())


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derived(settings.MEDEVAC_IDENTIFIER_KEY, b"encrypt")))


def blind_index(text: str) -> str:
    """What two writings of the same number have in common, as 64 hexadecimal digits; empty for nothing."""
    plain = "".join(letter for letter in latin(text).upper() if letter.isalnum())
    if not plain:
        return ""
    key = _derived(settings.MEDEVAC_IDENTIFIER_KEY, b"index")
    return hmac.new(key, plain.encode(), hashlib.sha256).hexdigest()


def telephone_index(text: str) -> str:
    """As `blind_index`, of the last nine digits: with or without the country's prefix."""
    digits = "".join(letter for letter in text if letter.isdigit())
    return blind_index(digits[-9:]) if len(digits) >= 7 else ""


class EncryptedText(models.TextField):  # type: ignore[type-arg]
    """Text that the database holds encrypted. It cannot be searched; compare its blind index."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt."""
        text = super().get_prep_value(value)
        return _fernet().encrypt(text.encode()).decode() if text else text

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Decrypt; what another key has encrypted is said to be unreadable, and the page goes on."""
        if not value:
            return value
        try:
            return _fernet().decrypt(value.encode()).decode()
        except InvalidToken:
            return UNREADABLE
