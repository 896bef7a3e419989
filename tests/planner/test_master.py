"""The master problem: mixes of loaded flights, and prices that leave no known flight a gain."""

from __future__ import annotations

import numpy as np
import pytest

from medevac.planner.coupling import Coupling
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.loads import Load
from medevac.planner.master import Master
from medevac.planner.search import Search
from medevac.planner.standing import Standing
from oracle.tiny import tiny_problem
from solver_cases import posed

WIDE = 1e6  # a box that prices do not reach


def masters(seeds: range) -> list[tuple[int, Master, list[Load]]]:
    """Masters of tiny problems without fixed flights, each with the loads of some flights in it."""
    found = []
    for seed in seeds:
        instance = Instance(posed(tiny_problem(seed)))
        if instance.fixed_flight or not instance.slots:
            continue
        coupling = Coupling(instance, 0.0)
        search = Search(instance, Fleet(instance), coupling.weight)
        everybody = np.arange(len(instance.patients))
        loads = [
            load
            for slot in range(len(instance.slots))
            for load in search.best_flights(Standing(instance, coupling.weight), slot, everybody)[:3]
        ]
        master = Master(coupling)
        for load in loads:
            master.add(load)
        if loads:
            found.append((seed, master, loads))
    return found


def test_the_same_load_is_added_once() -> None:
    """Tests that a load which is known already is not taken again."""
    for _, master, loads in masters(range(20)):
        count = len(master.columns)
        assert not any(master.add(load) for load in loads)
        assert len(master.columns) == count


def test_the_mix_is_worth_at_least_the_best_flight() -> None:
    """Tests a wide box: no single known flight is worth more than the best mix of all."""
    for seed, master, loads in masters(range(40)):
        value, _ = master.solve(master.coupling.none(), WIDE)
        for load in loads:
            alone = Standing(master.coupling.instance, master.coupling.weight)
            alone.add(load)
            assert value >= alone.value() - 1e-6, seed


def test_prices_times_what_there_is_and_what_flights_still_gain_make_the_value() -> None:
    """Tests duality: at its own prices the mix is worth what is priced and what slots still gain."""
    compared = 0
    for seed, master, _ in masters(range(40)):
        coupling = master.coupling
        value, duals = master.solve(coupling.none(), WIDE)
        # What a column pays for its aircraft is taken off here; `best_known` leaves it in.
        gain = master.best_known(duals)
        craft = np.array([slot.aircraft for slot in coupling.instance.slots])
        left = np.maximum(0.0, gain - duals.craft[craft]).sum()
        assert coupling.constant(duals) + left == pytest.approx(value, abs=1e-5), seed
        compared += 1
    assert compared > 10


def test_no_price_leaves_the_box() -> None:
    """Tests a box without width around zero: every price of units, resources and aircraft stays zero."""
    for _, master, _ in masters(range(10)):
        _, duals = master.solve(master.coupling.none(), 0.0)
        for part in (duals.unit, duals.resource, duals.craft):
            assert np.allclose(part, 0.0, atol=1e-6)
