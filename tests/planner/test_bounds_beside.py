"""Tests that bounds found beside the plan count by number, never by the clock."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from medevac.planner.bounding import BoundsBeside, BoundsHere


def never() -> bool:
    """Time is never out."""
    return False


def test_the_first_so_many_count_however_many_are_known() -> None:
    """Tests 9, 7, 8, 5: the smallest of the first three is 7, and a fifth does not come."""
    with BoundsBeside(BoundsHere(lambda _: iter([9.0, 7.0, 8.0, 5.0])), never) as found:
        assert found.best_of(5) == (5.0, True)
        assert found.best_of(4) == (5.0, False)
        assert found.best_of(3) == (7.0, False)
        assert found.best_of(0) == (None, False)
        assert found.best() == 5.0


def test_who_asks_for_more_waits_for_it() -> None:
    """Tests that the second bound is waited for, and not the third."""
    go = threading.Event()

    def find(_: object) -> Iterator[float]:
        yield 3.0
        go.wait()
        yield 2.0
        yield 1.0

    with BoundsBeside(BoundsHere(find), never) as found:
        assert found.best_of(1) == (3.0, False)
        threading.Timer(0.05, go.set).start()
        assert found.best_of(2) == (2.0, False)


def test_out_of_time_nobody_waits() -> None:
    """Tests a bound that never comes."""
    with BoundsBeside(BoundsHere(endless), lambda: True) as found:
        assert found.best_of(10**9)[1] is False


def endless(stop: object) -> Iterator[float]:
    """Bounds until somebody says to end."""
    assert callable(stop)
    while not stop():
        yield 1.0


def test_leaving_ends_the_source() -> None:
    """Tests that an endless source is told to end."""
    before = threading.active_count()
    with BoundsBeside(BoundsHere(endless), never) as found:
        found.best_of(1)
    assert threading.active_count() == before


def test_a_fault_reaches_whoever_asks() -> None:
    """Tests that a fault in the thread is not lost."""

    def find(_: object) -> Iterator[float]:
        yield 4.0
        raise ValueError("no prices")

    with BoundsBeside(BoundsHere(find), never) as found, pytest.raises(ValueError, match="no prices"):
        found.best_of(2)
