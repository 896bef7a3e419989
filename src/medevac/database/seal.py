"""The seal at the end of a backup: a checksum, by which a file that was cut or changed is known.

pg_restore reads a dump from its beginning and minds neither a seal after it nor, in places, a missing end.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

_FORM = "\nmedevac-backup/1 sha256 {}\n"
_PATTERN = re.compile(rb"\nmedevac-backup/1 sha256 ([0-9a-f]{64})\n")
_LENGTH = len(_FORM.format("0" * 64))
_CHUNK = 1 << 20


def put_seal(file: Path) -> None:
    """Add the seal to a whole dump, and bring the file to the disk."""
    digest = _digest(file, file.stat().st_size)
    with file.open("ab") as out:
        out.write(_FORM.format(digest).encode())
        out.flush()
        os.fsync(out.fileno())


def has_whole_seal(file: Path) -> bool:
    """Whether a file ends with a seal, and is what was sealed."""
    size = file.stat().st_size - _LENGTH
    if size < 0:
        return False
    with file.open("rb") as source:
        source.seek(size)
        match = _PATTERN.fullmatch(source.read())
    return match is not None and match[1].decode() == _digest(file, size)


def _digest(file: Path, size: int) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as source:
        left = size
        while left and (chunk := source.read(min(left, _CHUNK))):
            digest.update(chunk)
            left -= len(chunk)
    return digest.hexdigest()
