"""Tests the way from lists to hospitals of a problem, and the account of what was left out."""

from __future__ import annotations

from datetime import date
from typing import Any

from medevac.planner.reading import read_problem
from medevac.tables.facilities import (
    HospitalImport,
    ImportRule,
    ReachRule,
    import_hospitals,
    read_facilities,
    read_places,
    read_runways,
)
from medevac.tables.facilities.left_out import left_out_bytes
from tables.facilities.facility_lists import FACILITIES, facilities, places, runways

START = date(2026, 1, 12)


def imported(*rows: str, stated: bytes | None = None, **keys: Any) -> HospitalImport:
    """What comes of the small lists."""
    found = read_facilities(facilities(*rows))
    said = {} if stated is None else read_places(stated, {it.id for it in found.entries})
    rule = ImportRule(START, **keys)
    return import_hospitals(found, read_runways(runways()), said, rule)


def reasons(made: HospitalImport) -> list[tuple[int, str]]:
    """Line and reason of each row that was left out."""
    return [(one.row.line, one.reason) for one in made.left_out]


def test_a_hospital_of_a_problem() -> None:
    """Tests every key. 59.9 degrees are 0.1 from 60: 11.12 km, 14.5 km of road, 12.4 minutes, so 13."""
    (one,) = imported("NO-1,Sykehuset,,59.9,10,Nordby,NO,", reach=ReachRule(nearest=1)).document["hospitals"]
    assert one == {
        "id": "NO-1", "x-name": "Sykehuset", "x-city": "Nordby", "x-lat": 59.9, "x-lon": 10.0,
        "country": "NO",
        "reach": [{"airport": "AAAA", "road_minutes": 13, "x-estimate": True, "x-great_circle_km": 11.1}],
        "places": {"orthopaedics": 1, "internal-medicine": 1}, "isolation": 1, "child": 1, "companions": 1,
        "x-assumption": "places and rooms of a hospital of kind: general",
    }  # fmt: skip


def test_what_comes_out_is_a_problem() -> None:
    """Tests that the planner reads it as it is, with hubs, aircraft and patients still to come."""
    document = imported().document
    problem = read_problem(document).problem
    assert [it.id for it in problem.hospitals] == ["NO-1", "NO-2", "NO-3"]
    assert (problem.start, problem.patients) == (START, ())
    assert set(document["airports"]) == {"AAAA", "BBBB"}
    assert document["x-estimate"] == "Every road time: great circle × 1.3 at 70 km/h."


def test_assumed_places_say_so_and_stated_ones_do_not() -> None:
    """Tests a hospital that has said what it offers beside two that have not."""
    made = imported(stated=places("NO-1,burns,2"), assume=True)
    first, *others = made.document["hospitals"]
    assert first["places"] == {"burns": 2}
    assert "x-assumption" not in first
    assert all("x-assumption" in it for it in others)
    assert dict(made.kinds) == {"university": 1, "rehabilitation": 1}


def test_without_the_assumption_only_stated_places_count() -> None:
    """Tests that the other two are left out with a reason."""
    made = imported(stated=places("NO-1,burns,2"), assume=False)
    assert [it["id"] for it in made.document["hospitals"]] == ["NO-1"]
    assert reasons(made) == [(3, "no-places"), (4, "no-places")]


def test_every_reason_for_leaving_a_row_out() -> None:
    """Tests a bad row, the same row twice, other care, and a hospital far from every airport."""
    made = imported(
        FACILITIES[0],
        "NO-9,a,,x,10,b,NO,",
        FACILITIES[0],
        "NO-4,Psykiatrisk senter,,60,10,b,NO,",
        "NO-5,Fjernt sykehus,,70,10,b,NO,",
    )
    assert reasons(made) == [
        (3, "bad-row"), (4, "duplicate"), (5, "other-care"), (6, "no-airport-in-reach"),
    ]  # fmt: skip
    assert made.reasons() == dict.fromkeys(("bad-row", "duplicate", "other-care", "no-airport-in-reach"), 1)
    assert made.left_out[3].explanation == (
        "The nearest is AAAA, 1112 km away: about 1240 minutes on the road, and at most 120 are allowed."
    )


def test_sites_under_one_id_are_numbered() -> None:
    """Tests three sites of one id, where the second's number is taken already."""
    made = imported(
        "NO-1,Sykehus,,60,10,b,NO,", "NO-1,Sykehus,Vest,60,10,b,NO,", "NO-1,Sykehus,Øst,60,10,b,NO,",
        "NO-1-2,Annet,,60,10,b,NO,",
    )  # fmt: skip
    assert [it["id"] for it in made.document["hospitals"]] == ["NO-1", "NO-1-3", "NO-1-4", "NO-1-2"]
    assert made.renumbered == 2


def test_places_of_a_hospital_that_cannot_be_reached_are_told() -> None:
    """Tests a warning that names it."""
    made = imported("NO-5,Fjernt sykehus,,70,10,b,NO,", FACILITIES[0], stated=places("NO-5,burns,1"))
    (warning,) = made.warnings
    assert str(warning).startswith("NO-5: expected a hospital with an airport in reach, got none.")


def test_without_any_suitable_airport_nothing_is_placed() -> None:
    """Tests a runway that no airport has."""
    made = imported(reach=ReachRule(min_runway_ft=99_000))
    assert made.document["hospitals"] == []
    assert made.reasons() == {"no-airport-in-reach": 3}
    assert "99000 ft" in made.left_out[0].explanation


def test_rows_left_out_are_written_as_they_came() -> None:
    """Tests the file of rejected rows: reason, explanation and line before the row."""
    made = imported(FACILITIES[0], FACILITIES[0])
    columns = read_facilities(facilities()).columns
    assert left_out_bytes(columns, made.left_out).decode().splitlines() == [
        "reason,explanation,line,id,hospital_name,site_name,lat,lon,city,cc,facility_type",
        f"duplicate,It is the same as line 2.,3,{FACILITIES[0]}",
    ]


def test_progress_is_told() -> None:
    """Tests that it ends with all hospitals done."""
    told: list[tuple[int, int]] = []
    import_hospitals(
        read_facilities(facilities()),
        read_runways(runways()),
        {},
        ImportRule(START),
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(3, 3)]
