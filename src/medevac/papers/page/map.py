"""The map of a plan's flights: outlines, routes and names, laid out here and drawn by a template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees

from medevac.papers.airports import known_airport
from medevac.papers.flown import ShownFlight
from medevac.papers.languages import Words
from medevac.papers.outlines import outlines
from medevac.papers.page.labels import Kind, Label, labels_of
from medevac.papers.page.projection import (
    Point,
    Projection,
    Window,
    centre_of,
    great_circle,
    path,
    window_around,
)
from medevac.planner.problem import Problem

WIDTH = 960.0
MARGIN = 70.0
SMALLEST_KM = 900.0
WIDE_TEXT, NARROW_TEXT = 17.0, 34.0  # as in page.css
STYLES = 6  # line styles of routes, told apart without colour; see page.css
UKRAINE = "UKR"


@dataclass(frozen=True, slots=True)
class Land:
    """One country's outline."""

    path: str
    ukraine: bool


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg on the map; `empty` without patients. The arrow lies at `x`, `y`, turned by `angle` degrees."""

    path: str
    empty: bool
    x: float
    y: float
    angle: float


@dataclass(frozen=True, slots=True)
class Route:
    """One flight's legs and its line style."""

    flight: str
    style: int
    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """An airport on the map."""

    x: float
    y: float
    hub: bool


@dataclass(frozen=True, slots=True)
class RouteMap:
    """A whole map; narrow labels are those of a small screen."""

    width: float
    height: float
    lands: tuple[Land, ...]
    routes: tuple[Route, ...]
    spots: tuple[Spot, ...]
    wide: tuple[Label, ...]
    narrow: tuple[Label, ...]
    title: str
    description: str


def route_map(words: Words, problem: Problem, flights: Sequence[ShownFlight]) -> RouteMap | None:
    """Lay the map of all flights out; None where nothing flies."""
    codes = list(dict.fromkeys(stop.airport for flight in flights for stop in flight.stops))
    if not codes:
        return None
    positions = [(problem.airports[code].lon, problem.airports[code].lat) for code in codes]
    projection = centre_of(positions)
    flat = [projection(*position) for position in positions]
    window = window_around(flat, width=WIDTH, margin=MARGIN, smallest=SMALLEST_KM)
    places = {code: window.place(point) for code, point in zip(codes, flat, strict=True)}
    hubs = {flight.flight.hub for flight in flights}
    frame = (window.width, window.height)
    order = sorted(codes, key=lambda code: (code not in hubs, code))
    lines = [
        point for flight in flights for leg in _drawn(problem, flight, projection, window) for point in leg
    ]
    routes = tuple(
        _route(problem, flight, number, projection, window) for number, flight in enumerate(flights)
    )

    def labels(names: dict[str, str], size: float) -> tuple[Label, ...]:
        spots = [(names[code], places[code], _kind(code, hubs)) for code in order]
        return labels_of([*spots, *_flight_names(routes)], frame, size, lines)

    return RouteMap(
        width=window.width,
        height=round(window.height, 1),
        lands=tuple(_lands(projection, window)),
        routes=routes,
        spots=tuple(Spot(*_rounded(places[code]), code in hubs) for code in order),
        wide=labels({code: known_airport(code).city or code for code in codes}, WIDE_TEXT),
        narrow=labels({code: code for code in codes}, NARROW_TEXT),
        title=words("page.map_title"),
        description="; ".join(_described(flight) for flight in flights),
    )


def _kind(code: str, hubs: set[str]) -> Kind:
    return "hub" if code in hubs else "airport"


def _flight_names(routes: Iterable[Route]) -> list[tuple[str, Point, Kind]]:
    """Each flight's id at the arrow of its first leg with patients."""
    found: list[tuple[str, Point, Kind]] = []
    for route in routes:
        full = next((leg for leg in route.legs if not leg.empty), None)
        if full is not None:
            found.append((route.flight, (full.x, full.y), "flight"))
    return found


def _described(flight: ShownFlight) -> str:
    stops = " → ".join(known_airport(stop.airport).label for stop in flight.stops)
    return f"{flight.flight.id}: {stops}"


def _lands(projection: Projection, window: Window) -> Iterable[Land]:
    """Countries that the window shows, Ukraine last so that its border lies on top."""
    for code, rings in sorted(outlines().items(), key=lambda it: it[0] == UKRAINE):
        drawn = []
        for ring in rings:
            points = window.cut([window.place(projection(lon, lat)) for lon, lat in ring])
            if points:
                drawn.append(path(points, closed=True))
        if drawn:
            yield Land("".join(drawn), code == UKRAINE)


def _route(
    problem: Problem, flight: ShownFlight, number: int, projection: Projection, window: Window
) -> Route:
    drawn = _drawn(problem, flight, projection, window)
    legs = tuple(_leg(points, empty=not flight.on_leg(index)) for index, points in enumerate(drawn))
    return Route(flight.flight.id, number % STYLES, legs)


def _drawn(
    problem: Problem, flight: ShownFlight, projection: Projection, window: Window
) -> list[list[Point]]:
    """The points of each leg along its great circle."""
    positions = [
        (problem.airports[stop.airport].lon, problem.airports[stop.airport].lat) for stop in flight.stops
    ]
    return [
        [window.place(projection(*point)) for point in great_circle(one, two)]
        for one, two in pairwise(positions)
    ]


def _leg(points: list[Point], *, empty: bool) -> Leg:
    """A leg with its arrow, a little beyond the middle so that there and back do not fall together."""
    at = len(points) * 3 // 5
    (x, y), (further_x, further_y) = points[at - 1], points[at]
    angle = degrees(atan2(further_y - y, further_x - x))
    return Leg(path(points), empty, round(x, 1), round(y, 1), round(angle, 1))


def _rounded(point: Point) -> Point:
    return round(point[0], 1), round(point[1], 1)
