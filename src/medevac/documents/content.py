"""The bytes of a document on their way in and out: read from a file, sealed into rows, opened again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO

from medevac.documents.cipher import PIECE_BYTES, opened, sealed
from medevac.documents.models import DataKey, Document, Piece
from medevac.documents.ring_in_use import ring_in_use

READ_BYTES = PIECE_BYTES
_ROWS = 16  # pieces in one statement: one mebibyte


def parts_of(file: BinaryIO) -> Iterator[bytes]:
    """A file from its beginning, part by part."""
    file.seek(0)
    while part := file.read(READ_BYTES):
        yield part


class Measure:
    """Counts and digests what passes through it."""

    def __init__(self) -> None:
        self.size = 0
        self._digest = hashlib.sha256()

    def through(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        """The same parts."""
        for part in parts:
            self.size += len(part)
            self._digest.update(part)
            yield part

    @property
    def sha256(self) -> str:
        """The digest of all that has passed, in hexadecimal."""
        return self._digest.hexdigest()


def keep_pieces(document: Document, data_key: bytes, parts: Iterable[bytes]) -> int:
    """Seal a stream into rows; part of another service's transaction. Returns how many pieces it has."""
    pieces = sealed(data_key, document.pk, parts)
    count = 0
    while rows := [
        Piece(document=document, position=count + place, sealed=piece)
        for place, piece in enumerate(islice(pieces, _ROWS))
    ]:
        Piece.unscoped.bulk_create(rows)
        count += len(rows)
    return count


def plain_parts(document: Document) -> Iterator[bytes]:
    """The plain bytes of a document, about a mebibyte of them in memory at a time.

    For services that have asked the policy and written the look.

    Raises
    ------
    TamperedError
        At the first byte that is not as it was written.
    KeyRingError
        Where the ring cannot open it.
    """
    kept = DataKey.unscoped.get(document=document.pk)
    data_key = ring_in_use().unwrap(kept.ring_key, bytes(kept.wrapped), document.pk)
    return opened(data_key, document.pk, _pieces(document), document.pieces_count)


def _pieces(document: Document) -> Iterator[bytes]:
    rows = Piece.unscoped.filter(document=document.pk).order_by("position")
    for start in range(0, document.pieces_count, _ROWS):
        part = rows.filter(position__gte=start, position__lt=start + _ROWS)
        for sealed_bytes in part.values_list("sealed", flat=True):
            yield bytes(sealed_bytes)
