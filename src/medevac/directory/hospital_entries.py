"""Hospitals as a workbook or a problem states them, read into plain entries; every fault is told at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from medevac.directory.countries import countries
from medevac.planner import Fault, FaultsError
from medevac.tables import read_workbook
from medevac.tables.facilities import read_runways
from medevac.tables.known_airports import known_airports

MOST_MINUTES = 1440
ZIP = b"PK"  # how a workbook begins


@dataclass(frozen=True)
class Entry:
    """One hospital as a file states it; what the file does not say is None or empty."""

    code: str
    name: str | None
    city: str | None
    country: str
    latitude: float | None
    longitude: float | None
    specialties: dict[str, float]
    reach: dict[str, tuple[int, bool]]  # by ICAO code: minutes, and whether they are an estimate


def read_airports(data: bytes) -> tuple[list[str], list[Fault]]:
    """The airports that a file names by their ICAO codes, and every code that nobody knows.

    Parameters
    ----------
    data
        A workbook, a problem as JSON, or a published list with a column `icao`.
    """
    try:
        if data.startswith(ZIP) or data.lstrip()[:1] == b"{":
            document = json.loads(read_workbook(data).raw if data.startswith(ZIP) else data.decode("utf-8"))
            airports = document.get("airports")
            named = [(f"airports.{one}", one) for one in airports] if isinstance(airports, dict) else []
            faults = []
        else:
            published = read_runways(data)
            named = [(f"icao {one.icao}", one.icao) for one in published.entries]
            faults = [fault for bad in published.bad for fault in bad.faults]
    except FaultsError as error:
        return [], list(error.faults)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        return [], [Fault("file", "a workbook, a problem as JSON, or a CSV", str(error), "Choose another.")]
    faults += [
        Fault(place, "the ICAO code of an airport", json.dumps(str(code)), "Correct it.")
        for place, code in named
        if code not in known_airports()
    ]
    return [code for _, code in named], faults


def read_entries(data: bytes) -> tuple[list[Entry], list[Fault]]:
    """The hospitals of a file, and every fault in what it says of them.

    Parameters
    ----------
    data
        A workbook, or a problem as JSON; a problem may lack everything but its hospitals.
    """
    try:
        document = json.loads(read_workbook(data).raw if data.startswith(ZIP) else data.decode("utf-8"))
    except FaultsError as error:
        return [], list(error.faults)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        return [], [Fault("file", "a workbook or a problem as JSON in UTF-8", str(error), "Choose another.")]
    rows = document.get("hospitals") if isinstance(document, dict) else None
    if not isinstance(rows, list) or not rows:
        return [], [Fault("hospitals", "a list of hospitals", "none", "Choose a file with hospitals.")]
    reader = _Reader()
    entries = [entry for number, row in enumerate(rows) if (entry := reader.entry(number, row)) is not None]
    return entries, reader.faults


class _Reader:
    """Reads rows and gathers faults."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._seen: set[str] = set()

    def entry(self, number: int, row: Any) -> Entry | None:
        """One hospital, or None where it is too faulty to say more."""
        place = f"hospitals[{number}]"
        if not isinstance(row, dict):
            self._fault(place, "an object", row, "Write it as the format says.")
            return None
        code = row.get("id")
        if not isinstance(code, str) or not code or len(code) > 80 or not set(code).isdisjoint(" \t\n/"):
            self._fault(f"{place}.id", "a code of at most 80 letters without spaces", code, "Give it one.")
            return None
        if code in self._seen:
            self._fault(f"{place}.id", "each hospital once", code, "Remove one of them.")
            return None
        self._seen.add(code)
        before = len(self.faults)
        found = Entry(
            code=code,
            name=self._text(place, row, "x-name", 300),
            city=self._text(place, row, "x-city", 200),
            country=self._country(place, row.get("country")),
            latitude=self._number(place, row, "x-lat", 90),
            longitude=self._number(place, row, "x-lon", 180),
            specialties=dict(self._specialties(place, row)),
            reach=dict(self._reach(place, row.get("reach", []))),
        )
        return found if len(self.faults) == before else None

    def _fault(self, path: str, expected: str, got: Any, remedy: str) -> None:
        shown = json.dumps(got, ensure_ascii=False, default=str)
        self.faults.append(Fault(path, expected, shown[:80], remedy))

    def _text(self, place: str, row: dict[str, Any], name: str, most: int) -> str | None:
        value = row.get(name)
        if value is None or (isinstance(value, str) and 0 < len(value) <= most and value.isprintable()):
            return value
        self._fault(f"{place}.{name}", f"a text of 1 to {most} letters", value, "Correct it.")
        return None

    def _country(self, place: str, value: Any) -> str:
        if isinstance(value, str) and value in countries():
            return value
        self._fault(f"{place}.country", "the code of a country such as NO", value, "Correct it.")
        return ""

    def _number(self, place: str, row: dict[str, Any], name: str, most: float) -> float | None:
        value = row.get(name)
        if value is None:
            return None
        if isinstance(value, (int, float)) and not isinstance(value, bool) and -most <= value <= most:
            return float(value)
        self._fault(f"{place}.{name}", f"degrees from -{most} to {most}", value, "Correct it.")
        return None

    def _specialties(self, place: str, row: dict[str, Any]) -> Iterator[tuple[str, float]]:
        places, suits = row.get("places", {}), row.get("suitability", {})
        if not isinstance(places, dict) or not isinstance(suits, dict):
            self._fault(f"{place}.places", "places by specialty", places, "Write it as the format says.")
            return
        for name in places:
            value = suits.get(name, 1.0)
            plain = all(letter.isascii() and (letter.isalnum() or letter == "-") for letter in name)
            if not plain or name != name.lower() or not 0 < len(name) <= 80:
                self._fault(
                    f"{place}.places", "specialties in small letters such as burns", name, "Rename it."
                )
            elif not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= 1:
                self._fault(f"{place}.suitability.{name}", "a number from 0 to 1", value, "Correct it.")
            else:
                yield name, float(value)

    def _reach(self, place: str, rows: Any) -> Iterator[tuple[str, tuple[int, bool]]]:
        if not isinstance(rows, list):
            self._fault(f"{place}.reach", "a list of roads", rows, "Write it as the format says.")
            return
        for number, row in enumerate(rows):
            path = f"{place}.reach[{number}]"
            road = row if isinstance(row, dict) else {}
            airport, minutes = road.get("airport"), road.get("road_minutes")
            if not isinstance(airport, str) or airport not in known_airports():
                self._fault(f"{path}.airport", "the ICAO code of an airport", airport, "Correct it.")
            elif type(minutes) is not int or not 0 <= minutes <= MOST_MINUTES:
                expected = f"whole minutes from 0 to {MOST_MINUTES}"
                self._fault(f"{path}.road_minutes", expected, minutes, "Correct it.")
            else:
                yield airport, (minutes, bool(road.get("x-estimate")))
