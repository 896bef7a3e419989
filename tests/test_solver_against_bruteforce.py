"""The planner against brute force, which shares no code with it, on tiny problems with every feature.

Tiny problems are solved whole by `solve`, so the methods for larger ones are called by name here.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from medevac.planner import Plan, fleet, read_problem, solve
from medevac.planner.solve import Solver
from oracle.bruteforce import best_score
from oracle.tiny import tiny_problem, tiny_problems
from solver_cases import broken, long_flights, posed, written

CLOSE = 1e-6
MODULE = import_module("medevac.planner.solve")  # the package's own `solve` is the function


def solved(document: dict[str, Any], **options: Any) -> Plan:
    """The plan of a document, as the command line makes it."""
    document_read = read_problem(written(document))
    plan = solve(document_read.problem, sha256=document_read.sha256, **options)
    assert plan is not None
    return plan


def assert_best(document: dict[str, Any], label: Any = "") -> None:
    """The plan is valid and as good as brute force's, or both say that there is none."""
    best = best_score(document)
    plan = solved(document)
    assert broken(document, plan) == [], label
    if best is None:
        assert plan.status == "infeasible", label
        return
    assert plan.status == "optimal", label
    assert plan.score == pytest.approx(best, abs=1e-5), label
    assert plan.bound is not None
    assert plan.bound >= best - CLOSE, label


def assert_valid(document: dict[str, Any], solver: Solver, label: Any) -> float:
    """Rules, bound and score of what a method has left in the solver; returns the score."""
    best = best_score(document)
    assert best is not None
    bound, sha256 = solver.bound, read_problem(written(document)).sha256
    assert bound is None or bound >= best - CLOSE, label
    plan = solver.plan(sha256)
    if plan is None:
        return float("-inf")
    assert broken(document, plan) == [], label
    assert plan.score is not None
    assert plan.score <= best + CLOSE, label
    return plan.score


@given(tiny_problems())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_solve_equals_brute_force(document: dict[str, Any]) -> None:
    """Tests that the plan is the best there is, with every feature on now and then."""
    assert_best(document)


@pytest.mark.parametrize("first", range(0, 150, 50))
def test_solve_equals_brute_force_on_the_same_problems_always(first: int) -> None:
    """Tests the same on a fixed set of problems, so that a loss shows in the change that caused it."""
    for seed in range(first, first + 50):
        assert_best(tiny_problem(seed), seed)


def test_solve_equals_brute_force_when_flights_are_back_after_midnight() -> None:
    """Tests that no flight leaves before the last is back, and that nothing is lost by waiting for it."""
    for seed in range(2000, 2040):
        assert_best(long_flights(tiny_problem(seed), seed), seed)


@pytest.mark.parametrize("first", range(0, 90, 30))
def test_many_flights_obey_all_rules_and_their_bound(first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests the method for many flights: valid plans, no better than the best, bounds no lower than it."""
    monkeypatch.setattr(MODULE, "PATIENCE", 3)
    equal = compared = 0
    for seed in range(first, first + 30):
        document = tiny_problem(seed)
        best = best_score(document)
        if best is None:
            continue
        solver = Solver(posed(document))
        solver._solve_many_flights()
        score = assert_valid(document, solver, seed)
        compared += 1
        equal += score >= best - 1e-4 * max(1.0, abs(best))
    # Nothing forces a search to find the best, but on so small problems it hardly ever misses it.
    assert equal >= 0.95 * compared


def test_many_long_flights_obey_all_rules_and_their_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests the method for many flights where one flight holds up the next, fixed flights among them."""
    monkeypatch.setattr(MODULE, "PATIENCE", 3)
    for seed in range(2000, 2020):
        document = long_flights(tiny_problem(seed), seed)
        if best_score(document) is None:
            continue
        solver = Solver(posed(document))
        solver._solve_many_flights()
        assert_valid(document, solver, seed)


def test_many_flights_are_used_where_the_whole_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests the way through `solve` itself, with the whole model switched off."""
    monkeypatch.setattr(MODULE, "every_way", lambda *_, **__: None)
    monkeypatch.setattr(MODULE, "PATIENCE", 3)
    for seed in range(300, 320):
        document = tiny_problem(seed)
        best = best_score(document)
        if best is None:
            continue
        document_read = read_problem(written(document))
        plan = solve(document_read.problem, sha256=document_read.sha256)
        if plan is None:
            continue
        assert broken(document, plan) == [], seed
        assert plan.score <= best + CLOSE, seed
        assert plan.bound is None or plan.bound >= best - CLOSE, seed
        assert plan.status != "optimal" or plan.score >= best - 1e-3, seed


def test_extra_stops_are_listed_wherever_they_could_help(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests large maps' rule for stops at which nobody leaves: nothing is lost where they are not listed."""
    monkeypatch.setattr(fleet, "MOST_PASSED", 0)
    for seed in range(150):
        assert_best(tiny_problem(seed), seed)


def test_one_flight_equals_brute_force() -> None:
    """Tests that the search for one flight ends with the best plan and with its score as the bound."""
    compared = 0
    for seed in range(240):
        document = tiny_problem(seed)
        if one_free_flight(document):
            solver = Solver(posed(document))
            solver._solve_one_flight()
            best = best_score(document)
            assert assert_valid(document, solver, seed) == pytest.approx(best, abs=1e-5), seed
            assert solver.bound == pytest.approx(best, abs=1e-5), seed
            compared += 1
    assert compared > 70


def test_one_flight_with_a_loose_gap_has_a_bound() -> None:
    """Tests that a search that may end early gives a bound that is no lower than the best plan."""
    for seed in range(120):
        document = tiny_problem(seed)
        if one_free_flight(document):
            solver = Solver(posed(document), gap=0.2)
            solver._solve_one_flight()
            assert_valid(document, solver, seed)


def one_free_flight(document: dict[str, Any]) -> bool:
    """Whether the problem has one aircraft on one date and nothing fixed."""
    fixed = document.get("fixed") or document.get("fixed_flights")
    return not fixed and sum(len(craft["days"]) for craft in document["aircraft"]) == 1
