"""A flight in mid-air whose stop has closed: where else it can land for those on board.

A landing is decided only for patients whose own place is reached by road from another airport. Whoever has no
such airport stays on board without one, and is a question for people (`alternates`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, permutations

from medevac.planner.lookup import ProblemIndex
from medevac.planner.plan import Placement
from medevac.planner.replanning.progress import FlightState
from medevac.planner.scoring import transit_minutes
from medevac.planner.timeline import TOLERANCE, Timeline, broken_flight_rules, minute_of, timeline

MOST_ORDERS = 20_000  # orders of stops that are looked at for one flight


@dataclass(frozen=True, slots=True)
class Diversion:
    """The stops of a flight under way from the first on, and where those on board leave.

    `leaves_at` has an entry for each patient on board who has, or keeps, a way to their place; whoever is
    `stranded` has none. `complete` says that all orders of stops were looked at.
    """

    stops: tuple[str, ...]
    leaves_at: dict[str, str]
    stranded: tuple[str, ...] = ()
    complete: bool = True


def divert(
    index: ProblemIndex, state: FlightState, aboard: Sequence[Placement], closed: Collection[str]
) -> Diversion:
    """Decide the stops that remain to a flight that has left the hub.

    Parameters
    ----------
    aboard
        Placements on this flight, those who have left it already included.
    closed
        Airports where nobody lands any more.

    Returns
    -------
    The stops as they were, where none that lies ahead is closed. Else the stops with the fewest who cannot
    reach their place (nobody on board is left without a landing to spare others a change), then the fewest
    who leave elsewhere, then the least minutes in transit.
    """
    stops = state.flight.stops
    planned = {one.patient: one.leaves_at for one in aboard}
    ahead = [code for code in stops[state.reached :] if code not in closed]
    if len(ahead) == len(stops) - state.reached:
        return Diversion(stops, planned)
    waiting = [one for one in aboard if one.leaves_at in stops[state.reached :]]
    best: tuple[tuple[int, int, float], Diversion] | None = None
    orders = list(islice(_orders(index, state, ahead, waiting, closed), MOST_ORDERS + 1))
    complete = len(orders) <= MOST_ORDERS
    for order in orders:
        judged = _judge(index, state, order, waiting)
        if judged is None:
            continue
        leaves_at, minutes = judged
        lost = [one.patient for one in waiting if one.patient not in leaves_at]
        stranded = _with_families(index, lost, planned)
        moved = sum(leaves_at[name] != planned[name] for name in leaves_at if name not in stranded)
        rank = (len(stranded), moved, minutes)
        if best is None or rank < best[0]:
            kept = {name: code for name, code in {**planned, **leaves_at}.items() if name not in stranded}
            best = rank, Diversion(order, kept, tuple(sorted(stranded)), complete)
    if best is not None:
        return best[1]
    gone = _with_families(index, [one.patient for one in waiting], planned)
    kept = {name: code for name, code in planned.items() if name not in gone}
    return Diversion(stops, kept, tuple(sorted(gone)), complete)


def _with_families(index: ProblemIndex, names: Sequence[str], aboard: Collection[str]) -> set[str]:
    """These patients and all on board of their families: a family is placed whole (rule 8)."""
    members = (member.id for name in names for member in index.family_of(index.patients[name]))
    return {name for name in members if name in aboard}


def _orders(
    index: ProblemIndex,
    state: FlightState,
    ahead: Sequence[str],
    waiting: Sequence[Placement],
    closed: Collection[str],
) -> Iterator[tuple[str, ...]]:
    """Stops reached already, then those ahead with alternates for what has closed, in any order."""
    done = state.flight.stops[: state.reached]
    barred = {*closed, *done, *ahead, state.flight.flight.hub}
    lost = {one.hospital for one in waiting if one.leaves_at in closed}
    alternates = sorted(
        {code for hospital, code in index.road_minutes if hospital in lost and code not in barred}
    )
    room = state.flight.aircraft.max_stops - len(done) - len(ahead)
    for most in range(max(0, room) + 1):
        for extra in combinations(alternates, most):
            for order in permutations((*ahead, *extra)):
                if done or order:
                    yield (*done, *order)


def _judge(
    index: ProblemIndex, state: FlightState, stops: tuple[str, ...], waiting: Sequence[Placement]
) -> tuple[dict[str, str], float] | None:
    """Where each patient on board would leave, and the minutes of all; None where the flight breaks rules."""
    flown = state.flight
    hub, leaves = flown.flight.hub, flown.leaves_base
    if broken_flight_rules(index.problem, flown.aircraft, hub, stops, leaves):
        return None
    times = timeline(index.problem, flown.aircraft, hub, stops, leaves)
    left: dict[str, int] = dict.fromkeys(stops, 0)
    leaves_at: dict[str, str] = {}
    total = 0.0
    for one in sorted(waiting, key=lambda one: one.leaves_at not in stops):
        ways = _ways(index, state, times, one, stops[state.reached :])
        for _, minutes, code in sorted(ways):
            ambulances = index.problem.airports[code].ambulances
            if ambulances is None or left[code] < ambulances:
                left[code] += 1
                leaves_at[one.patient] = code
                total += minutes
                break
    return leaves_at, total


def _ways(
    index: ProblemIndex, state: FlightState, times: Timeline, one: Placement, ahead: Sequence[str]
) -> Iterator[tuple[bool, float, str]]:
    """Drops from which the patient reaches their own place in time, the planned one first."""
    patient = index.patients[one.patient]
    for code in ahead:
        if (one.hospital, code) not in index.road_minutes:
            continue
        minutes = transit_minutes(index, state.flight.aircraft, times, one.hospital, code)
        if minutes > patient.max_transit_minutes + TOLERANCE:
            continue
        if patient.fit_until is not None:
            latest = minute_of(state.flight.flight.date, patient.fit_until)
            if times.arrives_hub + minutes > latest + TOLERANCE:
                continue
        yield code != one.leaves_at, minutes, code
