"""Tests that hospitals are found in either script, imported after a look, and changed by who keeps them."""

from __future__ import annotations

import json
from datetime import time
from pathlib import Path

import pytest
from directory_places import Places, kept
from django.db import IntegrityError, transaction
from django.utils import timezone

from medevac.directory import services
from medevac.directory.models import Airport, Hospital, HospitalImport, Reach
from medevac.directory.policy import CHANGE_HOSPITALS, SEE
from medevac.directory.selectors.places import airports_for, hospitals_for
from medevac.directory.services.airports import keep_airport
from medevac.directory.services.hospitals import HospitalFacts
from medevac.people.policy import NotAllowedError, may
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role

ROW = {
    "id": "NO-NEW",
    "x-name": "Nye sykehus",
    "x-city": "Bergen",
    "country": "NO",
    "x-lat": 60.37,
    "x-lon": 5.35,
    "reach": [{"airport": "ENBR", "road_minutes": 25, "x-estimate": True}],
    "places": {"burns": 2},
    "suitability": {"burns": 0.9},
}


def file_of(*rows: dict) -> bytes:
    """A problem with nothing but hospitals."""
    return json.dumps({"hospitals": rows}).encode()


def test_found_in_either_script(places: Places) -> None:
    """Tests that a name is found in its own script, in the other, without accents, and misspelled."""
    user = places.world.people[Role.REGION]
    kept(places.world["owner"], "UA-1", "Обласна лікарня", "Харків", "UA")
    for text, code in (
        ("Харків", "UA-1"),
        ("kharkiv", "UA-1"),
        ("likarnia", "UA-1"),
        ("ЛІКАРНЯ харків", "UA-1"),
        ("lorenskog", "NO-AHUS"),
        ("Akershsu", "NO-AHUS"),
        ("Норвегія", "NO-AHUS"),
        ("norge akershus", "NO-AHUS"),
    ):
        assert [row.code for row in hospitals_for(user, search=text)] == [code], text
    assert not hospitals_for(user, search="nowhere").exists()
    assert [row.code for row in hospitals_for(user, specialty="orthopaedics")] == ["NO-AHUS"]


def test_who_sees_and_who_changes(places: Places) -> None:
    """Tests for every role that it sees the mission's hospitals, and that keepers and those above change."""
    see_nothing = {Role.DONOR, Role.PARTNER, Role.FUNDER, Role.READER}
    keepers = {Role.ADMINISTRATOR, Role.COORDINATION_CENTRE, Role.REGION, Role.RECEIVING_HOSPITAL}
    for role, user in places.world.people.items():
        assert may(user, SEE, places.hospital) == (role not in see_nothing), role
        assert may(user, CHANGE_HOSPITALS, places.hospital) == (role in keepers), role
        assert not may(user, SEE, places.foreign)
        assert not may(user, CHANGE_HOSPITALS, places.foreign)
        assert airports_for(user).exists() == (role not in see_nothing), role


def test_an_import_changes_nothing_before_it_is_applied(places: Places) -> None:
    """Tests that a trial says what would happen, and the deed does exactly that, once."""
    user, keeper = places.world.people[Role.REGION], places.world["region"]
    trial = services.try_import(user, keeper, "list.json", file_of(ROW))
    assert [deed.word for deed in services.deeds_of(trial)] == ["add"]
    assert not Hospital.unscoped.filter(code="NO-NEW").exists()
    services.apply_import(user, trial)
    made = Hospital.unscoped.get(code="NO-NEW")
    assert (made.name, made.keeper, made.reach.get().basis) == ("Nye sykehus", keeper, Reach.Basis.ESTIMATE)
    with pytest.raises(RefusedError, match="has been applied already"):
        services.apply_import(user, trial)
    again = services.try_import(user, keeper, "list.json", file_of(ROW))
    assert [deed.word for deed in services.deeds_of(again)] == ["same"]
    changed = {**ROW, "x-name": "Andre", "places": {"burns": 1, "oncology": 1}}
    third = services.try_import(user, keeper, "list.json", file_of(changed))
    assert services.deeds_of(third)[0].news == (
        "name: Nye sykehus → Andre",
        "specialties: burns 0.9 → burns 0.9, cancer 1",
    )


def test_what_was_set_by_hand_stays(places: Places) -> None:
    """Tests that an estimate never replaces minutes that somebody has set."""
    user, keeper = places.world.people[Role.REGION], places.world["region"]
    services.apply_import(user, services.try_import(user, keeper, "a.json", file_of(ROW)))
    hospital = Hospital.unscoped.get(code="NO-NEW")
    services.set_reach(user, hospital, "enbr", 41)
    changed = {
        **ROW,
        "x-city": "Voss",
        "reach": [{"airport": "ENBR", "road_minutes": 30, "x-estimate": True}],
    }
    services.apply_import(user, services.try_import(user, keeper, "b.json", file_of(changed)))
    road = hospital.reach.get()
    assert (road.road_minutes, road.basis) == (41, Reach.Basis.SET)
    assert Hospital.unscoped.get(code="NO-NEW").city == "Voss"


