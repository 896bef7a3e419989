"""The key ring: the keys that wrap the data keys of documents. It is a file outside the database.

Whoever has only the database, or a backup of it, can open no document. The newest key wraps; older ones
open what they have wrapped until it is wrapped anew. Nothing here knows Django, so that commands can make
the file.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from medevac.documents.cipher import KEY_BYTES, NONCE_BYTES

FORMAT = "medevac-document-keys/1"
FILE_NAME = "document-keys.json"  # beside an embedded database, never in it
_WRAPPED = b"medevac-document-key/1"


class KeyRingError(Exception):
    """The key ring cannot be used; the sentence says why and what to do."""


@dataclass(frozen=True)
class RingKey:
    """One key of the ring.

    Parameters
    ----------
    name
        By which a wrapped data key says what opens it.
    made
        When, as ISO 8601.
    secret
        32 bytes.
    """

    name: str
    made: str
    secret: bytes

    def __repr__(self) -> str:
        return f"RingKey({self.name})"


@dataclass(frozen=True)
class KeyRing:
    """The keys, the newest last."""

    keys: tuple[RingKey, ...]

    @property
    def newest(self) -> RingKey:
        """The key that wraps."""
        return self.keys[-1]

    def wrap(self, data_key: bytes, document: UUID) -> tuple[str, bytes]:
        """Encrypt a data key; returns the name of the key that did it, and what to keep."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        box = AESGCM(self.newest.secret).encrypt(nonce, data_key, _bound(self.newest.name, document))
        return self.newest.name, nonce + box

    def unwrap(self, name: str, wrapped: bytes, document: UUID) -> bytes:
        """The data key again.

        Raises
        ------
        KeyRingError
            Where the ring lacks the key, or it does not fit.
        """
        found = next((key for key in self.keys if key.name == name), None)
        if found is None:
            raise KeyRingError(
                f"The key ring has no key {name}, which document {document} needs. Put the file with that "
                "key back."
            )
        try:
            return AESGCM(found.secret).decrypt(
                wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], _bound(name, document)
            )
        except (InvalidTag, ValueError):
            raise KeyRingError(
                f"The key {name} does not open the data key of document {document}: one of the two was "
                "changed. Restore it from a backup."
            ) from None


def read_ring(path: Path) -> KeyRing:
    """The ring as the file has it.

    Raises
    ------
    KeyRingError
        Where there is none, others may read it, or it is no key ring.
    """
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            text = file.read()
    except OSError as error:
        raise KeyRingError(
            f"{path}: expected the key ring of documents, which cannot be read ({error.strerror}). Put it "
            "back, or make one with `medevac document-keys --new` where there are no documents yet."
        ) from None
    if mode & 0o077:
        raise KeyRingError(
            f"{path}: expected a file that its owner alone may read (mode 600), got mode {mode:o}. Close it: "
            f"chmod 600 {path}"
        )
    try:
        told = json.loads(text)
        keys = tuple(
            RingKey(str(one["name"]), str(one["made"]), base64.b64decode(one["key"], validate=True))
            for one in told["keys"]
        )
        whole = told["format"] == FORMAT and keys and all(len(key.secret) == KEY_BYTES for key in keys)
    except (ValueError, KeyError, TypeError):
        whole = False
    if not whole or len({key.name for key in keys}) != len(keys):
        raise KeyRingError(f"{path}: expected a key ring of the form {FORMAT}, got something else.")
    return KeyRing(keys)


def add_key(path: Path) -> RingKey:
    """Add a new key, which wraps from now on; makes the file where there is none."""
    with _changing(path):
        keys = read_ring(path).keys if path.exists() else ()
        key = _new_key()
        _write(path, KeyRing((*keys, key)))
    return key


def make_ring(path: Path) -> bool:
    """Make a ring with one key where there is no file; returns whether it was made."""
    with _changing(path):
        if path.exists():
            return False
        _write(path, KeyRing((_new_key(),)))
    return True


def drop_keys(path: Path, names: set[str]) -> None:
    """Take keys out for ever; the newest stays."""
    with _changing(path):
        ring = read_ring(path)
        if ring.newest.name in names:
            raise KeyRingError(
                f"{path}: the newest key cannot be dropped, since it wraps. Add another first."
            )
        _write(path, KeyRing(tuple(key for key in ring.keys if key.name not in names)))


def _new_key() -> RingKey:
    now = datetime.now(UTC)
    name = f"{now:%Y%m%d}-{secrets.token_hex(4)}"
    return RingKey(name, now.isoformat(timespec="seconds"), secrets.token_bytes(KEY_BYTES))


@contextmanager
def _changing(path: Path) -> Iterator[None]:
    """Only one process at a time changes the file."""
    try:
        lock = path.with_name(f".{path.name}.lock").open("a")
    except OSError as error:
        raise KeyRingError(
            f"{path.parent}: cannot be written to ({error.strerror}). Name another file in "
            "MEDEVAC_DOCUMENT_KEYS_FILE."
        ) from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(path: Path, ring: KeyRing) -> None:
    """Whole or not at all, readable by the owner alone, and on the disk before it counts."""
    told = {
        "format": FORMAT,
        "keys": [
            {"name": key.name, "made": key.made, "key": base64.b64encode(key.secret).decode()}
            for key in ring.keys
        ],
    }
    handle, half = tempfile.mkstemp(dir=path.parent, prefix=".document-keys-")  # 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(told, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, path)
    except BaseException:
        Path(half).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _bound(name: str, document: UUID) -> bytes:
    return b"\0".join((_WRAPPED, name.encode(), document.bytes))
