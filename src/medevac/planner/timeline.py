"""When a flight is where (rules 1 to 4 of the format). Not for who is on board: that is `evaluate`.

All minutes count from 00:00 UTC of the flight's date and are unrounded; a flight may end after 1440.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil, floor, inf

from medevac.planner.geography import distance_km, leg_time
from medevac.planner.problem import DAY_MINUTES, Aircraft, Airport, Problem

TOLERANCE = 1e-6  # FORMAT: every comparison of times allows this much

BrokenFlightRule = tuple[int, str]
WholeMinutes = tuple[int, int]  # first and last, both included


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where one flight is when: minutes from 00:00 of its date, unrounded.

    `stops`, `arrivals` and `departures` run in parallel; at a last stop that is the base the
    departure is the arrival. `leg_minutes` starts with the leg to the hub and ends at the base.
    """

    stops: tuple[str, ...]
    leg_minutes: tuple[float, ...]
    leaves_base: float
    arrives_hub: float
    leaves_hub: float
    arrivals: tuple[float, ...]
    departures: tuple[float, ...]
    back_at_base: float
    duty: float
    report_clock: float

    @property
    def legs(self) -> int:
        """Number of legs flown, the one to the hub included."""
        return len(self.leg_minutes)

    @property
    def flying_hours(self) -> float:
        """Sum of all leg times in hours."""
        return sum(self.leg_minutes) / 60.0

    def elapsed_to(self, stop_index: int) -> float:
        """Minutes from arrival at the hub to arrival at a stop: the flight's part of a patient's transit."""
        return self.arrivals[stop_index] - self.arrives_hub


@lru_cache(maxsize=1 << 16)
def leg_km(origin: Airport, destination: Airport) -> float:
    """Great-circle distance in km, remembered."""
    return distance_km(origin, destination)


def airports_flown(aircraft: Aircraft, hub: str, stops: Sequence[str]) -> tuple[str, ...]:
    """All airports in the order flown, base to base (no last leg when the last stop is the base)."""
    home = () if stops and stops[-1] == aircraft.base else (aircraft.base,)
    return (aircraft.base, hub, *stops, *home)


def timeline(
    problem: Problem, aircraft: Aircraft, hub: str, stops: Sequence[str], leaves_base: float
) -> Timeline:
    """Compute a flight's timeline without rounding (rules 2 to 4).

    Parameters
    ----------
    problem
        Gives the airports and the minutes for loading at the hub.
    aircraft
        Gives base, speed and the minutes on the ground.
    hub
        The airport where patients board.
    stops
        Drop airports in order; the base, if it is a drop, is last.
    leaves_base
        Minutes from 00:00 of the flight's date.
    """
    flown = [problem.airports[code] for code in airports_flown(aircraft, hub, stops)]
    legs = tuple(leg_time(aircraft, leg_km(one, two)) for one, two in pairwise(flown))
    arrives_hub = leaves_base + legs[0]
    leaves_hub = arrives_hub + problem.hubs[hub]
    turnaround = aircraft.turnaround_minutes
    arrivals = tuple(accumulate((leg + turnaround for leg in legs[2:]), initial=leaves_hub + legs[1]))
    back_at_base = arrivals[-1]
    arrivals = arrivals[: len(stops)]
    ends_at_base = bool(stops) and stops[-1] == aircraft.base
    departures = [arrival + turnaround for arrival in arrivals]
    if ends_at_base:
        departures[-1] = arrivals[-1]
    return Timeline(
        stops=tuple(stops),
        leg_minutes=legs,
        leaves_base=leaves_base,
        arrives_hub=arrives_hub,
        leaves_hub=leaves_hub,
        arrivals=arrivals,
        departures=tuple(departures),
        back_at_base=back_at_base,
        duty=aircraft.report_minutes + back_at_base - leaves_base,
        report_clock=_whole_if_close(leaves_base - aircraft.report_minutes) % DAY_MINUTES,
    )


