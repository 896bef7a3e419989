"""The search over many flights: every step valid, none worse than before."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.model import board_capacity, clash
from medevac.planner.search import Search
from medevac.planner.standing import Standing
from oracle.tiny import tiny_problem
from solver_cases import long_flights, posed


def begun(seed: int) -> tuple[Instance, Search, Standing]:
    """A greedy standing of a tiny problem, every other one with long flights; fixed flights first."""
    document = tiny_problem(seed)
    instance = Instance(posed(long_flights(document, seed) if seed % 2 else document))
    search = Search(instance, Fleet(instance), instance.pair_value, seed, threads=1)
    order = sorted(range(len(instance.slots)), key=lambda s: s not in instance.fixed_flight)
    return instance, search, search.greedy(order, lambda: False)


def assert_valid(standing: Standing) -> None:
    """Nothing overbooked, nobody twice, cabins not too full, no flight before the last is back."""
    instance = standing.instance
    hard = instance.first_share_resource
    assert np.all(standing.room.free[:hard] >= -1e-6)
    assert all(np.all(left >= -1e-6) for left in standing.room.arrivals.values())
    loads = list(standing.loads.values())
    people = [int(p) for load in loads for p in standing.travellers(load)]
    assert len(people) == len(set(people)) == standing.placed.sum()
    for load in loads:
        craft = instance.problem.aircraft[instance.slots[load.way.slot].aircraft]
        on_board = instance.board[standing.travellers(load)].sum(axis=0)
        assert np.all(on_board <= board_capacity(craft.layouts[load.way.layout]) + 1e-6)
        assert instance.may_fly(load.way.slot)[standing.travellers(load)].all()
    for one, other in combinations(loads, 2):
        same = instance.slots[one.way.slot].aircraft == instance.slots[other.way.slot].aircraft
        assert not (same and (clash(instance, one.way, other.way) or clash(instance, other.way, one.way)))
    for number, craft in enumerate(instance.problem.aircraft):
        assert sum(instance.slots[x.way.slot].aircraft == number for x in loads) <= craft.max_flights


def test_flight_by_flight_is_valid() -> None:
    """Tests the first standing, and that everybody anew over its flights is no worse."""
    for seed in range(800, 850):
        _, search, standing = begun(seed)
        assert_valid(standing)
        again = search.reassign(standing)
        assert_valid(again)
        assert again.value() >= standing.value() - 1e-6


def test_every_choice_of_slots_is_made_anew_validly() -> None:
    """Tests one, two and three slots in every order, fixed flights and long ones among them."""
    for seed in range(850, 890):
        instance, search, standing = begun(seed)
        slots = range(len(instance.slots))
        choices = [[a] for a in slots] + [[a, b] for a in slots for b in slots if a != b]
        for chosen in choices:
            _, made = search._remake(standing, chosen, lambda: False)
            if made is not None:
                assert_valid(made)


def test_improvement_never_worsens_and_reports_what_it_finds() -> None:
    """Tests values told on the way, and the last of them."""
    for seed in range(890, 910):
        _, search, standing = begun(seed)
        told: list[float] = []
        better = search.improve(
            standing, lambda: False, rounds=10, patience=4, report=lambda s, told=told: told.append(s.value())
        )
        assert_valid(better)
        assert told == sorted(told)
        assert better.value() >= standing.value() - 1e-6
        assert not told or better.value() == told[-1]


def test_nothing_is_made_anew_after_the_stop() -> None:
    """Tests that a search that is stopped at once returns what it was given."""
    _, search, standing = begun(860)
    assert search.improve(standing, lambda: True, rounds=10, patience=4) is standing
