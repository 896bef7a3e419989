"""Each weight can change a plan: one problem, two values, two plans.

All on the small problem with one flight on the first day. From HOME over HUBB, MIDD is 2 hours of flying
and EAST 3: with 1000 for each hour and 0.1 for each 1000 they cost 0.2 and 0.3. Both are 30 minutes from the
hub, so transit is 60 + 30 + 15 + 30 = 135 minutes, 2.25 hours, which cost 0.45.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from small_problem import AIRCRAFT, DAY_1, LAYOUT, hospital, patient, problem

from medevac.planner import solve
from medevac.planner.problem import Country, Hospital, Patient, Reach, Weights

ONE_LITTER = replace(AIRCRAFT, days=(DAY_1,), max_flights=1, layouts=(replace(LAYOUT, litters=1),))


def placed(*patients: Patient, hospitals: tuple[Hospital, ...] = (), changes: Any = None, **weights: Any):
    """Who is placed where, with these weights and one litter on board."""
    chosen = {"hospitals": hospitals} if hospitals else {}
    posed = problem(
        *patients, aircraft=(ONE_LITTER,), weights=replace(Weights(), **weights), **chosen, **(changes or {})
    )
    plan = solve(posed)
    assert plan is not None
    assert plan.status == "optimal"
    return {p.patient: p.hospital for p in plan.placements}


@pytest.mark.parametrize(("mine", "other", "low", "high"), [(1, 2, 20, 100), (2, 3, 5, 30), (3, 2, 10, 50)])
def test_priority(mine: int, other: int, low: float, high: float) -> None:
    """Tests that the weight of each priority decides who has the one litter."""
    # The other priority keeps 30 (2) or 10 (3): below `high`, above `low`. All else is equal.
    two = patient("P1", priority=mine), patient("P2", priority=other)
    for weight, first in ((low, "P2"), (high, "P1")):
        priority = {1: 100.0, 2: 30.0, 3: 10.0, mine: weight}
        assert set(placed(*two, priority=priority)) == {first}


def test_waiting_per_week() -> None:
    """Tests that waiting counts as much as it is said to."""
    # Eight weeks: 10 x (1 + 8 x 0.5) = 50 beats priority 2 with 30; with 0 it is 10.
    two = patient("P1", priority=2), patient("P2", priority=3, waiting_days=56)
    assert set(placed(*two, waiting_per_week=0.5)) == {"P2"}
    assert set(placed(*two, waiting_per_week=0.0)) == {"P1"}


def test_waiting_weeks_cap() -> None:
    """Tests that weeks beyond the cap do not count."""
    # Capped at 8: 10 x (1 + 8 x 0.5) = 50 beats 30; capped at 2: 10 x (1 + 2 x 0.5) = 20 does not.
    two = patient("P1", priority=2), patient("P2", priority=3, waiting_days=56)
    assert set(placed(*two, waiting_per_week=0.5, waiting_weeks_cap=8)) == {"P2"}
    assert set(placed(*two, waiting_per_week=0.5, waiting_weeks_cap=2)) == {"P1"}


def test_suitability() -> None:
    """Tests that the more suitable hospital wins only if suitability weighs more than the longer flight."""
    # EAST with 3: 3 x (0.9 - 0.2) = 2.1 more for 0.1 of cost; with 0: nothing for 0.1.
    two = hospital(suitability={"burns": 0.2}), hospital("EAS-1", "EAST", suitability={"burns": 0.9})
    assert placed(patient(), hospitals=two, suitability=3) == {"P1": "EAS-1"}
    assert placed(patient(), hospitals=two, suitability=0) == {"P1": "MID-1"}


def test_preference() -> None:
    """Tests that the preferred country wins only if preference weighs more than the longer flight."""
    # EAST with 1.5: 1.5 for 0.1 of cost; with 0: nothing for 0.1.
    assert placed(patient(prefers="EC"), preference=1.5) == {"P1": "EAS-1"}
    assert placed(patient(prefers="EC"), preference=0) == {"P1": "MID-1"}


def test_transit_per_hour() -> None:
    """Tests that five hours more on the road are worth it only while hours cost little."""
    # EAST is 2.1 better, 0.1 dearer and 300 minutes farther: 2.1 - 0.1 - 5 x 0 > 0 > 2.1 - 0.1 - 5 x 1.
    far = hospital("EAS-1", "EAST", reach=(Reach("EAST", 330),), suitability={"burns": 0.9})
    two = hospital(suitability={"burns": 0.2}), far
    assert placed(patient(), hospitals=two, transit_per_hour=0) == {"P1": "EAS-1"}
    assert placed(patient(), hospitals=two, transit_per_hour=1) == {"P1": "MID-1"}


def test_above_fair_share() -> None:
    """Tests that a country above its fair share is avoided only if that weighs more than suitability."""
    # MIDD is 3 x (0.9 - 0.2) + 0.1 = 2.2 better, and its country's fair share is nobody.
    two = hospital(suitability={"burns": 0.9}), hospital("EAS-1", "EAST", suitability={"burns": 0.2})
    countries = {"countries": {"MC": Country("MC", fair_share=0), "EC": Country("EC")}}
    assert placed(patient(), hospitals=two, changes=countries, above_fair_share=2) == {"P1": "MID-1"}
    assert placed(patient(), hospitals=two, changes=countries, above_fair_share=3) == {"P1": "EAS-1"}


def test_cost_per_1000() -> None:
    """Tests that a flight is flown only while its patients are worth more than it costs."""
    # One routine patient: 10 + 3 x 0.5 - 0.45 = 11.05; two hours at 1000 cost 2 x 5 = 10 or 2 x 6 = 12.
    assert placed(patient(), cost_per_1000=5) == {"P1": "MID-1"}
    assert placed(patient(), cost_per_1000=6) == {}
