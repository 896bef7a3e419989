"""Everybody over some flights: prices that bound, proposals that promise enough, seats that hold."""

from __future__ import annotations

import numpy as np
import pytest

from medevac.planner.crowd import climb as climbing
from medevac.planner.crowd.climb import Climb, State
from medevac.planner.crowd.crowd import Crowd, CrowdPrices
from medevac.planner.crowd.loops import charge_pairs
from medevac.planner.crowd.losses import losses
from medevac.planner.crowd.seating import Seating
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.search import Search
from medevac.planner.standing import Standing
from oracle.tiny import tiny_problem
from solver_cases import assert_valid_standing, long_flights, posed, shrunken_week

CLOSE = 1e-6


def begun(seed: int) -> tuple[Climb, State, Standing]:
    """A climb at the ways of a first standing of a tiny problem, every third with long flights."""
    document = tiny_problem(seed)
    return climb_of(Instance(posed(long_flights(document, seed) if seed % 3 == 0 else document)))


def climb_of(instance: Instance) -> tuple[Climb, State, Standing]:
    """A climb, its first state, and the standing that it begins with."""
    fleet = Fleet(instance)
    order = sorted(range(len(instance.slots)), key=lambda s: s not in instance.fixed_flight)
    standing = Search(instance, fleet, instance.pair_value).greedy(order, lambda: False)
    climb = Climb(instance, fleet, instance.pair_value, 1)
    prices = CrowdPrices.none(instance, len(climb.ground.days), climb.ground.stops)
    return climb, climb.start(standing, prices), standing


def random_prices(climb: Climb, state: State, seed: int) -> CrowdPrices:
    """Prices without sense; those of fair shares are at most their weight."""
    random = np.random.default_rng(seed)
    instance = climb.instance
    prices = CrowdPrices.none(instance, len(climb.ground.days), climb.ground.stops)
    for part in (prices.resource, prices.board):
        part[:] = random.uniform(0, 5, part.shape) * (random.random(part.shape) < 0.5)
    most = instance.problem.weights.above_fair_share
    shares = prices.resource[instance.first_share_resource :]
    shares[:] = np.minimum(shares, most)
    return prices


def test_any_prices_bound_what_the_ways_can_carry() -> None:
    """Tests bounds at prices without sense, and after steps down, against the linear model."""
    near = 0
    for seed in range(60):
        climb, state, _ = begun(seed)
        if not state.ways:
            near += 1
            continue
        ways = list(state.ways.values())
        best = climb.model(ways).solve(whole=False).objective
        prices = random_prices(climb, state, seed)
        crowd = Crowd(climb.ground, ways)
        assert crowd.lower(prices.copy(), -np.inf, 1) >= best - CLOSE, seed
        bound = crowd.lower(prices, best, 500, 0.2)
        assert bound >= best - CLOSE, seed
        near += bound <= best + 0.02 * max(1.0, abs(best))
    assert near >= 50


def test_no_exchange_of_one_flight_brings_more_than_is_proposed() -> None:
    """Tests that everybody over other ways is worth no more than the prices and the way's gain say."""
    compared = 0
    for seed in range(120):
        climb, state, _ = begun(seed)
        for slot in range(len(climb.instance.slots)):
            others = [w for s, w in state.ways.items() if s != slot]
            if not others:
                continue
            rest = Crowd(climb.ground, others)
            bound = rest.lower(state.prices.copy(), -np.inf, 1)
            for one in climb.proposals(state, slot)[:3]:
                value = climb.model([*others, one.way]).solve(whole=False).objective
                assert value <= bound + one.gain + CLOSE * max(1.0, abs(value)), (seed, slot)
                compared += 1
    assert compared > 100


def test_a_climb_never_worsens_and_its_seats_hold() -> None:
    """Tests climbing, throwing, and whole patients at the end."""
    for seed in range(40):
        climb, state, _ = begun(seed)
        better = climb.climb(state, np.random.default_rng(seed), lambda: False)
        assert better.value >= state.value - CLOSE
        thrown = climb.round(better, seed, lambda: False)
        for one in (better, thrown):
            whole = climb.whole(one)
            assert whole is not None
            assert_valid_standing(whole)
            if set(whole.loads) == set(one.ways):  # a flight that would carry nobody stays at home
                assert whole.value() <= one.value + CLOSE * max(1.0, abs(one.value))


