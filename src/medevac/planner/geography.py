"""Distances and leg times (rule 2). Not for routes: those are in `routes`."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from medevac.planner.problem import Aircraft, Airport

EARTH_RADIUS_KM = 6371.0  # FORMAT rule 2


def distance_km(origin: Airport, destination: Airport) -> float:
    """Great-circle distance in km on a sphere (haversine, FORMAT rule 2)."""
    lat_1, lat_2 = radians(origin.lat), radians(destination.lat)
    half_lat = sin((lat_2 - lat_1) / 2)
    half_lon = sin(radians(destination.lon - origin.lon) / 2)
    haversine = half_lat * half_lat + cos(lat_1) * cos(lat_2) * half_lon * half_lon
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, haversine)))


def leg_time(aircraft: Aircraft, km: float) -> float:
    """Minutes that one leg of `km` takes, unrounded: 60 x km / speed_kmh + leg_minutes (FORMAT rule 2)."""
    return 60.0 * km / aircraft.speed_kmh + aircraft.leg_minutes
