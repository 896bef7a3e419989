"""The library of stop sets and orders, held against every permutation, judged by the independent rules."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from small_problem import AIRCRAFT, problem

from medevac.planner.problem import DutyBand
from medevac.planner.routes import Library
from oracle.document import filled
from oracle.flying import departures, earliest, fly, route_faults
from oracle.tiny import tiny_problem
from solver_cases import long_flights, posed


def listed(
    document: dict[str, Any], number: int, hub: str, not_before: float, back_before: float
) -> dict[Any, Any]:
    """Every route in the library of one aircraft and hub: departure, flying, return and times by stops."""
    problem_read = posed(document)
    codes = list(problem_read.airports)
    library = Library(problem_read, problem_read.aircraft[number], hub, codes)
    assert library.complete
    found: dict[Any, Any] = {}
    for row in range(len(library.depth)):
        for base_drop in np.flatnonzero(np.isfinite(library.flying[row])).astype(bool):
            routes = library.orders(
                library.stops_of(row), base_drop=base_drop, not_before=not_before, back_before=back_before
            )
            if not_before == 0 and back_before == np.inf:
                least = min((r.flying for r in routes), default=np.inf)
                assert library.flying[row, int(base_drop)] == pytest.approx(least)
            for r in routes:
                stops = tuple(codes[a] for a in r.stops)
                assert stops not in found
                found[stops] = (r.leaves_base, r.flying, r.back_at, *r.elapsed)
    return found


def permuted(
    document: dict[str, Any], number: int, hub: str, not_before: float, back_before: float
) -> dict[Any, Any]:
    """The same by trying every permutation of airports."""
    doc = filled(document)
    craft = document["aircraft"][number]
    drops = [code for code in doc["airports"] if code != hub]
    found = {}
    for count in range(1, 1 + min(len(drops), craft["max_stops"])):
        for way in permutations(drops, count):
            route = fly(doc, craft["id"], hub, way)
            if route_faults(doc, route):
                continue
            leaves = earliest(departures(doc, route), not_before)
            if leaves is not None and leaves + route.back <= back_before + 1e-6:
                found[way] = (leaves, route.flying_minutes, leaves + route.back, *route.transit_to.values())
    return found


def assert_same(one: dict[Any, Any], other: dict[Any, Any]) -> None:
    """The same routes at the same times."""
    assert one.keys() == other.keys()
    for way, numbers in one.items():
        assert numbers == pytest.approx(other[way]), way


@pytest.mark.parametrize("first", [0, 40])
def test_the_library_lists_every_permutation_that_the_rules_allow(first: int) -> None:
    """Tests routes, departures and times on small maps with hours, bands, short ranges and base drops."""
    flown = 0
    for seed in range(first, first + 40):
        document = tiny_problem(seed)
        for number in range(len(document["aircraft"])):
            for hub in document["hubs"]:
                routes = listed(document, number, hub, 0.0, np.inf)
                assert_same(routes, permuted(document, number, hub, 0.0, np.inf))
                flown += len(routes)
    assert flown > 100


def test_a_window_leaves_the_routes_that_fit_it() -> None:
    """Tests that an aircraft that is away until a minute, and awaited at another, flies in between only."""
    for seed in range(3000, 3030):
        document = long_flights(tiny_problem(seed), seed) if seed % 2 else tiny_problem(seed)
        hub = next(iter(document["hubs"]))
        for window in ((400.5, np.inf), (0.0, 700.25), (300.0, 1500.0)):
            assert_same(listed(document, 0, hub, *window), permuted(document, 0, hub, *window))


def test_the_base_is_a_drop_only_where_it_is_named() -> None:
    """Tests the sets of the small problem: two drops, with and without the base behind them."""
    # MIDD, EAST, MIDD+EAST; with HOME also HOME alone and each of them with HOME last (three drops at most).
    plain = Library(problem(), AIRCRAFT, "HUBB", ["MIDD", "EAST"])
    assert np.isfinite(plain.flying).sum() == 3
    based = Library(problem(), AIRCRAFT, "HUBB", ["HOME", "MIDD", "EAST"])
    assert np.isfinite(based.flying).sum() == 7
    # HOME-HUBB-EAST-MIDD-HOME: 60 + 30 + 60 + 30 minutes; with MIDD first 60 + 30 + 60 + 90.
    assert plain.flying[np.isfinite(plain.flying)].max() == pytest.approx(180)


def test_more_legs_than_any_key_are_not_flown() -> None:
    """Tests that a band whose largest key is three legs allows no second drop."""
    bands = (DutyBand(0, 1440, {3: 900}),)
    library = Library(problem(), replace(AIRCRAFT, duty_minutes=bands), "HUBB", ["MIDD", "EAST"])
    assert np.isfinite(library.flying).sum() == 2
