"""Bounds from prices: valid at any prices, against brute force."""

from __future__ import annotations

from itertools import islice

import pytest

from medevac.planner.columns import Bounder
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.relaxation import relax
from oracle.bruteforce import best_score
from oracle.tiny import tiny_problem
from solver_cases import long_flights, posed, promise, random_prices

CLOSE = 1e-6


def bounder_of(seed: int) -> tuple[Bounder, float | None]:
    """The bounder of a tiny problem, every third with long flights, and its best score."""
    document = tiny_problem(seed)
    if seed % 3 == 0:
        document = long_flights(document, seed)
    instance = Instance(posed(document))
    return Bounder(instance, Fleet(instance), promise(instance), threads=1), best_score(document)


@pytest.mark.parametrize("size", [0.0, 3.0, 30.0])
def test_any_prices_give_a_bound(size: float) -> None:
    """Tests that prices without any sense still bound the best plan, whatever the gap of the answers."""
    for seed in range(50):
        bounder, best = bounder_of(seed)
        if best is None:
            continue
        for gap, slack in ((1e-6, 0.0), (0.1, 2.0)):
            prices = random_prices(bounder, seed, size)
            bound = bounder.bound_by_flights(prices, gap=gap, slack=slack, stop=lambda: False)
            assert bound >= best - CLOSE, (seed, gap)


@pytest.mark.parametrize("size", [0.0, 3.0, 30.0])
def test_stop_sets_alone_give_a_bound_at_any_prices(size: float) -> None:
    """Tests the looser bound against brute force, and again once known columns shorten the search."""
    for seed in range(50):
        bounder, best = bounder_of(seed)
        if best is None:
            continue
        for again in range(2):
            prices = random_prices(bounder, seed + 1000 * again, size)
            bound = bounder.bound_by_sets(prices, slack=0.5, stop=lambda: False)
            assert bound >= best - CLOSE, (seed, again)


def test_answers_that_were_cut_short_give_a_bound() -> None:
    """Tests that stopping every search at once or soon leaves the bound valid."""
    for seed in range(50, 90):
        bounder, best = bounder_of(seed)
        if best is None:
            continue
        for looks in (0, 2, 5):
            left = iter([False] * looks)
            prices = random_prices(bounder, seed, 10.0)
            bound = bounder.bound_by_flights(prices, slack=0.0, stop=lambda left=left: next(left, True))
            assert bound >= best - CLOSE, (seed, looks)


def test_descending_ends_near_the_best_score_and_never_below() -> None:
    """Tests that the bound falls to the best score on most tiny problems, and never passes it."""
    near = compared = 0
    for seed in range(90, 130):
        bounder, best = bounder_of(seed)
        if best is None:
            continue
        start = relax(bounder.instance, bounder.fleet, bounder.coupling).duals
        by_sets = bounder.rounds_by_sets(start, lambda: False)
        told = list(by_sets.run_while_falling())
        by_flights = bounder.rounds_by_flights(by_sets.prices, lambda: False)
        told_of_flights = list(islice(by_flights.run(), 15))
        for bounds in (told, told_of_flights):
            assert bounds == sorted(bounds, reverse=True)
        assert bounder.best_bound == pytest.approx(min(told + told_of_flights))
        assert bounder.best_bound >= best - CLOSE, seed
        near += bounder.best_bound <= best + 0.01 * max(1.0, abs(best))
        compared += 1
    assert near >= 0.8 * compared


def test_slots_that_are_asked_the_same_are_answered_the_same() -> None:
    """Tests that an answer shared between slots is the one that each would have had alone."""
    for seed in range(130, 150):
        bounder, _ = bounder_of(seed)
        if bounder.instance.fixed_flight:
            continue
        prices = random_prices(bounder, seed, 5.0)
        found = bounder.price(prices, gap=1e-7, slack=0.0, stop=lambda: False)
        for slot, answer in found.items():
            alone = bounder._price_one(bounder._task(slot, prices), 1e-7, 0.0, lambda: False)
            assert answer.bound == pytest.approx(alone.bound, abs=1e-5)
            assert all(load.way.slot == slot for _, load in answer.loads)
