"""Tests the places file: what it may say, and its faults."""

from __future__ import annotations

import pytest

from medevac.planner.faults import FaultsError
from medevac.tables.facilities import read_places
from tables.facilities.facility_lists import places

FULL = "hospital,specialty,count,from,until,suitability,isolation,companions"


def test_places_suitability_and_rooms() -> None:
    """Tests two specialties of one hospital; its rooms stand in one of the rows, or the same in both."""
    data = places("A,burns,2,2026-01-14,,0.9,3,", "A,trauma,1,,,,3,4", header=FULL)
    stated = read_places(data, {"A"})["A"]
    assert stated.places == {"burns": {"count": 2, "from": "2026-01-14", "until": None}, "trauma": 1}
    assert stated.suitability == {"burns": 0.9}
    assert stated.rooms == {"isolation": 3, "companions": 4}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a,burns,1,,,,,", 'expected an id of the list of hospitals, got "a". Did you mean "A"?'),
        ("A,,1,,,,,", "column specialty: expected a value, got nothing"),
        ("A,burns,1.5,,,,,", 'column count: expected a whole number, 0 or more, got "1.5"'),
        ("A,burns,-1,,,,,", "a whole number, 0 or more"),
        ("A,burns,,,,,,", "column count: expected a whole number, 0 or more, got nothing"),
        ("A,burns,1,14.01.2026,,,,", "column from: expected a date YYYY-MM-DD"),
        ("A,burns,1,2026-01-14,2026-01-13,,,", "column until: expected a date from 2026-01-14 on"),
        ("A,burns,1,,,1.1,,", "column suitability: expected a number from 0 to 1"),
        ("A,burns,1,,,,some,", "column isolation: expected a whole number"),
        ("A,trauma,1,,,,,", "expected each specialty once per hospital"),
        ("A,burns,1,,,,4,", "column isolation: expected 3, as in another row of the hospital, got 4"),
        ("A,burns", "8 values, as many as columns, got 2"),
    ],
)
def test_faults(row: str, words: str) -> None:
    """Tests one fault at a time, beside a sound row."""
    with pytest.raises(FaultsError) as refused:
        read_places(places("A,trauma,1,,,,3,", row, header=FULL), {"A"})
    (fault,) = refused.value.faults
    assert words in str(fault)


def test_all_faults_at_once() -> None:
    """Tests three rows with a fault each."""
    with pytest.raises(FaultsError) as refused:
        read_places(places("A,burns,x", "B,burns,1", "A,,1"), {"A"})
    assert len(refused.value.faults) == 3


def test_ids_are_not_judged_where_the_list_could_not_be_read() -> None:
    """Tests that one bad file does not fill the screen with faults of another."""
    assert set(read_places(places("A,burns,1"), None)) == {"A"}
