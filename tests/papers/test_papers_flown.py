"""Tests of flights as papers show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from small_week import planned, read

from medevac.papers.airports import known_airport
from medevac.papers.flown import load_of, shown_flights
from medevac.papers.moments import moment


def test_stops_with_who_leaves() -> None:
    """Tests kinds and order of stops: base, hub, Hamburg with P2, and Oslo, the base, with three."""
    document = read()
    (shown,) = shown_flights(document.problem, planned(document))
    assert [(stop.airport, stop.kind) for stop in shown.stops] == [
        ("ENGM", "base"),
        ("EPRZ", "hub"),
        ("EDDH", "drop"),
        ("ENGM", "drop"),
    ]
    assert [[one.patient.id for one in stop.leaving] for stop in shown.stops] == [
        [],
        [],
        ["P2"],
        ["P1", "P3", "P4"],
    ]
    assert shown.stops[0].arrives is None
    assert shown.stops[-1].leaves is None


def test_load_by_leg() -> None:
    """Tests the cabin: nobody before the hub, four and a companion after it, without P2 after Hamburg."""
    document = read()
    (shown,) = shown_flights(document.problem, planned(document))
    before, full, last = (load_of(shown.on_leg(leg)) for leg in range(3))
    assert (before.patients, before.seats) == (0, 0)
    assert (full.litters, full.intensive, full.seats, full.airborne, full.care) == (3, 1, 2, 1, 2)
    assert (last.litters, last.patients, last.companions) == (2, 3, 1)


def test_a_return_without_patients_is_no_drop() -> None:
    """Tests that the last stop is the way home when nobody leaves there."""
    document = read()
    plan = planned(document)
    only_hamburg = replace(plan, placements=tuple(one for one in plan.placements if one.leaves_at == "EDDH"))
    (shown,) = shown_flights(document.problem, only_hamburg)
    assert [stop.kind for stop in shown.stops] == ["base", "hub", "drop", "home"]


def test_a_flight_without_legs_is_shown_as_its_hub() -> None:
    """Tests that a plan by somebody else with an empty list of legs does not stop the paper."""
    document = read()
    plan = planned(document)
    plan = replace(plan, flights=(replace(plan.flights[0], legs=()),))
    (shown,) = shown_flights(document.problem, plan)
    assert [stop.airport for stop in shown.stops] == ["EPRZ"]


def test_local_time_is_the_airport_s_own() -> None:
    """Tests winter in Helsinki (UTC+2), summer in Lisbon (UTC+1), the next day, and an airport in no list."""
    day = date(2026, 1, 14)
    late = moment(datetime(2026, 1, 14, 22, 30, tzinfo=UTC), known_airport("EFHK"), day)
    assert (late.utc, late.local, late.zone) == ("22:30", "00:30 +1 d", "EET")
    summer = moment(datetime(2026, 7, 1, 6, 0, tzinfo=UTC), known_airport("LPPT"), date(2026, 7, 1))
    assert (summer.local, summer.zone) == ("07:00", "WEST")
    nowhere = moment(datetime(2026, 1, 14, 6, 0, tzinfo=UTC), known_airport("HOME"), day)
    assert (nowhere.utc, nowhere.local, known_airport("HOME").label) == ("06:00", "", "HOME")
    assert known_airport("EPRZ").label == "Rzeszow (EPRZ)"