def test_many_flights_by_prices_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests the way for very many: thin options, sweeps, seats by parts; valid, and no worse than before."""
    monkeypatch.setattr(climbing, "EXACT", 0)
    climb, state, standing = climb_of(Instance(posed(shrunken_week())))
    seating = Seating(climb.ground, climb.weight)
    told: list[float] = []

    def report(better: Standing) -> None:
        assert_valid_standing(better)
        told.append(better.value())

    random = np.random.default_rng(1)
    better = seating.improve(standing, state.prices, random, lambda: False, report)
    assert better.value() >= standing.value()
    state = climb.sweep(state, random, lambda: False)
    changed = seating.adopt(better, state.ways, state.prices, random, lambda: False, report)
    assert_valid_standing(changed)
    assert max(told) >= standing.value()


def test_options_that_are_left_out_take_their_groups_along() -> None:
    """Tests that thinned options are a part of all, with families whole."""
    for seed in range(30):
        climb, state, _ = begun(seed)
        crowd = Crowd(climb.ground, list(state.ways.values()))
        for keep in (0, 2, 5, len(crowd.entry_pair)):
            for slot, part in crowd.near_best(state.prices, keep).items():
                way = state.ways[slot]
                pairs = set(climb.ground.options(way).entry_pair.tolist())
                assert set(part.entry_pair.tolist()) <= pairs
                for run, unit in enumerate(part.run_unit):
                    first = part.run_end[run - 1] if run else 0
                    for group in range(first, part.run_end[run]):
                        begin = part.group_end[group - 1] if group else 0
                        assert part.group_end[group] - begin == climb.instance.unit_size[unit]


def test_what_options_lose_is_what_better_ones_have_over_them() -> None:
    """Tests losses at prices without sense against each unit's groups, one after the other."""
    for seed in range(30):
        climb, state, _ = begun(seed)
        if not state.ways:
            continue
        instance, crowd = climb.instance, Crowd(climb.ground, list(state.ways.values()))
        prices = random_prices(climb, state, seed)
        charge = np.zeros(len(instance.pair_patient))
        charge_pairs(crowd.pairs, instance.pair_use, instance.pair_amount, prices.resource, charge)
        groups: dict[int, list[tuple[float, list[tuple[int, float]]]]] = {}
        for run, unit in enumerate(crowd.run_unit.tolist()):
            slot = int(crowd.slots[crowd.run_way[run]])
            for group in range(crowd.run_end[run - 1] if run else 0, crowd.run_end[run]):
                total, behind = 0.0, []
                for member in range(crowd.group_end[group - 1] if group else 0, crowd.group_end[group]):
                    entries = range(crowd.member_end[member - 1] if member else 0, crowd.member_end[member])
                    worth = {e: worth_of(climb, crowd, prices, charge, slot, e) for e in entries}
                    total += max(worth.values())
                    behind += [(e, max(worth.values()) - value) for e, value in worth.items()]
                groups.setdefault(unit, []).append((total, behind))
        found = losses(crowd, prices, charge)
        for of_unit in groups.values():
            best = max(0.0, *(total for total, _ in of_unit))
            for total, behind in of_unit:
                for entry, less in behind:
                    assert found[entry] == pytest.approx(best - total + less, abs=1e-9), seed


def worth_of(
    climb: Climb, crowd: Crowd, prices: CrowdPrices, charge: np.ndarray, slot: int, entry: int
) -> float:
    """What an entry is worth after all that it pays for."""
    instance, pair = climb.instance, crowd.entry_pair[entry]
    paid = charge[pair] + prices.drops[slot, crowd.entry_stop[entry]]
    paid += prices.arrivals[climb.ground.day_of[slot], instance.pair_hospital[pair]]
    paid += prices.board[slot] @ instance.board[instance.pair_patient[pair]]
    return float(crowd.entry_worth[entry] - paid)
