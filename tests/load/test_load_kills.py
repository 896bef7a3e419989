"""Tests that nothing acknowledged is lost when web, worker, database and keeper are killed under load.

The full size, 2,000 writes, is `benchmarks/kill_under_load.py`; this is the same on fewer writes.
"""

from __future__ import annotations

import os

import pytest

from kill_under_load import run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are killed as POSIX knows it")


def test_nothing_acknowledged_is_lost() -> None:
    """Tests that every kind of process killed once costs no write and no job, and that all come back."""
    outcome = run(operations=120, kills=4, seed=1)
    assert outcome.killed == {"web": 1, "worker": 1, "server": 1, "keeper": 1}
    assert outcome.acknowledged == 120
    assert outcome.lost == []
    assert outcome.undelivered == []
    assert outcome.not_told_once == []
    assert outcome.emails >= 120
    assert outcome.emails_lost == []
    assert outcome.emails_uncounted == []
    assert outcome.good
