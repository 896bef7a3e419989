"""Tests which airports are in reach, and that road time is the estimate that it says it is."""

from __future__ import annotations

from math import inf, nan
from typing import Any

import pytest

from medevac.tables.facilities import ReachRule, RoadEstimate, read_facilities, read_runways
from medevac.tables.facilities.reach import find_reach, suitable
from tables.facilities.facility_lists import NORTH, SOUTH, facilities, runways

COUNTRIES = frozenset({"NO"})


def reach_of(row: str, rule: ReachRule, *airports: str) -> list[tuple[str, int]]:
    """Airport and minutes for one hospital."""
    found = suitable(read_runways(runways(*airports)).entries, COUNTRIES, rule)
    (reach,) = find_reach(read_facilities(facilities(row)).entries, found, rule, lambda _done, _all: None)
    return [(road.airport.icao, road.minutes) for road in reach.roads]


def codes(rule: ReachRule, *airports: str) -> list[str]:
    """The airports that are suitable."""
    return [it.icao for it in suitable(read_runways(runways(*airports)).entries, COUNTRIES, rule)]


def test_the_road_is_estimated_from_the_great_circle() -> None:
    """Tests 70 km x 1.3 / 70 km/h = 78 minutes, rounded up beyond, and the way back."""
    road = RoadEstimate()
    assert road.minutes(70) == 78
    assert road.minutes(70.01) == 79
    assert road.longest_km(78) == pytest.approx(70)
    assert str(road) == "great circle × 1.3 at 70 km/h"


@pytest.mark.parametrize(
    "values", [(0.9, 70.0), (nan, 70.0), (inf, 70.0), (1.3, 0.0), (1.3, nan), (1.3, inf)]
)
def test_impossible_roads_are_refused(values: tuple[float, float]) -> None:
    """Tests that the message states the law."""
    with pytest.raises(ValueError, match="Expected a road"):
        RoadEstimate(*values)


@pytest.mark.parametrize(
    "rule", [{"min_runway_ft": -1}, {"max_road_minutes": 0}, {"max_road_minutes": nan}, {"nearest": 0}]
)
def test_impossible_rules_are_refused(rule: dict[str, Any]) -> None:
    """Tests that the message states the law."""
    with pytest.raises(ValueError, match="Expected"):
        ReachRule(**rule)


def test_airports_in_reach_nearest_first() -> None:
    """Tests a hospital 0.4 and 0.6 degrees away: 44.5 and 66.7 km, 49.6 and 74.3 minutes."""
    assert reach_of("1,a,,59.6,10,b,NO,", ReachRule()) == [("AAAA", 50), ("BBBB", 75)]


def test_only_the_nearest_airports_are_kept() -> None:
    """Tests the limit on their number."""
    assert reach_of("1,a,,59.6,10,b,NO,", ReachRule(nearest=1)) == [("AAAA", 50)]


def test_a_road_that_is_too_long_is_no_reach() -> None:
    """Tests 74.3 minutes against a limit of 74, and of 75."""
    assert reach_of("1,a,,59.6,10,b,NO,", ReachRule(max_road_minutes=74)) == [("AAAA", 50)]
    assert len(reach_of("1,a,,59.6,10,b,NO,", ReachRule(max_road_minutes=75))) == 2


def test_a_short_runway_does_not_suffice() -> None:
    """Tests 8,000 ft where 8,001 are wanted."""
    assert codes(ReachRule(min_runway_ft=8001)) == ["BBBB"]
    assert codes(ReachRule(min_runway_ft=8000)) == ["AAAA", "BBBB"]


def test_airports_can_be_left_out() -> None:
    """Tests by code, by the lack of an IATA code, and by a country without a hospital in the list."""
    assert codes(ReachRule(without=frozenset({"AAAA"}))) == ["BBBB"]
    assert codes(ReachRule(iata_only=True)) == ["AAAA"]
    assert codes(ReachRule(), NORTH, SOUTH, "UKLL,LWO,Lviv,UA,49.8,23.9,10000,CON") == ["AAAA", "BBBB"]
