"""Timelines, flight rules 1 to 4 and departures, computed by hand on the small problem."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from small_problem import AIRCRAFT, DAY_1, DAY_2, SIX_O_CLOCK, problem, with_airport

from medevac.planner.problem import Airport, DutyBand
from medevac.planner.timeline import (
    broken_flight_rules,
    clock_text,
    departure_intervals,
    earliest_departure,
    instant_at,
    minute_of,
    timeline,
)


def rules(posed, stops, leaves_base=SIX_O_CLOCK, aircraft=AIRCRAFT, hub="HUBB"):
    """Numbers of the rules that a flight breaks."""
    return [number for number, _ in broken_flight_rules(posed, aircraft, hub, stops, leaves_base)]


def test_timeline_of_a_flight_that_returns_empty():
    """Tests that a flight is where the sum of legs and time on the ground says."""
    times = timeline(problem(), AIRCRAFT, "HUBB", ("MIDD",), SIX_O_CLOCK)
    # 06:00 + 60 = 07:00 at the hub, + 60 load + 30 = 08:30, + 30 turnaround + 30 = 09:30
    assert times.arrives_hub == pytest.approx(420)
    assert times.leaves_hub == pytest.approx(480)
    assert times.arrivals == pytest.approx((510,))
    assert times.departures == pytest.approx((540,))
    assert times.back_at_base == pytest.approx(570)
    assert times.elapsed_to(0) == pytest.approx(90)
    assert (times.legs, times.report_clock) == (3, 300)
    assert times.duty == pytest.approx(270)  # 60 report + 210
    assert times.flying_hours == pytest.approx(2)  # 60 + 30 + 30 minutes


def test_timeline_of_a_flight_whose_last_drop_is_the_base():
    """Tests that a base as drop adds no leg and no turnaround, and ends the duty on arrival."""
    times = timeline(problem(), AIRCRAFT, "HUBB", ("MIDD", "HOME"), SIX_O_CLOCK)
    assert times.legs == 3
    assert times.arrivals == pytest.approx((510, 570))
    assert times.departures == pytest.approx((540, 570))
    assert times.back_at_base == pytest.approx(570)


def test_timeline_keeps_fractions():
    """Tests that nothing is rounded: 60 × km / speed + leg_minutes."""
    slow = replace(AIRCRAFT, speed_kmh=700, leg_minutes=7.25)
    times = timeline(problem(), slow, "HUBB", ("MIDD",), 0)
    assert times.arrives_hub == pytest.approx(60 * 6 * 111.19492664455873 / 700 + 7.25)


@pytest.mark.parametrize(
    ("stops", "broken"),
    [
        (("MIDD",), []),
        ((), [1]),
        (("MIDD", "MIDD"), [1]),
        (("HUBB",), [1]),
        (("HOME", "MIDD"), [1]),
        (("EAST", "MIDD", "HOME"), []),
    ],
)
def test_rule_1_routes(stops, broken):
    """Tests that number, order and difference of drops are judged."""
    assert rules(problem(), stops) == broken


def test_rule_1_counts_the_base_among_the_stops():
    """Tests that two drops and the base are more than two stops."""
    aircraft = replace(AIRCRAFT, max_stops=2)
    assert rules(problem(), ("EAST", "MIDD"), aircraft=aircraft) == []
    assert rules(problem(), ("EAST", "MIDD", "HOME"), aircraft=aircraft) == [1]


def test_rule_2_range():
    """Tests that a leg may be as long as the range: HOME–HUBB is 667.2 km."""
    assert rules(problem(), ("MIDD",), aircraft=replace(AIRCRAFT, range_km=667.2)) == []
    assert rules(problem(), ("MIDD",), aircraft=replace(AIRCRAFT, range_km=667.1)) == [2]


@pytest.mark.parametrize(
    ("code", "opens", "closes", "broken"),
    [
        ("HUBB", 420, 480, []),  # at the hub 07:00–08:00
        ("HUBB", 421, 480, [3]),
        ("HUBB", 420, 479, [3]),
        ("MIDD", 510, 540, []),  # at the drop 08:30–09:00
        ("MIDD", 511, 540, [3]),
        ("MIDD", 510, 539, [3]),
        ("HOME", 600, 660, []),  # the base is no drop: its hours do not bind
    ],
)
def test_rule_3_opening_hours(code, opens, closes, broken):
    """Tests that hub and drop must be open from arrival until departure."""
    posed = with_airport(problem(), code, opens=opens, closes=closes)
    assert rules(posed, ("MIDD",)) == broken


@pytest.mark.parametrize(("opens", "closes", "broken"), [(570, 580, []), (571, 580, [3]), (500, 569, [3])])
def test_rule_3_base_as_drop_is_open_on_arrival(opens, closes, broken):
    """Tests that a base where patients leave is open at 09:30, when the flight arrives."""
    posed = with_airport(problem(), "HOME", opens=opens, closes=closes)
    assert rules(posed, ("MIDD", "HOME")) == broken


def test_rule_3_after_midnight():
    """Tests that only an airport open round the clock is open after midnight: MIDD at 00:30 next day."""
    late = 22 * 60
    assert rules(problem(), ("MIDD",), late) == []
    assert rules(with_airport(problem(), "MIDD", opens=1), ("MIDD",), late) == [3]


@pytest.mark.parametrize("minute", [-1, 1440, 360.5])
def test_rule_3_leaves_at_a_whole_minute_of_its_date(minute):
    """Tests that a flight leaves its base between 00:00 and 23:59 of its date."""
    assert rules(problem(), ("MIDD",), minute) == [3]


def test_rule_4_one_number():
    """Tests that a duty of 270 minutes fits into 270 and not into 269."""
    assert rules(problem(), ("MIDD",), aircraft=replace(AIRCRAFT, duty_minutes=270)) == []
    assert rules(problem(), ("MIDD",), aircraft=replace(AIRCRAFT, duty_minutes=269)) == [4]


BANDS = (
    DutyBand(300, 600, {4: 720, 6: 690}),
    DutyBand(600, 1440, {4: 260}),
)


@pytest.mark.parametrize(
    ("leaves_base", "broken"),
    [
        (360, []),  # report 05:00, first minute of the first band
        (359, [4]),  # report 04:59, in no band
        (659, []),  # report 09:59
        (660, [4]),  # report 10:00: 260 minutes are less than 270
    ],
)
def test_rule_4_bands(leaves_base, broken):
    """Tests that the band of the report time counts, its end excluded."""
    assert rules(problem(), ("MIDD",), leaves_base, replace(AIRCRAFT, duty_minutes=BANDS)) == broken


def test_rule_4_legs_between_keys_and_beyond():
    """Tests that five legs count as six, and that seven are not allowed under 4 and 6."""
    posed = problem()
    posed = replace(posed, airports={**posed.airports, **{f"X{n}": Airport(f"X{n}", n, 3) for n in range(4)}})
    stops = ("EAST", "MIDD", "X1")  # 5 legs, duty 60+60+60+30+30+60+30+10+30+(√(3²+1²)×10=31.6) = 401.6
    tight = (DutyBand(0, 1440, {4: 100, 6: 402}),)
    aircraft = replace(AIRCRAFT, max_stops=9, duty_minutes=tight)
    assert rules(posed, stops, aircraft=aircraft) == []
    assert rules(posed, (*stops, "X2", "X3"), aircraft=aircraft) == [4]


def test_report_before_midnight_belongs_to_the_evening_band():
    """Tests that the report clock runs modulo 24 hours: leaving at 00:30 means reporting at 23:30."""
    evening = (DutyBand(23 * 60, 1440, {4: 400}),)
    aircraft = replace(AIRCRAFT, duty_minutes=evening)
    assert rules(problem(), ("MIDD",), 30, aircraft) == []
    # reports 23:00–23:59: leaves 00:00–00:59
    assert departure_intervals(problem(), aircraft, "HUBB", ("MIDD",)) == [(0, 59)]


def test_departures_are_cut_by_opening_hours():
    """Tests that the whole minutes are those at which hub and drop are open."""
    posed = with_airport(problem(), "HUBB", opens=420, closes=600)
    posed = with_airport(posed, "MIDD", opens=530, closes=640)
    # hub: 420 ≤ t + 60, t + 120 ≤ 600; drop: 530 ≤ t + 150, t + 180 ≤ 640
    assert departure_intervals(posed, AIRCRAFT, "HUBB", ("MIDD",)) == [(380, 460)]
    assert earliest_departure(posed, AIRCRAFT, "HUBB", ("MIDD",)) == 380
    assert earliest_departure(posed, AIRCRAFT, "HUBB", ("MIDD",), not_before=400.5) == 401
    assert earliest_departure(posed, AIRCRAFT, "HUBB", ("MIDD",), not_before=461) is None


def test_departures_are_cut_by_bands_and_deadlines():
    """Tests that bands give several intervals, and that a deadline and the return cut them."""
    spans = ((0, 100, 400), (200, 300, 400), (300, 400, 1), (1400, 1440, 400))
    bands = tuple(DutyBand(start, end, {4: limit}) for start, end, limit in spans)
    aircraft = replace(AIRCRAFT, duty_minutes=bands)
    # reports 0–99, 200–299 and 1400–1439 mean leaving 60–159, 260–359 and 20–59 minutes past midnight
    stops = ("MIDD",)
    assert departure_intervals(problem(), aircraft, "HUBB", stops) == [(20, 159), (260, 359)]
    # at MIDD by 450: t ≤ 300; back by 500: t + 210 ≤ 500
    found = departure_intervals(problem(), aircraft, "HUBB", stops, latest_arrivals={"MIDD": 450})
    assert found == [(20, 159), (260, 300)]
    assert departure_intervals(problem(), aircraft, "HUBB", stops, back_by=500)[-1] == (260, 290)


def test_no_departure_for_a_broken_route():
    """Tests that a route beyond range or with a stop twice never departs."""
    short = replace(AIRCRAFT, range_km=600)
    assert earliest_departure(problem(), short, "HUBB", ("MIDD",)) is None
    assert earliest_departure(problem(), AIRCRAFT, "HUBB", ("MIDD", "MIDD")) is None


def test_departures_agree_with_the_rules():
    """Tests that exactly the minutes outside the intervals break a rule."""
    posed = with_airport(problem(), "MIDD", opens=517, closes=911)
    aircraft = replace(AIRCRAFT, speed_kmh=713, leg_minutes=3.3, duty_minutes=BANDS)
    found = departure_intervals(posed, aircraft, "HUBB", ("MIDD", "HOME"))
    allowed = {minute for low, high in found for minute in range(low, high + 1)}
    assert allowed == {m for m in range(1440) if not rules(posed, ("MIDD", "HOME"), m, aircraft)}


def test_instants_are_rounded_and_found_again():
    """Tests that an instant is the nearest minute, also on the next day, and counts from its date."""
    assert instant_at(DAY_1, 1440.5) == datetime(2026, 1, 13, 0, 1, tzinfo=UTC)
    assert minute_of(DAY_1, datetime(2026, 1, 13, 0, 1, tzinfo=UTC)) == 1441
    assert minute_of(DAY_2, datetime(2026, 1, 12, 23, 0, tzinfo=UTC)) == -60
    assert clock_text(1505.2) == "01:05 +1 d"
