"""Tests that the example week holds what it promises: real places, the published mix, invented people."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from statistics import median
from typing import Any

import pytest

from example_names import latin
from example_patients import CANCER, OTHER
from example_week import ROAD, TABLE, make_week
from medevac.planner.geography import distance_km
from medevac.planner.problem import Airport
from medevac.tables.known_airports import known_airports

UNIVERSITY_HOSPITALS_OF_NORWAY = {"OUS", "AHUS", "HAUKELAND", "STAVANGER", "ST-OLAVS", "UNN"}


@cache
def week() -> dict[str, Any]:
    """The week, made once."""
    return make_week()


def share(count: int) -> float:
    """A part of all patients."""
    return count / len(week()["patients"])


def test_every_university_hospital_of_norway_is_there() -> None:
    """Tests that they and Sunnaas take part, and that 20 countries do."""
    found = {it["id"].removeprefix("NO-") for it in week()["hospitals"] if it["country"] == "NO"}
    assert found == UNIVERSITY_HOSPITALS_OF_NORWAY | {"SUNNAAS"}
    assert len({it["country"] for it in week()["hospitals"]}) == 20


def test_the_table_says_what_is_assumed() -> None:
    """Tests that every column that is no fact says so in its heading, and the week in its own."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    facts = {"id", "country", "name", "city", "latitude", "longitude"}
    assert all(name in facts or name.endswith(" (assumption)") for name in header)
    assert "places" in week()["x-assumption"]
    assert "great circle × 1.3 at 70 km/h" in week()["x-estimate"]


def test_airports_lie_where_airportsdata_has_them() -> None:
    """Tests positions to a thousandth of a degree, its known mistakes corrected."""
    for code, airport in week()["airports"].items():
        assert (airport["lat"], airport["lon"]) == pytest.approx(known_airports()[code].position, abs=1e-3)


def test_roads_are_estimated_from_the_great_circle() -> None:
    """Tests every road, and that none is longer than three hours."""
    airports = week()["airports"]
    for hospital in week()["hospitals"]:
        for one in hospital["reach"]:
            door = Airport("", hospital["x-lat"], hospital["x-lon"])
            airport = airports[one["airport"]]
            km = distance_km(door, Airport("", airport["lat"], airport["lon"]))
            assert one["road_minutes"] == ROAD.minutes(km) <= 180


def test_the_cabin_is_the_published_one() -> None:
    """Tests 18 litters, 3 of them intensive, and 39 seats less the crew's own."""
    aircraft, _ = week()["aircraft"]
    (layout,) = aircraft["layouts"]
    assert (layout["litters"], layout["intensive"]) == (18, 3)
    assert layout["seats"] + len(aircraft["x-crew"]) == 39


def test_the_case_mix_is_the_published_one() -> None:
    """Tests trauma 78.7 %, cancer 13.4 %, others 7.9 %, each to one patient, and a median wait of a week."""
    first = Counter(it["needs"][0] for it in week()["patients"])
    cancer, other = sum(first[name] for name in CANCER), first[OTHER]
    assert share(cancer) == pytest.approx(0.134, abs=1 / 72)
    assert share(other) == pytest.approx(0.079, abs=1 / 72)
    assert share(72 - cancer - other) == pytest.approx(0.787, abs=1 / 72)
    assert 5 <= median(it["waiting_days"] for it in week()["patients"]) <= 9
    assert share(sum(it["companions"] for it in week()["patients"])) == pytest.approx(0.42, abs=1 / 72)


def test_chosen_accepted_and_proposed_are_mixed() -> None:
    """Tests that half have chosen, and that some of the others have been accepted, some not."""
    chosen = [it for it in week()["patients"] if "chosen" in it]
    accepted = [it for it in week()["patients"] if "hospitals" in it and "chosen" not in it]
    assert len(chosen) == 36
    assert 10 <= len(accepted) <= 20
    assert all(it["chosen"] in it["hospitals"] for it in chosen)


def test_nobody_is_promised_a_place_twice() -> None:
    """Tests that those who have chosen fit into their hospitals together."""
    hospitals = {it["id"]: it for it in week()["hospitals"]}
    taken = Counter((it["chosen"], it["needs"][0]) for it in week()["patients"] if "chosen" in it)
    for (hospital, specialty), count in taken.items():
        assert count <= hospitals[hospital]["places"][specialty]


def test_the_infectious_patient_is_fixed_to_the_jet() -> None:
    """Tests that something is fixed, that the jet is equipped for it, and that the hospital has room."""
    (fixed,) = week()["fixed"]
    patient = next(it for it in week()["patients"] if it["id"] == fixed["patient"])
    jet = next(it for it in week()["aircraft"] if it["id"] == fixed["flight"]["aircraft"])
    hospital = next(it for it in week()["hospitals"] if it["id"] == fixed["hospital"])
    assert patient["isolation"] == "airborne"
    assert fixed["flight"]["date"] in jet["days"]
    assert jet["layouts"][0]["isolation"] > 0
    assert hospital["isolation"] > 0
    assert hospital["places"][patient["needs"][0]] > 0


def test_names_are_in_both_scripts_and_different() -> None:
    """Tests what a paper prints: Latin letters, a stroke, Cyrillic letters."""
    found = [it["x-name"] for it in week()["patients"]]
    assert len(set(found)) == len(found)
    assert all(
        re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+ / [А-ЯІЇЄҐ][а-яіїєґ]+ [А-ЯІЇЄҐ][а-яіїєґ]+", it) for it in found
    )


def test_oxygen_is_given_to_those_who_lie() -> None:
    """Tests that all who need intensive care have oxygen, and nobody who sits."""
    for patient in week()["patients"]:
        if patient["position"] == "intensive":
            assert 4 <= patient["x-oxygen_lpm"] <= 10
        if patient["position"] == "seat":
            assert "x-oxygen_lpm" not in patient


@pytest.mark.parametrize(
    ("cyrillic", "expected"),
    [
        ("Згурець", "Zghurets"),
        ("Юрій", "Yurii"),
        ("Щербак", "Shcherbak"),
        ("Наталія", "Nataliia"),
        ("Ґудзь", "Gudz"),
        ("Яценко", "Yatsenko"),
        ("Євгенія", "Yevheniia"),
        ("Цимбал", "Tsymbal"),
        ("Іщенко", "Ishchenko"),
    ],
)
def test_latin_letters_follow_the_table_of_2010(cyrillic: str, expected: str) -> None:
    """Tests letters that differ at the start of a word, зг, and the soft sign."""
    assert latin(cyrillic) == expected
