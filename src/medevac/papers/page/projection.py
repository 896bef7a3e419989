"""From longitude and latitude to a map's flat coordinates, and the window that a map shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, atan2, cos, degrees, radians, sin, sqrt

Point = tuple[float, float]
EDGE = 3.0  # beyond the map's edge, so that the cut itself is not seen
LOWEST, TALLEST = 0.6, 0.9  # a map's height in widths; a taller one would be small on a screen
SIDES = 2.4  # the widest map that a browser shows, in heights


@dataclass(frozen=True, slots=True)
class Projection:
    """Lambert's azimuthal equal-area projection about a centre, in kilometres with y downwards."""

    lon: float
    lat: float

    def __call__(self, lon: float, lat: float) -> Point:
        """The point on the map."""
        away, up, centre = radians(lon - self.lon), radians(lat), radians(self.lat)
        dot = sin(centre) * sin(up) + cos(centre) * cos(up) * cos(away)
        k = 6371.0 * sqrt(2 / (1 + max(-0.999, dot)))
        y = cos(centre) * sin(up) - sin(centre) * cos(up) * cos(away)
        return k * cos(up) * sin(away), -k * y


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the map that is shown, in kilometres, and its size on the page."""

    left: float
    top: float
    scale: float
    width: float
    height: float

    def place(self, point: Point) -> Point:
        """Where a map's point lies on the page."""
        return (point[0] - self.left) * self.scale, (point[1] - self.top) * self.scale

    def cut(self, ring: Sequence[Point]) -> list[Point]:
        """The part of a closed ring that may be seen (Sutherland and Hodgman 1974); empty if there is none.

        A browser that gives the map more width than it asks for shows more of the land at its sides.
        """
        sides = max(0.0, SIDES * self.height - self.width) / 2
        limits = (
            (0, -sides - EDGE, 1),
            (0, self.width + sides + EDGE, -1),
            (1, -EDGE, 1),
            (1, self.height + EDGE, -1),
        )
        kept = list(ring)
        for axis, limit, sign in limits:
            kept = _inside(kept, axis, limit, sign)
        return kept


def _inside(ring: Sequence[Point], axis: int, limit: float, sign: int) -> list[Point]:
    """The part of a ring on one side of a line, closed again."""
    found: list[Point] = []
    for one, two in pairwise(ring):
        within, will_be = sign * (one[axis] - limit) >= 0, sign * (two[axis] - limit) >= 0
        if within:
            found.append(one)
        if within != will_be:
            share = (limit - one[axis]) / (two[axis] - one[axis])
            found.append((one[0] + share * (two[0] - one[0]), one[1] + share * (two[1] - one[1])))
    return [*found, found[0]] if found else []


def centre_of(positions: Sequence[Point]) -> Projection:
    """A projection about the middle of positions given as (lon, lat)."""
    lons, lats = zip(*positions, strict=True)
    return Projection((min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2)


def window_around(points: Sequence[Point], *, width: float, margin: float, smallest: float) -> Window:
    """A window around points, with a margin on the page and at least so many kilometres wide."""
    xs, ys = zip(*points, strict=True)
    spread_x, spread_y = max(xs) - min(xs), max(ys) - min(ys)
    room = width - 2 * margin
    scale = room / max(spread_x, smallest, spread_y * room / (TALLEST * width - 2 * margin))
    height = max(spread_y * scale + 2 * margin, LOWEST * width)
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return Window(middle_x - width / scale / 2, middle_y - height / scale / 2, scale, width, height)


def great_circle(one: Point, two: Point, steps: int = 40) -> list[Point]:
    """Points (lon, lat) along the great circle between two positions."""

    def vector(point: Point) -> tuple[float, float, float]:
        lon, lat = radians(point[0]), radians(point[1])
        return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)

    a, b = vector(one), vector(two)
    found = []
    for step in range(steps + 1):
        share = step / steps
        x, y, z = (p + (q - p) * share for p, q in zip(a, b, strict=True))
        length = sqrt(x * x + y * y + z * z) or 1.0
        found.append((degrees(atan2(y, x)), degrees(asin(max(-1.0, min(1.0, z / length))))))
    return found


def path(points: Sequence[Point], *, closed: bool = False) -> str:
    """Points as the `d` of an SVG path, rounded to a tenth; points that fall together are written once."""
    rounded = [(round(x, 1), round(y, 1)) for x, y in points]
    kept = rounded[:1] + [two for one, two in pairwise(rounded) if one != two]
    text = "L".join(f"{x:g} {y:g}" for x, y in kept)
    return f"M{text}{'Z' if closed else ''}"
