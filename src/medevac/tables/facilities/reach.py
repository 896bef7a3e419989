"""Which airports a hospital is reached from: those near enough on the road, with a runway long enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf, pi

import numpy as np
from numpy.typing import NDArray

from medevac.planner.geography import EARTH_RADIUS_KM
from medevac.tables.facilities.published_lists import Facility, RunwayAirport
from medevac.tables.facilities.roads import RoadEstimate

CHUNK = 500  # hospitals at a time, so that there is progress to show and memory stays small


@dataclass(frozen=True)
class ReachRule:
    """When an airport is in a hospital's reach.

    Parameters
    ----------
    min_runway_ft
        The shortest runway that suffices, in feet.
    road
        How road time is estimated.
    max_road_minutes
        The longest road, in minutes.
    nearest
        How many airports a hospital keeps at most, the nearest ones; None keeps all.
    without
        ICAO codes of airports that are not used.
    iata_only
        Whether only airports with an IATA code are used, which leaves out air bases and club fields.
    """

    min_runway_ft: float = 6000.0
    road: RoadEstimate = field(default_factory=RoadEstimate)
    max_road_minutes: float = 120.0
    nearest: int | None = None
    without: frozenset[str] = frozenset()
    iata_only: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.min_runway_ft < inf:
            raise ValueError(f"Expected a runway of 0 ft or more, got {self.min_runway_ft}.")
        if not 0 < self.max_road_minutes < inf:
            raise ValueError(f"Expected a road of more than 0 minutes, got {self.max_road_minutes}.")
        if self.nearest is not None and self.nearest < 1:
            raise ValueError(f"Expected to keep at least 1 airport, got {self.nearest}.")


@dataclass(frozen=True, slots=True)
class Road:
    """The way from an airport to a hospital: great circle in km and estimated minutes."""

    airport: RunwayAirport
    km: float
    minutes: int


@dataclass(frozen=True, slots=True)
class Reach:
    """The airports of one hospital, nearest first, and the nearest suitable one whether in reach or not."""

    roads: tuple[Road, ...]
    nearest: Road


def suitable(
    airports: Sequence[RunwayAirport], countries: frozenset[str], rule: ReachRule
) -> tuple[RunwayAirport, ...]:
    """The airports that may be used: runway long enough, not left out, in a country that has a hospital.

    The last keeps a hospital near a border from being given an airport in a country that takes no part, such
    as one whose airspace is closed.
    """
    return tuple(
        it
        for it in airports
        if it.runway_ft >= rule.min_runway_ft
        and it.country in countries
        and it.icao not in rule.without
        and (it.iata or not rule.iata_only)
    )


def find_reach(
    facilities: Sequence[Facility],
    airports: Sequence[RunwayAirport],
    rule: ReachRule,
    progress: Callable[[int, int], None],
) -> list[Reach]:
    """What each hospital is reached from.

    Parameters
    ----------
    facilities
        The hospitals.
    airports
        Airports that are suitable, at least one.
    rule
        What counts as reach.
    progress
        Called with the number of hospitals done and of all.
    """
    ends = _radians(airports)
    found: list[Reach] = []
    for first in range(0, len(facilities), CHUNK):
        part = facilities[first : first + CHUNK]
        found.extend(_reach(row, airports, rule) for row in _distances(_radians(part), ends))
        progress(len(found), len(facilities))
    return found


def _radians(places: Sequence[Facility] | Sequence[RunwayAirport]) -> NDArray[np.float64]:
    """Latitudes and longitudes, shape (2, places)."""
    degrees = np.array([(it.lat, it.lon) for it in places], dtype=np.float64).reshape(-1, 2)
    return degrees.T * (pi / 180)


def _distances(origins: NDArray[np.float64], ends: NDArray[np.float64]) -> NDArray[np.float64]:
    """Great circles in km on FORMAT's sphere (haversine), shape (origins, ends)."""
    half = np.sin((ends[:, None, :] - origins[:, :, None]) / 2) ** 2
    haversine = half[0] + np.cos(origins[0])[:, None] * np.cos(ends[0])[None, :] * half[1]
    km: NDArray[np.float64] = 2.0 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, haversine)))
    return km


def _reach(km: NDArray[np.float64], airports: Sequence[RunwayAirport], rule: ReachRule) -> Reach:
    within = np.flatnonzero(km <= rule.road.longest_km(rule.max_road_minutes))
    order = within[np.argsort(km[within], kind="stable")][: rule.nearest]
    nearest = int(np.argmin(km))
    roads = [_road(airports[index], float(km[index]), rule) for index in (*order, nearest)]
    return Reach(tuple(roads[:-1]), roads[-1])


def _road(airport: RunwayAirport, km: float, rule: ReachRule) -> Road:
    return Road(airport, km, rule.road.minutes(km))
