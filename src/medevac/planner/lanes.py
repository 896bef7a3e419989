"""Whether, and how early, any flight of an aircraft could go from a hub to a drop (rules 1 to 4).

A direct flight answers almost always. Extra stops where nobody leaves never make a way shorter, but they
help where a leg is beyond the range, where an airport opens late, or where duty bands allow more legs
than fewer. They are searched only where a direct flight does not settle the question.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import inf

from medevac.planner.geography import leg_time
from medevac.planner.problem import Aircraft, Airport, Problem
from medevac.planner.timeline import TOLERANCE, departure_intervals, leg_km, timeline

Point = tuple[float, float]  # minutes from arrival at the hub to the drop; minute of arrival at the drop


class Network:
    """Leg times of one aircraft between all airports, infinite beyond its range."""

    def __init__(self, problem: Problem, aircraft: Aircraft) -> None:
        self._problem = problem
        self._aircraft = aircraft

    @cached_property
    def minutes(self) -> dict[str, dict[str, float]]:
        """Leg times in minutes by the two airports."""
        airports = self._problem.airports
        return {
            one: {two: self._leg_minutes(airports[one], airports[two]) for two in airports}
            for one in airports
        }

    def least_times(self, end: str) -> dict[str, float]:
        """Least minutes from each airport to an end, turnarounds on the way counted; infinite if none."""
        turn = self._aircraft.turnaround_minutes
        known = dict.fromkeys(self.minutes, inf)
        known[end] = 0.0
        for _ in range(self._aircraft.max_stops + 1):
            via = {code: time + (turn if code != end else 0.0) for code, time in known.items() if time < inf}
            found = {
                one: min(known[one], min(legs[two] + time for two, time in via.items()))
                for one, legs in self.minutes.items()
            }
            if found == known:
                break
            known = found
        return known

    def _leg_minutes(self, one: Airport, two: Airport) -> float:
        km = leg_km(one, two)
        return leg_time(self._aircraft, km) if km <= self._aircraft.range_km + TOLERANCE else inf


@dataclass(frozen=True)
class Lane:
    """All flights of one aircraft from a hub that pass a drop."""

    problem: Problem
    aircraft: Aircraft
    hub: str
    drop: str
    network: Network

    def reaches(self, within: float, deadline: float = inf) -> bool:
        """Whether some flight is at the drop `within` minutes of the hub, and by a `deadline`.

        The deadline is in minutes from 00:00 of the flight's date.
        """
        elapsed, least_arrival = self._limits
        if elapsed > within + TOLERANCE or least_arrival > deadline + TOLERANCE:
            return False
        if self._direct is not None and self._direct[1] <= deadline + TOLERANCE:
            return True
        found = self._detours
        return any(time <= within + TOLERANCE and at <= deadline + TOLERANCE for time, at in found)

    def quickest(self, deadline: float = inf) -> float:
        """Least minutes from the hub of a flight that is at the drop by a deadline; infinite if none is.

        A direct flight is the quickest of all, so detours count only where none is possible.
        """
        if self._limits[1] > deadline + TOLERANCE:
            return inf
        if self._direct is not None and self._direct[1] <= deadline + TOLERANCE:
            return self._direct[0]
        return min((time for time, at in self._detours if at <= deadline + TOLERANCE), default=inf)

    @cached_property
    def _limits(self) -> Point:
        """No flight is quicker, or earlier, than this; infinite where none is possible at all."""
        problem, aircraft = self.problem, self.aircraft
        if self.hub == self.drop or self.hub == aircraft.base or aircraft.max_stops < 1:
            return inf, inf
        times = timeline(problem, aircraft, self.hub, (self.drop,), 0.0)
        hub, drop = problem.airports[self.hub], problem.airports[self.drop]
        base = problem.airports[aircraft.base]
        if leg_km(base, hub) > aircraft.range_km + TOLERANCE:
            return inf, inf
        elapsed = times.elapsed_to(0)
        return elapsed, max(drop.opens, elapsed + max(hub.opens, times.arrives_hub))

    @cached_property
    def _direct(self) -> Point | None:
        """The flight that stops at the drop only."""
        stops = (self.drop,)
        found = departure_intervals(self.problem, self.aircraft, self.hub, stops)
        if not found:
            return None
        times = timeline(self.problem, self.aircraft, self.hub, stops, found[0][0])
        return times.elapsed_to(0), times.arrivals[0]

    @cached_property
    def _detours(self) -> list[Point]:
        """Flights with extra stops, none of which is beaten by another in both numbers."""
        return _DetourSearch(self).points()


class Lanes:
    """Lanes of a problem; aircraft that fly alike share theirs."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._likeness = {one.id: _likeness(one) for one in problem.aircraft}
        self._networks: dict[Hashable, Network] = {}
        self._lanes: dict[tuple[Hashable, str, str], Lane] = {}

    def likeness(self, aircraft: Aircraft) -> Hashable:
        """Equal for aircraft that fly alike: everything that rules 1 to 4 ask of one flight."""
        return self._likeness[aircraft.id]

    def lane(self, aircraft: Aircraft, hub: str, drop: str) -> Lane:
        """The lane of an aircraft from a hub to a drop."""
        likeness = self._likeness[aircraft.id]
        found = self._lanes.get((likeness, hub, drop))
        if found is None:
            network = self._networks.setdefault(likeness, Network(self._problem, aircraft))
            found = Lane(self._problem, aircraft, hub, drop, network)
            self._lanes[likeness, hub, drop] = found
        return found


