"""Small problems whole: every way is listed, too many are refused, impossible fixed ones are proved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_problem import AIRCRAFT, DAY_1, DAY_2, LAYOUT, hospital, patient, problem

from medevac.planner.exact import every_way, exact_model
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.problem import Fixed


def test_every_way_of_the_small_problem() -> None:
    """Tests the number of ways: orders of drops on each date, in one layout."""
    # MIDD, EAST, MIDD-EAST, EAST-MIDD on each of two dates.
    instance = Instance(problem())
    ways = every_way(instance, Fleet(instance))
    assert ways is not None
    assert len(ways) == 8
    assert {w.slot for w in ways} == {0, 1}


def test_too_many_ways_are_refused() -> None:
    """Tests that the list ends at its limit with nothing."""
    instance = Instance(problem())
    assert every_way(instance, Fleet(instance), most=7) is None
    assert every_way(instance, Fleet(instance), most=8) is not None


def test_a_flight_after_a_late_return_is_listed_at_its_own_minute() -> None:
    """Tests that the second date has ways that leave at once and ways that wait for the first flight."""
    # To MIDD and back with a turnaround of 1440: 60 + 60 + 30 + 1440 + 30 = 1620 minutes, back at 03:00.
    craft = replace(AIRCRAFT, turnaround_minutes=1440, duty_minutes=6000)
    instance = Instance(problem(aircraft=(craft,), hospitals=(hospital(),)))
    ways = every_way(instance, Fleet(instance))
    assert ways is not None
    assert sorted((w.slot, w.route.leaves_base) for w in ways) == [(0, 0), (1, 0), (1, 180)]


@pytest.mark.parametrize("days", [(DAY_1,), (DAY_1, DAY_2)])
def test_the_whole_model_counts_its_places(days: tuple) -> None:
    """Tests three patients for two litters a day: two on one date, three on two."""
    # Each is worth 10 + 1.5 - 0.45 = 11.05; two fly to MIDD for 0.2. On the second date the third is placed
    # in EAST for 0.3, since MID-1 has two places: all places are equally good.
    instance = Instance(
        problem(*(patient(f"P{i}") for i in range(3)), aircraft=(replace(AIRCRAFT, days=days),))
    )
    ways = every_way(instance, Fleet(instance))
    assert ways is not None
    solved = exact_model(instance, ways).solve(gap=1e-9)
    assert solved.status == "optimal"
    assert solved.objective == pytest.approx(22.1 - 0.2 if len(days) == 1 else 33.15 - 0.5)


def test_a_fixed_patient_who_cannot_board_is_infeasible() -> None:
    """Tests that the model proves that there is no plan."""
    none = replace(AIRCRAFT, layouts=(replace(LAYOUT, litters=0),))
    instance = Instance(problem(aircraft=(none,), fixed=(Fixed("P1", "MID-1"),)))
    ways = every_way(instance, Fleet(instance))
    assert ways is not None
    assert exact_model(instance, ways).solve().status == "infeasible"
