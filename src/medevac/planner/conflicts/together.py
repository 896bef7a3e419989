"""All who must travel together: hospitals, countries, rooms on board, ambulances, stops and families."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import inf

from medevac.planner.conflicts.flights import hub_conflicts
from medevac.planner.conflicts.single import in_time, stops_in_time
from medevac.planner.conflicts.wishes import Wish, conflict, flight_name, flying_dates, names, number
from medevac.planner.explain.sentences import listed
from medevac.planner.lookup import ProblemIndex
from medevac.planner.plan import Conflict
from medevac.planner.problem import FlightKey, Hospital, Layout, Patient
from medevac.planner.timeline import TOLERANCE

_BOARD: tuple[tuple[str, Callable[[Patient], float], Callable[[Layout], float | None]], ...] = (
    ("seats", lambda one: one.companions + (one.position == "seat"), lambda one: one.seats),
    ("litters", lambda one: one.position != "seat", lambda one: one.litters),
    ("intensive-care places", lambda one: one.position == "intensive", lambda one: one.intensive),
    ("airborne-isolation places", lambda one: one.isolation == "airborne", lambda one: one.isolation),
    ("units of care", lambda one: one.care, lambda one: one.care),
)
_ROOMS: tuple[tuple[str, Callable[[Patient], float], Callable[[Hospital], float]], ...] = (
    ("isolation rooms", lambda one: one.isolation != "none", lambda one: one.isolation),
    ("places for children", lambda one: one.child, lambda one: one.child),
    ("intensive-care places", lambda one: one.position == "intensive", lambda one: one.intensive),
    ("places for companions", lambda one: one.companions, lambda one: one.companions),
)


def together_conflicts(index: ProblemIndex, wishes: Sequence[Wish]) -> Iterator[Conflict]:
    """Why those who must travel could not all be placed, though each alone might."""
    yield from _family_conflicts(index)
    for hospital in index.problem.hospitals:
        there = [one for one in wishes if one.hospital is hospital]
        if there:
            yield from _hospital_conflicts(index, hospital, there)
    yield from _country_conflicts(index, wishes)
    flights: dict[FlightKey, list[Wish]] = {}
    for one in wishes:
        if one.flight is not None:
            flights.setdefault(one.flight, []).append(one)
    for key, ones in flights.items():
        yield from hub_conflicts(index, key, ones)
        yield from _board_conflicts(index, key, ones)
        yield from _drop_conflicts(index, key, ones)


def _family_conflicts(index: ProblemIndex) -> Iterator[Conflict]:
    """Rule 8: members fixed apart."""
    for family, members in index.families.items():
        fixed = [index.fixed[one.id] for one in members if one.id in index.fixed]
        ids = [one.patient for one in fixed]
        flights = [one for one in fixed if one.flight is not None]
        if len({one.flight for one in flights}) > 1:
            told = listed([f"{one.patient} to {flight_name(one.flight)}" for one in flights if one.flight])
            text = f"Family {family} travels on one flight, but its members are fixed apart: {told}."
            yield conflict(8, ids, f"{text} Fix all to one flight.")
        if len({one.hospital for one in fixed}) < 2:
            continue
        told = listed([f"{one.patient} to {one.hospital}" for one in fixed])
        if index.problem.family_rule(family) == "same-hospital":
            text = f"Family {family} goes to one hospital, but its members are fixed apart: {told}."
            advice = 'Fix all to one hospital, or allow "same-stop" for this family.'
            yield conflict(8, ids, f"{text} {advice}")
            continue
        reaches = [{reach.airport for reach in index.hospitals[one.hospital].reach} for one in fixed]
        if not set.intersection(*reaches):
            text = f"Family {family} leaves at one airport, but no airport reaches all its hospitals: {told}."
            yield conflict(8, ids, f"{text} Fix them to hospitals near one airport.")


def _hospital_conflicts(index: ProblemIndex, hospital: Hospital, there: Sequence[Wish]) -> Iterator[Conflict]:
    """Rule 7: places, rooms, housing and arrivals."""
    for specialty, places in hospital.places.items():
        if places.count < 1:
            continue  # told for each patient: the hospital does not offer it
        using = [one for one in there if one.patient.needs[0] == specialty]
        yield from _exceeded(hospital.id, f"places of {specialty}", using, lambda _: 1, places.count)
    for what, amount, limit in _ROOMS:
        yield from _exceeded(hospital.id, what, there, amount, limit(hospital))
    most = hospital.arrivals_per_day
    if most is None:
        return
    by_date: dict[object, list[Wish]] = {}
    for one in there:
        if one.flight is not None:
            by_date.setdefault(one.flight.date, []).append(one)
    for day, ones in by_date.items():
        yield from _exceeded(hospital.id, f"arrivals on {day}", ones, lambda _: 1, most)
    dates = {day for one in there for day in flying_dates(index, one) if hospital.open_on(day)}
    if dates and len(there) > most * len(dates):
        text = (
            f"{number(len(there), 'patient is', 'patients are')} fixed to {hospital.id} ({names(there)}), "
            f"which receives at most {most} on one date, and flights arrive on "
            f"{number(len(dates), 'date', 'dates')}. Raise its arrivals_per_day, or fix fewer there."
        )
        yield conflict(7, [one.patient.id for one in there], text)


def _exceeded(
    owner: str, what: str, wishes: Sequence[Wish], amount: Callable[[Patient], float], limit: float
) -> Iterator[Conflict]:
    """One sentence where patients fixed to a hospital take more of something than there is."""
    using = [one for one in wishes if amount(one.patient) > 0]
    taken = sum(amount(one.patient) for one in using)
    if taken <= limit + TOLERANCE:
        return
    text = (
        f"{owner} has too few {what}: {limit:g} for the {taken:g} that those fixed to it would take "
        f"({names(using)}). "
        f"Fix fewer of them to {owner}, or correct its numbers."
    )
    yield conflict(7, [one.patient.id for one in using], text)


def _country_conflicts(index: ProblemIndex, wishes: Sequence[Wish]) -> Iterator[Conflict]:
    """Rule 9: a country's limit."""
    for country in index.problem.countries.values():
        there = [one for one in wishes if one.hospital is not None and one.hospital.country == country.code]
        if country.limit is None or len(there) <= country.limit:
            continue
        text = (
            f"{country.code} receives at most {number(country.limit, 'patient', 'patients')}, and "
            f"{number(len(there), 'patient is', 'patients are')} fixed to its hospitals ({names(there)}). "
            "Raise its limit, or fix fewer there."
        )
        yield conflict(9, [one.patient.id for one in there], text)


