"""Whether any flight could reach a drop, held against trying every route."""

from dataclasses import replace
from itertools import permutations
from random import Random

import pytest
from small_problem import AIRCRAFT, problem

from medevac.planner.lanes import Lanes
from medevac.planner.problem import Airport, DutyBand
from medevac.planner.timeline import earliest_departure, timeline


def every_point(posed, aircraft, drop):
    """Elapsed time and earliest arrival at a drop for every route that can be flown."""
    others = [code for code in posed.airports if code not in ("HUBB", aircraft.base, drop)]
    for count in range(aircraft.max_stops):
        for extra in permutations(others, count):
            for place in range(count + 1):
                stops = (*extra[:place], drop, *extra[place:])
                leaves = earliest_departure(posed, aircraft, "HUBB", stops)
                if leaves is not None:
                    times = timeline(posed, aircraft, "HUBB", stops, leaves)
                    yield times.elapsed_to(place), times.arrivals[place]


def random_lane(seed: int):
    """An aircraft with short range, odd duty bands and airports that are often closed."""
    pick = Random(seed)
    hours = ((0, 1440), (0, 1440), (0, 200), (300, 700), (600, 1440))
    airports = {}
    for code in ("HOME", "HUBB", "AAAA", "BBBB", "CCCC", "DDDD"):
        opens, closes = pick.choice(hours)
        airports[code] = Airport(code, pick.uniform(-6, 6), pick.uniform(0, 12), opens, closes)
    bands = (
        DutyBand(0, 500, {3: pick.randint(200, 500), 5: pick.randint(200, 700)}),
        DutyBand(500, 1440, {pick.randint(3, 5): pick.randint(200, 700)}),
    )
    aircraft = replace(
        AIRCRAFT,
        range_km=pick.randint(500, 1200),
        duty_minutes=pick.choice((bands, 500)),
        max_stops=pick.randint(1, 4),
    )
    return problem(airports=airports, hospitals=(), aircraft=(aircraft,)), aircraft, pick


@pytest.mark.parametrize("seed", range(60))
def test_a_lane_agrees_with_every_route(seed):
    """Tests that limits just met are met and limits just missed are missed, on all routes."""
    posed, aircraft, pick = random_lane(seed)
    drop = pick.choice(("AAAA", "HOME"))
    lane = Lanes(posed).lane(aircraft, "HUBB", drop)
    points = list(every_point(posed, aircraft, drop))
    tries = [(600.0, 900.0), *((time + add, at + late) for time, at in points[:20] for add, late in ROOM)]
    for within, deadline in tries:
        possible = any(time <= within and at <= deadline for time, at in points)
        assert lane.reaches(within, deadline) == possible


ROOM = ((0.01, 0.01), (-0.01, 100), (100, -0.01))


def test_aircraft_that_fly_alike_share_a_lane():
    """Tests that an aircraft of the same kind has the same lane, and a faster one has not."""
    alike, faster = replace(AIRCRAFT, id="A2"), replace(AIRCRAFT, id="A3", speed_kmh=900)
    lanes = Lanes(problem(aircraft=(AIRCRAFT, alike, faster)))
    assert lanes.lane(AIRCRAFT, "HUBB", "MIDD") is lanes.lane(alike, "HUBB", "MIDD")
    assert lanes.lane(AIRCRAFT, "HUBB", "MIDD") is not lanes.lane(faster, "HUBB", "MIDD")
