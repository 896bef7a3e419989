"""Bounds of one slot's sets as a search takes them: the leading ones first, each once, then by order."""

from __future__ import annotations

import numpy as np
from test_pricing import searches, sets_of

from medevac.planner.model import Room, RouteModel


def test_every_set_is_taken_once_and_the_leading_ones_first() -> None:
    """Tests that taking until nothing is left takes each set once, never one below a set that stays."""
    for seed, search in searches(range(12)):
        left = set(sets_of(search))
        while search.sets.top() > -np.inf:
            before = [hub.bound.copy() for hub in search.sets.hubs]
            number, sets, _ = search.sets.take_leading(0.0)
            shape = before[number].shape
            taken = {(number, *(int(x) for x in np.unravel_index(at, shape))) for at in sets.tolist()}
            assert taken <= left, seed
            left -= taken
            stays = search.sets.hubs[number].bound.max(initial=-np.inf)
            assert before[number].ravel()[sets].min() >= stays, seed
        assert not left, seed


def test_no_order_is_worth_more_than_its_set_or_less_than_its_load() -> None:
    """Tests orders from a bound that says nothing, and from one that is below what they could be worth."""
    for seed, search in searches(range(12)):
        task = search.task
        for number, *at in list(sets_of(search))[:20]:
            flat = int(np.ravel_multi_index(tuple(at), search.sets.hubs[number].bound.shape))
            for way, bound in search.sets.orders(number, flat, np.inf, 0.0):
                room = Room.whole(search.instance)
                model = RouteModel(
                    search.instance, [way], room, task.patients, task.weight, shares=task.shares
                )
                assert bound >= model.solve(gap=1e-9).objective - 1e-6, (seed, at)
            assert all(bound <= -5.0 for _, bound in search.sets.orders(number, flat, -5.0, 0.0))


def test_a_set_as_one_way_stops_where_its_orders_stop() -> None:
    """Tests that every order visits the same airports, none of them earlier than the imagined way."""
    for seed, search in searches(range(12)):
        for number, *at in sets_of(search):
            flat = int(np.ravel_multi_index(tuple(at), search.sets.hubs[number].bound.shape))
            direct = search.sets.direct_way(number, flat).route
            reached = dict(zip(direct.stops, direct.elapsed, strict=True))
            for way, _ in search.sets.orders(number, flat, np.inf, 0.0):
                assert set(way.route.stops) == set(direct.stops), (seed, at)
                for stop, elapsed in zip(way.route.stops, way.route.elapsed, strict=True):
                    assert elapsed >= reached[stop] - 1e-6, (seed, at)
