"""Tests that the baselines of the benchmark obey every rule and do what their names say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from small_instance import small

import baselines
from baselines import Outcome, flight_by_flight, match, match_then_route
from measure import time_baseline
from medevac.planner.problem import Fixed, Problem

MAKERS = (flight_by_flight, match_then_route)


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
@pytest.mark.parametrize(("size", "seed"), [("W", 1), ("M", 1), ("M", 2)])
def test_every_rule_holds(monkeypatch: pytest.MonkeyPatch, make: Any, size: str, seed: int) -> None:
    """Tests that the second checker finds nothing, and that somebody flies."""
    document, problem = small(monkeypatch, size, seed)
    made = time_baseline(problem, document, make, None)
    assert made.faults == ()
    assert made.score > 0
    assert made.widest_gap <= baselines.FLIGHT_GAP


def test_match_then_route_keeps_to_the_match(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that whoever flies goes to the hospital that the match named."""
    _, problem = small(monkeypatch, "M", 1)
    hospital_of = match(problem)
    flown = match_then_route(problem).decision.assignments
    assert flown
    assert all(hospital_of[one.patient_id] == one.hospital_id for one in flown)


@pytest.mark.parametrize("most", [1000, 10])
def test_the_match_keeps_places_and_families(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Tests that no place is given twice and no family torn, in one model and in several batches."""
    monkeypatch.setattr(baselines, "MOST_AT_ONCE", most)
    monkeypatch.setattr(baselines, "BATCH", 7)
    _, problem = small(monkeypatch, "M", 1)
    hospital_of = match(problem)
    needs = {p.id: p.needs[0] for p in problem.patients}
    taken = Counter((hospital, needs[patient]) for patient, hospital in hospital_of.items())
    places = {(h.id, name): one.count for h in problem.hospitals for name, one in h.places.items()}
    assert hospital_of
    assert all(count <= places[key] for key, count in taken.items())
    for family in {p.family for p in problem.patients if p.family}:
        members = [p.id for p in problem.patients if p.family == family]
        assert len({member in hospital_of for member in members}) == 1
        if problem.family_rule(family) == "same-hospital":
            assert len({hospital_of.get(member) for member in members}) == 1


def test_the_match_has_no_thought_of_cabins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that with cabins of no room at all just as many are matched, and nobody flies."""
    _, problem = small(monkeypatch, "W", 1)
    without = replace(problem, aircraft=tuple(_emptied(craft) for craft in problem.aircraft))
    assert len(match(without)) == len(match(problem)) > 0
    assert match_then_route(without) == Outcome(match_then_route(without).decision, 0.0)
    assert match_then_route(without).decision.flights == ()


def _emptied(craft: Any) -> Any:
    layouts = tuple(replace(one, litters=0, intensive=0, seats=0) for one in craft.layouts)
    return replace(craft, layouts=layouts)


def test_fixed_patients_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that a baseline says that it cannot keep promises, instead of breaking them."""
    _, problem = small(monkeypatch, "W", 1)
    promised: Problem = replace(problem, fixed=(Fixed(problem.patients[0].id, problem.hospitals[0].id),))
    with pytest.raises(ValueError, match="without fixed"):
        flight_by_flight(promised)
