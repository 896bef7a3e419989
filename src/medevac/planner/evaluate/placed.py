"""Judging placements one by one: rules 6, 7 and 10, basis, and printed transit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf

from medevac.planner.evaluate.finding import (
    BASIS,
    PRINTED_TIMES,
    REFERENCE,
    RULES,
    BrokenRule,
    KnownFlight,
    KnownPlacement,
)
from medevac.planner.evaluate.flown import PRINTED_MINUTES
from medevac.planner.lookup import ProblemIndex, basis_of
from medevac.planner.plan import Placement, Plan
from medevac.planner.problem import FlightKey
from medevac.planner.scoring import transit_minutes
from medevac.planner.timeline import TOLERANCE, clock_text, minute_of


def known_placements(
    index: ProblemIndex, plan: Plan, flights: Mapping[str, KnownFlight], broken: list[BrokenRule]
) -> list[KnownPlacement]:
    """Read the plan's placements; what cannot be read is added to `broken` and left out."""
    known = []
    unread = {flight.id for flight in plan.flights} - flights.keys()
    for one in plan.placements:
        unknown = list(_unknown_names(index, one, flights, unread))
        broken += unknown
        if unknown or one.flight in unread:
            continue
        flown = flights[one.flight]
        reachable = (one.hospital, one.leaves_at) in index.road_minutes and one.leaves_at in flown.stops
        transit = None
        if reachable:
            transit = transit_minutes(index, flown.aircraft, flown.times, one.hospital, one.leaves_at)
        patient, hospital = index.patients[one.patient], index.hospitals[one.hospital]
        known.append(KnownPlacement(one, patient, hospital, flown, transit))
    return known


def judge_placements(index: ProblemIndex, known: Sequence[KnownPlacement]) -> Iterator[BrokenRule]:
    """Find what the placements break, each by itself."""
    for one in known:
        where = (one.patient.id, one.hospital.id, one.flown.flight.id)
        yield from (BrokenRule(RULES[6], where, text) for text in _journey_faults(one))
        yield from (BrokenRule(RULES[7], where, text) for text in _hospital_faults(one))
        yield from (BrokenRule(RULES[10], where, text) for text in _fixed_faults(index, one))
        yield from _judge_printed(one)


def judge_fixed_patients(index: ProblemIndex, plan: Plan) -> Iterator[BrokenRule]:
    """Rule 10: every fixed patient is placed."""
    placed = {one.patient for one in plan.placements}
    for fixed in index.problem.fixed:
        if fixed.patient not in placed:
            text = f"{fixed.patient} is fixed to {fixed.hospital} but not placed."
            yield BrokenRule(RULES[10], (fixed.patient, fixed.hospital), text)


def _unknown_names(
    index: ProblemIndex, one: Placement, flights: Mapping[str, KnownFlight], unread: set[str]
) -> Iterator[BrokenRule]:
    """Names in a placement that problem or plan do not know."""
    if one.patient not in index.patients:
        yield BrokenRule(REFERENCE, (one.patient,), f"The problem lists no patient {one.patient}.")
    if one.hospital not in index.hospitals:
        text = f"{one.patient} goes to {one.hospital}, which the problem does not list."
        yield BrokenRule(REFERENCE, (one.patient, one.hospital), text)
    if one.flight not in flights and one.flight not in unread:
        text = f"{one.patient} is on flight {one.flight}, which the plan does not list."
        yield BrokenRule(REFERENCE, (one.patient, one.flight), text)


