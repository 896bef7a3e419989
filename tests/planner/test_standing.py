"""A plan in the making: what is added can be taken back, and room, value and windows follow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_problem import AIRCRAFT, DAY_1, DAY_2, hospital, patient, problem

from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.model import Load, Seat, Way
from medevac.planner.problem import Country, Fixed
from medevac.planner.search import Search
from medevac.planner.standing import Standing, adopt
from oracle.tiny import tiny_problem
from solver_cases import posed


def loaded(
    instance: Instance, stops: tuple[str, ...] = ("MIDD",), *, slot: int = 0, leaves: int = 360
) -> Load:
    """The first patient to the first hospital on one flight of the small problem."""
    way = Way(slot, 0, Fleet(instance).route(slot, "HUBB", stops, leaves), flown=True)
    return Load(way, (Seat(0, 0),))


def test_value_is_score() -> None:
    """Tests the value of one patient in MIDD, less the fair share that it breaks."""
    # 10 + 1.5 - 0.45 - 0.2 = 10.85, and 0.5 less where MC should have nobody.
    for share, expected in ((None, 10.85), (1, 10.85), (0, 10.35)):
        instance = Instance(problem(countries={"MC": Country("MC", fair_share=share), "EC": Country("EC")}))
        standing = Standing(instance, instance.pair_value)
        standing.add(loaded(instance))
        assert standing.value() == pytest.approx(expected)


def test_what_is_removed_leaves_no_trace() -> None:
    """Tests that room, people and value are as before; a copy is not touched."""
    instance = Instance(problem())
    standing = Standing(instance, instance.pair_value)
    before = standing.room.copy()
    standing.add(loaded(instance))
    copy = standing.copy()
    assert standing.waiting().tolist() == []
    standing.remove(0)
    standing.remove(0)
    assert standing.waiting().tolist() == [0]
    assert standing.value() == 0.0
    assert np.array_equal(standing.room.free, before.free)
    assert copy.value() == pytest.approx(10.85)
    assert not np.array_equal(copy.room.free, before.free)


def test_window_between_other_flights() -> None:
    """Tests that a slot may begin when the flight before is back, and must end before the next leaves."""
    # A turnaround of 1440: leaving at 06:00 on the first day the flight is back 1620 minutes later, at 09:00.
    craft = replace(AIRCRAFT, turnaround_minutes=1440, duty_minutes=6000)
    instance = Instance(problem(patient("P1"), patient("P2"), aircraft=(craft,)))
    first = Standing(instance, instance.pair_value)
    first.add(loaded(instance))
    assert first.window(1) == (540.0, np.inf)
    second = Standing(instance, instance.pair_value)
    second.add(loaded(instance, slot=1, leaves=60))
    assert second.window(0) == (0.0, 1500.0)


def test_flights_of_an_aircraft_are_counted() -> None:
    """Tests that with one flight in all the other date is closed."""
    instance = Instance(problem(aircraft=(replace(AIRCRAFT, max_flights=1),)))
    standing = Standing(instance, instance.pair_value)
    assert standing.may_fly(0)
    standing.add(loaded(instance))
    assert standing.may_fly(0)
    assert not standing.may_fly(1)


def test_complete_only_with_whoever_is_fixed() -> None:
    """Tests that a standing without a fixed patient is not complete."""
    instance = Instance(problem(fixed=(Fixed("P1", "MID-1"),)))
    standing = Standing(instance, instance.pair_value)
    assert not standing.complete()
    standing.add(loaded(instance))
    assert standing.complete()


def test_a_base_where_nobody_leaves_is_no_drop() -> None:
    """Tests that the decision does not name the base unless somebody leaves there."""
    at_home = hospital("HOM-1", "HOME", country="EC")
    instance = Instance(problem(hospitals=(hospital(), at_home)))
    for seat, stops in ((Seat(0, 0), ("MIDD",)), (Seat(1, 1), ("MIDD", "HOME"))):
        standing = Standing(instance, instance.pair_value)
        load = loaded(instance, ("MIDD", "HOME"))
        standing.add(Load(load.way, (seat,)))
        (flight,) = standing.decision().flights
        assert flight.stops == stops
        assert flight.date == DAY_1


def test_a_decision_is_adopted_as_it_was() -> None:
    """Tests that value and decision survive the way to names and back, on tiny problems."""
    for seed in range(700, 740):
        instance = Instance(posed(tiny_problem(seed)))
        if instance.fixed_flight:
            continue
        fleet = Fleet(instance)
        search = Search(instance, fleet, instance.pair_value)
        standing = search.greedy(list(range(len(instance.slots))), lambda: False)
        adopted = adopt(instance, fleet, standing.decision(), instance.pair_value)
        assert adopted.value() == pytest.approx(standing.value()), seed
        assert adopted.decision() == standing.decision(), seed
        assert np.array_equal(adopted.placed, standing.placed)


def test_slots_are_by_aircraft_and_date() -> None:
    """Tests that the order of dates in the document does not matter."""
    instance = Instance(problem(aircraft=(replace(AIRCRAFT, days=(DAY_2, DAY_1)),)))
    assert [s.day for s in instance.slots] == [DAY_1, DAY_2]
