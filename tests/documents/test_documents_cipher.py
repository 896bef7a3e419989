"""Tests the cipher and the key ring: what was changed, moved, cut or swapped never opens."""

from __future__ import annotations

import json
import threading
import tracemalloc
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medevac.documents.cipher import PIECE_BYTES, TAG_BYTES, TamperedError, new_key, opened, sealed
from medevac.documents.keyring import KeyRingError, add_key, drop_keys, make_ring, read_ring

ID, KEY = uuid4(), new_key()
LENGTHS = st.sampled_from(
    [0, 1, 100, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES, 150_000]
)


def content(length: int) -> bytes:
    """Bytes that differ from place to place."""
    return (bytes(range(251)) * (length // 251 + 1))[:length]


@given(LENGTHS, st.integers(1, 200_000))
@settings(max_examples=40, deadline=None)
def test_what_is_sealed_opens(length: int, cut: int) -> None:
    """Tests that any length, cut anyhow, comes back as it was, in pieces of the promised size."""
    plain = content(length)
    parts = [plain[start : start + cut] for start in range(0, length, cut)]
    pieces = list(sealed(KEY, ID, parts))
    assert all(len(piece) == PIECE_BYTES + TAG_BYTES for piece in pieces[:-1])
    assert len(pieces[-1]) <= PIECE_BYTES + TAG_BYTES
    assert b"".join(opened(KEY, ID, pieces, len(pieces))) == plain


PLAIN = content(3 * PIECE_BYTES + 700)
PIECES = list(sealed(KEY, ID, [PLAIN]))


@given(st.integers(0, sum(map(len, PIECES)) - 1), st.integers(1, 255))
@settings(max_examples=150, deadline=None)
def test_any_changed_byte_is_an_error(place: int, change: int) -> None:
    """Tests that one changed byte anywhere is told, and that nothing false was given out before."""
    pieces, out = list(PIECES), bytearray()
    number = 0
    while place >= len(pieces[number]):
        place -= len(pieces[number])
        number += 1
    changed = bytearray(pieces[number])
    changed[place] ^= change
    pieces[number] = bytes(changed)
    with pytest.raises(TamperedError, match=f"piece {number + 1} of 4"):
        out.extend(byte for part in opened(KEY, ID, pieces, 4) for byte in part)
    assert PLAIN.startswith(bytes(out))


@pytest.mark.parametrize(
    ("pieces", "count"),
    [
        (PIECES[:3], 4),  # cut off
        (PIECES[:3], 3),  # cut off, and the count with it
        ([PIECES[1], PIECES[0], *PIECES[2:]], 4),  # two changed places
        ([PIECES[0], PIECES[2], PIECES[3]], 3),  # one left out
        ([*PIECES, PIECES[3]], 5),  # one more
        ([PIECES[0], PIECES[0], *PIECES[2:]], 4),  # one twice
        ([], 1),
        ([b"", *PIECES[1:]], 4),
    ],
)
def test_moved_and_missing_pieces_are_an_error(pieces: list[bytes], count: int) -> None:
    """Tests that every way to cut, move, repeat and leave out is told."""
    with pytest.raises(TamperedError):
        list(opened(KEY, ID, pieces, count))


def test_pieces_of_another_document_or_key_are_an_error() -> None:
    """Tests that a piece is bound to its document, even under the same key."""
    with pytest.raises(TamperedError):
        list(opened(KEY, uuid4(), PIECES, 4))
    with pytest.raises(TamperedError):
        list(opened(new_key(), ID, PIECES, 4))


def test_the_ring_is_a_closed_file_and_the_newest_key_wraps(tmp_path: Path) -> None:
    """Tests making, adding and dropping keys, and that a wrapped key is bound to its document."""
    path = tmp_path / "keys.json"
    assert make_ring(path)
    assert not make_ring(path)
    assert path.stat().st_mode & 0o777 == 0o600
    first = read_ring(path).newest
    name, wrapped = read_ring(path).wrap(KEY, ID)
    second = add_key(path)
    assert read_ring(path).newest == second
    assert read_ring(path).unwrap(name, wrapped, ID) == KEY
    with pytest.raises(KeyRingError, match="does not open"):
        read_ring(path).unwrap(name, wrapped, uuid4())
    with pytest.raises(KeyRingError, match="cannot be dropped"):
        drop_keys(path, {second.name})
    drop_keys(path, {first.name})
    with pytest.raises(KeyRingError, match="has no key"):
        read_ring(path).unwrap(name, wrapped, ID)
    assert second.secret.hex() not in repr(read_ring(path))


def test_a_ring_that_others_may_read_or_that_is_none_is_refused(tmp_path: Path) -> None:
    """Tests each fault of the file, with what to do."""
    path = tmp_path / "keys.json"
    with pytest.raises(KeyRingError, match="document-keys --new"):
        read_ring(path)
    make_ring(path)
    path.chmod(0o640)
    with pytest.raises(KeyRingError, match="chmod 600"):
        read_ring(path)
    path.chmod(0o600)
    for text in ("{", "[]", json.dumps({"format": "medevac-document-keys/1", "keys": []})):
        path.write_text(text)
        with pytest.raises(KeyRingError, match="expected a key ring"):
            read_ring(path)


def test_two_who_add_keys_at_once_lose_none(tmp_path: Path) -> None:
    """Tests that the file is changed by one at a time."""
    path = tmp_path / "keys.json"
    threads = [threading.Thread(target=add_key, args=(path,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_ring(path).keys) == 8


def test_memory_does_not_grow_with_the_file() -> None:
    """Tests that 24 MB pass through sealing and opening with less than 2 MB in memory at any time."""
    part, count = bytes(100_000), 240
    tracemalloc.start()
    try:
        pieces = sealed(KEY, ID, (part for _ in range(count)))
        total = sum(map(len, opened(KEY, ID, pieces, -(-len(part) * count // PIECE_BYTES))))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert total == len(part) * count
    assert peak < 2_000_000, peak
