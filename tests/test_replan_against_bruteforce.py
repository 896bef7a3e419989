"""Changed plans against the independent checker and brute force, on tiny problems with every feature."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medevac.planner import Plan, read_problem
from medevac.planner.replanning.candidates import Candidates
from oracle.bruteforce import best_score
from oracle.tiny import tiny_problem, tiny_problems
from replan_cases import changed, drop_outs, faults, fewest_and_best, places, planned, touched

CLOSE = 1e-4


def assert_valid(document: dict[str, Any], seed: int, *, clock: bool) -> Any:
    """The written pair holds, is what was returned, and says truthfully who is touched."""
    ready = planned(document)
    if ready is None:
        return None
    read, plan = ready
    changes = drop_outs(plan, read, Random(seed), clock=clock)
    result = changed(read, plan, changes)
    if result is None:
        return None
    assert faults(result) == [], (seed, changes)
    assert read_problem(result.problem_bytes).problem == result.problem, (seed, changes)
    if result.plan.status != "infeasible":
        counted = touched(plan, result.plan, changes.named)
        assert {one.patient for one in result.touched} == counted, (seed, changes)
        assert result.least <= len(counted), (seed, changes)
    return read, plan, changes, result


def assert_fewest(found: Any, seed: int) -> None:
    """Number and score are brute force's where they are called proven."""
    _, plan, changes, result = found
    expected = fewest_and_best(json.loads(result.problem_bytes), plan, changes.named)
    if expected is None or result.plan.status == "infeasible":
        assert (expected is None) == (result.plan.status == "infeasible"), (seed, changes)
        return
    assert len(result.touched) >= expected[0], (seed, changes)
    assert result.least <= expected[0], (seed, changes)
    if len(result.touched) == expected[0]:
        assert result.plan.score <= expected[1] + CLOSE, (seed, changes)
        if result.best:
            assert result.plan.score == pytest.approx(expected[1], abs=CLOSE), (seed, changes)


@given(tiny_problems(), st.integers(0, 10_000))
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_changes_the_pair_that_is_written_holds(document: dict[str, Any], seed: int) -> None:
    """Tests random drop-outs, holds, closures, layouts and instants: the checker finds nothing."""
    assert_valid(document, seed, clock=True)


@given(tiny_problems(), st.integers(0, 10_000))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_fewest_are_touched(document: dict[str, Any], seed: int) -> None:
    """Tests that number and score equal brute force's."""
    found = assert_valid(document, seed, clock=False)
    if found is not None:
        assert_fewest(found, seed)


@pytest.mark.parametrize("first", range(0, 120, 40))
def test_the_fewest_are_touched_on_the_same_problems_always(first: int) -> None:
    """Tests the same on a fixed set of problems, where every number must be proven."""
    for seed in range(first, first + 40):
        found = assert_valid(tiny_problem(seed), seed, clock=False)
        if found is None:
            continue
        if found[3].plan.status != "infeasible":
            assert found[3].fewest, seed
            assert found[3].best, seed
        assert_fewest(found, seed)


def test_the_bound_of_a_changed_plan_is_one() -> None:
    """Tests that no plan of the changed problem scores more than the bound, clock and layouts among it."""
    bounded = reached = 0
    for seed in range(250):
        found = assert_valid(tiny_problem(seed), seed, clock=True)
        if found is None or found[3].plan.bound is None:
            continue
        most = best_score(json.loads(found[3].problem_bytes))
        assert most is not None
        assert most <= found[3].plan.bound + CLOSE, (seed, found[2])
        bounded += 1
        reached += found[3].plan.status == "optimal"
    assert bounded > 60
    assert reached > 10


def test_the_ways_for_larger_problems_claim_no_more_than_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests the methods for problems that are not decided whole: valid, and proven only what is proven."""
    monkeypatch.setattr(Candidates, "every", lambda _: None)
    compared = fewest = 0
    for seed in range(150):
        document = tiny_problem(seed)
        ready = planned(document)
        if ready is None:
            continue
        read, plan = ready
        changes = drop_outs(plan, read, Random(seed), clock=False)
        result = changed(read, plan, changes)
        if result is None or result.plan.status == "infeasible":
            continue
        assert faults(result) == [], (seed, changes)
        expected = fewest_and_best(json.loads(result.problem_bytes), plan, changes.named)
        assert expected is not None, seed
        assert result.least <= expected[0] <= len(result.touched), (seed, changes)
        if result.best and len(result.touched) == expected[0]:
            assert result.plan.score == pytest.approx(expected[1], abs=CLOSE), (seed, changes)
        compared += 1
        fewest += len(result.touched) == expected[0]
    assert compared > 90
    assert fewest >= 0.95 * compared


def test_what_has_happened_is_kept_and_nothing_leaves_in_the_past() -> None:
    """Tests flights under way, patients who have left them, and departures, also through several changes."""
    under_way = landed = 0
    for seed in range(250):
        ready = planned(tiny_problem(seed))
        if ready is None:
            continue
        (read, plan), pick, last = ready, Random(seed), None
        for _ in range(3):
            changes = drop_outs(plan, read, pick, clock=True)
            instants = [one for one in (changes.now, last) if one is not None]
            last = max(instants, default=None)
            result = changed(read, plan, replace(changes, now=last))
            if result is None:
                continue
            assert faults(result) == [], seed
            if result.plan.status == "infeasible":
                break
            if last is not None:
                gone, left = assert_history(plan, result.plan, changes.without, last)
                under_way, landed = under_way + gone, landed + left
            read, plan = read_problem(result.problem_bytes), result.plan
    assert under_way > 100
    assert landed > 50


def assert_history(old: Plan, new: Plan, without: tuple[str, ...], now: datetime) -> tuple[int, int]:
    """What the old plan says of the time before holds in the new; counts flights and patients seen."""
    flown = {(one.aircraft, one.date): one for one in new.flights}
    before, after = places(old), places(new)
    gone = left = 0
    for flight in old.flights:
        if flight.legs[1].departs > now:
            continue
        gone += 1
        same = flown[flight.aircraft, flight.date]
        assert (same.layout, same.hub, same.leaves_base) == (flight.layout, flight.hub, flight.leaves_base)
        reached = [leg for leg in flight.legs[1:] if leg.arrives <= now]
        assert list(same.legs[1 : 1 + len(reached)])[:-1] == reached[:-1]
        drops = {leg.destination for leg in reached}
        for one in old.placements:
            if one.flight == flight.id and one.leaves_at in drops and one.patient not in without:
                assert after[one.patient] == before[one.patient]
                left += 1
        boarded = {one.patient for one in old.placements if one.flight == flight.id}
        assert {one.patient for one in new.placements if one.flight == same.id} <= boarded
    started = {(one.aircraft, one.date) for one in old.flights if one.leaves_base <= now}
    for flight in new.flights:
        if (flight.aircraft, flight.date) not in started:
            assert flight.leaves_base >= now
    return gone, left


def test_the_same_change_makes_the_same_pair() -> None:
    """Tests that nothing depends on the clock or on chance."""
    for seed in range(20):
        ready = planned(tiny_problem(seed))
        if ready is None:
            continue
        changes = drop_outs(ready[1], ready[0], Random(seed), clock=True)
        one, other = changed(*ready, changes), changed(*ready, changes)
        if one is None or other is None:
            continue
        assert one.problem_bytes == other.problem_bytes, seed
        assert (one.plan.placements, one.plan.flights) == (other.plan.placements, other.plan.flights), seed