def broken_flight_rules(
    problem: Problem, aircraft: Aircraft, hub: str, stops: Sequence[str], leaves_base: float
) -> list[BrokenFlightRule]:
    """List what one flight breaks of rules 1 (its route), 2, 3 and 4, as (rule, whole sentence)."""
    broken = [*_broken_route(aircraft, hub, stops), *_broken_range(problem, aircraft, hub, stops)]
    if not 0 <= leaves_base < DAY_MINUTES or leaves_base != int(leaves_base):
        broken.append((3, f"{aircraft.id} must leave {aircraft.base} at a whole minute of its date."))
    times = timeline(problem, aircraft, hub, stops, leaves_base)
    return [*broken, *_broken_hours(problem, aircraft, hub, times), *_broken_duty(aircraft, times)]


def departure_intervals(
    problem: Problem,
    aircraft: Aircraft,
    hub: str,
    stops: Sequence[str],
    *,
    not_before: float = 0,
    back_by: float = inf,
    latest_arrivals: Mapping[str, float] | None = None,
) -> list[WholeMinutes]:
    """Find all whole minutes at which the flight may leave its base (rules 1 to 4).

    Parameters
    ----------
    not_before
        Earliest minute, as when the aircraft's previous flight is back.
    back_by
        Latest minute of the return to the base, counted from 00:00 of the flight's date.
    latest_arrivals
        Latest minute of arrival for some drops, as for patients with `fit_until`.

    Returns
    -------
    Intervals of whole minutes, both ends included, ascending and disjoint; empty if there is none.
    """
    if _broken_route(aircraft, hub, stops) or _broken_range(problem, aircraft, hub, stops):
        return []
    times = timeline(problem, aircraft, hub, stops, 0.0)
    low, high = max(0.0, not_before), min(DAY_MINUTES - 1.0, back_by - times.back_at_base)
    for airport, arrives, departs in _visits(problem, hub, times):
        if not airport.always_open:
            low, high = max(low, airport.opens - arrives), min(high, airport.closes - departs)
        high = min(high, (latest_arrivals or {}).get(airport.code, inf) - arrives)
    first, last = ceil(low - TOLERANCE), floor(high + TOLERANCE)
    if first > last:
        return []
    allowed = ((max(first, one), min(last, two)) for one, two in _duty_intervals(aircraft, times))
    return _merged((one, two) for one, two in allowed if one <= two)


def earliest_departure(
    problem: Problem,
    aircraft: Aircraft,
    hub: str,
    stops: Sequence[str],
    *,
    not_before: float = 0,
    back_by: float = inf,
    latest_arrivals: Mapping[str, float] | None = None,
) -> int | None:
    """Find the earliest whole minute at which the flight may leave its base; None if there is none.

    Parameters as for `departure_intervals`.
    """
    intervals = departure_intervals(
        problem,
        aircraft,
        hub,
        stops,
        not_before=not_before,
        back_by=back_by,
        latest_arrivals=latest_arrivals,
    )
    return intervals[0][0] if intervals else None


def instant_at(day: date, minute: float) -> datetime:
    """The instant (UTC) that lies `minute` minutes after 00:00 of `day`, rounded to the minute."""
    return datetime.combine(day, time(), UTC) + timedelta(minutes=floor(minute + 0.5))


def minute_of(day: date, instant: datetime) -> float:
    """Minutes from 00:00 UTC of `day` to an instant; one without a zone is UTC."""
    known = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return (known - datetime.combine(day, time(), UTC)) / timedelta(minutes=1)


def clock_text(minute: float) -> str:
    """Minutes from 00:00 as a clock time for people; days later are named."""
    whole = floor(minute + 0.5)
    days, rest = divmod(whole, DAY_MINUTES)
    later = f" {days:+d} d" if days else ""
    return f"{rest // 60:02d}:{rest % 60:02d}{later}"


def _whole_if_close(minute: float) -> float:
    """A clock time that misses a whole minute by rounding alone is that minute: bands have sharp ends."""
    return float(round(minute)) if abs(minute - round(minute)) <= TOLERANCE else minute


