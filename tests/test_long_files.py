"""Tests that the list of the longest files of tests names files that are there."""

from __future__ import annotations

from long_files import LONGEST, TESTS


def test_every_file_is_there() -> None:
    """Tests that a file that was renamed or split is not forgotten at the head of the queue."""
    assert [name for name in LONGEST if not (TESTS / name).is_file()] == []
    assert len(set(LONGEST)) == len(LONGEST)
