"""The first plan of several flights: one slot after the other, every step valid."""

from __future__ import annotations

import pytest

from medevac.planner import search as module
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.search import Search
from oracle.tiny import tiny_problem
from solver_cases import assert_valid_standing, long_flights, posed


@pytest.mark.parametrize("small", [400, 0], ids=["one at a time", "two at a time"])
def test_flight_by_flight_is_valid(small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests the first standing, every other problem with long flights, fixed flights first."""
    monkeypatch.setattr(module, "SMALL", small)
    for seed in range(800, 850):
        document = tiny_problem(seed)
        instance = Instance(posed(long_flights(document, seed) if seed % 2 else document))
        search = Search(instance, Fleet(instance), instance.pair_value)
        order = sorted(range(len(instance.slots)), key=lambda s: s not in instance.fixed_flight)
        assert_valid_standing(search.greedy(order, lambda: False))


def test_nothing_is_flown_after_the_stop_but_what_must_be() -> None:
    """Tests that a search that is stopped at once flies fixed flights alone."""
    for seed in range(860, 870):
        instance = Instance(posed(tiny_problem(seed)))
        search = Search(instance, Fleet(instance), instance.pair_value)
        standing = search.greedy(list(range(len(instance.slots))), lambda: True)
        assert set(standing.loads) <= set(instance.fixed_flight)
