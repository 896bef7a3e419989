"""Reads the hospitals of a problem document."""

from __future__ import annotations

from typing import Any

from medevac.planner.problem import Hospital, Places, Reach
from medevac.planner.reading.checks import between, count, day, known, minutes, text
from medevac.planner.reading.entry import Entry, refuse_repeats
from medevac.planner.reading.names import Names
from medevac.planner.reading.phrases import show

HOSPITAL_KEYS = (
    "id",
    "country",
    "reach",
    "from",
    "until",
    "places",
    "suitability",
    "isolation",
    "intensive",
    "child",
    "companions",
    "arrivals_per_day",
)
REACH_KEYS = ("airport", "road_minutes")
PLACES_KEYS = ("count", "from", "until")

_share = between(0, 1)


def read_hospitals(root: Entry, names: Names) -> tuple[Hospital, ...]:
    """Read `hospitals`."""
    entries = list(root.entries("hospitals", HOSPITAL_KEYS))
    hospitals = tuple(_hospital(entry, names) for entry in entries)
    refuse_repeats(entries, "id", [hospital.id for hospital in hospitals])
    return hospitals


def _hospital(entry: Entry, names: Names) -> Hospital:
    hospital = Hospital(
        id=entry.need("id", text, ""),
        country=entry.need("country", known("a country", names.countries, "countries"), ""),
        reach=_reach(entry, names),
        places=_places(entry),
        suitability=_suitability(entry),
        from_date=entry.may_be("from", day),
        until_date=entry.may_be("until", day),
        isolation=entry.may("isolation", count, 0),
        intensive=entry.may("intensive", count, 0),
        child=entry.may("child", count, 0),
        companions=entry.may("companions", count, 0),
        arrivals_per_day=entry.may_be("arrivals_per_day", count),
    )
    _refuse_reversed(entry)
    return hospital


def _reach(entry: Entry, names: Names) -> tuple[Reach, ...]:
    entries = list(entry.entries("reach", REACH_KEYS))
    airport = known("an airport", names.airports, "airports")
    reach = tuple(
        Reach(one.need("airport", airport, ""), one.need("road_minutes", minutes, 0)) for one in entries
    )
    refuse_repeats(entries, "airport", [one.airport for one in reach])
    return reach


def _places(entry: Entry) -> dict[str, Places]:
    """Places by specialty; a specialty that is null is not offered."""
    section = entry.inner("places")
    offered = [name for name in section.names() if section.data[name] is not None]
    return {name: _places_of(section, name, section.data[name]) for name in offered}


def _places_of(section: Entry, specialty: str, value: Any) -> Places:
    if not isinstance(value, dict):
        return Places(section.need(specialty, count, 0))
    entry = section.inner(specialty, PLACES_KEYS)
    places = Places(entry.need("count", count, 0), entry.may_be("from", day), entry.may_be("until", day))
    _refuse_reversed(entry)
    return places


def _suitability(entry: Entry) -> dict[str, float]:
    section = entry.inner("suitability", optional=True)
    return {
        name: section.need(name, _share, 0.0) for name in section.names() if section.data[name] is not None
    }


def _refuse_reversed(entry: Entry) -> None:
    """Note dates of which the last comes before the first."""
    if not entry.sound("from", "until"):
        return
    first, last = entry.may_be("from", day), entry.may_be("until", day)
    if first is not None and last is not None and first > last:
        entry.fault(
            "until", f"a date from {first} on", show(last.isoformat()), "Exchange or correct the dates."
        )