def _board_conflicts(index: ProblemIndex, key: FlightKey, ones: Sequence[Wish]) -> Iterator[Conflict]:
    """Rule 5: room on board of a named flight, in its layout or in every layout of its aircraft."""
    layouts: Sequence[Layout] = index.aircraft[key.aircraft].layouts
    if key in index.fixed_flights:
        layouts = [one for one in layouts if one.id == index.fixed_flights[key].layout]
    lacking = [listed(list(_lacks(layout, ones))) for layout in layouts]
    if not all(lacking):
        return
    told = "; ".join(f"layout {layout.id} has {lack}" for layout, lack in zip(layouts, lacking, strict=True))
    text = (
        f"{number(len(ones), 'patient', 'patients')} must travel on {flight_name(key)} ({names(ones)}), "
        f"which lacks room: {told}. Fix fewer of them to it, or choose another layout."
    )
    yield conflict(5, [one.patient.id for one in ones], text)


def _lacks(layout: Layout, ones: Iterable[Wish]) -> Iterator[str]:
    """What a layout has too little of."""
    for what, amount, limit in _BOARD:
        room, taken = limit(layout), sum(amount(one.patient) for one in ones)
        if room is not None and taken > room + TOLERANCE:
            yield f"too few {what} ({room:g} for {taken:g})"


def _drop_conflicts(index: ProblemIndex, key: FlightKey, ones: Sequence[Wish]) -> Iterator[Conflict]:
    """Rules 1 and 6: ambulances at the airports that remain, and the number of stops."""
    drops = {one.patient.id: _drops(index, key, one) for one in ones if one.hospital is not None}
    ends = [one for one in ones if drops.get(one.patient.id)]
    sets = {drops[one.patient.id] for one in ends}
    sets |= {frozenset().union(*sets)} if sets else set()
    for codes in sorted(sets, key=sorted):
        leaving = [one for one in ends if drops[one.patient.id] <= codes]
        ambulances = [index.problem.airports[code].ambulances for code in codes]
        most = sum(inf if count is None else count for count in ambulances)
        if len(leaving) > most:
            text = (
                f"{number(len(leaving), 'patient', 'patients')} on {flight_name(key)} must leave at "
                f"{listed(sorted(codes), 'or')} ({names(leaving)}), where there are too few ambulances: "
                f"{most:g}. Fix fewer of them to this flight, or correct the number of ambulances."
            )
            yield conflict(6, [one.patient.id for one in leaving], text)
    yield from _stop_conflicts(index, key, ends, drops)


def _stop_conflicts(
    index: ProblemIndex, key: FlightKey, ends: Sequence[Wish], drops: dict[str, frozenset[str]]
) -> Iterator[Conflict]:
    """Rule 1: patients who can leave at one airport only need more airports than the flight may stop at."""
    bound = [one for one in ends if len(drops[one.patient.id]) == 1]
    codes = Counter(code for one in bound for code in drops[one.patient.id])
    most = index.aircraft[key.aircraft].max_stops
    if len(codes) > most:
        text = (
            f"On {flight_name(key)} patients must leave at {len(codes)} airports: {listed(sorted(codes))}; "
            f"{key.aircraft} makes at most {number(most, 'stop', 'stops')}. Fix some of them to another "
            f"flight ({names(bound)}), or raise max_stops."
        )
        yield conflict(1, [one.patient.id for one in bound], text)


def _drops(index: ProblemIndex, key: FlightKey, wish: Wish) -> frozenset[str]:
    """Airports at which the patient could leave this flight; empty where that is told elsewhere."""
    fixed = index.fixed_flights.get(key)
    if fixed is not None:
        reached = stops_in_time(index, wish, fixed)
        return frozenset(code for code, transit in reached.items() if in_time(index, wish, fixed, transit))
    assert wish.hospital is not None
    return frozenset(reach.airport for reach in wish.hospital.reach) - {wish.patient.hub}
