"""The planner's one call at the edges: nothing to decide, nobody who fits, no time, everything fixed."""

from __future__ import annotations

import threading
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from small_problem import AIRCRAFT, DAY_1, DAY_2, LAYOUT, SIX_O_CLOCK, hospital, patient, problem

from instances import make
from medevac.planner import Plan, Problem, Progress, evaluate, read_problem, solve
from medevac.planner.problem import Airport, Fixed, FixedFlight, FlightKey
from medevac.planner.solve import Solver
from oracle.bruteforce import best_score
from oracle.tiny import tiny_problem
from solver_cases import broken, long_flights, posed, shrunken_week, written

MODULE = import_module("medevac.planner.solve")  # the package's own `solve` is the function


def solved(posed_problem: Problem, **options: Any) -> Plan:
    """The plan, which there must be and which must hold."""
    plan = solve(posed_problem, **options)
    assert plan is not None
    if plan.status != "infeasible":
        assert evaluate(posed_problem, plan).holds
    return plan


def test_no_patients() -> None:
    """Tests that a problem without patients has an empty plan of score 0."""
    plan = solved(replace(problem(), patients=()))
    assert (plan.status, plan.score, plan.bound, plan.flights) == ("optimal", 0.0, 0.0, ())


def test_no_patients_and_a_fixed_flight() -> None:
    """Tests that a fixed flight is flown and paid for even when nobody waits."""
    # 2 hours at 1000 with 0.1 for each 1000: 0.2.
    fixed = FixedFlight("A1", DAY_1, "standard", "HUBB", ("MIDD",), SIX_O_CLOCK)
    plan = solved(replace(problem(), patients=(), fixed_flights=(fixed,)))
    assert plan.score == pytest.approx(-0.2)
    assert len(plan.flights) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"aircraft": ()},
        {"aircraft": (replace(AIRCRAFT, days=()),)},
        {"aircraft": (replace(AIRCRAFT, max_flights=0),)},
        {"aircraft": (replace(AIRCRAFT, range_km=1),)},
        {"aircraft": (replace(AIRCRAFT, layouts=(replace(LAYOUT, litters=0, intensive=0, seats=0),)),)},
        {"hospitals": ()},
        {"hospitals": (hospital(places={}),)},
        {"patients": (patient(needs=("hearts",)),)},
    ],
    ids=["no aircraft", "no dates", "no flights", "no range", "no room on board", "no hospitals", "no places",
         "nobody fits"],
)  # fmt: skip
def test_nobody_can_be_placed(changes: dict[str, Any]) -> None:
    """Tests that an empty plan is proven best, with a reason for whoever stays."""
    plan = solved(replace(problem(), **changes))
    assert (plan.status, plan.score, plan.flights, plan.placements) == ("optimal", 0.0, (), ())
    assert [u.patient for u in plan.unplaced] == ["P1"]


