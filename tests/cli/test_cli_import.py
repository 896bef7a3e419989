"""Tests of `medevac import-hospitals`: what is written, what is said, and what is refused."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tables.facilities.facility_lists import FACILITIES, facilities, places, runways

Run = Callable[..., Any]
DATA = Path(os.environ.get("MEDEVAC_TRIAL_DATA", Path(__file__).parents[3] / "shared" / "data"))
REAL_FACILITIES = DATA / "facilities" / "gisco-healthcare-all-2021-03.csv"
REAL_RUNWAYS = DATA / "airports" / "europe-airports-longest-runway.csv"
needs_trial_data = pytest.mark.skipif(
    not (REAL_FACILITIES.is_file() and REAL_RUNWAYS.is_file()),
    reason=f"the published lists are not in {DATA}; name their folder in MEDEVAC_TRIAL_DATA",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with both lists."""
    (tmp_path / "list.csv").write_bytes(facilities())
    (tmp_path / "runways.csv").write_bytes(runways())
    return tmp_path


@pytest.fixture
def run(folder: Path, medevac_command: Run) -> Run:
    """Imports the lists of the folder into out/hospitals.json."""

    def command(*words: object) -> Any:
        return medevac_command(
            "import-hospitals", folder / "list.csv", "--runways", folder / "runways.csv",
            "--output", folder / "out" / "hospitals.json", *words,
        )  # fmt: skip

    return command


def written(folder: Path) -> dict[str, Any]:
    """The document that was written."""
    found: dict[str, Any] = json.loads((folder / "out" / "hospitals.json").read_text(encoding="utf-8"))
    return found


def test_hospitals_are_written_and_summed_up(run: Run, folder: Path) -> None:
    """Tests the files, and that estimates and assumptions are called so."""
    result = run("--start", "2026-02-02")
    assert result.exit_code == 0, result.stderr
    assert "3 hospitals in 1 country, reached from 2 airports" in result.stdout
    assert "Road times are estimates: great circle × 1.3 at 70 km/h, at most 120 minutes." in result.stdout
    assert "Places are an assumption for 3 hospitals" in result.stdout
    assert written(folder)["start"] == "2026-02-02"
    assert written(folder)["x-source"] == ["list.csv", "runways.csv"]
    assert (folder / "out" / "hospitals.left-out.csv").is_file()


def test_the_options_reach_the_estimate(run: Run, folder: Path) -> None:
    """Tests NO-1, 11.12 km from the north: 11.12 x 2 / 30 h = 44.5 minutes."""
    result = run("--road-factor", 2, "--road-kmh", 30, "--nearest", 1, "--min-runway-ft", 7000)
    assert result.exit_code == 0
    assert written(folder)["hospitals"][0]["reach"][0]["road_minutes"] == 45


def test_airports_can_be_left_out_by_name(run: Run, folder: Path) -> None:
    """Tests a code in small letters, and --iata-only, which the southern airport does not meet."""
    assert run("--without-airport", "aaaa").exit_code == 0
    assert set(written(folder)["airports"]) == {"BBBB"}
    assert run("--iata-only").exit_code == 0
    assert set(written(folder)["airports"]) == {"AAAA"}


def test_stated_places_take_the_place_of_the_assumption(run: Run, folder: Path) -> None:
    """Tests that others are left out, unless they are wanted as well."""
    (folder / "places.csv").write_bytes(places("NO-1,burns,2"))
    assert run("--places", folder / "places.csv").exit_code == 0
    assert [it["places"] for it in written(folder)["hospitals"]] == [{"burns": 2}]
    assert run("--places", folder / "places.csv", "--assume-the-rest").exit_code == 0
    assert len(written(folder)["hospitals"]) == 3


def test_faults_of_all_files_at_once(run: Run, folder: Path) -> None:
    """Tests that nothing is written, and that each of three files is named with its faults."""
    (folder / "list.csv").write_bytes(facilities("1,a,,95,10,b,NO,", "2,a,,59,10,b,Norway,"))
    (folder / "runways.csv").write_bytes(runways("ENGM,60,11", header="icao,lat,lon"))
    (folder / "places.csv").write_bytes(places("1,burns,x"))
    result = run("--places", folder / "places.csv")
    assert result.exit_code == 2
    assert "list.csv: 2 faults. Nothing was written." in result.stderr
    assert "line 2, column lat: expected degrees from -90 to 90" in result.stderr
    assert "line 3, column cc: expected a country's two letters" in result.stderr
    assert "runways.csv: 2 faults." in result.stderr
    assert "places.csv: 1 fault." in result.stderr
    assert not (folder / "out").exists()