def test_every_fault_is_told_at_once_and_nothing_is_written(places: Places) -> None:
    """Tests that a faulty file tells all its faults with their place, and cannot be applied."""
    user, keeper = places.world.people[Role.REGION], places.world["region"]
    rows = [
        {**ROW, "country": "XX", "x-lat": 95},
        {**ROW, "id": "NO-2", "reach": [{"airport": "ZZZZ", "road_minutes": 5}]},
        {**ROW, "id": "NO-3", "reach": [{"airport": "ENBR", "road_minutes": -1}]},
        {**ROW, "id": "NO 4"},
        {**ROW, "id": "NO-5", "suitability": {"burns": 7}},
        {**ROW, "id": "NO-5"},
        {**ROW, "id": "NO-AHUS"},
        {"id": "NO-6", "country": "NO"},
        17,
    ]
    trial = services.try_import(user, keeper, "list.json", file_of(*rows))
    assert [fault["path"] for fault in trial.faults] == [
        "hospitals[0].country",
        "hospitals[0].x-lat",
        "hospitals[1].reach[0].airport",
        "hospitals[2].reach[0].road_minutes",
        "hospitals[3].id",
        "hospitals[4].suitability.burns",
        "hospitals[5].id",
        "hospitals[8]",
        "NO-AHUS",
        "NO-6",
    ]
    with pytest.raises(RefusedError, match="The file has faults"):
        services.apply_import(user, trial)
    assert Hospital.unscoped.count() == 2
    with pytest.raises(IntegrityError, match="import_without_faults"), transaction.atomic():
        HospitalImport.unscoped.filter(pk=trial.pk).update(applied_at=timezone.now())


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"[" * 100_000, b"{}", b'{"hospitals": 3}', b"PK\x03\x04"]
)
def test_what_is_no_list_is_refused(places: Places, data: bytes) -> None:
    """Tests that a file which holds no hospitals gives a fault, never a breakdown."""
    user, keeper = places.world.people[Role.REGION], places.world["region"]
    assert services.try_import(user, keeper, "x", data).faults


def test_a_workbook_is_read(places: Places) -> None:
    """Tests that the example week as a workbook gives the hospitals of the example week."""
    from medevac.directory.hospital_entries import read_entries
    from medevac.tables import write_workbook

    week = Path(__file__).parents[2] / "src/medevac/planner/example/week.json"
    document = json.loads(week.read_text(encoding="utf-8"))
    entries, faults = read_entries(write_workbook(document, "nb"))
    assert faults == []
    assert {one.code for one in entries} == {one["id"] for one in document["hospitals"]}


def test_only_the_keeper_imports(places: Places) -> None:
    """Tests that nobody imports into an organisation that is not below their own."""
    user = places.world.people[Role.RECEIVING_HOSPITAL]
    with pytest.raises(NotAllowedError):
        services.try_import(user, places.world["region"], "list.json", file_of(ROW))


def test_airports_are_where_they_are(places: Places) -> None:
    """Tests that Brussels stands where it is and not 50 km off, and that Simferopol keeps Kyiv's time."""
    brussels, simferopol = keep_airport("EBBR"), keep_airport("UKFF")
    assert (round(brussels.latitude, 2), round(brussels.longitude, 2)) == (50.90, 4.48)
    assert (simferopol.country, simferopol.time_zone) == ("UA", "Europe/Kyiv")
    with pytest.raises(RefusedError, match="got “ZZZZ”"):
        keep_airport("ZZZZ")


def test_hours_come_in_pairs(places: Places) -> None:
    """Tests that one hour of closure without the other is refused by a sentence and by the database."""
    user, airport = places.world.people[Role.FLIGHT_DESK], Airport.unscoped.get(icao="EPRZ")
    with pytest.raises(RefusedError, match="Expected both hours of closure"):
        services.set_hours(user, airport, closes_at=time(22), opens_at=None, note="")
    with pytest.raises(IntegrityError, match="directory_airport_hours"), transaction.atomic():
        Airport.unscoped.filter(pk=airport.pk).update(closes_at=time(22))
    services.set_hours(user, airport, closes_at=time(22), opens_at=time(6), note="AIP")
    assert Airport.unscoped.get(icao="EPRZ").opens_at == time(6)


def test_lists_ask_a_fixed_number_of_queries(places: Places, django_assert_num_queries) -> None:
    """Tests that more hospitals do not mean more queries: the rows, specialties and reach."""
    user = places.world.people[Role.REGION]
    for number in range(20):
        kept(places.world["region"], f"X-{number}", f"Hospital {number}", "Oslo", "NO")
    with django_assert_num_queries(4):
        for row in hospitals_for(user):
            list(row.specialties.all()), list(row.reach.all()), row.keeper.name


def test_facts_are_checked(places: Places) -> None:
    """Tests that a hospital off the earth, or with the code of another, is refused in words."""
    user = places.world.people[Role.REGION]
    with pytest.raises(RefusedError, match="latitude"):
        services.add_hospital(user, places.world["region"], HospitalFacts("A", "A", "NO", 95, 0))
    with pytest.raises(RefusedError, match="code: Expected one that no other entry has"):
        services.add_hospital(user, places.world["region"], HospitalFacts("NO-AHUS", "A", "NO", 60, 0))
