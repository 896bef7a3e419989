"""The model over some routes: loads obey room and cabin, prices and the linear model bound from above."""

from __future__ import annotations

from random import Random

import numpy as np

from medevac.planner.exact import every_way
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.model import Load, Room, RouteModel, Way, board_capacity, clash
from medevac.planner.standing import Standing, load_value
from oracle.tiny import tiny_problem
from solver_cases import long_flights, posed


def some_ways(seed: int) -> tuple[Instance, list[Way]]:
    """A few ways of a tiny problem, every other one with long flights."""
    document = tiny_problem(seed)
    instance = Instance(posed(long_flights(document, seed) if seed % 2 else document))
    ways = every_way(instance, Fleet(instance)) or []
    return instance, Random(seed).sample(ways, min(len(ways), 8))


def used_room(instance: Instance, seed: int) -> Room:
    """A room in which a third of everything is taken."""
    pick = Random(seed)
    room = Room.whole(instance)
    taken = [pick.randint(0, 1) for _ in room.free]
    room.free[:] = np.maximum(0.0, room.free - taken)
    return room


def assert_on_board(instance: Instance, load: Load) -> None:
    """The cabin holds those on board (rule 5), and families are whole (rule 8)."""
    craft = instance.problem.aircraft[instance.slots[load.way.slot].aircraft]
    people = instance.pair_patient[[s.pair for s in load.seats]]
    assert np.all(instance.board[people].sum(axis=0) <= board_capacity(craft.layouts[load.way.layout]) + 1e-6)
    units, count = np.unique(instance.unit_of[people], return_counts=True)
    assert np.all(count == instance.unit_size[units])


def test_loads_obey_room_cabin_and_order() -> None:
    """Tests random ways in rooms partly taken: nothing is overbooked, and no flight leaves too early."""
    boarded = 0
    for seed in range(400, 480):
        instance, ways = some_ways(seed)
        if not ways:
            continue
        room = used_room(instance, seed)
        model = RouteModel(instance, ways, room, np.arange(len(instance.patients)), instance.pair_value)
        solved = model.solve(gap=1e-9)
        loads = model.loads(solved)
        standing = Standing(instance, instance.pair_value)
        standing.room = room.copy()
        for load in loads:
            assert_on_board(instance, load)
            standing.add(load)  # refuses a second load of a slot
            boarded += len(load.seats)
        hard = instance.first_share_resource
        assert np.all(standing.room.free[:hard] >= -1e-6), seed
        assert all(np.all(left >= -1e-6) for left in standing.room.arrivals.values()), seed
        assert len({instance.pair_patient[s.pair] for x in loads for s in x.seats}) == sum(
            len(x.seats) for x in loads
        )
        assert not any(clash(instance, a.way, b.way) for a in loads for b in loads), seed
        for number, craft in enumerate(instance.problem.aircraft):
            assert sum(instance.slots[x.way.slot].aircraft == number for x in loads) <= craft.max_flights
    assert boarded > 40


def test_the_objective_is_the_value_of_the_loads() -> None:
    """Tests that what the model counts is what the standing counts, fair shares included."""
    for seed in range(480, 520):
        instance, ways = some_ways(seed)
        if not ways:
            continue
        everybody = np.arange(len(instance.patients))
        model = RouteModel(instance, ways, Room.whole(instance), everybody, instance.pair_value)
        solved = model.solve(gap=1e-9)
        standing = Standing(instance, instance.pair_value)
        for load in model.loads(solved):
            standing.add(load)
        assert abs(standing.value() - solved.objective) < 1e-6, seed


def test_the_linear_model_bounds_the_whole_one() -> None:
    """Tests that halves of patients are worth no less than whole ones, and that prices are not negative."""
    for seed in range(520, 560):
        instance, ways = some_ways(seed)
        if not ways:
            continue
        everybody = np.arange(len(instance.patients))
        flown = Way(ways[0].slot, ways[0].layout, ways[0].route, flown=True)
        model = RouteModel(instance, [flown], used_room(instance, seed), everybody, instance.pair_value)
        linear, whole = model.solve(whole=False), model.solve(gap=1e-9)
        assert linear.objective >= whole.objective - 1e-6
        assert whole.bound >= whole.objective - 1e-9
        prices = model.prices(linear)
        assert all(p >= 0 for kind in (prices.resource, prices.arrivals, prices.drops) for p in kind.values())
        (load,) = model.loads(whole)
        assert load_value(instance, load, instance.pair_value) >= whole.objective - 1e-6  # less fair shares


def test_flights_left_bind() -> None:
    """Tests that an aircraft without flights left stays on the ground."""
    for seed in range(560, 580):
        instance, ways = some_ways(seed)
        if not ways:
            continue
        everybody, none = np.arange(len(instance.patients)), np.zeros(len(instance.problem.aircraft))
        room = Room.whole(instance)
        model = RouteModel(instance, ways, room, everybody, instance.pair_value, flights_left=none)
        if not any(w.flown for w in ways):
            assert model.loads(model.solve()) == []
