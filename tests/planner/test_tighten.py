"""Tightened bounds of single sets: below the scan's, never below the best load, wherever the prices start."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from test_pricing import exact, searches, set_prices, sets_of


@pytest.mark.parametrize("size", [0.0, 5.0, 40.0])
def test_tightened_bounds_hold(size: float) -> None:
    """Tests random prices to start from, and targets from far too low to far too high."""
    for seed, search in searches(range(20, 32)):
        pick = Random(seed)
        worth = {key: exact(search, *key) for key in sets_of(search)}
        for target in (-50.0, 0.0, 30.0, 300.0):
            set_prices(search, pick, size)
            for (number, *at), value in worth.items():
                flat = np.array([np.ravel_multi_index(tuple(at), search.sets.hubs[number].bound.shape)])
                bound = np.array([np.inf])
                search.sets.tighten_at(number, flat, bound, target)
                assert bound[0] >= value - 1e-6, (seed, at, target)


def test_tightening_pays() -> None:
    """Tests that most sets of tiny problems are bounded within a tenth of their best load at once."""
    near = count = 0
    for _, search in searches(range(20, 40)):
        for number, *at in sets_of(search):
            value = exact(search, number, *at)
            flat = np.array([np.ravel_multi_index(tuple(at), search.sets.hubs[number].bound.shape)])
            bound = np.array([np.inf])
            search.sets.tighten_at(number, flat, bound, search._target())
            # The target is a guess from above or the best so far: a bound below it is let be.
            near += bound[0] <= max(value + 0.1 * abs(value), search._target()) + 1.0
            count += 1
    assert near >= 0.8 * count
