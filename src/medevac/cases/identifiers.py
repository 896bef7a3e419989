"""Numbers of identity papers and telephones: kept encrypted, and found again by a blind index.

A number is only ever compared, never searched by parts. So the paper's number is encrypted (Fernet, of
`cryptography`), and beside it stands an HMAC-SHA-256 of what remains of it without spaces and capitals. Both
keys are derived (HKDF-SHA-256, RFC 5869) from MEDEVAC_IDENTIFIER_KEY, which is in no backup of the database.

While the key is changed, MEDEVAC_IDENTIFIER_OTHER_KEYS has the one from before. What is written is written
with the key; what is read, and what is compared, may be of any of them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from medevac.people.refusals import RefusedError
from medevac.people.transliteration import latin

UNREADABLE = "[cannot be read with this key]"


@cache
def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"medevac identifiers " + purpose).derive(secret.encode())


def keys() -> tuple[str, ...]:
    """The key that writes, then the others that are read with."""
    return (settings.MEDEVAC_IDENTIFIER_KEY, *settings.MEDEVAC_IDENTIFIER_OTHER_KEYS)


@cache
def _fernet(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derived(secret, b"encrypt")))


def blind_indexes(text: str) -> tuple[str, ...]:
    """What two writings of the same number have in common, as 64 hexadecimal digits, under each of the keys.

    The first is the one that is kept; another is found where nobody has made it anew yet. None for nothing,
    and for what cannot be read.
    """
    plain = "".join(letter for letter in latin(text).upper() if letter.isalnum())
    if not plain or text == UNREADABLE:
        return ()
    return tuple(
        hmac.new(_derived(key, b"index"), plain.encode(), hashlib.sha256).hexdigest() for key in keys()
    )


def blind_index(text: str) -> str:
    """The index that is kept of a number; empty for nothing."""
    return next(iter(blind_indexes(text)), "")


def telephone_indexes(text: str) -> tuple[str, ...]:
    """As `blind_indexes`, of the last nine digits: with or without the country's prefix."""
    digits = "".join(letter for letter in text if letter.isdigit())
    return blind_indexes(digits[-9:]) if len(digits) >= 7 else ()


def telephone_index(text: str) -> str:
    """The index that is kept of a telephone number; empty for nothing."""
    return next(iter(telephone_indexes(text)), "")


def is_of_the_key(encrypted: str) -> bool:
    """Whether the key that writes has encrypted this, so that no other one is needed for it."""
    try:
        _fernet(settings.MEDEVAC_IDENTIFIER_KEY).decrypt(encrypted.encode())
    except InvalidToken:
        return False
    return True


class EncryptedText(models.TextField):  # type: ignore[type-arg]
    """Text that the database holds encrypted. It cannot be searched; compare its blind index."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt. What could not be read is not written over what stands there."""
        text = super().get_prep_value(value)
        if text == UNREADABLE:
            raise RefusedError(
                _(
                    "A number that is kept encrypted cannot be read, since its key is missing, and would be "
                    "lost. Nothing was changed. Tell the administrator."
                )
            )
        return _fernet(settings.MEDEVAC_IDENTIFIER_KEY).encrypt(text.encode()).decode() if text else text

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Decrypt; what no key of these has encrypted is said to be unreadable, and the page goes on."""
        if not value:
            return value
        try:
            return MultiFernet([_fernet(key) for key in keys()]).decrypt(value.encode()).decode()
        except InvalidToken:
            return UNREADABLE
