"""Whether any aircraft could fly some patients, alone and in an otherwise empty plan, to where they want to
leave.

Exact: every order of stops is tried, the shortest first, as a detour may be what brings the next airport
into range, its hours or another duty limit into reach. For a given order of stops the allowed departures
are a few intervals, and an earlier departure is never worse for a patient, so only the earliest one is
tried.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from .document import DAY, EPSILON
from .flying import Route, departures, distance_km, earliest, fly, leg_minutes, route_faults
from .room import lacking_on_board


@dataclass(frozen=True)
class Travellers:
    """Patients who fly together, and for each the airports to leave at with the minutes by road from there.

    same_stop
        All must leave at one airport.
    """

    ids: tuple[str, ...]
    roads: tuple[dict[str, float], ...]
    same_stop: bool


def can_fly(doc: dict, day: int, travellers: Travellers) -> bool:
    """Say whether rules 1 to 6 let one flight on a date carry these patients and nobody else."""
    patients = [doc["patients"][patient_id] for patient_id in travellers.ids]
    if len({patient["hub"] for patient in patients}) > 1 or not all(travellers.roads):
        return False
    return any(
        day in aircraft["days"]
        and aircraft["max_flights"] > 0
        and any(not lacking_on_board(layout, patients) for layout in aircraft["layouts"].values())
        and _aircraft_can(doc, aircraft, day, travellers)
        for aircraft in doc["aircraft"].values()
    )


def _aircraft_can(doc: dict, aircraft: dict, day: int, travellers: Travellers) -> bool:
    hub = doc["patients"][travellers.ids[0]]["hub"]
    if hub == aircraft["base"]:
        return False
    wanted = set().union(*travellers.roads)
    for drops in _orders(doc, aircraft, hub, wanted, _longest_transit(doc, aircraft, travellers)):
        route = fly(doc, aircraft["id"], hub, drops)
        if route_faults(doc, route):
            continue
        minute = earliest(departures(doc, route), 0)
        if minute is not None and _all_leave(doc, aircraft, route, day * DAY + minute, travellers):
            return True
    return False


def _longest_transit(doc: dict, aircraft: dict, travellers: Travellers) -> float:
    """Return the most minutes from the hub to a drop after which nobody more could still leave in time."""
    return max(
        doc["patients"][patient_id]["max_transit_minutes"] - aircraft["unload_minutes"] - min(roads.values())
        for patient_id, roads in zip(travellers.ids, travellers.roads, strict=True)
    )


def _orders(
    doc: dict, aircraft: dict, hub: str, wanted: set[str], longest: float
) -> Iterator[tuple[str, ...]]:
    """Give the orders of drops that may do, those with few drops first.

    Left out is only what cannot be repaired by going on: a leg beyond the range, more duty than any limit
    even straight home from here (an extra stop never shortens the way), and no wanted airport before the
    longest transit.
    """
    base = aircraft["base"]
    if hub in wanted:
        wanted = wanted - {hub}
    others = [code for code in doc["airports"] if code not in (hub, base)]
    others.sort(key=lambda code: code not in wanted)
    most = _most_duty(aircraft) - aircraft["report_minutes"] + EPSILON

    def leg(here: str, there: str) -> float:
        distance = distance_km(doc, here, there)
        return leg_minutes(aircraft, distance) if distance <= aircraft["range_km"] + EPSILON else inf

    def straight(here: str, there: str) -> float:
        return leg_minutes(aircraft, distance_km(doc, here, there)) if here != there else 0.0

    to_hub = leg(base, hub)
    ground = doc["hubs"][hub]["load_minutes"]

    def extend(drops: tuple[str, ...], leaves: float, left: int) -> Iterator[tuple[str, ...]]:
        here = drops[-1] if drops else hub
        if leaves + straight(here, base) > most:
            return
        if not wanted.intersection(drops):
            nearest = min((straight(here, code) for code in wanted), default=inf)
            if leaves + nearest - to_hub > longest + EPSILON:
                return
        if left == 0:
            if wanted.intersection(drops):
                yield drops
            return
        if left == 1 and base in wanted:
            yield (*drops, base)
        for code in others:
            minutes = leg(here, code)
            if code not in drops and minutes < inf:
                after = leaves + minutes + aircraft["turnaround_minutes"]
                yield from extend((*drops, code), after, left - 1)

    if to_hub == inf:
        return
    for count in range(1, min(aircraft["max_stops"], len(others) + 1) + 1):
        yield from extend((), to_hub + ground, count)


def _most_duty(aircraft: dict) -> float:
    duty = aircraft["duty_minutes"]
    if not isinstance(duty, list):
        return duty
    return max((limit for band in duty for limit in band["legs"].values()), default=-inf)


def _all_leave(doc: dict, aircraft: dict, route: Route, leaves: float, travellers: Travellers) -> bool:
    """Say whether every traveller can leave somewhere on the route in time, within the ambulances there."""
    ways = []
    for patient_id, roads in zip(travellers.ids, travellers.roads, strict=True):
        patient = doc["patients"][patient_id]
        stops = []
        for stop, to_drop in route.transit_to.items():
            if stop not in roads:
                continue
            transit = to_drop + aircraft["unload_minutes"] + roads[stop]
            arrival = leaves + route.arrives[0] + transit
            if (
                transit <= patient["max_transit_minutes"] + EPSILON
                and arrival <= patient["fit_until"] + EPSILON
            ):
                stops.append(stop)
        ways.append(stops)
    return _spread(doc, ways, travellers.same_stop, Counter(), 0)


def _spread(doc: dict, ways: list[list[str]], same_stop: bool, leaving: Counter[str], n: int) -> bool:
    if n == len(ways):
        return True
    for stop in ways[n]:
        ambulances = doc["airports"][stop]["ambulances"]
        if same_stop and leaving.total() > leaving[stop]:
            continue
        if ambulances is not None and leaving[stop] >= ambulances:
            continue
        leaving[stop] += 1
        if _spread(doc, ways, same_stop, leaving, n + 1):
            return True
        leaving[stop] -= 1
    return False