def _journey_faults(one: KnownPlacement) -> Iterator[str]:
    """Rule 6: hub, dates, the airport, minutes in transit and fitness."""
    patient, hospital, flown = one.patient, one.hospital, one.flown
    flight, day = flown.flight, flown.flight.date
    leaves_at = one.placement.leaves_at
    if flight.hub != patient.hub:
        yield f"{patient.id} waits at {patient.hub}; flight {flight.id} leaves from {flight.hub}."
    if day < patient.ready:
        yield f"{patient.id} is ready on {patient.ready}; flight {flight.id} is on {day}."
    if not hospital.open_on(day):
        dates = f"from {hospital.from_date or 'any date'} until {hospital.until_date or 'any date'}"
        yield f"{hospital.id} receives {dates}; {patient.id} arrives with flight {flight.id} on {day}."
    if leaves_at not in flown.stops:
        yield f"{patient.id} leaves at {leaves_at}, where flight {flight.id} makes no stop."
    if leaves_at not in {reach.airport for reach in hospital.reach}:
        yield f"{patient.id} leaves at {leaves_at}, from where {hospital.id} is not reached."
    if one.transit is None:
        return
    if one.transit > patient.max_transit_minutes + TOLERANCE:
        limit = f"{patient.max_transit_minutes:g} minutes are allowed"
        yield f"{patient.id} is {one.transit:.1f} minutes in transit to {hospital.id}; {limit}."
    latest = inf if patient.fit_until is None else minute_of(day, patient.fit_until)
    arrives = flown.times.arrives_hub + one.transit
    if arrives > latest + TOLERANCE:
        until = f"is fit until {clock_text(latest)}"
        yield f"{patient.id} reaches {hospital.id} at {clock_text(arrives)} on {day} but {until}."


def _hospital_faults(one: KnownPlacement) -> Iterator[str]:
    """Rule 7 but for counts: specialties, refusals and choice."""
    patient, hospital, day = one.patient, one.hospital, one.flown.flight.date
    for need in patient.needs:
        places = hospital.places.get(need)
        if places is None or places.count < 1:
            yield f"{patient.id} needs {need}, which {hospital.id} does not offer."
        elif not places.open_on(day):
            yield f"{patient.id} needs {need}, which {hospital.id} does not offer on {day}."
    if hospital.country in patient.refuses:
        yield f"{patient.id} refuses {hospital.country}, the country of {hospital.id}."
    if patient.hospitals is not None and hospital.id not in patient.hospitals:
        yield f"{hospital.id} is not among the hospitals that {patient.id} may go to."
    if patient.chosen not in (None, hospital.id):
        yield f"{patient.id} has chosen {patient.chosen}, not {hospital.id}."


def _fixed_faults(index: ProblemIndex, one: KnownPlacement) -> Iterator[str]:
    """Rule 10: fixed hospital and flight, and closed flights."""
    patient, flight = one.patient, one.flown.flight
    key = FlightKey(flight.aircraft, flight.date)
    fixed = index.fixed.get(patient.id)
    if fixed is not None and fixed.hospital != one.hospital.id:
        yield f"{patient.id} is fixed to {fixed.hospital}, not {one.hospital.id}."
    if fixed is not None and fixed.flight is not None and fixed.flight != key:
        asked = f"{fixed.flight.aircraft} on {fixed.flight.date}"
        yield f"{patient.id} is fixed to the flight of {asked}, not to flight {flight.id}."
    fixed_flight = index.fixed_flights.get(key)
    closed = fixed_flight is not None and fixed_flight.closed
    if closed and (fixed is None or fixed.flight != key):
        yield f"Flight {flight.id} is closed and {patient.id} is not fixed to it."


def _judge_printed(one: KnownPlacement) -> Iterator[BrokenRule]:
    """Stated basis and transit are the true ones."""
    stated, patient = one.placement, one.patient
    basis = basis_of(patient, one.hospital.id)
    if stated.basis != basis:
        text = f"The basis of {patient.id} at {one.hospital.id} is {basis}, not {stated.basis}."
        yield BrokenRule(BASIS, (patient.id, one.hospital.id), text)
    if one.transit is not None and abs(stated.transit_minutes - one.transit) > PRINTED_MINUTES:
        text = f"{patient.id} is {one.transit:.1f} minutes in transit, not {stated.transit_minutes}."
        yield BrokenRule(PRINTED_TIMES, (patient.id, one.flown.flight.id), text)
