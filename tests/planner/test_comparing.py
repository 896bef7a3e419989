"""Tests of plans side by side, with figures computed by hand; see `small_problem`."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_problem import flight, patient, place, plan, problem

from medevac.planner import compare


def test_figures_of_one_plan() -> None:
    """Tests drops, minutes in the air (2 hours), aboard (60 + 30) and in transit (135), and priorities."""
    posed = problem(patient("P1", priority=1), patient("P2"))
    made = plan(posed, flight(), place("P1"))
    column = compare([("a", posed, made)]).columns[0]
    assert (column.flights, column.stops, column.placed, column.listed) == (1, 1, 1, 2)
    assert column.flying_minutes == pytest.approx(120)
    assert (column.aboard_minutes, column.transit_minutes) == (pytest.approx(90), 135)
    assert dict(column.placed_by_priority) == {1: 1}
    assert dict(column.listed_by_priority) == {1: 1, 3: 1}
    assert column.score == pytest.approx(made.score)
    assert column.broken == 0


def test_who_differs() -> None:
    """Tests a patient who goes elsewhere, one who waits in one plan, and one who is the same in both."""
    posed = problem(patient("P1"), patient("P2"), patient("P3", position="seat"))
    one = plan(posed, flight("MIDD", "EAST"), place("P1"), place("P3"))
    other = plan(
        posed, flight("MIDD", "EAST"), place("P1", "EAS-1", leaves_at="EAST"), place("P2"), place("P3")
    )
    found = compare([("one", posed, one), ("other", posed, other)]).differences
    assert [difference.patient for difference in found] == ["P1", "P2"]
    assert [sight and sight.hospital for sight in found[0].sights] == ["MID-1", "EAS-1"]
    assert [sight and sight.hospital for sight in found[1].sights] == [None, "MID-1"]


def test_plans_of_different_problems() -> None:
    """Tests that a patient whom one problem does not list differs; each problem judges its own plan."""
    before = problem(patient("P1"), patient("P2"))
    after = problem(patient("P1"))
    plans = [
        ("before", before, plan(before, flight(), place("P1"), place("P2"))),
        ("after", after, plan(after, flight(), place("P1"))),
    ]
    comparison = compare(plans)
    assert [column.broken for column in comparison.columns] == [0, 0]
    assert [(one.patient, one.known) for one in comparison.differences] == [("P2", (True, False))]


def test_an_infeasible_plan_has_no_score() -> None:
    """Tests that score and terms are None."""
    posed = problem(patient("P1"))
    nothing = replace(plan(posed, flight()), status="infeasible", flights=(), placements=())
    column = compare([("none", posed, nothing)]).columns[0]
    assert (column.score, column.terms, column.placed) == (None, None, 0)
