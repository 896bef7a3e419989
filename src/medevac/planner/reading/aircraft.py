"""Reads the aircraft of a problem document, with their layouts and duty limits."""

from __future__ import annotations

from datetime import date

from medevac.planner.problem import DAY_MINUTES, Aircraft, DutyBand, Layout
from medevac.planner.reading.checks import (
    above_zero,
    amount,
    clock,
    closing_clock,
    count,
    day,
    known,
    minutes,
    text,
)
from medevac.planner.reading.entry import Entry, refuse_repeats
from medevac.planner.reading.names import Names
from medevac.planner.reading.network import Window
from medevac.planner.reading.phrases import show

AIRCRAFT_KEYS = (
    "id",
    "base",
    "days",
    "max_flights",
    "max_stops",
    "range_km",
    "speed_kmh",
    "leg_minutes",
    "turnaround_minutes",
    "unload_minutes",
    "report_minutes",
    "duty_minutes",
    "cost_per_hour",
    "layouts",
)
LAYOUT_KEYS = ("id", "litters", "intensive", "seats", "isolation", "care")
BAND_KEYS = ("report_from", "report_until", "legs")


def read_aircraft(root: Entry, names: Names, window: Window) -> list[tuple[Entry, Aircraft]]:
    """Read `aircraft`, each with the entry it was read from."""
    entries = list(root.entries("aircraft", AIRCRAFT_KEYS))
    found = [(entry, _aircraft(entry, names, window)) for entry in entries]
    refuse_repeats(entries, "id", [aircraft.id for _, aircraft in found])
    return found


def _aircraft(entry: Entry, names: Names, window: Window) -> Aircraft:
    days = _days(entry, window)
    return Aircraft(
        id=entry.need("id", text, ""),
        base=_base(entry, names),
        days=days,
        max_flights=entry.may("max_flights", count, len(days)),
        max_stops=entry.need("max_stops", count, 0),
        range_km=entry.need("range_km", above_zero, 1.0),
        speed_kmh=entry.need("speed_kmh", above_zero, 1.0),
        leg_minutes=entry.need("leg_minutes", minutes, 0),
        turnaround_minutes=entry.need("turnaround_minutes", minutes, 0),
        unload_minutes=entry.need("unload_minutes", minutes, 0),
        report_minutes=entry.need("report_minutes", minutes, 0),
        duty_minutes=_duty(entry),
        cost_per_hour=entry.need("cost_per_hour", amount, 0.0),
        layouts=_layouts(entry),
    )


def _base(entry: Entry, names: Names) -> str:
    base = entry.need("base", known("an airport", names.airports, "airports"), "")
    if entry.sound("base") and names.hubs is not None and base in names.hubs:
        entry.fault("base", "an airport that is no hub", show(base), "An aircraft cannot be based at a hub.")
    return base


def _days(entry: Entry, window: Window) -> tuple[date, ...]:
    days = entry.need_list("days", day, unique=True)
    if not entry.sound("days"):
        return days
    for index, when in enumerate(days):
        if not window.holds(when):
            expected = f"a date from {window.start} to {window.last}"
            entry.fault_at("days", index, expected, show(when.isoformat()), "Keep to the problem's window.")
    return days


def _layouts(entry: Entry) -> tuple[Layout, ...]:
    entries = list(entry.entries("layouts", LAYOUT_KEYS))
    layouts = tuple(
        Layout(
            id=one.need("id", text, ""),
            litters=one.need("litters", count, 0),
            intensive=one.need("intensive", count, 0),
            seats=one.need("seats", count, 0),
            isolation=one.may_be("isolation", count),
            care=one.may_be("care", amount),
        )
        for one in entries
    )
    refuse_repeats(entries, "id", [layout.id for layout in layouts])
    return layouts


def _duty(entry: Entry) -> float | tuple[DutyBand, ...]:
    if not isinstance(entry.data.get("duty_minutes"), list):
        return entry.need("duty_minutes", minutes, 0)
    entries = list(entry.entries("duty_minutes", BAND_KEYS))
    if not entries:
        entry.fault(
            "duty_minutes", "minutes or at least one band", "an empty list", "Add a band, or a number."
        )
    bands = [(one, _band(one)) for one in entries]
    _refuse_overlaps(bands)
    return tuple(band for _, band in bands)


def _band(entry: Entry) -> DutyBand:
    band = DutyBand(
        report_from=entry.need("report_from", clock, 0),
        report_until=entry.need("report_until", closing_clock, DAY_MINUTES),
        legs=_legs(entry),
    )
    if entry.sound("report_from", "report_until") and band.report_until <= band.report_from:
        got = show(entry.data.get("report_until"))
        remedy = "No band crosses midnight: split it into one up to 24:00 and one from 00:00."
        entry.fault("report_until", "a time after report_from", got, remedy)
    return band


def _legs(entry: Entry) -> dict[int, float]:
    section = entry.inner("legs")
    legs: dict[int, float] = {}
    for name in section.names():
        limit = section.need(name, minutes, 0)
        if not (name.isascii() and name.isdigit() and name[0] != "0" and len(name) <= 9):
            section.fault(name, 'a number of legs such as "4"', show(name), "Write a whole number above 0.")
            continue
        legs[int(name)] = limit
    if entry.sound("legs") and not section.data:
        entry.fault("legs", "at least one number of legs", "an empty object", 'Add one, such as {"4": 720}.')
    return legs


def _refuse_overlaps(bands: list[tuple[Entry, DutyBand]]) -> None:
    """Note every band that overlaps one before it by clock."""
    sound = [pair for pair in bands if pair[0].sound("report_from", "report_until")]
    sound.sort(key=lambda pair: (pair[1].report_from, pair[1].report_until))
    widest: tuple[Entry, DutyBand] | None = None
    for entry, band in sound:
        if widest is not None and band.report_from < widest[1].report_until:
            got = f"{show(entry.data['report_from'])}, which lies in {widest[0].path}"
            entry.fault("report_from", "bands that do not overlap", got, "Let one end where the next begins.")
        if widest is None or band.report_until > widest[1].report_until:
            widest = (entry, band)
