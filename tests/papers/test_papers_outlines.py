"""Tests of the outlines that maps are drawn from."""

from __future__ import annotations

from itertools import pairwise

import pytest

from medevac.papers.outlines import Ring, outlines


def inside(lon: float, lat: float, rings: tuple[Ring, ...]) -> bool:
    """Whether a position lies in a country, by counting the borders to the east of it."""
    crossings = 0
    for ring in rings:
        for (lon_1, lat_1), (lon_2, lat_2) in pairwise(ring):
            if (lat_1 > lat) != (lat_2 > lat):
                crossings += lon < (lon_2 - lon_1) * (lat - lat_1) / (lat_2 - lat_1) + lon_1
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("place", "lon", "lat"),
    [
        ("Simferopol", 34.10, 44.95),
        ("Sevastopol", 33.53, 44.60),
        ("Yalta", 34.17, 44.52),
        ("Kerch", 36.45, 45.35),
        ("Donetsk", 37.80, 48.00),
        ("Luhansk", 39.30, 48.57),
        ("Kyiv", 30.52, 50.45),
    ],
)
def test_ukraine_is_drawn_whole(place: str, lon: float, lat: float) -> None:
    """Tests that Crimea and the east lie in Ukraine's outline, and in no other country's."""
    assert [code for code, rings in outlines().items() if inside(lon, lat, rings)] == ["UKR"], place


@pytest.mark.parametrize(
    ("code", "lon", "lat"),
    [("NOR", 10.75, 59.91), ("POL", 22.02, 50.11), ("GBR", -0.13, 51.5), ("RUS", 37.6, 55.75)],
)
def test_other_places_lie_where_they_are(code: str, lon: float, lat: float) -> None:
    """Tests that simplifying moved no capital into another country."""
    assert [one for one, rings in outlines().items() if inside(lon, lat, rings)] == [code]


def test_no_outline_covers_the_sea() -> None:
    """Tests that a country that crosses the 180th meridian did not become a band around the map."""
    for lon, lat in ((-15.0, 55.0), (32.0, 43.0), (0.0, 57.0)):
        assert [code for code, rings in outlines().items() if inside(lon, lat, rings)] == []


def test_every_ring_is_closed() -> None:
    """Tests that an outline ends where it begins."""
    for rings in outlines().values():
        assert rings
        for ring in rings:
            assert len(ring) > 3
            assert ring[0] == ring[-1]
