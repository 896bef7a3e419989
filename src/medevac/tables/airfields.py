"""What is known of an airport by its ICAO code: name, position, hours from UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import airportsdata


@dataclass(frozen=True, slots=True)
class Airfield:
    """An airport as the list of airports has it; hours from UTC in winter and in summer."""

    code: str
    name: str
    lat: float
    lon: float
    zone: str
    listed: bool


@cache
def airfields() -> dict[str, Airfield]:
    """Every airport that has an ICAO code, by its code."""
    return {
        code: Airfield(code, one["name"], one["lat"], one["lon"], one["tz"], bool(one["iata"]))
        for code, one in airportsdata.load("ICAO").items()
    }


def known_position(code: str) -> tuple[float, float] | None:
    """Latitude and longitude of an airport, None where the code is not known."""
    found = airfields().get(code)
    return None if found is None else (found.lat, found.lon)


def european_airfields() -> list[Airfield]:
    """The airports of Europe that airlines know, by code."""
    chosen = (one for one in airfields().values() if one.listed and one.zone.startswith("Europe/"))
    return sorted(chosen, key=lambda one: one.code)


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
