"""Tests of stand-by lists on problems computed by hand; see `small_problem` for places and times."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from small_problem import AIRCRAFT, DAY_1, DAY_2, LAYOUT, flight, hospital, patient, place, plan, problem

from medevac.planner import Changes, Plan, Problem, find_standby, plan_to_bytes, problem_to_bytes
from medevac.planner.plan import SolverRecord
from medevac.planner.standby import FreedPlace, with_standby
from oracle.checker import check
from oracle.tiny import tiny_problem
from replan_cases import changed, planned

ONE_DAY = replace(AIRCRAFT, days=(DAY_1,), max_flights=1)


def posed_with(*waiting: Any, places: int = 3) -> tuple[Problem, Plan]:
    """P1 and P2 on both litters to MID-1, S1 on one of two seats; MID-1 has some places."""
    many = hospital(places={"burns": replace(hospital().places["burns"], count=places)})
    aboard = (patient("P1"), patient("P2"), patient("S1", position="seat"))
    posed = problem(*aboard, *waiting, hospitals=(many,), aircraft=(ONE_DAY,))
    return posed, plan(posed, flight(), place("P1"), place("P2"), place("S1"))


def freed(posed: Problem, made: Plan, position: str, **options: Any) -> FreedPlace:
    """The entry of one kind of place on the first flight."""
    found = {(one.flight, one.position): one for one in find_standby(posed, made, **options)}
    return found["F1", position]


def blocks(one: FreedPlace) -> dict[str, tuple[str, str]]:
    """Cause and sentence by patient."""
    return {each.patient: (each.block.cause, each.block.sentence) for each in one.blocked}


def test_who_needs_the_kind_takes_it_in_the_order_of_the_score() -> None:
    """Tests that a freed litter goes to the urgent W1 before the routine W2, with four places at MID-1."""
    posed, made = posed_with(patient("W2"), patient("W1", priority=1), places=4)
    one = freed(posed, made, "litter")
    assert [taker.patient for taker in one.takers] == ["W1", "W2"]
    # 100 + 3 x 0.5 - 0.2 x 135 / 60 = 101.05
    assert one.takers[0].gain == pytest.approx(101.05)
    assert (one.takers[0].hospital, one.takers[0].leaves_at) == ("MID-1", "MIDD")


def test_without_a_place_abroad_it_depends_on_who_leaves() -> None:
    """Tests that with three places at MID-1, all taken, W1 can travel only once P1 or P2 has left."""
    posed, made = posed_with(patient("W1"))
    one = freed(posed, made, "litter")
    assert one.takers == ()
    assert [(taker.patient, taker.after) for taker in one.depending] == [("W1", ("P1", "P2"))]
    assert blocks(one)["W1"] == (
        "room",
        "lacks burns places (0 left, 1 needed) on the way to MID-1 over MIDD.",
    )


def test_a_freed_seat_is_no_litter() -> None:
    """Tests that who lies cannot take the seat of S1, and who has a companion needs two."""
    posed, made = posed_with(patient("W1"), patient("W2", position="seat", companions=2), places=5)
    told = blocks(freed(posed, made, "seat"))
    assert told["W1"] == ("room", "lacks litters on board (0 left, 1 needed) on the way to MID-1 over MIDD.")
    assert told["W2"] == ("room", "lacks seats on board (2 left, 3 needed) on the way to MID-1 over MIDD.")


def test_a_freed_intensive_place_is_a_litter_too() -> None:
    """Tests that the place of P1 takes W1, who needs intensive care, and W2, who only lies."""
    many = hospital(places={"burns": replace(hospital().places["burns"], count=4)}, intensive=2)
    people = (
        patient("P1", position="intensive"),
        patient("P2"),
        patient("W1", position="intensive"),
        patient("W2"),
    )
    posed = problem(*people, hospitals=(many,), aircraft=(ONE_DAY,))
    made = plan(posed, flight(), place("P1"), place("P2"))
    assert {one.patient for one in freed(posed, made, "intensive").takers} == {"W1", "W2"}
    assert {one.patient for one in freed(posed, made, "litter").takers} == {"W2"}


@pytest.mark.parametrize(
    ("waiting", "cause", "sentence"),
    [
        (patient("W", ready=DAY_2), "ready", "is ready on 2026-01-13; the flight is on 2026-01-12."),
        (patient("W", needs=("onco",)), "specialty", "needs onco, which no hospital offers."),
        (patient("W", refuses=("MC",)), "refused", "may go to no hospital that offers what is needed."),
        (patient("W", max_transit_minutes=134), "route", "reaches no hospital that fits in time from MIDD."),
        (
            patient("W", isolation="contact"),
            "room",
            "lacks isolation rooms (0 left, 1 needed) on the way to MID-1 over MIDD.",
        ),
    ],
)
def test_what_blocks(waiting: Any, cause: str, sentence: str) -> None:
    """Tests each cause by itself; MID-1 has a place, and no isolation room."""
    posed, made = posed_with(waiting, places=4)
    posed = replace(posed, hospitals=(replace(posed.hospitals[0], isolation=0),))
    assert blocks(freed(posed, made, "litter"))["W"] == (cause, sentence)


def test_a_family_travels_whole() -> None:
    """Tests that one freed litter is not enough for two who lie, and is for one who lies and one who sits."""
    lying = (patient("W1", family="F"), patient("W2", family="F"))
    posed, made = posed_with(*lying, places=5)
    assert set(blocks(freed(posed, made, "litter"))) == {"W1", "W2"}
    mixed = (patient("W1", family="F"), patient("W2", family="F", position="seat"))
    posed, made = posed_with(*mixed, places=5)
    takers = freed(posed, made, "litter").takers
    assert {one.patient for one in takers} == {"W1", "W2"}
    assert takers[0].party == ("W1", "W2")


def test_a_flight_that_has_left_the_hub_takes_nobody() -> None:
    """Tests that at 08:00 nobody can board any more, and at 07:59 somebody can."""
    posed, made = posed_with(patient("W1"), places=4)
    left = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
    one = freed(posed, made, "litter", now=left)
    assert one.takers == ()
    assert blocks(one)["W1"] == ("gone", "was not on board when F1 left HUBB at 2026-01-12T08:00Z.")
    assert freed(posed, made, "litter", now=left.replace(hour=7, minute=59)).takers


def test_the_plan_lists_those_who_need_the_very_kind() -> None:
    """Tests that `standby` of the written plan passes the checker: no seated patient under litter."""
    lying, sitting = patient("W1"), patient("W2", position="seat")
    posed, made = posed_with(lying, sitting, places=5)
    made = replace(made, status="optimal", solver=SolverRecord("test", "1", "by hand", 0.0, 0))
    told = with_standby(posed, made, find_standby(posed, made))
    assert told.standby == {"F1": {"seat": ("W2",), "litter": ("W1",)}}
    document = json.loads(problem_to_bytes(posed))
    assert check(document, json.loads(plan_to_bytes(told))) == []


def test_whoever_is_listed_can_take_it_without_anybody_being_moved() -> None:
    """Tests on tiny problems that holding somebody back lets the first on the list travel, nobody touched.

    The list is judged with the place abroad kept, so a hold is the harder case.
    """
    tried = 0
    for seed in range(500):
        ready = planned(tiny_problem(seed))
        if ready is None:
            continue
        read, made = ready
        people = {one.id: one for one in read.problem.patients}
        for one in find_standby(read.problem, made):
            aboard = [p for p in made.placements if p.flight == one.flight]
            leavers = [p for p in aboard if people[p.patient].position == one.position]
            alone = [
                p for p in leavers if people[p.patient].family is None and not people[p.patient].companions
            ]
            if not one.takers or not alone or read.problem.fixed:
                continue
            result = changed(read, made, Changes(hold=(alone[0].patient,)))
            assert result is not None
            assert result.touched == (), seed
            if one.takers[0].gain > 1e-6:
                assert result.joined, seed
            tried += 1
    assert tried > 5


def test_layouts_count() -> None:
    """Tests that airborne isolation and care on board block too."""
    tight = replace(LAYOUT, isolation=0, care=0.0)
    craft = replace(ONE_DAY, layouts=(tight,))
    posed, made = posed_with(patient("W1", care=1), patient("W2", isolation="airborne"), places=5)
    told = blocks(freed(replace(posed, aircraft=(craft,)), made, "litter"))
    assert told["W1"][1] == "lacks care on board (0 left, 1 needed) on the way to MID-1 over MIDD."
    assert "airborne-isolation places on board (0 left, 1 needed)" in told["W2"][1]
