"""The cipher of documents: AES-256-GCM in pieces, under one data key for each document.

A piece holds up to 64 KiB. What it is sealed with, beside the key, says which document it is of, which piece
it is and whether it is the last: so a piece that was changed, moved, left out, cut off or taken from another
document does not open. Nothing here knows a database. docs/explanation/documents.md describes the format.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PIECE_BYTES = 64 * 1024  # of plain text in one piece
TAG_BYTES = 16
KEY_BYTES = 32
NONCE_BYTES = 12
_FORMAT = b"medevac-document/1"


class TamperedError(Exception):
    """Encrypted bytes are not those that were written, or the key is another."""


def new_key() -> bytes:
    """A data key. It seals one document, once: the numbers of its pieces are its nonces."""
    return secrets.token_bytes(KEY_BYTES)


def sealed(key: bytes, document: UUID, parts: Iterable[bytes]) -> Iterator[bytes]:
    """Encrypt a stream, never more than a piece and a part of it at a time.

    Parameters
    ----------
    key
        A data key that has sealed nothing yet.
    document
        The id of the document.
    parts
        The plain bytes, cut anyhow.

    Yields
    ------
    The pieces, in order; one empty piece for an empty stream.
    """
    cipher, position = AESGCM(key), 0
    waiting = bytearray()
    for part in parts:
        waiting += part
        while len(waiting) > PIECE_BYTES:  # not >=: the last piece must be known to be the last
            plain = bytes(waiting[:PIECE_BYTES])
            del waiting[:PIECE_BYTES]
            yield cipher.encrypt(_nonce(position), plain, _bound(document, position, last=False))
            position += 1
    yield cipher.encrypt(_nonce(position), bytes(waiting), _bound(document, position, last=True))


def opened(key: bytes, document: UUID, pieces: Iterable[bytes], count: int) -> Iterator[bytes]:
    """Decrypt a stream; what was not authentic is never given out.

    Parameters
    ----------
    key, document
        As when it was sealed.
    pieces
        The pieces, in order.
    count
        How many there must be.

    Raises
    ------
    TamperedError
        At the first piece that is not what was written there, or where one is missing or too many.
    """
    cipher, position = AESGCM(key), 0
    for piece in pieces:
        bound = _bound(document, position, last=position == count - 1)
        try:
            plain = cipher.decrypt(_nonce(position), piece, bound)
        except (InvalidTag, ValueError):
            raise TamperedError(
                f"Expected piece {position + 1} of {count} of document {document} as it was written, got "
                "other bytes. Restore it from a backup."
            ) from None
        yield plain
        position += 1
    if position != count:
        raise TamperedError(
            f"Expected {count} pieces of document {document}, got {position}. Restore it from a backup."
        )


def _nonce(position: int) -> bytes:
    """The number of the piece: no two pieces under one key have the same."""
    return position.to_bytes(NONCE_BYTES)


def _bound(document: UUID, position: int, *, last: bool) -> bytes:
    """What a piece is bound to."""
    return b"\0".join((_FORMAT, document.bytes, position.to_bytes(8), b"\1" if last else b"\0"))
