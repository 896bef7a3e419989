"""The search for one flight: its bound holds however it ends, its loads obey what was asked."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest

from instances import make
from medevac.planner.fleet import Fleet
from medevac.planner.flight import FlightSearch, Task
from medevac.planner.instance import Instance
from medevac.planner.model import Room, RouteModel, Way
from medevac.planner.problem import Layout
from oracle.tiny import tiny_problem
from solver_cases import long_flights, posed

CLOSE = 1e-6


def tasks(instance: Instance, seed: int) -> list[Task]:
    """A task for each free slot: now and then with less room, other weights, or a window of time."""
    pick = Random(seed)
    found = []
    for slot in range(len(instance.slots)):
        if slot in instance.fixed_flight:
            continue
        room = Room.whole(instance)
        if pick.random() < 0.6:
            hard = instance.first_share_resource
            room.free -= [pick.randint(0, 1) for _ in room.free]
            room.free[:hard] = np.maximum(0.0, room.free[:hard])
            for left in room.arrivals.values():
                left[left > 0] -= [pick.randint(0, 1) for _ in left[left > 0]]
        weight = instance.pair_value * (pick.random() if pick.random() < 0.4 else 1.0)
        window = (
            (0.0, np.inf)
            if pick.random() < 0.5
            else (float(pick.randint(0, 600)), float(pick.randint(700, 2500)))
        )
        everybody = np.arange(len(instance.patients))
        found.append(Task(slot, everybody, weight, room, pick.random() < 0.6, *window))
    return found


def best_of_all_routes(instance: Instance, fleet: Fleet, task: Task) -> float:
    """The value of the best flight, by one exact model for every route and layout there is."""
    best = 0.0
    for library in fleet.libraries(task.slot):
        for row in range(len(library.depth)):
            for base_drop in (False, True):
                for route in library.orders(
                    library.stops_of(row), base_drop=base_drop, not_before=task.not_before,
                    back_before=task.back_before,
                ):  # fmt: skip
                    for layout in range(len(library.aircraft.layouts)):
                        way = Way(task.slot, layout, route, flown=True)
                        model = RouteModel(
                            instance, [way], task.room, task.patients, task.weight, shares=task.shares
                        )
                        best = max(best, model.solve(gap=1e-9).objective)
    return best


@pytest.mark.parametrize("first", [0, 20])
def test_the_best_flight_is_found_and_proven(first: int) -> None:
    """Tests value and bound against all routes, with room used up, prices taken off and windows of time."""
    for seed in range(first, first + 20):
        instance = Instance(posed(tiny_problem(seed)))
        fleet = Fleet(instance)
        for task in tasks(instance, seed):
            best = best_of_all_routes(instance, fleet, task)
            found = FlightSearch(instance, fleet, task).run(gap=1e-8)
            assert max(0.0, found.value) == pytest.approx(best, abs=1e-5), (seed, task.slot)
            assert found.bound == pytest.approx(best, abs=1e-5), (seed, task.slot)


def test_a_bound_holds_however_the_search_ends() -> None:
    """Tests bounds after a few models, after a few looks at the clock, and with loose gaps."""
    for seed in range(100, 150):
        instance = Instance(posed(tiny_problem(seed)))
        fleet = Fleet(instance)
        for task in tasks(instance, seed):
            best = FlightSearch(instance, fleet, task).run(gap=1e-8).value
            for models in range(3):
                assert FlightSearch(instance, fleet, task).run(most_models=models).bound >= best - CLOSE, seed
            for looks in (0, 1, 3, 6):
                left = iter([False] * looks)
                found = FlightSearch(instance, fleet, task).run(stop=lambda left=left: next(left, True))
                assert found.bound >= best - CLOSE, seed
            for gap in (0.01, 0.3):
                for whole in (True, False):
                    found = FlightSearch(instance, fleet, task).run(gap=gap, whole=whole)
                    assert found.bound >= best - CLOSE, seed


def small_cabin(seed: int, first: int) -> Instance:
    """Half the patients of a benchmark, harder to load, and an aircraft for a dozen."""
    document: dict[str, Any] = make("W", seed)
    pick = Random(seed)
    patients = [p for p in document["patients"][first : first + 25] if p.get("family") is None]
    for one in patients:
        one |= {"care": pick.randint(1, 8), "companions": pick.randint(0, 3)}
    problem = posed({**document, "patients": patients, "families": {}})
    layouts = (Layout("l", litters=6, intensive=2, seats=11, care=31),)
    craft = replace(problem.aircraft[0], layouts=layouts, max_stops=2)
    return Instance(replace(problem, aircraft=(craft,)))


def test_a_bound_holds_with_a_loose_gap_and_many_patients() -> None:
    """Tests that what a model with a gap leaves open stays in the bound."""
    for seed in range(1, 25):
        instance = small_cabin(seed, seed)
        fleet = Fleet(instance)
        task = Task(0, np.arange(len(instance.patients)), instance.pair_value, Room.whole(instance))
        best = FlightSearch(instance, fleet, task).run(gap=1e-8).value
        for gap in (1e-3, 0.05, 0.2):
            found = FlightSearch(instance, fleet, task).run(gap=gap)
            assert found.bound >= best - 1e-6 * best, (seed, gap)
            assert found.value <= best + 1e-6 * best, (seed, gap)


def test_flights_keep_to_their_window() -> None:
    """Tests that no load leaves before the aircraft is there, or is back after it is needed."""
    flown = 0
    for seed in range(200, 230):
        instance = Instance(posed(long_flights(tiny_problem(seed), seed)))
        fleet = Fleet(instance)
        for task in tasks(instance, seed):
            for _, load in FlightSearch(instance, fleet, task).run().loads:
                assert load.way.route.leaves_base >= task.not_before - CLOSE
                assert load.way.route.back_at <= task.back_before + CLOSE
                flown += task.not_before > 0
    assert flown > 5


def test_a_fixed_flight_that_cannot_be_flown_is_worth_less_than_nothing() -> None:
    """Tests that the search ends with no load and no finite bound where the fixed flight breaks a rule."""
    # In tiny problem 11 the fixed flight cannot be flown as it is given.
    instance = Instance(posed(tiny_problem(11)))
    (slot,) = instance.fixed_flight
    task = Task(slot, np.arange(len(instance.patients)), instance.pair_value, Room.whole(instance))
    found = FlightSearch(instance, Fleet(instance), task).run()
    assert found.loads == []
    assert found.bound == -np.inf
