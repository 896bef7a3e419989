"""The flights that suggestions count with as long as nobody has planned any: one aircraft for each hub.

Which aircraft it is, is a setting of the installation; without one it is the Boeing 737 of the Norwegian
flights. Nothing here is a plan: it only answers whether a hospital could be reached in time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from medevac.directory.models import Airport
from medevac.offers.settings import aircraft_file
from medevac.people.refusals import RefusedError
from medevac.tables.known_airports import known_airports

DAY = 1440
# The 737-700 as it flies for Norway (DOMAIN.md): 18 litters, 3 of them for intensive care, 39 seats less a
# crew of seven; legs of 60 × km / 780 + 24 minutes. Duty, range, cost and the one place in airborne isolation
# are those of the example week.
BOEING_737: dict[str, Any] = {
    "base": "ENGM",
    "max_flights": None,
    "max_stops": 5,
    "range_km": 4000,
    "speed_kmh": 780,
    "leg_minutes": 24,
    "turnaround_minutes": 50,
    "unload_minutes": 30,
    "report_minutes": 60,
    "duty_minutes": 840,
    "cost_per_hour": 9000,
    "layouts": [{"id": "standard", "litters": 18, "intensive": 3, "seats": 32, "isolation": 1}],
}
LOAD_MINUTES = 60  # an aircraft may stand about one hour on the hub's apron (DOMAIN.md, S45)


def aircraft_for(
    hubs: Iterable[str], days: Sequence[date], given: Mapping[str, Any] | None = None
) -> list[Any]:
    """The aircraft of a problem: one for each hub, which may fly on any of these days, once at most.

    Parameters
    ----------
    given
        An aircraft as the planner's format has it, without `id` and `days`; the setting's unless given.
    """
    kind = dict(given if given is not None else usual_aircraft())
    dates = [day.isoformat() for day in days]
    return [{**kind, "id": f"flight from {hub}", "days": dates, "max_flights": 1} for hub in hubs]


def usual_aircraft() -> Mapping[str, Any]:
    """The aircraft of the setting MEDEVAC_OFFERS_AIRCRAFT, or the Boeing 737.

    Raises
    ------
    RefusedError
        Where the file that the setting names cannot be read.
    """
    path = aircraft_file()
    if not path:
        return BOEING_737
    try:
        return dict(json.loads(Path(path).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise RefusedError(
            _(
                "The aircraft of suggestions cannot be read from %(path)s. Whoever runs the service mends "
                "the file or removes the setting MEDEVAC_OFFERS_AIRCRAFT."
            )
            % {"path": path}
        ) from error


def airports_of(codes: Iterable[str], kept: Mapping[str, Airport], day: date) -> dict[str, dict[str, Any]]:
    """The airports of a problem by code, with their hours on a day.

    Parameters
    ----------
    kept
        Those that the directory has. Any other, such as an aircraft's base, is taken from the published list.
    """
    found: dict[str, dict[str, Any]] = {}
    for code in dict.fromkeys(codes):
        if code in kept:
            airport = kept[code]
            found[code] = {"lat": airport.latitude, "lon": airport.longitude, **hours_of(airport, day)}
        elif code in known_airports():
            lat, lon = known_airports()[code].position
            found[code] = {"lat": lat, "lon": lon}
    return found


def hours_of(airport: Airport, day: date) -> dict[str, str]:
    """Opening hours in UTC on a day; nothing where it is open round the clock.

    The planner's hours lie within one day of UTC. Where an airport is open across that midnight, it counts as
    open for the longer part only: never open when it is closed.
    """
    if airport.closes_at is None or airport.opens_at is None:
        return {}
    zone = ZoneInfo(airport.time_zone)
    opens, closes = (_minute(day, clock, zone) for clock in (airport.opens_at, airport.closes_at))
    if closes == 0:
        closes = DAY
    if closes > opens:
        return {"opens": _clock(opens), "closes": _clock(closes)}
    if DAY - opens >= closes:
        return {"opens": _clock(opens), "closes": _clock(DAY)}
    return {"opens": _clock(0), "closes": _clock(closes)}


def _minute(day: date, clock: time, zone: ZoneInfo) -> int:
    """The minute of UTC's day at which a clock of the airport shows a time."""
    moment = datetime.combine(day, clock, zone).astimezone(UTC) - datetime.combine(day, time(), UTC)
    return int(moment / timedelta(minutes=1)) % DAY


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
