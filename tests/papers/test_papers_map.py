"""Tests of the map: Crimea, routes, the names on it, and the flat coordinates behind it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from small_week import Document, infeasible, planned, read

from medevac.papers.flown import shown_flights
from medevac.papers.languages import words_for
from medevac.papers.page.labels import labels_of
from medevac.papers.page.map import RouteMap, route_map
from medevac.papers.page.projection import Projection, Window, great_circle, path

Point = tuple[float, float]


def map_of(change: object = None) -> RouteMap:
    """The map of the small week, changed."""
    document = read(change) if callable(change) else read()
    found = route_map(words_for("en"), document.problem, shown_flights(document.problem, planned(document)))
    assert found is not None
    return found


def inside(point: Point, drawn: str) -> bool:
    """Whether a point lies in a path, by counting the lines to the right of it."""
    crossings = 0
    for part in drawn.split("Z")[:-1]:
        corners = [tuple(map(float, pair.split())) for pair in re.split("[ML]", part)[1:]]
        for (x_1, y_1), (x_2, y_2) in pairwise([*corners, corners[0]]):
            if (y_1 > point[1]) != (y_2 > point[1]):
                crossings += point[0] < (x_2 - x_1) * (point[1] - y_1) / (y_2 - y_1) + x_1
    return crossings % 2 == 1


@pytest.mark.parametrize(("lat", "lon"), [(44.95, 34.10), (44.60, 33.53), (45.35, 36.45)])
def test_crimea_is_drawn_as_ukraine(lat: float, lon: float) -> None:
    """Tests that a spot in Simferopol, Sevastopol or Kerch lies on Ukraine and on no other land."""

    def move(data: Document) -> None:
        data["airports"]["EDDH"] = {"lat": lat, "lon": lon}

    found = map_of(move)
    spot = next(spot for spot in found.spots if spot.y == max(one.y for one in found.spots))
    assert [land.ukraine for land in found.lands if inside((spot.x, spot.y), land.path)] == [True]


def test_routes_have_full_and_empty_legs() -> None:
    """Tests that the way to the hub is drawn as empty and the others as full."""
    (route,) = map_of().routes
    assert [leg.empty for leg in route.legs] == [True, False, False]


def test_names_on_the_map() -> None:
    """Tests cities on a wide screen, codes on a narrow one, and the flight's id on both."""
    found = map_of()
    assert {label.text for label in found.wide} == {"Oslo", "Rzeszow", "Hamburg", "F1"}
    assert {label.text for label in found.narrow} == {"ENGM", "EPRZ", "EDDH", "F1"}
    assert [label.text for label in found.wide if label.kind == "hub"] == ["Rzeszow"]


def test_no_flights_no_map() -> None:
    """Tests a plan without flights."""
    document = read()
    shown = shown_flights(document.problem, infeasible(document))
    assert route_map(words_for("en"), document.problem, shown) is None


def test_names_do_not_cover_each_other() -> None:
    """Tests three spots at one place: two names find room, a third is left out, and a hub's name never is."""
    crowd = [(f"AIRPORT {n}", (50.0, 50.0), "airport") for n in range(9)]
    labels = labels_of([("HUB", (50.0, 50.0), "hub"), *crowd], (100.0, 100.0), 10.0)  # type: ignore[list-item]
    assert labels[0].text == "HUB"
    assert len(labels) < 10
    assert len({(label.x, label.y, label.anchor) for label in labels}) == len(labels)


def test_names_keep_off_the_lines_where_they_can() -> None:
    """Tests that a line to the right of a spot moves its name to the left."""
    line = [(50.0 + step, 50.0) for step in range(50)]
    (label,) = labels_of([("X", (50.0, 50.0), "airport")], (100.0, 100.0), 10.0, line)
    assert label.anchor == "end"


def test_the_projection_keeps_directions_at_its_centre() -> None:
    """Tests that a degree north of the centre is 111.19 km up, and the centre itself is nothing away."""
    projection = Projection(10.0, 50.0)
    assert projection(10.0, 50.0) == pytest.approx((0.0, 0.0))
    assert projection(10.0, 51.0) == pytest.approx((0.0, -111.19), abs=0.01)


def test_a_great_circle_bends_towards_the_pole() -> None:
    """Tests that halfway between two positions on 60° N, 60 degrees apart, lies at 63.43 degrees."""
    middle = great_circle((0.0, 60.0), (60.0, 60.0), steps=2)[1]
    assert middle == pytest.approx((30.0, 63.43), abs=0.01)


def test_land_is_cut_at_the_map_s_edge() -> None:
    """Tests a square that is larger than the map, and one that lies beside it."""
    window = Window(0.0, 0.0, 1.0, 100.0, 100.0)
    square = [(-500.0, -500.0), (500.0, -500.0), (500.0, 500.0), (-500.0, 500.0), (-500.0, -500.0)]
    ys = [y for _, y in window.cut(square)]
    assert (min(ys), max(ys)) == (-3.0, 103.0)
    assert window.cut([(x, y + 5000.0) for x, y in square]) == []


def test_a_path_is_short() -> None:
    """Tests rounding to a tenth, and that a point that was just written is not written again."""
    assert path([(0.04, 0.0), (0.01, 0.0), (1.25, 2.0)], closed=True) == "M0 0L1.2 2Z"