@pytest.mark.parametrize("days", [(DAY_1,), (DAY_1, DAY_2)])
def test_nobody_can_be_placed_by_the_methods_for_more(days: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests the same where the whole model is switched off: one flight, and many."""
    monkeypatch.setattr(MODULE, "every_way", lambda *_, **__: None)
    monkeypatch.setattr(MODULE, "PATIENCE", 2)
    empty = replace(LAYOUT, litters=0, intensive=0, seats=0)
    for craft in (replace(AIRCRAFT, range_km=1), replace(AIRCRAFT, layouts=(empty,))):
        plan = solved(problem(aircraft=(replace(craft, days=days),)))
        assert (plan.score, plan.placements) == (0.0, ())


def test_no_aircraft_by_the_method_for_many_flights() -> None:
    """Tests that a problem without slots is no trouble for the method for many."""
    solver = Solver(problem(aircraft=()))
    solver._solve_many_flights()
    assert (solver.score, solver.bound) == (0.0, pytest.approx(0.0))


@pytest.mark.parametrize("methods", ["all", "no whole model"])
@pytest.mark.parametrize("seed", range(8))
def test_no_time(methods: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that without time there is no plan or a valid one, never a broken one."""
    if methods != "all":
        monkeypatch.setattr(MODULE, "every_way", lambda *_, **__: None)
    document = tiny_problem(seed)
    document_read = read_problem(written(document))
    plan = solve(document_read.problem, sha256=document_read.sha256, seconds=0)
    assert plan is None or broken(document, plan) == []
    best = best_score(document)
    if plan is not None and plan.bound is not None:
        assert best is not None
        assert plan.bound >= best - 1e-6


@pytest.mark.parametrize("seed", range(8))
def test_stopped_before_it_begins(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that an event that is set already ends the run at once, with a valid plan or none."""
    monkeypatch.setattr(MODULE, "every_way", lambda *_, **__: None)
    stop = threading.Event()
    stop.set()
    document = tiny_problem(seed)
    document_read = read_problem(written(document))
    plan = solve(document_read.problem, sha256=document_read.sha256, stop=stop)
    assert plan is None or broken(document, plan) == []


def test_everything_fixed() -> None:
    """Tests that a plan whose flight and patients are all fixed is that plan."""
    flight = FixedFlight("A1", DAY_2, "standard", "HUBB", ("EAST", "MIDD"), SIX_O_CLOCK, closed=True)
    key = FlightKey("A1", DAY_2)
    fixed = (Fixed("P1", "MID-1", flight=key), Fixed("P2", "EAS-1", flight=key))
    plan = solved(problem(patient(), patient("P2"), fixed=fixed, fixed_flights=(flight,)))
    assert plan.status == "optimal"
    assert {(p.patient, p.hospital, p.leaves_at) for p in plan.placements} == {
        ("P1", "MID-1", "MIDD"),
        ("P2", "EAS-1", "EAST"),
    }
    assert [(f.date, f.hub) for f in plan.flights] == [(DAY_2, "HUBB")]


def test_fixed_beyond_the_room_on_board_is_infeasible() -> None:
    """Tests that three litters fixed to a flight of two are no plan, and that the conflict is told."""
    key = FlightKey("A1", DAY_1)
    fixed = tuple(Fixed(name, "EAS-1", flight=key) for name in ("P1", "P2", "P3"))
    hospitals = (hospital("EAS-1", "EAST", isolation=9, places={"burns": hospital().places["burns"]}),)
    plan = solved(problem(patient(), patient("P2"), patient("P3"), hospitals=hospitals, fixed=fixed))
    assert plan.status == "infeasible"
    assert plan.conflicts
    assert [u.reason for u in plan.unplaced] == [None, None, None]


def test_progress_is_told_and_never_worsens() -> None:
    """Tests that scores rise, bounds fall and times grow in what is told."""
    told: list[Progress] = []
    solver = Solver(posed(tiny_problem(4)), progress=told.append)
    solver._solve_many_flights()
    assert told
    scores = [p.score for p in told if p.score is not None]
    bounds = [p.bound for p in told if p.bound is not None]
    assert scores == sorted(scores)
    assert bounds == sorted(bounds, reverse=True)
    assert [p.seconds for p in told] == sorted(p.seconds for p in told)


def test_sixty_patients_and_one_flight_are_solved_to_a_proof() -> None:
    """Tests a problem of the size of one flight with 60 patients and 60 hospitals: proven, and valid."""
    document = make("W", 1)
    document_read = read_problem(written(document))
    plan = solved(document_read.problem, sha256=document_read.sha256)
    assert plan.status == "optimal"
    assert broken(document, plan) == []


def test_a_week_of_flights_is_valid_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests a shrunken week of several aircraft and hubs, ended by a gap of 10 %."""
    monkeypatch.setattr(MODULE, "PATIENCE", 2)
    document = shrunken_week()
    document_read = read_problem(written(document))
    plan = solved(document_read.problem, sha256=document_read.sha256, gap=0.1)
    assert broken(document, plan) == []
    assert plan.bound is not None
    assert plan.score is not None
    assert len(plan.flights) > 1
    assert plan.bound - plan.score <= 0.2 * plan.score


def test_a_fixed_flight_holds_up_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that a flight of the day before is left out when it would be back after a fixed one leaves."""
    # HUBB to MIDD and back takes 60 + 60 + 30 + 1440 + 30 = 1620 minutes: leaving at 00:00 it is back at
    # 03:00, where the fixed flight has left at 00:10. Only that one flies, with one of the two patients.
    monkeypatch.setattr(MODULE, "PATIENCE", 4)
    craft = replace(
        AIRCRAFT, turnaround_minutes=1440, duty_minutes=6000, layouts=(replace(LAYOUT, litters=1),)
    )
    fixed = FixedFlight("A1", DAY_2, "standard", "HUBB", ("MIDD",), 10)
    two = [patient(name, max_transit_minutes=6000) for name in ("P1", "P2")]
    solver = Solver(problem(*two, aircraft=(craft,), fixed_flights=(fixed,)))
    solver._solve_many_flights()
    plan = solver.plan("0" * 64)
    assert plan is not None
    assert evaluate(solver.problem, plan).holds
    assert [f.date for f in plan.flights] == [DAY_2]
    assert len(plan.placements) == 1


def test_a_fixed_flight_out_of_range_is_infeasible(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that a fixed flight that breaks a rule by itself makes no plan, whatever the method."""
    airports = {**problem().airports, "FARR": Airport("FARR", 0, 90)}
    fixed = FixedFlight("A1", DAY_1, "standard", "HUBB", ("FARR",), SIX_O_CLOCK)
    posed_problem = problem(airports=airports, fixed_flights=(fixed,))
    assert solved(posed_problem).status == "infeasible"
    monkeypatch.setattr(MODULE, "every_way", lambda *_, **__: None)
    monkeypatch.setattr(MODULE, "PATIENCE", 2)
    assert solved(posed_problem).status == "infeasible"


def test_long_flights_stay_valid_when_stopped_early() -> None:
    """Tests that a limit on time never leaves a plan in which one flight leaves before the last is back."""
    for seed in range(2100, 2110):
        document = long_flights(tiny_problem(seed), seed)
        document_read = read_problem(written(document))
        plan = solve(document_read.problem, sha256=document_read.sha256, seconds=0.05)
        assert plan is None or broken(document, plan) == []


def test_time_is_kept_for_what_follows_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that with many flights the search ends before the limit, by what finishing will take."""
    monkeypatch.setattr(import_module("medevac.planner.several_flights"), "FEW_SLOTS", 0)
    monkeypatch.setattr(MODULE, "PATIENCE", 1)
    told: list[Progress] = []
    document = shrunken_week()
    solver = Solver(read_problem(written(document)).problem, seconds=3600, progress=told.append)
    solver.run()
    assert 0 < solver.reserve < 3600
    assert not solver.out_of_time()
    solver.seconds = solver.elapsed() + solver.reserve / 2
    assert solver.out_of_time()
    plan = solver.plan("0" * 64)
    assert plan is not None
    assert evaluate(solver.problem, plan).holds
    assert told[-1].score is not None
    assert plan.score is not None
    assert plan.score >= told[-1].score - 1e-9
