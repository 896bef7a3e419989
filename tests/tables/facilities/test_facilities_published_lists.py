"""Tests that published lists are read into plain data, and that a row that cannot be true is told."""

from __future__ import annotations

import pytest

from medevac.tables.facilities import read_facilities, read_runways
from tables.facilities.facility_lists import FACILITY_HEADER, NORTH, SOUTH, facilities, runways


def test_a_hospital() -> None:
    """Tests every field of one row."""
    (one,) = read_facilities(facilities("NO-2,Sykehus  Midt,Campus,59.6,10,Midtby,NO,General")).entries
    assert (one.id, one.full_name, one.city, one.country) == ("NO-2", "Sykehus Midt, Campus", "Midtby", "NO")
    assert (one.lat, one.lon, one.kind) == (59.6, 10.0, "General")


@pytest.mark.parametrize(("written", "read"), [("EL", "GR"), ("GR", "GR"), ("UK", "GB"), ("no", "NO")])
def test_country_codes_become_those_of_iso(written: str, read: str) -> None:
    """Tests Eurostat's EL for Greece beside GR of the airports."""
    (one,) = read_facilities(facilities(f"1,a,,38,23,b,{written},")).entries
    assert one.country == read


@pytest.mark.parametrize(
    ("lat", "lon", "words"),
    [
        ("95", "10", "Are latitude and longitude exchanged?"),
        ("195", "10", "expected degrees from -90 to 90"),
        ("59", "200", "line 2, column lon: expected degrees from -180 to 180"),
        ("", "10", "got nothing"),
        ("north", "10", 'got "north"'),
        ("nan", "10", 'got "nan"'),
        ("1_0", "10", 'got "1_0"'),
        ("59;9", "10", 'got "59;9"'),
        ('"59,9"', "10", "Write a point as decimal sign, not a comma."),
        ("0", "0", "a position on land"),
    ],
)
def test_impossible_positions(lat: str, lon: str, words: str) -> None:
    """Tests that such a row is bad, with its line and column."""
    found = read_facilities(facilities(f"1,a,,{lat},{lon},b,NO,", "2,a,,59,10,b,NO,"))
    assert [one.id for one in found.entries] == ["2"]
    assert words in str(found.bad[0].faults[0])


def test_every_fault_of_a_row_is_told() -> None:
    """Tests five faults in one row."""
    (bad,) = read_facilities(facilities(",,,x,y,b,Norway,")).bad
    assert [fault.path.removeprefix("line 2, column ") for fault in bad.faults] == [
        "lat", "lon", "id", "hospital_name", "cc",
    ]  # fmt: skip


def test_columns_may_stand_in_any_order_and_be_more() -> None:
    """Tests a list with other columns beside those that are needed."""
    found = read_facilities(facilities("9,NO,10,59,a,1", header="tel,cc,lon,lat,hospital_name,id"))
    assert (found.entries[0].id, found.entries[0].lon) == ("1", 10.0)
    assert ",".join(found.columns) != FACILITY_HEADER


def test_an_airport() -> None:
    """Tests its fields; a runway of grass is as none."""
    hard, soft = read_runways(
        runways("ENGM,OSL,Oslo,NO,60.2,11.1,11811,ASP", "EDXX,,Wiese,DE,50,9,7000,Grass")
    ).entries
    assert (hard.icao, hard.iata, hard.country, hard.runway_ft) == ("ENGM", "OSL", "NO", 11811)
    assert soft.runway_ft == 0


def test_known_mistakes_of_a_list_are_put_right() -> None:
    """Tests Brussels, whose degrees and minutes stand where decimal degrees belong."""
    (one,) = read_runways(runways("EBBR,BRU,Brussels,BE,50.5405,4.2904,11936,CON")).entries
    assert (one.lat, one.lon, one.corrected) == (50.90083, 4.484, True)


def test_an_airport_that_comes_twice_is_told() -> None:
    """Tests that a problem can never have one airport twice in a hospital's reach."""
    found = read_runways(runways(NORTH, SOUTH, NORTH.lower()))
    assert [one.icao for one in found.entries] == ["AAAA", "BBBB"]
    assert "line 4, column icao: expected each airport once, got AAAA as in line 2." in str(
        found.bad[0].faults[0]
    )


@pytest.mark.parametrize("length", ["", "long", "-1", "inf"])
def test_a_runway_without_a_length_is_told(length: str) -> None:
    """Tests that it is not taken as long enough, nor as none."""
    (bad,) = read_runways(runways(f"ENGM,OSL,Oslo,NO,60.2,11.1,{length},ASP")).bad
    assert "column longest_open_runway_ft: expected a number, 0 or more" in str(bad.faults[0])