class _DetourSearch:
    """Depth-first search over extra stops before and after the drop, fewest stops first.

    A branch is cut when range, duty, or both numbers of a point already found leave it nothing.
    """

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        problem, aircraft = lane.problem, lane.aircraft
        left_out = {lane.hub, lane.drop, aircraft.base}
        self._extras = [code for code in problem.airports if code not in left_out]
        self._turn = aircraft.turnaround_minutes
        self._most_duty = _most_duty(aircraft)
        self._points: list[Point] = []
        self._minutes = lane.network.minutes
        self._to_drop = lane.network.least_times(lane.drop)
        self._to_base = lane.network.least_times(aircraft.base)
        self._to_hub = self._minutes[aircraft.base][lane.hub]

    def points(self) -> list[Point]:
        """All flights that no other beats in elapsed time and arrival."""
        lane = self._lane
        if not self._worth_searching():
            return []
        for extra in range(lane.aircraft.max_stops):
            for before in range(extra + 1):
                if lane.drop == lane.aircraft.base and before != extra:
                    continue
                self._search((), lane.hub, 0.0, before, extra - before)
        return self._points

    def _worth_searching(self) -> bool:
        """Whether duty and opening hours leave any time at all for a flight to the drop."""
        lane, aircraft = self._lane, self._lane.aircraft
        if self._lane._limits[0] == inf:
            return False
        hub, drop = lane.problem.airports[lane.hub], lane.problem.airports[lane.drop]
        longest = self._most_duty - aircraft.report_minutes - self._to_hub - self._time_back()
        load = lane.problem.hubs[lane.hub]
        if load + self._to_drop[lane.hub] > longest + TOLERANCE:
            return False
        latest_at_hub = inf if hub.always_open else hub.closes - load
        return drop.opens <= latest_at_hub + longest + TOLERANCE

    def _time_back(self) -> float:
        """Least minutes from arrival at the drop until back at the base."""
        if self._lane.drop == self._lane.aircraft.base:
            return 0.0
        return self._turn + self._to_base[self._lane.drop]

    def _search(self, stops: tuple[str, ...], at: str, elapsed: float, before: int, after: int) -> None:
        """Add `before` extra stops to a way that has left the hub; then the drop and `after` more."""
        if self._hopeless(at, elapsed):
            return
        if before == 0:
            if self._flies(at, self._lane.drop):
                self._search_home((*stops, self._lane.drop), self._lane.drop, after)
            return
        for code in self._next(at, stops):
            minutes = self._minutes[at][code] + self._turn
            self._search((*stops, code), code, elapsed + minutes, before - 1, after)

    def _search_home(self, stops: tuple[str, ...], at: str, after: int) -> None:
        """Add `after` extra stops on the way from the drop to the base."""
        if after == 0:
            self._finish(stops)
            return
        for code in self._next(at, stops):
            self._search_home((*stops, code), code, after - 1)

    def _finish(self, stops: tuple[str, ...]) -> None:
        """Keep a whole way if it can be flown and no other beats it."""
        lane = self._lane
        found = departure_intervals(lane.problem, lane.aircraft, lane.hub, stops)
        if not found:
            return
        times = timeline(lane.problem, lane.aircraft, lane.hub, stops, found[0][0])
        number = stops.index(lane.drop)
        point = (times.elapsed_to(number), times.arrivals[number])
        if not any(one[0] <= point[0] and one[1] <= point[1] for one in self._points):
            self._points.append(point)

    def _hopeless(self, at: str, elapsed: float) -> bool:
        """Whether no way on from here can be flown, or can beat a point already found."""
        lane, aircraft = self._lane, self._lane.aircraft
        hub = lane.problem.airports[lane.hub]
        on_the_way = lane.problem.hubs[lane.hub] + elapsed + self._to_drop[at]
        duty = aircraft.report_minutes + self._to_hub + on_the_way + self._time_back()
        if duty > self._most_duty + TOLERANCE:
            return True
        arrival = max(lane.problem.airports[lane.drop].opens, max(hub.opens, self._to_hub) + on_the_way)
        return any(one[0] <= on_the_way and one[1] <= arrival for one in self._points)

    def _next(self, at: str, stops: tuple[str, ...]) -> Iterator[str]:
        return (code for code in self._extras if code not in stops and self._flies(at, code))

    def _flies(self, one: str, two: str) -> bool:
        return self._minutes[one][two] < inf


def _most_duty(aircraft: Aircraft) -> float:
    """The longest duty that is allowed for any report time and number of legs."""
    if isinstance(aircraft.duty_minutes, int | float):
        return float(aircraft.duty_minutes)
    return max((limit for band in aircraft.duty_minutes for limit in band.legs.values()), default=-inf)


def _likeness(aircraft: Aircraft) -> Hashable:
    """Equal for aircraft that fly alike: everything that rules 1 to 4 ask of one flight."""
    duty: Hashable = aircraft.duty_minutes
    if not isinstance(aircraft.duty_minutes, int | float):
        bands = aircraft.duty_minutes
        duty = tuple((one.report_from, one.report_until, tuple(sorted(one.legs.items()))) for one in bands)
    return (
        aircraft.base,
        aircraft.max_stops,
        aircraft.range_km,
        aircraft.speed_kmh,
        aircraft.leg_minutes,
        aircraft.turnaround_minutes,
        aircraft.report_minutes,
        duty,
    )
