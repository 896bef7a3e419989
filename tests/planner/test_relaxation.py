"""The relaxation without routes: a bound on every plan, and times that no flight beats."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_problem import AIRCRAFT, DAY_1, patient, problem

from medevac.planner.coupling import Coupling
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.relaxation import cabin_room, least_transit, relax
from oracle.bruteforce import best_plan, best_score
from oracle.tiny import tiny_problem
from solver_cases import long_flights, posed, promise


@pytest.mark.parametrize("first", [0, 100])
def test_the_relaxation_bounds_the_best_plan(first: int) -> None:
    """Tests the bound against brute force, and that its prices are never below zero."""
    for seed in range(first, first + 100):
        document = long_flights(tiny_problem(seed), seed) if seed % 3 == 0 else tiny_problem(seed)
        best = best_score(document)
        if best is None:
            continue
        instance = Instance(posed(document))
        bonus = promise(instance)
        relaxed = relax(instance, Fleet(instance), Coupling(instance, bonus))
        assert relaxed.bound - bonus * len(instance.fixed) >= best - 1e-6, seed
        duals = relaxed.duals
        for part in (duals.unit, duals.resource, duals.arrivals, duals.craft, relaxed.board):
            assert np.all(part >= 0)
        shares = duals.resource[instance.first_share_resource :]
        assert np.all(shares <= instance.problem.weights.above_fair_share + 1e-9)


def test_no_flight_of_the_best_plan_is_faster_than_the_least_transit() -> None:
    """Tests the times of a few best plans."""
    for seed in range(60):
        document = tiny_problem(seed)
        instance = Instance(posed(document))
        least = least_transit(instance, Fleet(instance))
        for record in best_plan(document)["placements"]:
            p, h = instance.patient_index[record["patient"]], instance.hospital_index[record["hospital"]]
            (pair,) = np.flatnonzero((instance.pair_patient == p) & (instance.pair_hospital == h))
            assert least[pair] <= record["transit_minutes"] + 0.5 + 1e-6


def test_one_patient_is_bounded_by_worth_less_the_direct_flight() -> None:
    """Tests the bound of the small problem: flights cost nothing here, transit does."""
    # 10 + 3 x 0.5 - 0.2 x 2.25 = 11.05.
    instance = Instance(problem())
    bound = relax(instance, Fleet(instance), Coupling(instance, 0.0)).bound
    assert 11.05 - 1e-6 <= bound <= 11.05 * 1.01


def test_all_cabins_together_hold_so_many() -> None:
    """Tests that two dates give room for twice as many, and that more patients than that gain nothing."""
    # Two dates of 2 litters, 1 intensive, 2 seats, 1 isolation, 3 points of care.
    instance = Instance(problem(*(patient(f"P{i}") for i in range(9))))
    assert cabin_room(instance).tolist() == [4, 4, 2, 2, 6]
    # On one date two litters: 2 x 11.05, a little more where prices are not quite the best.
    one_day = Instance(replace(instance.problem, aircraft=(replace(AIRCRAFT, days=(DAY_1,)),)))
    assert 22.1 - 1e-6 <= relax(one_day, Fleet(one_day), Coupling(one_day, 0.0)).bound <= 22.1 * 1.01
