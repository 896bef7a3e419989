"""How instants are shown: the clock in UTC and in local time, with the days that lie between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from medevac.papers.airports import KnownAirport


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant at an airport; `local` and `zone` are empty where the airport's zone is unknown."""

    iso: str
    utc: str
    local: str
    zone: str


def moment(instant: datetime, airport: KnownAirport, day: date) -> Moment:
    """An instant as clock times; another date than the flight's is told as days after it."""
    local = airport.local(instant)
    return Moment(
        iso=f"{instant:%Y-%m-%dT%H:%MZ}",
        utc=clock(instant, day),
        local="" if local is None else clock(local, day),
        zone="" if local is None else _zone_name(local),
    )


def clock(instant: datetime, day: date) -> str:
    """A clock time, with the days after `day` where it is another date."""
    later = (instant.date() - day).days
    return f"{instant:%H:%M}" + (f" {later:+d} d" if later else "")


def _zone_name(local: datetime) -> str:
    """The zone's short name, or the offset where the zone has only a number."""
    name = local.tzname() or ""
    return name if name.isalpha() else f"UTC{local:%z}"
