"""Plans written down: ids, order, printed times, basis."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from small_problem import AIRCRAFT, DAY_1, DAY_2, flight, hospital, patient, place, plan, problem

from medevac.planner.assemble import build_infeasible_plan, build_plan
from medevac.planner.evaluate import evaluate
from medevac.planner.plan import Conflict, SolverRecord


def test_flights_are_named_by_date_then_aircraft():
    """Tests that F1, F2, F3 follow dates, then the problem's aircraft, and placements follow them."""
    posed = problem(
        patient("P1"),
        patient("P2"),
        aircraft=(replace(AIRCRAFT, id="B"), replace(AIRCRAFT, id="A")),
    )
    flights = (
        flight(aircraft_id="A", date=DAY_2),
        flight(aircraft_id="A"),
        flight(aircraft_id="B"),
    )
    made = plan(posed, *flights, place("P2", number=2), place("P1", number=0))
    named = [(one.id, one.aircraft, one.date) for one in made.flights]
    assert named == [("F1", "B", DAY_1), ("F2", "A", DAY_1), ("F3", "A", DAY_2)]
    assert [(one.patient, one.flight) for one in made.placements] == [("P1", "F3"), ("P2", "F1")]
    assert evaluate(posed, made).broken == ()


def test_instants_are_rounded_to_the_minute():
    """Tests that legs are printed in whole minutes of UTC: 60.5 minutes after 06:00 is 07:01."""
    odd = replace(AIRCRAFT, leg_minutes=0.5)
    made = plan(problem(aircraft=(odd,)), flight(), place())
    first, second, third = made.flights[0].legs
    assert first.departs == datetime(2026, 1, 12, 6, 0, tzinfo=UTC)
    assert first.arrives == datetime(2026, 1, 12, 7, 1, tzinfo=UTC)  # 07:00:30
    assert second.arrives == datetime(2026, 1, 12, 8, 31, tzinfo=UTC)  # 08:31:00
    assert (third.origin, third.destination) == ("MIDD", "HOME")


def test_a_flight_that_ends_at_a_drop_has_no_last_leg():
    """Tests that the base as last drop is the end of the last leg."""
    posed = problem(hospitals=(hospital("HOM-1", "HOME", country="MC"),))
    made = plan(posed, flight("HOME"), place(hospital_id="HOM-1", leaves_at="HOME"))
    assert [(leg.origin, leg.destination) for leg in made.flights[0].legs] == [
        ("HOME", "HUBB"),
        ("HUBB", "HOME"),
    ]
    assert made.placements[0].transit_minutes == 165  # 60 load + 60 + 15 + 30


@pytest.mark.parametrize(
    ("changes", "basis"),
    [
        ({"chosen": "MID-1", "hospitals": ("MID-1",)}, "chosen"),
        ({"hospitals": ("EAS-1", "MID-1")}, "accepted"),
        ({}, "proposal"),
    ],
)
def test_basis(changes, basis):
    """Tests that the basis is the first that holds of chosen, accepted, proposal."""
    assert plan(problem(patient(**changes)), flight(), place()).placements[0].basis == basis


def test_score_and_reasons_come_along():
    """Tests that terms sum to the score, and that who stays is explained from the gap."""
    posed = problem(patient("P1"), patient("P2", needs=("trauma",)))
    record = SolverRecord("medevac", "0.1.0", "by hand", 0.0, 0)
    made = build_plan(
        posed, "00", (flight(),), (place(),), bound=11.0, status="feasible", solver_record=record
    )
    assert made.score == pytest.approx(sum(made.terms.values()))
    assert [(one.patient, one.reason) for one in made.unplaced] == [("P2", "no-specialty")]
    assert (made.solver, made.bound, made.problem_sha256) == (record, 11.0, "00")


def test_an_infeasible_plan_tells_everybody_the_conflict():
    """Tests that all are unplaced without reason, each with the own conflict where there is one."""
    posed = problem(patient("P1"), patient("P2"))
    conflicts = [
        Conflict(("P1",), "7 hospital", "MID-1 is full."),
        Conflict(("P2",), "9 country", "MC is full."),
    ]
    made = build_infeasible_plan(posed, "00", conflicts, solver_record=None)
    assert evaluate(posed, made).broken == ()
    assert "MC is full." in made.unplaced[1].explanation
    with pytest.raises(ValueError, match="at least one conflict"):
        build_infeasible_plan(posed, "00", [], solver_record=None)
