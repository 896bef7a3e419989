"""Reads what is fixed by hand in a problem document: patients and flights.

Only names, dates and shape are judged. Whether a fixed flight obeys the rules of flying is for the
planner, which calls the problem infeasible and says why.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from medevac.planner.problem import Aircraft, Fixed, FixedFlight, FlightKey
from medevac.planner.reading.checks import UnfitError, clock, day, flag, instant, known, text
from medevac.planner.reading.entry import Entry, refuse_repeats
from medevac.planner.reading.names import Names
from medevac.planner.reading.network import Window
from medevac.planner.reading.phrases import nearest, show

FIXED_KEYS = ("patient", "hospital", "flight")
FLIGHT_KEYS = ("aircraft", "date")
FIXED_FLIGHT_KEYS = ("aircraft", "date", "layout", "hub", "stops", "leaves_base", "closed")

Fleet = dict[str, tuple[Entry, Aircraft]]

_NO_DATE = date(2000, 1, 1)


def read_fixed(root: Entry, names: Names, fleet: Fleet, window: Window) -> tuple[Fixed, ...]:
    """Read `fixed`: each patient at most once."""
    entries = list(root.entries("fixed", FIXED_KEYS, optional=True))
    patient = known("a patient", names.patients, "patients")
    hospital = known("a hospital", names.hospitals, "hospitals")
    fixed = tuple(
        Fixed(
            patient=entry.need("patient", patient, ""),
            hospital=entry.need("hospital", hospital, ""),
            flight=_flight_key(entry, names, fleet, window),
        )
        for entry in entries
    )
    refuse_repeats(entries, "patient", [one.patient for one in fixed])
    return fixed


def read_fixed_flights(root: Entry, names: Names, fleet: Fleet, window: Window) -> tuple[FixedFlight, ...]:
    """Read `fixed_flights`: at most one for each aircraft and date."""
    entries = list(root.entries("fixed_flights", FIXED_FLIGHT_KEYS, optional=True))
    flights = tuple(_fixed_flight(entry, names, fleet, window) for entry in entries)
    first: dict[FlightKey, str] = {}
    for entry, flight in zip(entries, flights, strict=True):
        if not entry.sound("aircraft", "date"):
            continue
        path = first.setdefault(flight.key, entry.path)
        if path != entry.path:
            got = f"{show(flight.date.isoformat())}, as at {path}"
            entry.fault("date", "one flight for an aircraft and date", got, "Remove one of the two.")
    return flights


def _flight_key(entry: Entry, names: Names, fleet: Fleet, window: Window) -> FlightKey | None:
    if entry.data.get("flight") is None:
        return None
    inner = entry.inner("flight", FLIGHT_KEYS)
    aircraft = inner.need("aircraft", known("an aircraft", names.aircraft, "aircraft"), "")
    return FlightKey(aircraft, _date(inner, aircraft, fleet, window))


def _fixed_flight(entry: Entry, names: Names, fleet: Fleet, window: Window) -> FixedFlight:
    aircraft = entry.need("aircraft", known("an aircraft", names.aircraft, "aircraft"), "")
    when = _date(entry, aircraft, fleet, window)
    flight = FixedFlight(
        aircraft=aircraft,
        date=when,
        layout=_layout(entry, aircraft, fleet),
        hub=entry.need("hub", known("a hub", names.hubs, "hubs"), ""),
        stops=entry.need_list("stops", known("an airport", names.airports, "airports"), least=1, unique=True),
        leaves_base=_leaves_base(entry, when),
        closed=entry.may("closed", flag, False),
    )
    _check_stops(entry, flight, fleet)
    return flight


def _aircraft(aircraft_id: str, fleet: Fleet, key: str) -> Aircraft | None:
    """The aircraft, if there is one and what was read under `key` can be relied on."""
    if aircraft_id not in fleet:
        return None
    entry, aircraft = fleet[aircraft_id]
    return aircraft if entry.sound(key) else None


def _date(entry: Entry, aircraft_id: str, fleet: Fleet, window: Window) -> date:
    """A date in the window on which the aircraft is there."""
    when = entry.need("date", day, _NO_DATE)
    if not entry.sound("date"):
        return when
    if not window.holds(when):
        expected = f"a date from {window.start} to {window.last}"
        entry.fault("date", expected, show(when.isoformat()), "Keep to the problem's window.")
        return when
    aircraft = _aircraft(aircraft_id, fleet, "days")
    if aircraft is not None and when not in aircraft.days:
        expected = f'a date in the "days" of {show(aircraft_id)}'
        entry.fault("date", expected, show(when.isoformat()), "Correct it, or add it to those days.")
    return when


def _layout(entry: Entry, aircraft_id: str, fleet: Fleet) -> str:
    """The name of a layout that the aircraft has."""
    layout = entry.need("layout", text, "")
    aircraft = _aircraft(aircraft_id, fleet, "layouts")
    if aircraft is None or not entry.sound("layout"):
        return layout
    layouts = [one.id for one in aircraft.layouts]  # a blank id stands for one that was refused
    if layout not in layouts and "" not in layouts:
        remedy = nearest(layout, layouts) + "Correct it, or add it to the aircraft's layouts."
        entry.fault("layout", f"a layout of {show(aircraft_id)}", show(layout), remedy)
    return layout


def _leaves_base(entry: Entry, when: date) -> int:
    """Minutes from 00:00 of the flight's date; written as an instant of that date or a clock time."""

    def check(value: Any) -> int:
        if isinstance(value, str) and "T" not in value:
            return clock(value)
        moment = instant(value)
        if entry.sound("date") and moment.date() != when:
            raise UnfitError(
                f"an instant on {when}", "Let the flight leave on its date, or correct the date."
            )
        return 60 * moment.hour + moment.minute

    return entry.need("leaves_base", check, 0)


def _check_stops(entry: Entry, flight: FixedFlight, fleet: Fleet) -> None:
    """The hub is no drop, and the base is a drop only at the end."""
    if not entry.sound("stops"):
        return
    aircraft = _aircraft(flight.aircraft, fleet, "base")
    base = None if aircraft is None else aircraft.base
    for index, stop in enumerate(flight.stops):
        if entry.sound("hub") and stop == flight.hub:
            entry.fault_at(
                "stops", index, "an airport that is not the flight's hub", show(stop), "Remove it."
            )
        if stop == base and index < len(flight.stops) - 1:
            entry.fault_at("stops", index, "the base only as the last stop", show(stop), "Put it at the end.")
