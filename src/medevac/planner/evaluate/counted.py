"""Judging what is counted over many placements: rules 5 to 9."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from medevac.planner.evaluate.finding import RULES, BrokenRule, KnownFlight, KnownPlacement
from medevac.planner.lookup import ProblemIndex
from medevac.planner.problem import Hospital, Patient
from medevac.planner.timeline import TOLERANCE


class _Use(NamedTuple):
    """How much of one thing is taken, how much there is, and what it is called."""

    name: str
    taken: float
    limit: float | None


def judge_counts(
    index: ProblemIndex, flights: Sequence[KnownFlight], known: Sequence[KnownPlacement]
) -> Iterator[BrokenRule]:
    """Find every count that is exceeded, and families that are torn."""
    by_flight: dict[str, list[KnownPlacement]] = {flown.flight.id: [] for flown in flights}
    by_hospital: dict[str, list[KnownPlacement]] = {}
    for one in known:
        by_flight[one.flown.flight.id].append(one)
        by_hospital.setdefault(one.hospital.id, []).append(one)
    for flown in flights:
        yield from _judge_cabin(flown, by_flight[flown.flight.id])
        yield from _judge_ambulances(index, flown, by_flight[flown.flight.id])
    for ones in by_hospital.values():
        yield from _judge_hospital(ones[0].hospital, ones)
    yield from _judge_families(index, known)
    yield from _judge_countries(index, known)


def _exceeded(rule: int, where: tuple[str, ...], subject: str, uses: Sequence[_Use]) -> Iterator[BrokenRule]:
    """One sentence for each count above its limit."""
    for use in uses:
        if use.limit is not None and use.taken > use.limit + TOLERANCE:
            text = f"{subject} takes {use.taken:g} {use.name}; there are {use.limit:g}."
            yield BrokenRule(RULES[rule], where, text)


def _judge_cabin(flown: KnownFlight, ones: Sequence[KnownPlacement]) -> Iterator[BrokenRule]:
    """Rule 5: seats, litters, intensive care, airborne isolation and care on board."""
    layout, patients = flown.layout, [one.patient for one in ones]
    positions = Counter(patient.position for patient in patients)
    companions = sum(patient.companions for patient in patients)
    airborne = sum(patient.isolation == "airborne" for patient in patients)
    uses = [
        _Use("seats", positions["seat"] + companions, layout.seats),
        _Use("litters", positions["litter"] + positions["intensive"], layout.litters),
        _Use("intensive-care places", positions["intensive"], layout.intensive),
        _Use("airborne-isolation places", airborne, layout.isolation),
        _Use("units of care", sum(patient.care for patient in patients), layout.care),
    ]
    flight = flown.flight
    yield from _exceeded(5, (flight.id,), f"Flight {flight.id} in layout {layout.id}", uses)


def _judge_ambulances(
    index: ProblemIndex, flown: KnownFlight, ones: Sequence[KnownPlacement]
) -> Iterator[BrokenRule]:
    """Rule 6: patients who leave one flight at one airport, against its ambulances."""
    for code, count in Counter(one.placement.leaves_at for one in ones).items():
        airport = index.problem.airports.get(code)
        if airport is not None:
            use = _Use(f"ambulances at {code}", count, airport.ambulances)
            yield from _exceeded(6, (flown.flight.id, code), f"Flight {flown.flight.id}", [use])


def _judge_hospital(hospital: Hospital, ones: Sequence[KnownPlacement]) -> Iterator[BrokenRule]:
    """Rule 7: places, rooms, housing, and arrivals by date."""
    patients = [one.patient for one in ones]
    taken = Counter(patient.needs[0] for patient in patients)
    uses = [
        _Use(f"{need} places", count, hospital.places[need].count)
        for need, count in taken.items()
        if need in hospital.places
    ]
    uses += _rooms(hospital, patients)
    days: Counter[date] = Counter(one.flown.flight.date for one in ones)
    uses += [_Use(f"arrivals on {day}", count, hospital.arrivals_per_day) for day, count in days.items()]
    yield from _exceeded(7, (hospital.id,), f"{hospital.id}: the plan", uses)


def _rooms(hospital: Hospital, patients: Sequence[Patient]) -> list[_Use]:
    """What patients need of a hospital beside the place of their specialty."""
    isolated = sum(patient.isolation != "none" for patient in patients)
    children = sum(patient.child for patient in patients)
    intensive = sum(patient.position == "intensive" for patient in patients)
    companions = sum(patient.companions for patient in patients)
    return [
        _Use("isolation rooms", isolated, hospital.isolation),
        _Use("places for children", children, hospital.child),
        _Use("intensive-care places", intensive, hospital.intensive),
        _Use("places for companions", companions, hospital.companions),
    ]


def _judge_families(index: ProblemIndex, known: Sequence[KnownPlacement]) -> Iterator[BrokenRule]:
    """Rule 8: a family is placed whole, on one flight, to one hospital or leaving at one airport."""
    placed: dict[str, dict[str, KnownPlacement]] = {}
    for one in known:
        if one.patient.family is not None:
            placed.setdefault(one.patient.family, {})[one.patient.id] = one
    for family, ones in placed.items():
        members = index.families[family]
        where = (family, *(member.id for member in members))
        missing = [member.id for member in members if member.id not in ones]
        if missing:
            text = f"Family {family} is torn: {', '.join(ones)} placed, {', '.join(missing)} not."
            yield BrokenRule(RULES[8], where, text)
        flights = {one.flown.flight.id for one in ones.values()}
        if len(flights) > 1:
            text = f"Family {family} travels on {len(flights)} flights: {', '.join(sorted(flights))}."
            yield BrokenRule(RULES[8], where, text)
        yield from _judge_family_end(index, family, list(ones.values()), where)


def _judge_family_end(
    index: ProblemIndex, family: str, ones: Sequence[KnownPlacement], where: tuple[str, ...]
) -> Iterator[BrokenRule]:
    """Rule 8: one hospital, or one airport, as the family's rule says."""
    same_stop = index.problem.family_rule(family) == "same-stop"
    ends = {one.placement.leaves_at if same_stop else one.hospital.id for one in ones}
    if len(ends) > 1:
        words = f"leaves at {len(ends)} airports" if same_stop else f"goes to {len(ends)} hospitals"
        text = f"Family {family} {words}, not one: {', '.join(sorted(ends))}."
        yield BrokenRule(RULES[8], where, text)


def _judge_countries(index: ProblemIndex, known: Sequence[KnownPlacement]) -> Iterator[BrokenRule]:
    """Rule 9: a country's limit."""
    for code, count in Counter(one.hospital.country for one in known).items():
        limit = index.problem.countries[code].limit
        if limit is not None and count > limit:
            text = f"{code} receives {count} patients; its limit is {limit}."
            yield BrokenRule(RULES[9], (code,), text)
