"""The same problem and seed make the same plan when the search ends by gap."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from instances import make
from medevac.planner import Plan, solve
from oracle.tiny import tiny_problem
from solver_cases import posed, shrunken_week

MODULE = import_module("medevac.planner.solve")  # the package's own `solve` is the function


def decided(document: dict[str, Any], seed: int, **options: Any) -> Plan:
    """The plan without the seconds that it took."""
    plan = solve(posed(document), seed=seed, **options)
    assert plan is not None
    assert plan.solver is not None
    assert plan.solver.seed == seed
    return replace(plan, solver=replace(plan.solver, seconds=0.0))


def test_tiny_problems() -> None:
    """Tests problems that are solved whole."""
    for seed in range(20):
        document = tiny_problem(seed)
        assert decided(document, 3) == decided(document, 3)


def test_tiny_problems_by_the_methods_for_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests the methods for one flight and for many."""
    monkeypatch.setattr(MODULE, "every_way", lambda *_, **__: None)
    monkeypatch.setattr(MODULE, "PATIENCE", 3)
    for seed in range(20):
        document = tiny_problem(seed)
        plans = [solve(posed(document), seed=3) for _ in range(2)]
        one, other = (p and replace(p, solver=None) for p in plans)
        assert one == other


def test_one_flight_of_full_size() -> None:
    """Tests 60 patients, 60 hospitals, one flight."""
    document = make("W", 2)
    assert decided(document, 1) == decided(document, 1)


def test_a_shrunken_week(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests several aircraft and hubs, where two threads work side by side."""
    monkeypatch.setattr(MODULE, "PATIENCE", 3)
    one, other = (decided(shrunken_week(), 1, gap=0.04) for _ in range(2))
    assert one == other
