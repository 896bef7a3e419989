"""What an aircraft can do on one day, whoever is on board: rules 1 to 4 of the format.

All times of a `Route` are minutes after leaving the base. An aircraft never waits under way, so they do not
depend on when it leaves, and the departures that the rules allow are a few intervals of whole minutes.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

from .document import ALWAYS, DAY, EPSILON

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True)
class Route:
    """A way from the base over one hub and some drops back to the base.

    ``drops`` names the base, as the last one, exactly when the base is a drop.
    """

    aircraft: str
    hub: str
    drops: tuple[str, ...]
    airports: tuple[str, ...]
    departs: tuple[float, ...]
    arrives: tuple[float, ...]
    distances: tuple[float, ...]
    flying_minutes: float

    @property
    def back(self) -> float:
        return self.arrives[-1]

    @property
    def transit_to(self) -> dict[str, float]:
        """Minutes from the arrival at the hub to the arrival at each drop."""
        return {drop: self.arrives[1 + n] - self.arrives[0] for n, drop in enumerate(self.drops)}

    @property
    def arrival_at(self) -> dict[str, float]:
        return {drop: self.arrives[1 + n] for n, drop in enumerate(self.drops)}


def distance_km(doc: dict, here: str, there: str) -> float:
    """Return the great-circle distance by the haversine formula."""
    a, b = doc["airports"][here], doc["airports"][there]
    lat_a, lat_b = math.radians(a["lat"]), math.radians(b["lat"])
    half_lat = (lat_b - lat_a) / 2
    half_lon = math.radians(b["lon"] - a["lon"]) / 2
    h = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def leg_minutes(aircraft: dict, distance: float) -> float:
    return 60 * distance / aircraft["speed_kmh"] + aircraft["leg_minutes"]


def fly(doc: dict, aircraft_id: str, hub: str, drops: tuple[str, ...]) -> Route:
    """Return the route's times; whether it is allowed is for the functions below."""
    aircraft = doc["aircraft"][aircraft_id]
    airports = (aircraft["base"], hub, *drops)
    if airports[-1] != aircraft["base"]:
        airports += (aircraft["base"],)
    now, flying = 0.0, 0.0
    departs, arrives, distances = [], [], []
    for n, (here, there) in enumerate(pairwise(airports)):
        now += _ground_minutes(doc, aircraft, hub, n)
        departs.append(now)
        distances.append(distance_km(doc, here, there))
        minutes = leg_minutes(aircraft, distances[-1])
        flying += minutes
        now += minutes
        arrives.append(now)
    return Route(aircraft_id, hub, drops, airports, tuple(departs), tuple(arrives), tuple(distances), flying)


def _ground_minutes(doc: dict, aircraft: dict, hub: str, leg: int) -> float:
    if leg == 0:
        return 0.0
    return doc["hubs"][hub]["load_minutes"] if leg == 1 else aircraft["turnaround_minutes"]


def route_faults(doc: dict, route: Route) -> list[str]:
    """Return what rules 1 and 2 hold against the route, whenever it is flown."""
    aircraft = doc["aircraft"][route.aircraft]
    faults = []
    if not 1 <= len(route.drops) <= aircraft["max_stops"]:
        faults.append(
            f"Rule 1 (flight): {len(route.drops)} drops, where 1 to {aircraft['max_stops']} are allowed."
        )
    if len(set(route.drops)) != len(route.drops):
        faults.append("Rule 1 (flight): an airport is a drop twice.")
    if route.hub in route.drops:
        faults.append(f"Rule 1 (flight): the flight's own hub {route.hub} is a drop.")
    if route.hub not in doc["hubs"]:
        faults.append(f"Rule 1 (flight): {route.hub} is no hub.")
    if aircraft["base"] in route.drops[:-1]:
        faults.append(f"Rule 1 (flight): the base {aircraft['base']} is a drop and not the last one.")
    for here, there, distance in zip(route.airports[:-1], route.airports[1:], route.distances, strict=True):
        if distance > aircraft["range_km"] + EPSILON:
            faults.append(
                f"Rule 2 (range): {here} to {there} is {distance:.1f} km, beyond {aircraft['range_km']} km."
            )
    return faults


