"""Lifting one limit at a time: which rule binds is told by the first change that makes a plan possible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from medevac.planner.conflicts.wishes import number
from medevac.planner.explain.sentences import listed
from medevac.planner.problem import (
    DAY_MINUTES,
    Aircraft,
    Country,
    Fixed,
    Hospital,
    Patient,
    Places,
    Problem,
)
from medevac.planner.timeline import clock_text

_ENOUGH = 1_000_000
_ON_BOARD = ("seats", "litters", "intensive", "isolation", "care")
_ROOMS = {
    "isolation": "isolation rooms",
    "child": "places for children",
    "intensive": "intensive-care places",
    "companions": "places for companions",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One limit lifted: its rule, what binds (the part of a sentence), what to do, and the new problem."""

    rule: int
    says: str
    advice: str
    problem: Problem


def changes_for(problem: Problem, patients: Sequence[str], fixed: Sequence[Fixed]) -> Iterator[Change]:
    """Changes that lift one limit each, those first that are named and mended most easily.

    Parameters
    ----------
    patients
        Those who must travel; limits of their own are lifted for each of them.
    fixed
        What is fixed of them; limits of these hospitals and their countries are lifted.
    """
    hospitals = [one for one in problem.hospitals if one.id in {record.hospital for record in fixed}]
    travellers = [one for one in problem.patients if one.id in set(patients)]
    yield from _countries(problem, hospitals)
    for hospital in hospitals:
        yield from _counts(problem, hospital)
        yield from _dates(problem, hospital)
    for patient in travellers:
        yield from _patient_limits(problem, patient)
    yield from _rooms_on_board(problem)
    yield from _airports(problem)
    yield from _fixed_flights(problem)
    yield from _families(problem, travellers)
    yield from _named_flights(problem, fixed)
    for aircraft in problem.aircraft:
        yield from _aircraft_limits(problem, aircraft)


def _countries(problem: Problem, hospitals: Sequence[Hospital]) -> Iterator[Change]:
    for code in dict.fromkeys(one.country for one in hospitals):
        country: Country = problem.countries[code]
        if country.limit is not None:
            countries = {**problem.countries, code: replace(country, limit=None)}
            says = f"{code} receives at most {country.limit} patients"
            changed = replace(problem, countries=countries)
            yield Change(9, says, f"Raise the limit of {code}, or fix fewer there.", changed)


def _counts(problem: Problem, hospital: Hospital) -> Iterator[Change]:
    """Rule 7: places, rooms, housing and arrivals of one hospital."""
    advice = f"Raise that number, or fix fewer to {hospital.id}."
    for specialty, places in hospital.places.items():
        more = {**hospital.places, specialty: replace(places, count=_ENOUGH)}
        says = f"{hospital.id} has too few places of {specialty} ({places.count})"
        yield Change(7, says, advice, _with_hospital(problem, replace(hospital, places=more)))
    for key, name in _ROOMS.items():
        says = f"{hospital.id} has too few {name} ({getattr(hospital, key)})"
        more_rooms: dict[str, Any] = {key: _ENOUGH}
        yield Change(7, says, advice, _with_hospital(problem, replace(hospital, **more_rooms)))
    if hospital.arrivals_per_day is not None:
        says = f"{hospital.id} receives at most {hospital.arrivals_per_day} patients on one date"
        yield Change(7, says, advice, _with_hospital(problem, replace(hospital, arrivals_per_day=None)))


def _dates(problem: Problem, hospital: Hospital) -> Iterator[Change]:
    """Rules 6 and 7: dates of a hospital and of its places."""
    if hospital.from_date is not None or hospital.until_date is not None:
        says = f"{hospital.id} receives patients {_span(hospital.from_date, hospital.until_date)}"
        changed = _with_hospital(problem, replace(hospital, from_date=None, until_date=None))
        yield Change(6, says, "Change these dates, or choose another hospital.", changed)
    for specialty, places in hospital.places.items():
        if places.from_date is not None or places.until_date is not None:
            always = {**hospital.places, specialty: Places(places.count)}
            says = f"{hospital.id} has places of {specialty} {_span(places.from_date, places.until_date)}"
            changed = _with_hospital(problem, replace(hospital, places=always))
            yield Change(7, says, "Change these dates, or choose another hospital.", changed)


def _span(first: date | None, last: date | None) -> str:
    return f"from {first or 'any date'} until {last or 'any date'}"


def _patient_limits(problem: Problem, patient: Patient) -> Iterator[Change]:
    """Rule 6: minutes in transit, fitness and readiness of one patient."""
    says = f"{patient.id} may be {patient.max_transit_minutes:g} minutes in transit"
    changed = _with_patient(problem, replace(patient, max_transit_minutes=_ENOUGH))
    yield Change(6, says, "Raise max_transit_minutes, or choose a hospital nearer by.", changed)
    if patient.fit_until is not None:
        says = f"{patient.id} is fit until {patient.fit_until:%Y-%m-%dT%H:%MZ}"
        changed = _with_patient(problem, replace(patient, fit_until=None))
        yield Change(6, says, "Correct fit_until, or add an earlier flight.", changed)
    if patient.ready > problem.start:
        says = f"{patient.id} is ready on {patient.ready}"
        changed = _with_patient(problem, replace(patient, ready=problem.start))
        yield Change(6, says, "Correct ready, or add a later flight.", changed)


