"""Tests `medevac directory import`: a dry run, the deed in somebody's name, faults, and no half deed."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from directory_places import Places
from django.core.management import CommandError, call_command
from test_directory_hospitals import ROW, file_of

from medevac.audit.history import recordings
from medevac.directory.models import Airport, Hospital, HospitalImport
from medevac.people.roles import Role


def run(places: Places, file: Path, *words: str, role: Role = Role.REGION) -> str:
    """What the command says."""
    out = StringIO()
    address = places.world.people[role].email
    call_command("import_directory", str(file), f"--as={address}", *words, stdout=out)
    return out.getvalue()


def test_hospitals_from_a_file(places: Places, tmp_path: Path) -> None:
    """Tests the dry run, the deed, the same file again, and whose name stands in the history."""
    file = tmp_path / "list.json"
    file.write_bytes(file_of(ROW, {**ROW, "id": "NO-2", "x-name": "Andre"}))
    keeper = f"--keeper={places.world['region'].latin_name}"
    said = run(places, file, keeper)
    assert "2 added, 0 changed, 0 as they are" in said
    assert "Nothing was changed" in said
    assert not Hospital.unscoped.filter(code="NO-NEW").exists()
    assert not HospitalImport.unscoped.exists()
    assert "Nothing was changed" not in run(places, file, keeper, "--do")
    made = Hospital.unscoped.get(code="NO-NEW")
    assert (made.keeper, made.reach.get().road_minutes) == (places.world["region"], 25)
    assert made.specialties.get().suitability == 0.9
    for kind in ("hospital", "hospitalspecialty", "reach"):
        told = recordings()[f"directory.{kind}"].events.objects.filter(pgh_label="insert").latest("pgh_id")
        assert told.pgh_context["actor"] == str(places.world.people[Role.REGION].pk)
        assert told.pgh_context["page"] == "medevac directory import"
    assert "0 added, 0 changed, 2 as they are" in run(places, file, keeper, "--do")
    file.write_bytes(file_of({**ROW, "x-city": "Voss"}))
    assert "NO-NEW: city: Bergen → Voss" in run(places, file, keeper, "--do")
    assert Hospital.unscoped.get(code="NO-NEW").city == "Voss"


def test_faults_are_told_at_once_and_nothing_is_written(places: Places, tmp_path: Path) -> None:
    """Tests every fault with its place, who may not, who is nobody, and a keeper that is not theirs."""
    file = tmp_path / "list.json"
    file.write_bytes(file_of({**ROW, "country": "XX", "x-lat": 95}, {**ROW, "id": "NO 4"}))
    keeper = f"--keeper={places.world['region'].pk}"
    with pytest.raises(CommandError) as told:
        run(places, file, keeper, "--do")
    assert "3 faults. Nothing was written." in str(told.value)
    for path in (
        "hospitals[0].country: expected",
        "hospitals[0].x-lat: expected",
        "hospitals[1].id: expected",
    ):
        assert path in str(told.value)
    file.write_bytes(file_of(ROW))
    with pytest.raises(CommandError, match="expected one of those that"):
        run(places, file, "--keeper=Nowhere", "--do")
    with pytest.raises(CommandError, match="expected one of those that"):
        run(places, file, keeper, "--do", role=Role.DONOR)
    with pytest.raises(CommandError, match="an active user"):
        call_command("import_directory", str(file), "--as=nobody@example.org")
    with pytest.raises(CommandError, match="a file that can be read"):
        run(places, tmp_path, keeper)
    assert Hospital.unscoped.count() == 2


def test_airports_from_a_file(places: Places, tmp_path: Path) -> None:
    """Tests the airports of a problem and of a published list, and a code that nobody knows."""
    problem, published = tmp_path / "week.json", tmp_path / "airports.csv"
    problem.write_text(json.dumps({"airports": {"EPRZ": {}, "ENBR": {}}}), encoding="utf-8")
    desk = Role.FLIGHT_DESK
    said = run(places, problem, "--airports", role=desk)
    assert "ENBR: new" in said
    assert "1 added, 1 as they are" in said
    assert not Airport.unscoped.filter(icao="ENBR").exists()
    run(places, problem, "--airports", "--do", role=desk)
    assert Airport.unscoped.get(icao="ENBR").time_zone == "Europe/Oslo"
    head = "icao,country,lat,lon,longest_open_runway_ft\n"
    published.write_text(head + "ENVA,NO,63.457,10.924,9000\nENBR,NO,60.29,5.22,9000\n", encoding="utf-8")
    assert "1 added, 1 as they are" in run(places, published, "--airports", "--do", role=desk)
    published.write_text(head + "ZZZZ,NO,63.457,10.924,9000\nENTO,NO,95,10,9000\n", encoding="utf-8")
    with pytest.raises(CommandError, match="2 faults") as told:
        run(places, published, "--airports", "--do", role=desk)
    assert "ZZZZ" in str(told.value)
    with pytest.raises(CommandError, match="role includes this"):
        run(places, problem, "--airports", "--do", role=Role.REGION)
