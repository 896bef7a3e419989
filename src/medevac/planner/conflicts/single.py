"""One patient who must travel: hospital, dates, and the way there, in an otherwise empty plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from medevac.planner.conflicts.changes import Change, changes_for
from medevac.planner.conflicts.wishes import Wish, conflict, flight_name, flying_dates
from medevac.planner.explain.sentences import listed
from medevac.planner.lookup import ProblemIndex, index_of, may_go, offers
from medevac.planner.plan import Conflict
from medevac.planner.problem import FixedFlight, Hospital, Problem
from medevac.planner.reachability import Reachability
from medevac.planner.scoring import transit_minutes
from medevac.planner.timeline import TOLERANCE, clock_text, minute_of, timeline

_WAY_RULES = (1, 2, 3, 4, 5, 6)


def single_conflicts(index: ProblemIndex, wish: Wish) -> Iterator[Conflict]:
    """Why this patient could not be placed as asked even if nobody else travelled."""
    found = [*_hospital_conflicts(wish), *_closed_conflicts(index, wish), *_date_conflicts(index, wish)]
    fixed_flight = None if wish.flight is None else index.fixed_flights.get(wish.flight)
    if fixed_flight is not None:
        found += _flight_conflicts(index, wish, fixed_flight)
    elif not found:
        found += _way_conflicts(index, wish)
    yield from found


def stops_in_time(index: ProblemIndex, wish: Wish, flight: FixedFlight) -> dict[str, float]:
    """Stops of a fixed flight from which the patient's hospital is reached, with the minutes in transit.

    Whether those minutes are allowed is not looked at. Empty where the hospital is not known.
    """
    if wish.hospital is None:
        return {}
    aircraft = index.aircraft[flight.aircraft]
    times = timeline(index.problem, aircraft, flight.hub, flight.stops, flight.leaves_base)
    return {
        code: transit_minutes(index, aircraft, times, wish.hospital.id, code)
        for code in flight.stops
        if (wish.hospital.id, code) in index.road_minutes
    }


def in_time(index: ProblemIndex, wish: Wish, flight: FixedFlight, transit: float) -> bool:
    """Whether the patient may be so long in transit, and arrives while fit (rule 6)."""
    return transit <= wish.patient.max_transit_minutes + TOLERANCE and (
        wish.patient.fit_until is None
        or _arrives(index, flight, transit) <= minute_of(flight.date, wish.patient.fit_until) + TOLERANCE
    )


def _arrives(index: ProblemIndex, flight: FixedFlight, transit: float) -> float:
    aircraft = index.aircraft[flight.aircraft]
    times = timeline(index.problem, aircraft, flight.hub, flight.stops, flight.leaves_base)
    return times.arrives_hub + transit


def _hospital_conflicts(wish: Wish) -> Iterator[Conflict]:
    """Rule 7: specialties, refusals, lists and choice."""
    patient, hospital = wish.patient, wish.hospital
    if hospital is None:
        return
    goes = f"{wish.who} is fixed to {hospital.id}"
    missing = [need for need in patient.needs if not offers(hospital, (need,))]
    if missing:
        text = f"{goes}, which has no place of {listed(missing)}. Name a hospital that has, or add a place."
        yield conflict(7, wish.concerned, text)
    if hospital.country in patient.refuses:
        text = f"{goes} in {hospital.country}, a country that the patient refuses. Name another hospital."
        yield conflict(7, wish.concerned, text)
    if patient.hospitals is not None and hospital.id not in patient.hospitals:
        allowed = listed(patient.hospitals, "or") or "no hospital at all"
        text = f"{goes}, but may go to {allowed} only. Name one of these, or add {hospital.id} to the list."
        yield conflict(7, wish.concerned, text)
    if patient.chosen not in (None, hospital.id):
        text = f"{goes}, but {patient.chosen} is the chosen hospital. Make the two agree."
        yield conflict(7, wish.concerned, text)


def _closed_conflicts(index: ProblemIndex, wish: Wish) -> Iterator[Conflict]:
    """Rule 10: a closed flight carries only those who are fixed to it themselves."""
    if wish.flight is None or wish.flight not in index.fixed_flights:
        return
    own = index.fixed.get(wish.patient.id)
    if index.fixed_flights[wish.flight].closed and (own is None or own.flight != wish.flight):
        text = (
            f"{wish.who} must travel on {flight_name(wish.flight)}, which is closed, and is not fixed to it. "
            f"Fix {wish.patient.id} to it too, or do not close it."
        )
        yield conflict(10, wish.concerned, text)


def _date_conflicts(index: ProblemIndex, wish: Wish) -> Iterator[Conflict]:
    """Rules 6 and 7: readiness, and dates of the hospital and of its places; the first that fails."""
    patient, hospital = wish.patient, wish.hospital
    days = flying_dates(index, wish)
    on = flight_name(wish.flight) if wish.flight is not None else "any flight of any aircraft"
    left = [day for day in days if day >= patient.ready]
    if not left:
        text = f"{wish.who} is ready on {patient.ready}, after the date of {on}."
        yield conflict(6, wish.concerned, f"{text} Choose a later flight, or an earlier date in ready.")
        return
    if hospital is None:
        return
    left = [day for day in left if hospital.open_on(day)]
    if not left:
        dates = f"from {hospital.from_date or 'any date'} until {hospital.until_date or 'any date'}"
        text = f"{hospital.id} receives patients {dates}, which is not on the date of {on}"
        advice = "Choose another flight or hospital, or change these dates."
        yield conflict(6, wish.concerned, f"{text} that {wish.who}, fixed there, could take. {advice}")
        return
    yield from _place_dates(wish, hospital, on, left)


def _place_dates(wish: Wish, hospital: Hospital, on: str, left: list[date]) -> Iterator[Conflict]:
    """Rule 7: dates of the places of everything that the patient needs."""
    offered = [need for need in wish.patient.needs if need in hospital.places]
    if any(all(hospital.places[need].open_on(day) for need in offered) for day in left):
        return
    text = (
        f"{hospital.id} has no place of {listed(offered)} on the date of {on} that {wish.who}, fixed there,"
    )
    advice = "Choose another flight or hospital, or change the dates of the places."
    yield conflict(7, wish.concerned, f"{text} could take. {advice}")


def _flight_conflicts(index: ProblemIndex, wish: Wish, flight: FixedFlight) -> Iterator[Conflict]:
    """Rule 6 on a fixed flight: hub, stop, minutes in transit and fitness."""
    patient, name = wish.patient, f"the fixed flight of {flight.aircraft} on {flight.date}"
    if patient.hub != flight.hub:
        text = f"{wish.who} waits at {patient.hub}; {name} takes on patients at {flight.hub}."
        yield conflict(6, wish.concerned, f"{text} Choose another flight, or correct the hub.")
    if wish.hospital is None:
        return
    reached = stops_in_time(index, wish, flight)
    if not reached:
        airports = listed([reach.airport for reach in wish.hospital.reach], "or") or "no airport"
        text = (
            f"{wish.who} is fixed to {wish.hospital.id}, which is reached from {airports}; {name} stops at "
            f"{listed(flight.stops)} only. Add a stop, or choose another flight or hospital."
        )
        yield conflict(6, wish.concerned, text)
        return
    stop = min(reached, key=lambda code: reached[code])
    transit = reached[stop]
    way = f"On {name}, {wish.who} reaches {wish.hospital.id} over {stop}"
    if transit > patient.max_transit_minutes + TOLERANCE:
        text = f"{way} after {transit:.0f} minutes in transit; {patient.max_transit_minutes:g} are allowed."
        advice = "Put the stop earlier, choose another flight or hospital, or raise max_transit_minutes."
        yield conflict(6, wish.concerned, f"{text} {advice}")
    if patient.fit_until is None:
        return
    latest, arrives = minute_of(flight.date, patient.fit_until), _arrives(index, flight, transit)
    if arrives > latest + TOLERANCE:
        text = f"{way} at {clock_text(arrives)}, and is fit until {clock_text(latest)} only."
        advice = "Let the flight leave earlier, choose another one, or correct fit_until."
        yield conflict(6, wish.concerned, f"{text} {advice}")


def _way_conflicts(index: ProblemIndex, wish: Wish) -> Iterator[Conflict]:
    """Rules 1 to 6: no flight that is not fixed could carry the patient with the family."""
    if wish.hospital is None or not may_go(wish.patient, wish.hospital):
        return
    posed = _only_flight(index.problem, wish)
    reached = _reaches(wish)
    if reached(posed) or _joins_fixed_flight(index, wish):
        return
    family = [one.id for one in index.family_of(wish.patient)]
    alone = "even alone" if len(family) == 1 else f"even with nobody but the family ({listed(family)})"
    on = f"On {flight_name(wish.flight)} nobody" if wish.flight is not None else "No flight of any aircraft"
    text = f"{on} could bring {wish.who} from {wish.patient.hub} to {wish.hospital.id}, {alone}"
    change = _first_that_helps(posed, wish, reached)
    if change is None:
        advice = "No single limit does it; choose another hospital or flight."
        yield conflict(6, [wish.source.patient, *family], f"{text}. {advice}")
        return
    yield conflict(change.rule, [wish.source.patient, *family], f"{text}: {change.says}. {change.advice}")


def _first_that_helps(posed: Problem, wish: Wish, reached: Callable[[Problem], bool]) -> Change | None:
    """The first single limit whose lifting opens a way."""
    changes = changes_for(posed, [one.id for one in index_of(posed).family_of(wish.patient)], [wish.source])
    return next((one for one in changes if one.rule in _WAY_RULES and reached(one.problem)), None)


def _only_flight(problem: Problem, wish: Wish) -> Problem:
    """The problem with the named flight alone, or with every flight where none is named."""
    if wish.flight is None:
        return problem
    key = wish.flight
    craft = next(one for one in problem.aircraft if one.id == key.aircraft)
    return replace(problem, aircraft=(replace(craft, days=(key.date,)),))


def _reaches(wish: Wish) -> Callable[[Problem], bool]:
    """Whether in a changed problem some flight could bring the patient, with the family, to the hospital."""

    def reached(problem: Problem) -> bool:
        assert wish.hospital is not None
        index = index_of(problem)
        patient, hospital = index.patients[wish.patient.id], index.hospitals[wish.hospital.id]
        found = Reachability(index).reached(index.family_of(patient), patient, [hospital])
        offered = [places for need, places in hospital.places.items() if need in patient.needs]
        return any(all(one.open_on(day) for one in offered) for _, days in found for day in days)

    return reached


def _joins_fixed_flight(index: ProblemIndex, wish: Wish) -> bool:
    """Whether a patient without a named flight might join a fixed one, which may fly as no other could."""
    if wish.flight is not None:
        return False
    return any(
        in_time(index, wish, flight, transit)
        for flight in index.problem.fixed_flights
        for transit in stops_in_time(index, wish, flight).values()
    )
