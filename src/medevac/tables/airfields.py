"""What is known of an airport by its ICAO code: name, position, hours from UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import airportsdata

_KYIV = "Europe/Kyiv"
_NEAR_EUROPE = {
    "Asia/Nicosia",
    *(f"Atlantic/{name}" for name in ("Azores", "Canary", "Faroe", "Madeira", "Reykjavik")),
}
_CLOSED = {"BY", "RU"}  # countries to which no evacuation flies


@dataclass(frozen=True, slots=True)
class Airfield:
    """An airport: position in degrees, time zone, and whether the list of codes offers it."""

    code: str
    name: str
    lat: float
    lon: float
    zone: str
    offered: bool


@cache
def airfields() -> dict[str, Airfield]:
    """Every airport that has an ICAO code, by its code."""
    return {code: _airfield(code, one) for code, one in airportsdata.load("ICAO").items()}


def _airfield(code: str, one: Mapping[str, Any]) -> Airfield:
    # All of Ukraine keeps Kyiv's time; the zone database has another one for occupied Crimea.
    zone = _KYIV if one["country"] == "UA" else one["tz"]
    near = zone.startswith("Europe/") or zone in _NEAR_EUROPE
    offered = bool(one["iata"]) and near and one["country"] not in _CLOSED
    return Airfield(code, one["name"], one["lat"], one["lon"], zone, offered)


def known_position(code: str) -> tuple[float, float] | None:
    """Latitude and longitude of an airport, None where the code is not known."""
    found = airfields().get(code)
    return None if found is None else (found.lat, found.lon)


def offered_airfields() -> list[Airfield]:
    """The airports of Europe that airlines know, by code; any other known code may be written as well."""
    return sorted((one for one in airfields().values() if one.offered), key=lambda one: one.code)


@cache
def hours_from_utc(zone: str, year: int) -> tuple[float, float]:
    """What must be added to UTC for local time, in January and in July of a year."""
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return 0.0, 0.0
    offsets = []
    for month in (1, 7):
        offset = datetime(year, month, 15, tzinfo=UTC).astimezone(place).utcoffset()
        offsets.append(0.0 if offset is None else offset.total_seconds() / 3600)
    return offsets[0], offsets[1]
