"""The key ring that this installation uses, read from the file that its settings name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from medevac.documents.keyring import KeyRing, KeyRingError, read_ring


def ring_path() -> Path:
    """The file of the ring.

    Raises
    ------
    KeyRingError
        Where the settings name none.
    """
    if not settings.DOCUMENT_KEYS_FILE:
        raise KeyRingError(
            "Documents cannot be kept or opened, since no key ring is named. Set MEDEVAC_DOCUMENT_KEYS_FILE, "
            "and make the file with `medevac document-keys --new`."
        )
    return Path(settings.DOCUMENT_KEYS_FILE)


def ring_in_use() -> KeyRing:
    """The ring; a file that was changed, such as by a new key, is read anew.

    Raises
    ------
    KeyRingError
        Where it cannot be used.
    """
    path = ring_path()
    try:
        seen = path.stat()
    except OSError:
        return read_ring(path)  # which says what is wrong
    return _read(path, seen.st_mtime_ns, seen.st_ino, seen.st_mode)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, number: int, mode: int) -> KeyRing:
    return read_ring(path)