def _rooms_on_board(problem: Problem) -> Iterator[Change]:
    """Rule 5: one kind of room in all layouts."""
    for key in _ON_BOARD:
        has = [
            f"{aircraft.id} {getattr(layout, key)}" + (f" ({layout.id})" if len(aircraft.layouts) > 1 else "")
            for aircraft in problem.aircraft
            for layout in aircraft.layouts
            if getattr(layout, key) is not None
        ]
        if has:
            fleet = [_with_more_room(one, key) for one in problem.aircraft]
            says = f"there is too little room on board ({key}: {listed(has)})"
            advice = "Fix fewer of them to these flights, or add room or a flight."
            yield Change(5, says, advice, replace(problem, aircraft=tuple(fleet)))


def _with_more_room(aircraft: Aircraft, key: str) -> Aircraft:
    more: dict[str, Any] = {key: _ENOUGH}
    return replace(aircraft, layouts=tuple(replace(one, **more) for one in aircraft.layouts))


def _airports(problem: Problem) -> Iterator[Change]:
    """Rules 6 and 3: ambulances and opening hours of one airport."""
    for airport in problem.airports.values():
        if airport.ambulances is not None:
            says = f"{airport.code} has too few ambulances for one flight ({airport.ambulances})"
            airports = {**problem.airports, airport.code: replace(airport, ambulances=None)}
            advice = "Fix fewer to hospitals there, or correct the number of ambulances."
            yield Change(6, says, advice, replace(problem, airports=airports))
        if not airport.always_open:
            closes = "24:00" if airport.closes == DAY_MINUTES else clock_text(airport.closes)
            says = f"{airport.code} is open from {clock_text(airport.opens)} until {closes}"
            airports = {**problem.airports, airport.code: replace(airport, opens=0, closes=DAY_MINUTES)}
            advice = "Choose another airport, flight or hospital, or correct these hours."
            yield Change(3, says, advice, replace(problem, airports=airports))


def _fixed_flights(problem: Problem) -> Iterator[Change]:
    """Rule 10: closed flights opened."""
    for closed in (one for one in problem.fixed_flights if one.closed):
        flights = tuple(replace(one, closed=one.closed and one != closed) for one in problem.fixed_flights)
        says = f"the fixed flight of {closed.aircraft} on {closed.date} is closed"
        changed = replace(problem, fixed_flights=flights)
        yield Change(10, says, "Do not close it, or fix the patients to it.", changed)


def _families(problem: Problem, travellers: Iterable[Patient]) -> Iterator[Change]:
    """Rule 8: one family no longer together."""
    for family in dict.fromkeys(one.family for one in travellers if one.family is not None):
        members = [one.id for one in problem.patients if one.family == family]
        apart = tuple(
            replace(one, family=None if one.family == family else one.family) for one in problem.patients
        )
        says = f"family {family} ({listed(members)}) stays together"
        changed = replace(problem, patients=apart)
        yield Change(8, says, "Choose a hospital or flight for the whole family.", changed)


def _named_flights(problem: Problem, fixed: Iterable[Fixed]) -> Iterator[Change]:
    """Rule 10: one patient no longer fixed to a flight, but still to the hospital."""
    for record in (one for one in fixed if one.flight is not None and one in problem.fixed):
        freed = tuple(replace(one, flight=None) if one == record else one for one in problem.fixed)
        assert record.flight is not None
        says = f"{record.patient} is fixed to the flight of {record.flight.aircraft} on {record.flight.date}"
        changed = replace(problem, fixed=freed)
        yield Change(10, says, "Fix the patient to another flight, or to the hospital alone.", changed)


def _aircraft_limits(problem: Problem, aircraft: Aircraft) -> Iterator[Change]:
    """Rules 1, 2 and 4: number of flights and stops, duty, range and dates of one aircraft."""
    most = f"{aircraft.id} makes at most"
    lifted: list[tuple[int, str, str, Aircraft]] = [
        (
            1,
            f"{most} {number(aircraft.max_flights, 'flight', 'flights')}",
            "Raise its max_flights.",
            replace(aircraft, max_flights=len(aircraft.days)),
        ),
        (
            1,
            f"{most} {number(aircraft.max_stops, 'stop', 'stops')} on one flight",
            "Raise its max_stops, or fix fewer to hospitals apart.",
            replace(aircraft, max_stops=aircraft.max_stops + 2),
        ),
        (
            4,
            f"the duty of the crew of {aircraft.id} is limited",
            "Choose hospitals nearer by, or correct duty_minutes.",
            replace(aircraft, duty_minutes=_ENOUGH),
        ),
        (
            2,
            f"{aircraft.id} flies at most {aircraft.range_km:g} km without a stop",
            "Choose hospitals nearer by, or another aircraft.",
            replace(aircraft, range_km=_ENOUGH),
        ),
        (
            1,
            f"{aircraft.id} flies on {len(aircraft.days)} of {problem.days} dates",
            "Add a date to its days.",
            replace(aircraft, days=_every_date(problem), max_flights=problem.days),
        ),
    ]
    for rule, says, advice, instead in lifted:
        if instead != aircraft:
            fleet = tuple(instead if one is aircraft else one for one in problem.aircraft)
            yield Change(rule, says, advice, replace(problem, aircraft=fleet))


def _every_date(problem: Problem) -> tuple[date, ...]:
    return tuple(problem.start + timedelta(days=count) for count in range(problem.days))


def _with_hospital(problem: Problem, changed: Hospital) -> Problem:
    return replace(
        problem, hospitals=tuple(changed if one.id == changed.id else one for one in problem.hospitals)
    )


def _with_patient(problem: Problem, changed: Patient) -> Problem:
    return replace(
        problem, patients=tuple(changed if one.id == changed.id else one for one in problem.patients)
    )
