"""Tests that the list of the longest files of tests names files that are there."""

from __future__ import annotations

from long_files import LONGEST, TESTS, UNMEASURED, WITH_A_HOME, WITH_THE_DEMONSTRATION


def test_every_file_is_there() -> None:
    """Tests that a file that was renamed or split is not forgotten at the head of the queue."""
    for names in (LONGEST, UNMEASURED, WITH_A_HOME, WITH_THE_DEMONSTRATION):
        assert [name for name in names if not (TESTS / name.split("::")[0]).exists()] == []
        assert len(set(names)) == len(names)
