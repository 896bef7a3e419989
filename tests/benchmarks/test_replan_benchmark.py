"""Tests that the benchmark of changed plans measures what it says, on a tiny problem."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from medevac.planner import Changes
from oracle.tiny import tiny_problem
from replan import changes_of, measure, page_of, table_of, touched_by, verdict_of
from replan_cases import planned


def test_a_change_is_measured_beside_a_full_solve() -> None:
    """Tests calls, both scores and the touched of both, and that the table can be printed."""
    ready = planned(tiny_problem(3))
    assert ready is not None
    read, plan = ready
    changes = Changes(without=(plan.placements[0].patient,))
    one = measure(read, plan, "one withdraws", changes, repeats=2)
    assert len(one.calls) == 2
    assert one.full_score >= one.score - 1e-6
    assert one.touched <= one.full_touched
    page = StringIO()
    Console(file=page, width=140).print(table_of([("tiny", one)]))
    assert "one withdraws" in page.getvalue()
    met, verdict = verdict_of("W", [("tiny", one)])
    assert ("missed" in verdict) != met
    document = page_of([("tiny", one)], verdict, ["--seeds", "1"])
    assert "| tiny | one withdraws |" in document
    assert "benchmarks/replan.py --seeds 1" in document


def test_the_changes_name_what_the_plan_has() -> None:
    """Tests that every change that is measured can be made."""
    ready = planned(tiny_problem(3))
    assert ready is not None
    names = {one.patient for one in ready[1].placements}
    for _, changes in changes_of(ready[1]):
        assert changes.named <= names


def test_nobody_is_touched_by_the_same_plan() -> None:
    """Tests the count of touched patients."""
    ready = planned(tiny_problem(3))
    assert ready is not None
    assert touched_by(ready[1], ready[1], frozenset()) == 0
