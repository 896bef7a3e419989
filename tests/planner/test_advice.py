"""Tests of advice and of what fixed patients cost, on problems computed by hand; see `small_problem`."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from small_problem import AIRCRAFT, DAY_1, LAYOUT, flight, hospital, patient, plan, problem

from medevac.planner import Plan, Problem, advise, plan_to_bytes, price_pins, problem_to_bytes, solve
from medevac.planner.advice import with_pins
from medevac.planner.advice.advising import solved_before
from medevac.planner.advice.budget import LEAST_SECONDS, Budget
from medevac.planner.advice.candidates import KINDS, candidates
from medevac.planner.advice.figures import Solved, difference
from medevac.planner.problem import Fixed, Places
from oracle.bruteforce import best_score
from oracle.checker import check
from oracle.tiny import tiny_problem
from solver_cases import posed as posed_by

ONE_DAY = replace(AIRCRAFT, days=(DAY_1,), max_flights=1)


def solved(posed: Problem) -> Plan:
    """The best plan."""
    plan = solve(posed)
    assert plan is not None
    return plan


def one_place() -> Problem:
    """P1 (urgent) and P2 (routine) for the one place of MID-1; no other hospital, one flight."""
    few = hospital(places={"burns": Places(1)})
    return problem(patient("P1", priority=1), patient("P2"), hospitals=(few,), aircraft=(ONE_DAY,))


def test_the_place_that_is_lacking_helps_most() -> None:
    """Tests that a second place at MID-1 is worth P2: 10 + 3 x 0.5 - 0.2 x 135 / 60 = 11.05."""
    posed = one_place()
    advice = advise(posed, solved(posed))
    assert advice.best is not None
    assert advice.best.sentence == "One more burns place at MID-1 (2 instead of 1)"
    assert advice.best.figure.kind == "exact"
    assert advice.best.figure.gain == pytest.approx(11.05, abs=1e-6)
    assert advice.proven


def test_the_litter_that_is_lacking_helps_most() -> None:
    """Tests that with room at MID-1 and one litter the litter is what helps."""
    craft = replace(ONE_DAY, layouts=(replace(LAYOUT, litters=1),))
    posed = problem(patient("P1"), patient("P2"), hospitals=(hospital(),), aircraft=(craft,))
    advice = advise(posed, solved(posed))
    assert advice.best is not None
    assert advice.best.sentence == "One more litter on board A1, in every layout"
    assert advice.best.figure.gain == pytest.approx(11.05, abs=1e-6)


def test_the_hour_that_is_lacking_helps_most() -> None:
    """Tests that the closing of MIDD at 02:00 is what stops every flight.

    From HOME 60 minutes to HUBB, 60 there, 30 to MIDD and 30 there: it must be open until 03:00, an hour
    more than 02:00.
    """
    posed = problem(patient("P1"), hospitals=(hospital(),), aircraft=(ONE_DAY,))
    shut = replace(posed.airports["MIDD"], closes=120)
    posed = replace(posed, airports={**posed.airports, "MIDD": shut})
    plan = solved(posed)
    assert plan.placements == ()
    advice = advise(posed, plan)
    assert advice.best is not None
    assert advice.best.sentence == "MIDD open until 03:00 instead of 02:00"


def test_the_date_and_the_stop_are_tried() -> None:
    """Tests that every kind that this problem knows is tried, and that progress is told."""
    posed = one_place()
    told: list[str] = []
    advice = advise(posed, solved(posed), per_kind=1, progress=told.append)
    kinds = {one.kind for one in advice.proposals}
    assert kinds == {"place", "seat", "stop", "aircraft"}
    assert told[0] == "the plan as it is"
    assert all(one.figure.gain >= -1e-9 for one in advice.proposals)
    assert advice.untried["aircraft"] == 1


def test_a_layout_of_another_aircraft_is_a_candidate() -> None:
    """Tests that A1 may try the large layout of A2, under a name of its own."""
    large = replace(ONE_DAY, id="A2", layouts=(replace(LAYOUT, litters=9),))
    posed = replace(one_place(), aircraft=(ONE_DAY, large))
    found = [one for one in candidates(posed, solved(posed)) if one.kind == "layout"]
    assert [one.sentence for one in found] == [
        "Layout standard of A2 for A1 too",
        "Layout standard of A1 for A2 too",
    ]
    assert [layout.id for layout in found[0].problem.aircraft[0].layouts] == ["standard", "standard of A2"]


def test_every_figure_is_the_difference_of_two_best_scores() -> None:
    """Tests figures of tiny problems against brute force on the changed problem."""
    compared = 0
    for seed in range(40):
        document = tiny_problem(seed)
        posed = posed_by(document)
        plan = solved(posed)
        if plan.status == "infeasible" or best_score(document) is None:
            continue
        wider = {one.sentence: one.problem for one in candidates(posed, plan)}
        advice = advise(posed, plan, per_kind=1)
        for one in advice.proposals:
            best = best_score(json.loads(problem_to_bytes(wider[one.sentence])))
            assert best is not None
            assert one.figure.kind == "exact"
            assert one.figure.gain == pytest.approx(best - plan.score, abs=1e-3), (seed, one.sentence)
            compared += 1
    assert compared > 80


def test_what_a_difference_proves() -> None:
    """Tests the three kinds: both proven, only the first, not even the first."""
    plan = solved(one_place())
    proven, better = Solved(plan, 10.0, 10.0), Solved(plan, 12.0, 12.0)
    loose = Solved(plan, 12.0, 15.0)
    assert difference(proven, better).kind == "exact"
    assert difference(proven, loose).kind == "at least"
    assert difference(loose, better).kind == "found"
    assert difference(proven, loose).gain == 2.0


def test_a_fixed_patient_costs_what_releasing_them_would_add() -> None:
    """Tests that P2, fixed to the one place, costs the difference to P1: 100 - 10 = 90."""
    posed = replace(one_place(), fixed=(Fixed("P2", "MID-1"),))
    plan = solved(posed)
    pins = price_pins(posed, plan)
    assert [(pin.fixed.patient, pin.figure.kind) for pin in pins] == [("P2", "exact")]
    assert pins[0].figure.gain == pytest.approx(90.0, abs=1e-6)
    told = with_pins(plan, pins)
    assert told.pins == {"P2": pytest.approx(90.0, abs=1e-6)}
    assert check(json.loads(problem_to_bytes(posed)), json.loads(plan_to_bytes(told))) == []


def test_a_pin_that_costs_nothing() -> None:
    """Tests that who would go there anyhow costs 0."""
    posed = replace(one_place(), fixed=(Fixed("P1", "MID-1"),))
    assert price_pins(posed, solved(posed))[0].figure.gain == pytest.approx(0.0, abs=1e-6)


def test_kinds_can_be_chosen() -> None:
    """Tests that only the kinds that were asked for are tried."""
    posed = one_place()
    advice = advise(posed, solved(posed), kinds=("stop",))
    assert {one.kind for one in advice.proposals} == {"stop"}
    assert set(KINDS) > {"stop"}


def test_time_that_has_ended_is_told_and_leaves_out_no_kind() -> None:
    """Tests that candidates are tried in turns of kinds, and that the rest is counted, never guessed."""
    posed = one_place()
    told: list[str] = []
    full = advise(posed, solved(posed), per_kind=2, progress=told.append)
    assert told[1].startswith(f"1 of {len(full.proposals)}, One more burns place")
    assert sum(full.out_of_time.values()) == 0
    assert [one.split(", ")[1].split(" ")[0] for one in told[1:5]] == ["One", "One", "One", "A1"]
    none = advise(posed, solved(posed), per_kind=2, seconds=1e-9)
    assert none.proposals == ()
    assert none.best is None
    assert sum(none.out_of_time.values()) == len(full.proposals)
    assert none.proven


def test_pins_without_time_are_left_out() -> None:
    """Tests that a pin for which there was no time has no figure."""
    posed = replace(one_place(), fixed=(Fixed("P2", "MID-1"),))
    assert price_pins(posed, solved(posed), seconds=1e-9) == ()


def test_a_budget_is_shared_out() -> None:
    """Tests that 30 s for 3 solves are 10 s each, none is given too little, and None is no limit."""
    assert Budget(None).share(3) is None
    assert Budget(30.0).share(3) == pytest.approx(10.0, abs=0.1)
    assert Budget(30.0).share(1000) == LEAST_SECONDS
    late = Budget(30.0)
    with late.solving(10) as share:
        assert share == pytest.approx(3.0, abs=0.1)
    assert not late.spent
    with pytest.raises(ValueError, match="Expected seconds > 0, got 0"):
        Budget(0.0)


def test_what_the_plan_itself_lacks_is_no_gain() -> None:
    """Tests a plan left unimproved: that P1 could fly as it is does not count for any change."""
    posed = problem(patient("P1"), hospitals=(hospital(),), aircraft=(ONE_DAY,))
    best = solved(posed)
    lazy = replace(plan(posed, flight()), bound=best.score + 50.0)
    before = solved_before(posed, lazy, None)
    assert before.score == pytest.approx(best.score, abs=1e-6)
    advice = advise(posed, lazy, kinds=("seat",))
    assert [one.figure.gain for one in advice.proposals] == [pytest.approx(0.0, abs=1e-6)] * 3
