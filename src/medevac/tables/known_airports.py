"""What is known of an airport by its ICAO code: name, position, hours from UTC; from airportsdata.

Airportsdata, and lists made from it, have Luxembourg and most larger Belgian airports in degrees and minutes,
written as if they were decimal degrees: Brussels as 50.5405, which is 50 degrees 54.05 minutes. That is up to
50 km away. A position is corrected only while it is the mistaken one, so a mended list is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import airportsdata

DEGREES_AND_MINUTES = {
    "EBAW": (51.1122, 4.2737), "EBBE": (50.4528, 4.4601), "EBBL": (51.1006, 5.2812),
    "EBBR": (50.5405, 4.2904), "EBBX": (49.5330, 5.1326), "EBCI": (50.2736, 4.2710),
    "EBCV": (50.3433, 3.4952), "EBFN": (51.0525, 2.3910), "EBFS": (50.1436, 4.3845),
    "EBKT": (50.4907, 3.1233), "EBLG": (50.3811, 5.2634), "EBMB": (50.5405, 4.2904),
    "EBOS": (51.1156, 2.5144), "EBSU": (50.0203, 5.2624), "EBUL": (51.0839, 3.2832),
    "EBWE": (51.2339, 4.5733), "ELLX": (49.3724, 6.1216),
}  # fmt: skip
"""Latitude and longitude as airportsdata has them."""

_SAME = 0.0015  # degrees; lists round to three decimals
_KYIV = "Europe/Kyiv"
_NEAR_EUROPE = {
    "Asia/Nicosia",
    *(f"Atlantic/{name}" for name in ("Azores", "Canary", "Faroe", "Madeira", "Reykjavik")),
}
_CLOSED = {"BY", "RU"}  # countries to which no evacuation flies


@dataclass(frozen=True, slots=True)
class KnownAirport:
    """An airport: position in decimal degrees, time zone, and whether the list of codes offers it."""

    code: str
    name: str
    lat: float
    lon: float
    zone: str
    offered: bool

    @property
    def position(self) -> tuple[float, float]:
        """Latitude and longitude in decimal degrees."""
        return self.lat, self.lon


@cache
def known_airports() -> dict[str, KnownAirport]:
    """Every airport that has an ICAO code, by its code."""
    return {code: _known_airport(code, one) for code, one in airportsdata.load("ICAO").items()}


def _known_airport(code: str, one: Mapping[str, Any]) -> KnownAirport:
    # All of Ukraine keeps Kyiv's time; the zone database has another one for occupied Crimea.
    zone = _KYIV if one["country"] == "UA" else one["tz"]
    near = zone.startswith("Europe/") or zone in _NEAR_EUROPE
    offered = bool(one["iata"]) and near and one["country"] not in _CLOSED
    lat, lon = corrected(code, one["lat"], one["lon"])
    return KnownAirport(code, one["name"], lat, lon, zone, offered)


def offered_airports() -> list[KnownAirport]:
    """The airports of Europe that airlines know, by code; any other known code may be written as well."""
    return sorted((one for one in known_airports().values() if one.offered), key=lambda one: one.code)


def corrected(icao: str, lat: float, lon: float) -> tuple[float, float]:
    """A position that a list has, or the right one if it is a known mistake."""
    mistaken = DEGREES_AND_MINUTES.get(icao)
    if mistaken is None or abs(lat - mistaken[0]) > _SAME or abs(lon - mistaken[1]) > _SAME:
        return lat, lon
    return _decimal(lat), _decimal(lon)


def _decimal(degrees_and_minutes: float) -> float:
    """Decimal degrees of 50.5405, read as 50 degrees 54.05 minutes. All of them are north and east."""
    degrees = int(degrees_and_minutes)
    return round(degrees + 100 * (degrees_and_minutes - degrees) / 60, 5)


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
