"""Bounds of all stop sets at once, at any prices, held against exact loads of every order."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import numpy as np
import pytest

from medevac.planner.fleet import Fleet
from medevac.planner.flight import FlightSearch, Task
from medevac.planner.instance import Instance
from medevac.planner.model import Room, RouteModel, Way
from oracle.tiny import tiny_problem
from solver_cases import posed


def searches(seeds: range) -> Iterator[tuple[int, FlightSearch]]:
    """A search for every free slot of some tiny problems, fair shares now and then left out."""
    for seed in seeds:
        instance = Instance(posed(tiny_problem(seed)))
        fleet = Fleet(instance)
        for slot in range(len(instance.slots)):
            if slot not in instance.fixed_flight:
                everybody = np.arange(len(instance.patients))
                task = Task(slot, everybody, instance.pair_value, Room.whole(instance), shares=seed % 2 == 0)
                yield seed, FlightSearch(instance, fleet, task)


def set_prices(search: FlightSearch, pick: Random, size: float) -> None:
    """Prices of which half are zero; fair shares cost at most what the weights say, or nothing."""
    price = search.sets.price
    for part in (price.resource, price.arrivals, price.drops, price.board):
        part[:] = [pick.uniform(0, size) if pick.random() < 0.5 else 0.0 for _ in part]
    first = search.instance.first_share_resource
    most = search.instance.problem.weights.above_fair_share if search.task.shares else 0.0
    price.resource[first:] = [pick.uniform(0, most) for _ in price.resource[first:]]
    # What is there without limit has no price, else the bound would be as large as the limit is taken to be.
    price.arrivals[search.task.room.arrivals[search.sets.day] > 1e6] = 0.0
    price.drops[search.sets.ambulances > 1e6] = 0.0
    price.board[np.max(search.sets.capacities, axis=0) > 1e6] = 0.0


def exact(search: FlightSearch, number: int, row: int, base: int, layout: int) -> float:
    """The value of the best load of any order of a set."""
    library, task = search.sets.hubs[number].library, search.task
    best = -np.inf
    for route in library.orders(library.stops_of(row), base_drop=bool(base)):
        way = Way(task.slot, layout, route, flown=True)
        model = RouteModel(search.instance, [way], task.room, task.patients, task.weight, shares=task.shares)
        best = max(best, model.solve(gap=1e-9).objective)
    return best


def sets_of(search: FlightSearch) -> Iterator[tuple[int, int, int, int]]:
    """Hub, row, base and layout of every set that can be flown."""
    for number, hub in enumerate(search.sets.hubs):
        if len(hub.units):
            for row, base in np.argwhere(np.isfinite(hub.library.flying)).tolist():
                for layout in range(hub.bound.shape[2]):
                    yield number, row, base, layout


@pytest.mark.parametrize("size", [0.0, 5.0, 40.0])
def test_the_scan_bounds_every_set_at_any_prices(size: float) -> None:
    """Tests that no set is worth more than the scan says, at random prices of all that is scarce."""
    for seed, search in searches(range(12)):
        pick = Random(seed)
        worth = {key: exact(search, *key) for key in sets_of(search)}
        for _ in range(3):
            set_prices(search, pick, size)
            for hub in search.sets.hubs:
                hub.bound[np.isfinite(hub.bound)] = np.inf
            search.sets.scan()
            for (number, *at), value in worth.items():
                assert search.sets.hubs[number].bound[tuple(at)] >= value - 1e-6, (seed, at)


def test_sets_that_cannot_be_flown_are_worth_nothing() -> None:
    """Tests that the scan leaves them at minus infinity."""
    for _, search in searches(range(12)):
        for hub in search.sets.hubs:
            assert np.all(hub.bound[~np.isfinite(hub.library.flying)] == -np.inf)