def test_bad_rows_can_be_left_out(run: Run, folder: Path) -> None:
    """Tests that the others are imported, and that the bad one is written with its fault."""
    (folder / "list.csv").write_bytes(facilities(FACILITIES[0], "2,a,,95,10,b,NO,"))
    assert run("--skip-bad-rows").exit_code == 0
    with (folder / "out" / "hospitals.left-out.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["reason"], row["line"], row["id"]) == ("bad-row", "3", "2")
    assert "exchanged" in row["explanation"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--road-factor", 0.5), "Expected a road factor of 1 or more"),
        (("--road-kmh", 0), "Expected a road speed above 0 km/h"),
        (("--max-road-minutes", "nan"), "Expected a road of more than 0 minutes"),
        (("--nearest", 0), "Expected to keep at least 1 airport"),
        (("--min-runway-ft", 99_000), "No hospital could be placed"),
        (("--start", "12.01.2026"), "12.01.2026"),
    ],
)
def test_impossible_options(words: tuple[object, ...], said: str, run: Run, folder: Path) -> None:
    """Tests that each is told in a sentence, and that nothing is written."""
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (folder / "out").exists()


def test_a_file_that_is_read_is_never_written_over(folder: Path, medevac_command: Run) -> None:
    """Tests the list itself as output, and a folder."""
    before = (folder / "list.csv").read_bytes()
    words = ("import-hospitals", folder / "list.csv", "--runways", folder / "runways.csv", "--output")
    assert medevac_command(*words, folder / "list.csv").exit_code == 2
    assert medevac_command(*words, folder).exit_code == 2
    assert (folder / "list.csv").read_bytes() == before


def test_a_missing_file_is_told(folder: Path, medevac_command: Run) -> None:
    """Tests that both missing files are named."""
    result = medevac_command(
        "import-hospitals", folder / "a.csv", "--runways", folder / "b.csv", "--output", folder / "c.json"
    )
    assert result.exit_code == 2
    assert "a.csv: 1 fault" in result.stderr
    assert "b.csv: 1 fault" in result.stderr


def test_quiet_says_nothing(run: Run) -> None:
    """Tests a run from a script."""
    result = run("--quiet")
    assert (result.stdout, result.stderr) == ("", "")


@needs_trial_data
def test_the_published_list(tmp_path: Path, medevac_command: Run) -> None:
    """Tests 15,181 rows: every one is a hospital or has a reason, Greece is GR, nobody flies to Ukraine."""
    output = tmp_path / "hospitals.json"
    result = medevac_command(
        "import-hospitals", REAL_FACILITIES, "--runways", REAL_RUNWAYS, "--output", output
    )
    assert result.exit_code == 0, result.stderr
    document = json.loads((tmp_path / "hospitals.json").read_text(encoding="utf-8"))
    with (tmp_path / "hospitals.left-out.csv").open(encoding="utf-8", newline="") as file:
        left_out = list(csv.DictReader(file))
    assert len(document["hospitals"]) + len(left_out) == 15_181
    assert len({it["id"] for it in document["hospitals"]}) == len(document["hospitals"])
    assert len(document["countries"]) == 28
    assert "GR" in document["countries"]
    assert "EL" not in document["countries"]
    assert not any(code.startswith("UK") for code in document["airports"])
    assert "EBBR" in result.stdout


@needs_trial_data
def test_hospitals_of_the_example_week_lie_where_the_published_list_has_hospitals() -> None:
    """Tests that each position is within 10 km of a hospital of the list, which lacks Estonia."""
    import example_week
    from medevac.planner.geography import distance_km
    from medevac.planner.problem import Airport
    from medevac.tables.facilities import read_facilities

    listed = read_facilities(REAL_FACILITIES).entries
    with example_week.TABLE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["country"] != "EE"]
    for row in rows:
        here = Airport(row["id"], float(row["latitude"]), float(row["longitude"]))
        near = (it for it in listed if it.country == row["country"] and abs(it.lat - here.lat) < 0.2)
        assert min(distance_km(here, Airport(it.id, it.lat, it.lon)) for it in near) < 10, row["id"]