def opening_limits(doc: dict, route: Route) -> list[tuple[str, float, float]]:
    """Return the airports that bind, with the earliest and latest minute of the date to leave the base."""
    base = doc["aircraft"][route.aircraft]["base"]
    limits = []
    for n, code in enumerate((route.hub, *route.drops)):
        airport = doc["airports"][code]
        if (airport["opens"], airport["closes"]) == ALWAYS:
            continue
        ends_here = code == base and n == len(route.drops)
        leaves = route.arrives[n] if ends_here else route.departs[n + 1]
        limits.append((code, airport["opens"] - route.arrives[n], airport["closes"] - leaves))
    return limits


def duty_limit(aircraft: dict, leaves: float, legs: int) -> float | None:
    """Return the most duty for a departure at a minute of the date, None where no band or key allows it."""
    duty = aircraft["duty_minutes"]
    if not isinstance(duty, list):
        return duty
    report = (leaves - aircraft["report_minutes"]) % DAY
    for band in duty:
        if band["from"] <= report < band["until"]:
            return _band_limit(band, legs)
    return None


def _band_limit(band: dict, legs: int) -> float | None:
    return min(((key, limit) for key, limit in band["legs"].items() if key >= legs), default=(0, None))[1]


def time_faults(doc: dict, route: Route, leaves: float) -> list[str]:
    """Return what rules 3 and 4 hold against leaving the base at a minute of the flight's date."""
    aircraft = doc["aircraft"][route.aircraft]
    faults = []
    if not (0 <= leaves < DAY and leaves == int(leaves)):
        faults.append("Rule 3 (timeline): the base is not left at a whole minute of the flight's date.")
    for code, first, last in opening_limits(doc, route):
        if leaves < first - EPSILON:
            faults.append(f"Rule 3 (timeline): {code} is not open yet on arrival.")
        if leaves > last + EPSILON:
            faults.append(f"Rule 3 (timeline): {code} has closed before the aircraft is done there.")
    duty = aircraft["report_minutes"] + route.back
    limit = duty_limit(aircraft, leaves, len(route.distances))
    if limit is None:
        faults.append(f"Rule 4 (duty): no band allows {len(route.distances)} legs at that report time.")
    elif duty > limit + EPSILON:
        faults.append(f"Rule 4 (duty): {duty:.2f} minutes of duty, where {limit} are allowed.")
    return faults


def departures(doc: dict, route: Route) -> list[tuple[int, int]]:
    """Return the whole minutes of the date at which rules 3 and 4 allow to leave, as closed intervals."""
    aircraft = doc["aircraft"][route.aircraft]
    first, last = 0.0, DAY - 1.0
    for _, low, high in opening_limits(doc, route):
        first, last = max(first, low), min(last, high)
    duty = aircraft["report_minutes"] + route.back
    allowed = []
    for low, high in _duty_intervals(aircraft, duty, len(route.distances)):
        interval = (max(low, math.ceil(first - EPSILON)), min(high, math.floor(last + EPSILON)))
        if interval[0] <= interval[1]:
            allowed.append(interval)
    return sorted(allowed)


def _duty_intervals(aircraft: dict, duty: float, legs: int) -> list[tuple[int, int]]:
    limits = aircraft["duty_minutes"]
    if not isinstance(limits, list):
        return [(0, DAY - 1)] if duty <= limits + EPSILON else []
    intervals = []
    for band in limits:
        limit = _band_limit(band, legs)
        if limit is None or duty > limit + EPSILON:
            continue
        # The crew reports on the flight's date or, when it reports long before leaving, on an earlier one.
        days_before = range(int(aircraft["report_minutes"] // DAY) + 2)
        for shift in (day * DAY for day in days_before):
            low = math.ceil(band["from"] + aircraft["report_minutes"] - shift)
            high = math.ceil(band["until"] + aircraft["report_minutes"] - shift) - 1
            if max(low, 0) <= min(high, DAY - 1):
                intervals.append((max(low, 0), min(high, DAY - 1)))
    return intervals


def earliest(intervals: list[tuple[int, int]], not_before: float) -> int | None:
    """Return the first allowed whole minute that is no earlier than a time."""
    bound = math.ceil(not_before - EPSILON)
    return next((max(low, bound) for low, high in intervals if max(low, bound) <= high), None)
