"""The relaxation that mixes stop sets: a bound on every plan, tighter with each set that prices ask for."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from small_problem import AIRCRAFT, patient, problem

from medevac.planner.coupling import Coupling
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.stops_relaxation import StopsRelaxation
from medevac.planner.stops_relaxation.best_sets import best_sets
from medevac.planner.stops_relaxation.entries import list_entries
from medevac.planner.stops_relaxation.kinds import kinds_of
from oracle.bruteforce import best_score
from oracle.tiny import tiny_problem
from solver_cases import long_flights, posed, promise


@pytest.mark.parametrize("patience", [1, 1_000])
def test_the_bound_is_never_below_the_best_plan(patience: int) -> None:
    """Tests bounds cut short and at the end against brute force, and that no price is below zero."""
    compared = 0
    for seed in range(60):
        document = long_flights(tiny_problem(seed), seed) if seed % 3 == 0 else tiny_problem(seed)
        best = best_score(document)
        instance = Instance(posed(document))
        if best is None or instance.fixed_flight or not instance.slots:
            continue
        bonus = promise(instance)
        mixing = StopsRelaxation(instance, Fleet(instance), Coupling(instance, bonus))
        rounds = list(mixing.rounds(patience=patience))
        relaxed = rounds[-1]
        told = [each.bound for each in rounds]
        assert relaxed.bound - bonus * len(instance.fixed) >= best - 1e-6, seed
        assert told == sorted(told, reverse=True)
        assert np.all(relaxed.duals.unit >= 0)
        assert np.all(relaxed.duals.resource >= 0)
        compared += 1
    assert compared > 20


def test_best_sets_are_those_of_the_greatest_sums() -> None:
    """Tests random prizes against the sum over each set."""
    for seed in range(10):
        pick = Random(seed)
        instance = Instance(posed(tiny_problem(seed)))
        for library in Fleet(instance).libraries(0) if instance.slots else ():
            prize = np.array([pick.uniform(0, 10) for _ in library.codes])
            expected = []
            for row in range(len(library.depth)):
                for base in range(2):
                    if np.isfinite(library.flying[row, base]):
                        nodes = [*library.stops_of(row), *([0] if base else [])]
                        expected.append(prize[nodes].sum() - 0.1 * library.flying[row, base])
            most = min(3, len(expected))
            row, base, value = np.zeros(3, np.int64), np.zeros(3, np.int64), np.zeros(3)
            count = best_sets(library.depth, library.node, library.flying, prize, 0.1, 3, row, base, value)
            assert count == most
            assert np.allclose(sorted(value[:count]), sorted(expected)[len(expected) - most :])


def test_aircraft_alike_are_one_kind_with_all_their_flights() -> None:
    """Tests two alike aircraft of two flights each, and a third of one flight with another cost."""
    instance = Instance(
        problem(
            aircraft=(
                AIRCRAFT,
                replace(AIRCRAFT, id="A2"),
                replace(AIRCRAFT, id="A3", cost_per_hour=2000, max_flights=1),
            )
        )
    )
    kinds = kinds_of(instance, Fleet(instance))
    assert [kind.flights for kind in kinds] == [4, 1]


def test_entries_are_who_could_fly_where_at_the_direct_time() -> None:
    """Tests one patient: 135 minutes to MID-1 and to EAS-1, and nowhere with a limit of 134."""
    instance = Instance(problem())
    entries = list_entries(instance, kinds_of(instance, Fleet(instance)), instance.pair_value)
    assert sorted(instance.airport_codes[a] for a in entries.airport) == ["EAST", "MIDD"]
    assert np.allclose(instance.pair_value[entries.pair] - entries.worth, instance.tau * 135)
    instance = Instance(problem(patient(max_transit_minutes=134)))
    assert not len(list_entries(instance, kinds_of(instance, Fleet(instance)), instance.pair_value).pair)
