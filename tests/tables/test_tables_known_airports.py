"""Tests that airports stand where they are, not where a list has put them by mistake."""

from __future__ import annotations

import airportsdata
import pytest

from medevac.tables.known_airports import DEGREES_AND_MINUTES, corrected, known_airports


@pytest.mark.parametrize(
    ("icao", "lat", "lon"),
    [("EBBR", 50.901, 4.484), ("ELLX", 49.623, 6.204), ("EBCI", 50.459, 4.453), ("ENGM", 60.194, 11.100)],
)
def test_positions(icao: str, lat: float, lon: float) -> None:
    """Tests positions to half a kilometre: three that airportsdata has wrong, and one that it has right."""
    assert known_airports()[icao].position == (pytest.approx(lat, abs=0.005), pytest.approx(lon, abs=0.005))


def test_degrees_and_minutes_become_decimal_degrees() -> None:
    """Tests 50 degrees 54.05 minutes = 50 + 54.05 / 60 = 50.90083."""
    assert corrected("EBBR", 50.5405, 4.2904) == (50.90083, 4.484)


def test_a_mended_position_is_left_alone() -> None:
    """Tests that a right position is not made wrong, and that an unknown code is let be."""
    assert corrected("EBBR", 50.901, 4.484) == (50.901, 4.484)
    assert corrected("XXXX", 50.5405, 4.2904) == (50.5405, 4.2904)


def test_every_known_mistake_is_still_one() -> None:
    """Tests that airportsdata still has them; a code that is mended there can leave the table."""
    known = airportsdata.load("ICAO")
    for icao, position in DEGREES_AND_MINUTES.items():
        assert (known[icao]["lat"], known[icao]["lon"]) == pytest.approx(position, abs=1e-4)
