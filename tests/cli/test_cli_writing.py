"""Tests of writing files: all or none."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from medevac.cli.writing import CannotWriteError, prepared_folder, write_all


def test_every_file_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    """Tests new and replaced files."""
    (tmp_path / "a").write_bytes(b"old")
    write_all(tmp_path, {"a": b"new", "b": b"2"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"new", "b": b"2"}


def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that the old file stands when the second one finds no room."""
    (tmp_path / "a").write_bytes(b"old")
    synced: list[int] = []

    def full_at_the_second(handle: int) -> None:
        synced.append(handle)
        if len(synced) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full_at_the_second)
    with pytest.raises(CannotWriteError, match=r"b: cannot be written .No space left"):
        write_all(tmp_path, {"a": b"new", "b": b"2"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


def test_a_failed_move_puts_the_others_back(tmp_path: Path) -> None:
    """Tests that a new file is removed and an old one returns when a later one cannot be moved."""
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "c").mkdir()
    with pytest.raises(CannotWriteError):
        write_all(tmp_path, {"a": b"new", "b": b"2", "c": b"3"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c"]


def test_a_folder_made_in_vain_is_removed(tmp_path: Path) -> None:
    """Tests that only empty folders that were made here are removed."""
    with prepared_folder(tmp_path / "x" / "y"):
        assert (tmp_path / "x" / "y").is_dir()
    assert list(tmp_path.iterdir()) == []
    with prepared_folder(tmp_path / "x" / "y"):
        (tmp_path / "x" / "y" / "file").touch()
    assert (tmp_path / "x" / "y" / "file").exists()


def test_an_existing_empty_folder_stays(tmp_path: Path) -> None:
    """Tests that what was there before is not removed."""
    with prepared_folder(tmp_path):
        pass
    assert tmp_path.is_dir()
