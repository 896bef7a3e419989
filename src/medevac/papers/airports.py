"""What is publicly known of an airport, by ICAO code: city and time zone. Not for hours or positions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@dataclass(frozen=True, slots=True)
class KnownAirport:
    """An airport by its code; `city` and `zone` are None where nothing is known."""

    code: str
    city: str | None = None
    zone: ZoneInfo | None = None

    @property
    def label(self) -> str:
        """City and code, or the code alone."""
        return f"{self.city} ({self.code})" if self.city else self.code

    def local(self, instant: datetime) -> datetime | None:
        """An instant in the airport's own time; None where its zone is unknown."""
        return None if self.zone is None else instant.astimezone(self.zone)


@cache
def known_airport(code: str) -> KnownAirport:
    """What is known of an airport; nothing for a code that is in no list."""
    entry = _airports().get(code)
    if entry is None:
        return KnownAirport(code)
    # All of Ukraine keeps Kyiv's time; the zone database has another one for occupied Crimea.
    zone = _zone("Europe/Kyiv" if entry["country"] == "UA" else entry["tz"])
    return KnownAirport(code, entry["city"] or entry["name"] or None, zone)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


@cache
def _airports() -> Mapping[str, Mapping[str, Any]]:
    import airportsdata  # here, since it reads a list of 28,000 airports

    return airportsdata.load("ICAO")
