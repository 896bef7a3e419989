"""Tests that a family which leaves at one stop keeps just the places that its others leave room for."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from instances import make
from medevac.planner.instance import Bools, Instance
from solver_cases import posed


def fitting(instance: Instance, closed: Bools, free: np.ndarray) -> set[int]:
    """Pairs of same-stop families that are in some choice for all members, by trying every choice."""
    hard = instance.first_share_resource
    found: set[int] = set()
    for unit in instance.units:
        if len(unit.members) < 2 or not unit.same_stop:
            continue
        for airport in range(len(instance.airport_codes)):
            options = [
                [
                    k
                    for k in range(instance.pair_start[m], instance.pair_start[m + 1])
                    if not closed[k] and airport in reached(instance, int(instance.pair_hospital[k]))
                ]
                for m in unit.members
            ]
            for choice in product(*options):
                need = np.zeros(len(free))
                for k in choice:
                    used = (instance.pair_use[k] >= 0) & (instance.pair_use[k] < hard)
                    np.add.at(need, instance.pair_use[k][used], instance.pair_amount[k][used])
                if (need <= free + 1e-9).all():
                    found |= set(choice)
    return found


def reached(instance: Instance, hospital: int) -> set[int]:
    """Airports that a hospital reaches."""
    first, last = instance.reach_start[hospital : hospital + 2]
    return {int(a) for a in instance.reach_airport[first:last]}


@pytest.mark.parametrize("seed", range(1, 9))
def test_open_pairs_are_those_of_some_whole_choice(seed: int) -> None:
    """Tests against trying every choice, with all room free and with some of it taken."""
    instance = Instance(posed(make("W" if seed % 2 else "M", seed)))
    random = np.random.default_rng(seed)
    for share in (0.0, 0.2, 0.5):
        free = np.maximum(0.0, instance.capacity - (random.random(len(instance.capacity)) < share))
        blocked = instance.blocked_by_room(free)
        alone = ~blocked_alone(instance, free)
        expected = fitting(instance, ~alone, free)
        for unit in instance.units:
            if len(unit.members) > 1 and unit.same_stop:
                for m in unit.members:
                    for k in range(instance.pair_start[m], instance.pair_start[m + 1]):
                        assert (not blocked[k]) == (k in expected)


def blocked_alone(instance: Instance, free: np.ndarray) -> Bools:
    """Pairs for which one patient alone finds no room."""
    use, hard = instance.pair_use, instance.first_share_resource
    short = (use >= 0) & (use < hard) & (instance.pair_amount > free[np.maximum(0, use)] + 1e-9)
    return np.asarray(short.any(axis=1), dtype=np.bool_)


def test_one_bed_at_each_of_two_airports_holds_no_family_of_two() -> None:
    """Tests the case that halves would fill: both hospitals have one bed, and no airport reaches both."""
    document = make("W", 1)
    first, second = document["patients"][:2]
    for patient in (first, second):
        patient |= {"needs": ["burns"], "priority": 1, "position": "seat", "companions": 0}
        for key in ("hospitals", "chosen", "prefers", "refuses", "family", "isolation", "fit_until", "child"):
            patient.pop(key, None)
        patient["family"] = "F-halves"
    document["patients"] = [first, second]
    document["families"] = {"F-halves": "same-stop"}
    document.pop("fixed", None)
    airports = [a for a in document["airports"] if a not in document["hubs"]]
    document["hospitals"] = [
        {**hospital, "places": {"burns": 1}, "reach": [{"airport": airport, "road_minutes": 20}]}
        for hospital, airport in zip(document["hospitals"][:2], airports[:2], strict=True)
    ]
    instance = Instance(posed(document))
    assert instance.blocked_by_room(instance.capacity).all()
    document["hospitals"][1]["reach"] = document["hospitals"][0]["reach"]
    shared = Instance(posed(document))
    assert not shared.blocked_by_room(shared.capacity).any()
