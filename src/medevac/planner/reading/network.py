"""Reads the window, airports, hubs, countries and weights of a problem document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from medevac.planner.problem import DAY_MINUTES, Airport, Country, Weights
from medevac.planner.reading.checks import (
    amount,
    between,
    clock,
    closing_clock,
    count,
    day,
    minutes,
    whole_between,
)
from medevac.planner.reading.entry import Entry
from medevac.planner.reading.names import Names
from medevac.planner.reading.phrases import nearest, show

AIRPORT_KEYS = ("lat", "lon", "opens", "closes", "ambulances")
HUB_KEYS = ("load_minutes",)
COUNTRY_KEYS = ("limit", "fair_share")
PRIORITIES = ("1", "2", "3")
WEIGHT_KEYS = (
    "priority",
    "waiting_per_week",
    "waiting_weeks_cap",
    "suitability",
    "preference",
    "transit_per_hour",
    "above_fair_share",
    "cost_per_1000",
)
LONGEST_WINDOW = 366  # days

_latitude = between(-90, 90)
_longitude = between(-180, 180)
_days = whole_between(1, LONGEST_WINDOW)

# A flight may begin the day before its report and end days later: keep clear of the calendar's ends.
EARLIEST_START = date(1000, 1, 1)
LATEST_END = date(9998, 12, 31)


@dataclass(frozen=True, slots=True)
class Window:
    """First date and number of days; `known` is false where the document did not say."""

    start: date
    days: int
    known: bool

    @property
    def last(self) -> date:
        """The last date."""
        return self.start + timedelta(days=self.days - 1)

    def holds(self, when: date) -> bool:
        """Whether a date lies in the window, or the window is not known."""
        return not self.known or self.start <= when <= self.last


def read_window(root: Entry) -> Window:
    """Read `start` and `days`."""
    start = root.need("start", day, date(2000, 1, 1))
    days = root.need("days", _days, 1)
    if root.sound("start") and not EARLIEST_START <= start <= LATEST_END - timedelta(days=LONGEST_WINDOW):
        root.fault("start", "a date in the years 1000 to 9997", show(start.isoformat()), "Correct the year.")
    known = root.sound("start", "days")
    return Window(start if known else date(2000, 1, 1), days if known else 1, known)


def read_airports(root: Entry) -> dict[str, Airport]:
    """Read `airports`."""
    return {code: _airport(code, entry) for code, entry in root.inner("airports").named(AIRPORT_KEYS)}


def read_hubs(root: Entry, names: Names) -> dict[str, float]:
    """Read `hubs`: load minutes by airport."""
    section = root.inner("hubs")
    hubs: dict[str, float] = {}
    for code, entry in section.named(HUB_KEYS):
        hubs[code] = entry.need("load_minutes", minutes, 0)
        if names.airports is not None and code not in names.airports:
            remedy = nearest(code, names.airports) + "List its position there, or correct the code."
            section.fault(code, 'a code that is listed in "airports"', show(code), remedy)
    return hubs


def read_countries(root: Entry) -> dict[str, Country]:
    """Read `countries`."""
    return {
        code: Country(code, entry.may_be("limit", count), entry.may_be("fair_share", count))
        for code, entry in root.inner("countries").named(COUNTRY_KEYS)
    }


def read_weights(root: Entry) -> Weights:
    """Read `weights`, whole or single keys."""
    entry = root.inner("weights", WEIGHT_KEYS, optional=True)
    default = Weights()
    by_priority = entry.inner("priority", PRIORITIES, optional=True)
    return Weights(
        priority={int(key): by_priority.may(key, amount, default.priority[int(key)]) for key in PRIORITIES},
        waiting_per_week=entry.may("waiting_per_week", amount, default.waiting_per_week),
        waiting_weeks_cap=entry.may("waiting_weeks_cap", amount, default.waiting_weeks_cap),
        suitability=entry.may("suitability", amount, default.suitability),
        preference=entry.may("preference", amount, default.preference),
        transit_per_hour=entry.may("transit_per_hour", amount, default.transit_per_hour),
        above_fair_share=entry.may("above_fair_share", amount, default.above_fair_share),
        cost_per_1000=entry.may("cost_per_1000", amount, default.cost_per_1000),
    )


def _airport(code: str, entry: Entry) -> Airport:
    airport = Airport(
        code=code,
        lat=entry.need("lat", _latitude, 0.0),
        lon=entry.need("lon", _longitude, 0.0),
        opens=entry.may("opens", clock, 0),
        closes=entry.may("closes", closing_clock, DAY_MINUTES),
        ambulances=entry.may_be("ambulances", count),
    )
    if entry.sound("opens", "closes") and airport.closes <= airport.opens:
        expected = "a time after opens (00:00 if left out)"
        entry.fault("closes", expected, show(entry.data.get("closes")), "Give hours within one day.")
    return airport
