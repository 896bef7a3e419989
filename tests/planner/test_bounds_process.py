"""Tests the process that finds bounds: the same bounds as here, no process left behind, faults told."""

from __future__ import annotations

import pytest

from medevac.planner.bounding import BoundsProcess, bounds
from medevac.planner.bounding import process as module
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from solver_cases import posed, shrunken_week


def test_the_process_finds_what_is_found_here() -> None:
    """Tests that bounds are the same to the last digit, and never rise above the first by the end."""
    problem = posed(shrunken_week())
    instance = Instance(problem)
    here = list(bounds(instance, Fleet(instance), 0.0, lambda: False))
    source = BoundsProcess(problem, 0.0)
    there = list(source)
    source.end()
    source.close()
    assert there == here
    assert len(here) > 5
    assert min(here) < here[0]


def test_an_ended_process_is_gone_and_says_nothing() -> None:
    """Tests ending in the middle: no warning, no more bounds."""
    source = BoundsProcess(posed(shrunken_week()), 0.0)
    told = iter(source)
    next(told)
    source.end()
    assert source._process.returncode is not None
    assert len(list(told)) < 100
    source.close()


def test_a_process_that_fails_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests a command that exits with a fault: a warning with its last line, and no bounds."""
    monkeypatch.setattr(module, "COMMAND", ("-c", "raise SystemExit('no room for prices')"))
    source = BoundsProcess(posed(shrunken_week()), 0.0)
    with pytest.warns(RuntimeWarning, match="no room for prices"):
        assert list(source) == []
    source.close()


def test_the_process_ends_with_its_parent() -> None:
    """Tests that closing its input ends it, as the end of the parent does."""
    source = BoundsProcess(posed(shrunken_week()), 0.0)
    next(iter(source))
    assert source._process.stdin is not None
    source._process.stdin.close()
    assert source._process.wait(timeout=60) == 0
    source.end()
    source.close()
