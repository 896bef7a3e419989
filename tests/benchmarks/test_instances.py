"""Tests that the benchmark's problems have the statistics they promise, and never change."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest

from figures import AIRPORTS, CASE_MIX, POPULATION
from instances import Draw, apportion, canonical_bytes, make, sha256
from medevac.planner.reading import read_problem

SIZES = {"W": (60, 60, 1, 1, 1), "M": (150, 120, 3, 8, 2), "L": (1000, 400, 8, 35, 3)}
PINNED = {
    ("W", 1): "71324df68f3bd1b620b88b357f26a8882bf07c56dfee8c5d14209ca0a805f32d",
    ("W", 2): "46685b5214f7738cde3c21c17e9b6f68a7df7f47c0e8ff51d2986dcd3272133d",
    ("M", 1): "0928fc442b06775a5574c1aa0abe48844b37a8a5f247b09e6846ca064a7884f4",
    ("L", 1): "dec9c86c78d3b5afe9040455089fb1a94d6a35209adec866b69fb6482868eb3e",
    ("XL", 1): "026400859f638df907cbcf2e6976890692d22a4e8ab77211622f4c81156ac81f",
}


@cache
def made(size: Any) -> dict[str, Any]:
    """The first problem of a size."""
    return make(size, 1)


def count(value: Any) -> int:
    """The number of places, whether they have dates of their own or not."""
    return value["count"] if isinstance(value, dict) else value


@pytest.mark.parametrize(("size", "seed"), list(PINNED))
def test_the_same_bytes_for_ever(size: Any, seed: int) -> None:
    """Tests that a benchmark of today can be compared with one of last year."""
    assert sha256(make(size, seed)) == PINNED[size, seed]


@pytest.mark.parametrize("size", list(SIZES))
def test_every_problem_is_valid_and_not_odd(size: str) -> None:
    """Tests that the planner's own reader finds no fault and no oddity."""
    assert read_problem(canonical_bytes(made(size))).warnings == ()


@pytest.mark.parametrize("size", list(SIZES))
def test_sizes(size: str) -> None:
    """Tests patients, hospitals, aircraft, flights and hubs."""
    problem = made(size)
    flights = sum(aircraft["max_flights"] for aircraft in problem["aircraft"])
    found = (*(len(problem[key]) for key in ("patients", "hospitals", "aircraft")), flights)
    assert (*found, len(problem["hubs"])) == SIZES[size]
    assert all(len(set(it["days"])) == it["max_flights"] for it in problem["aircraft"])
    assert len({hospital["country"] for hospital in problem["hospitals"]}) == 20


@pytest.mark.parametrize("size", list(SIZES))
def test_shares_of_patients(size: str) -> None:
    """Tests every promised share, to the nearest patient."""
    patients = made(size)["patients"]
    shares = {
        "child": 0.22,
        "family": 0.10,
        "refuses": 0.08,
        "prefers": 0.15,
        "hospitals": 0.10,
        "chosen": 0.03,
    }
    for key, share in shares.items():
        assert sum(bool(it.get(key)) for it in patients) == round(share * len(patients)), key
    isolated = [it for it in patients if it["isolation"] != "none"]
    assert len(isolated) == round(0.28 * len(patients))
    assert sum(it["isolation"] == "airborne" for it in isolated) == round(len(isolated) / 10)
    assert sum(it["companions"] for it in patients) == round(0.6 * len(patients))
    assert all(it["companions"] for it in patients if it["child"])
    assert sum(len(it["needs"]) == 2 for it in patients) == round(0.1 * len(patients))
    priorities = Counter(it["priority"] for it in patients)
    expected = {1: 0.20, 2: 0.45, 3: 0.35}
    assert all(abs(priorities[key] - share * len(patients)) < 1 for key, share in expected.items())
    limits = {"seat": 840, "litter": 600, "intensive": 420}
    assert all(it["max_transit_minutes"] == limits[it["position"]] for it in patients)


@pytest.mark.parametrize("size", list(SIZES))
def test_places_of_hospitals(size: str) -> None:
    """Tests places per patient, specialties per hospital and airports per hospital."""
    problem = made(size)
    total = sum(count(value) for it in problem["hospitals"] for value in it["places"].values())
    assert total == round((1.5 if size == "W" else 1.15) * len(problem["patients"]))
    assert {len(it["places"]) for it in problem["hospitals"]} == {1, 2, 3}
    assert {len(it["reach"]) for it in problem["hospitals"]} == {1, 2}
    assert len({name for it in problem["hospitals"] for name in it["places"]}) == 10


@pytest.mark.parametrize("size", list(SIZES))
def test_families_know_both_rules_and_one_hub(size: str) -> None:
    """Tests that both rules occur and that no family stands at two hubs."""
    problem = made(size)
    assert set(problem["families"].values()) == {"same-hospital", "same-stop"}
    for family in problem["families"]:
        members = [it for it in problem["patients"] if it.get("family") == family]
        assert len(members) in (2, 3)
        assert len({it["hub"] for it in members}) == 1


def test_a_third_of_the_airports_close_at_night() -> None:
    """Tests closures among the thirty drop airports; the hub never closes."""
    airports = made("W")["airports"]
    assert len(AIRPORTS) == 30
    assert sum("closes" in airport for airport in airports.values()) == 10
    assert "closes" not in airports["EPRZ"]


def test_the_case_mix_is_the_published_one() -> None:
    """Tests trauma 78.7 %, cancer 13.4 %, other 7.9 %."""
    cancer = CASE_MIX["oncology"] + CASE_MIX["child-oncology"]
    assert cancer == pytest.approx(0.134)
    assert CASE_MIX["internal-medicine"] == 0.079
    assert sum(CASE_MIX.values()) == pytest.approx(1)
    assert {airport[0] for airport in AIRPORTS.values()} == set(POPULATION)


def test_w_is_one_737_from_gardermoen_on_one_day() -> None:
    """Tests the cabin of the smallest size."""
    (aircraft,) = made("W")["aircraft"]
    layout = aircraft["layouts"][0]
    assert (aircraft["base"], made("W")["days"], len(aircraft["layouts"])) == ("ENGM", 1, 1)
    assert (layout["litters"], layout["intensive"], layout["seats"]) == (18, 3, 39)


def test_apportion_adds_up() -> None:
    """Tests largest remainders by hand: 7 in 50:30:20 is 3.5, 2.1, 1.4, so the first gets the last one."""
    assert apportion({"a": 50, "b": 30, "c": 20}, 7) == {"a": 4, "b": 2, "c": 1}
    assert apportion({"a": 98, "b": 1, "c": 1}, 10, least=1) == {"a": 8, "b": 1, "c": 1}


def test_a_draw_is_a_stream() -> None:
    """Tests that two draws of one seed agree, and that bounds are kept."""
    one, two = Draw(5), Draw(5)
    assert [one.integer(1, 3) for _ in range(50)] == [two.integer(1, 3) for _ in range(50)]
    assert {one.integer(1, 3) for _ in range(100)} == {1, 2, 3}
    assert sorted(one.shuffled(range(10))) == list(range(10))