def _broken_route(aircraft: Aircraft, hub: str, stops: Sequence[str]) -> list[BrokenFlightRule]:
    """Rule 1: number, order and difference of the drops."""
    broken = []
    if hub == aircraft.base:
        broken.append((1, f"{hub} cannot be both the base of {aircraft.id} and the hub of its flight."))
    if not 1 <= len(stops) <= aircraft.max_stops:
        text = f"{aircraft.id} must make between 1 and {aircraft.max_stops} stops, not {len(stops)}."
        broken.append((1, text))
    broken += [
        (1, f"{aircraft.id} stops at {code} more than once.")
        for code in dict.fromkeys(stops)
        if stops.count(code) > 1
    ]
    if hub in stops:
        broken.append((1, f"{aircraft.id} cannot drop patients at {hub}, the hub of the same flight."))
    if aircraft.base in stops[:-1]:
        broken.append((1, f"{aircraft.base} is the base of {aircraft.id} and can only be the last stop."))
    return broken


def _broken_range(
    problem: Problem, aircraft: Aircraft, hub: str, stops: Sequence[str]
) -> list[BrokenFlightRule]:
    """Rule 2: no leg is longer than the aircraft's range."""
    broken = []
    for one, two in pairwise(airports_flown(aircraft, hub, stops)):
        km = leg_km(problem.airports[one], problem.airports[two])
        if km > aircraft.range_km + TOLERANCE:
            text = f"{one}–{two} is {km:.0f} km; {aircraft.id} flies at most {aircraft.range_km:g} km."
            broken.append((2, text))
    return broken


def _visits(problem: Problem, hub: str, times: Timeline) -> Iterable[tuple[Airport, float, float]]:
    """Hub and drops with the minutes of arrival and departure."""
    yield problem.airports[hub], times.arrives_hub, times.leaves_hub
    for code, arrives, departs in zip(times.stops, times.arrivals, times.departures, strict=True):
        yield problem.airports[code], arrives, departs


def _broken_hours(problem: Problem, aircraft: Aircraft, hub: str, times: Timeline) -> list[BrokenFlightRule]:
    """Rule 3: hub and drops are open on arrival and until departure."""
    broken = []
    for airport, arrives, departs in _visits(problem, hub, times):
        if airport.always_open:
            continue
        if arrives < airport.opens - TOLERANCE:
            text = f"arrives at {airport.code} at {clock_text(arrives)}, before it opens at"
            broken.append((3, f"{aircraft.id} {text} {clock_text(airport.opens)}."))
        if departs > airport.closes + TOLERANCE:
            text = f"is at {airport.code} until {clock_text(departs)}, after it closes at"
            closes = "24:00" if airport.closes == DAY_MINUTES else clock_text(airport.closes)
            broken.append((3, f"{aircraft.id} {text} {closes}."))
    return broken


def _broken_duty(aircraft: Aircraft, times: Timeline) -> list[BrokenFlightRule]:
    """Rule 4: duty is no longer than the number, or than the band of the report time, allows."""
    limit = aircraft.longest_duty(times.report_clock, times.legs)
    if limit is None:
        report = clock_text(times.report_clock)
        text = f"No duty band of {aircraft.id} allows {times.legs} legs after a report at {report}."
        return [(4, text)]
    if times.duty > limit + TOLERANCE:
        text = f"The crew of {aircraft.id} is on duty for {times.duty:.0f} minutes; {limit:g} are allowed."
        return [(4, text)]
    return []


def _duty_intervals(aircraft: Aircraft, times: Timeline) -> list[WholeMinutes]:
    """Whole minutes of departure, within one day or just outside, that rule 4 allows."""
    if isinstance(aircraft.duty_minutes, int | float):
        fits = times.duty <= aircraft.duty_minutes + TOLERANCE
        return [(0, DAY_MINUTES - 1)] if fits else []
    found = []
    for band in aircraft.duty_minutes:
        limit = band.limit(times.legs)
        if limit is None or times.duty > limit + TOLERANCE:
            continue
        start, end = band.report_from + aircraft.report_minutes, band.report_until + aircraft.report_minutes
        days = DAY_MINUTES * floor(start / DAY_MINUTES)
        for shift in (days, days + DAY_MINUTES):
            found.append((ceil(start - shift - TOLERANCE), ceil(end - shift - TOLERANCE) - 1))
    return found


def _merged(intervals: Iterable[WholeMinutes]) -> list[WholeMinutes]:
    """Intervals in ascending order, those that touch made one."""
    merged: list[WholeMinutes] = []
    for one, two in sorted(intervals):
        if merged and one <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(two, merged[-1][1]))
        else:
            merged.append((one, two))
    return merged
