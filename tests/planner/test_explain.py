"""Each reason is given when it is true, and is gone once the thing it names is changed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from small_problem import (
    AIRCRAFT,
    DAY_1,
    DAY_2,
    DAY_3,
    LAYOUT,
    decision,
    flight,
    hospital,
    patient,
    place,
    problem,
    with_airport,
)

from medevac.planner.explain import explain
from medevac.planner.explain.sentences import listed
from medevac.planner.problem import (
    Airport,
    Country,
    DutyBand,
    Fixed,
    FixedFlight,
    FlightKey,
    Places,
    Reach,
)


def why(posed, *parts, name="P1", gap=None, optimal=True):
    """The entry of one unplaced patient."""
    found = explain(posed, decision(*parts), gap=gap, optimal=optimal)
    return next(one for one in found if one.patient == name)


def reason(posed, *parts, name="P1"):
    """The reason of one unplaced patient."""
    return why(posed, *parts, name=name).reason


def burns(count, **dates):
    """A hospital's places for burns alone."""
    return {"burns": Places(count, **dates)}


def test_no_specialty():
    """Tests that a patient for whom no hospital has all specialties is told so, until one has them."""
    posed = problem(patient(needs=("burns", "trauma")))
    found = why(posed)
    assert found.reason == "no-specialty"
    assert found.explanation == "P1 needs burns and trauma; no hospital has a place of trauma."
    assert found.facts == {"needs": ["burns", "trauma"], "missing": ["trauma"]}
    both = hospital(places={"burns": Places(1), "trauma": Places(1)})
    assert reason(replace(posed, hospitals=(both,))) == "worse-score"
    apart = (hospital(), hospital("EAS-1", "EAST", places={"trauma": Places(1)}))
    assert "all of them together" in why(replace(posed, hospitals=apart)).explanation


def test_no_specialty_ignores_dates():
    """Tests that a place whose dates lie outside the window is still a place."""
    late = (hospital(places=burns(1, from_date=date(2027, 1, 1))),)
    assert reason(problem(hospitals=late)) == "no-capacity"
    assert reason(problem(hospitals=(hospital(places=burns(0)),))) == "no-specialty"


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        ({"refuses": ("MC",)}, "refuses MC"),
        ({"hospitals": ("EAS-1",)}, "may go to EAS-1 only"),
        ({"chosen": "EAS-1"}, "has chosen EAS-1"),
    ],
)
def test_refused(refusal, words):
    """Tests that refusals, the list and the choice are told apart, and gone without them."""
    hospitals = (hospital(), hospital("EAS-1", "EAST", places={}))
    posed = problem(patient(**refusal), hospitals=hospitals)
    found = why(posed)
    assert found.reason == "refused"
    assert words in found.explanation
    assert "MID-1" in found.explanation
    assert reason(replace(posed, patients=(patient(),))) != "refused"


@pytest.mark.parametrize(
    ("stopped", "binding"),
    [
        ({"max_transit_minutes": 134}, ["transit"]),  # 135 by the direct flight
        ({"ready": DAY_3}, ["ready"]),  # A1 flies on the first two days
        # reaches the hospital 135 minutes after the hub, which the flight reaches at 01:00 at the earliest
        ({"fit_until": datetime(2026, 1, 12, 3, 14, tzinfo=UTC)}, ["fit_until"]),
        ({"position": "seat", "companions": 2}, ["on_board"]),  # 2 seats
        ({"care": 4}, ["on_board"]),
    ],
)
def test_no_flight_for_a_limit_of_the_patient(stopped, binding):
    """Tests that a patient whom no flight could carry is told the limit that stands in the way."""
    posed = problem(patient(**stopped), hospitals=(hospital(),))
    found = why(posed)
    assert found.reason == "no-flight"
    assert found.facts["binding"] == binding
    assert "stands in the way" in found.explanation


@pytest.mark.parametrize(
    "eased",
    [
        {"max_transit_minutes": 135},
        {"ready": DAY_2},
        {"fit_until": datetime(2026, 1, 12, 3, 15, tzinfo=UTC)},
        {"position": "seat", "companions": 1},
        {"care": 3},
    ],
)
def test_a_flight_just_within_the_limit(eased):
    """Tests that the reason is gone when the limit is raised to what the flight needs."""
    assert reason(problem(patient(**eased), hospitals=(hospital(),))) == "worse-score"


@pytest.mark.parametrize(
    "posed",
    [
        problem(aircraft=(replace(AIRCRAFT, max_flights=0),)),
        problem(aircraft=(replace(AIRCRAFT, days=()),)),
        problem(aircraft=(replace(AIRCRAFT, range_km=600),)),  # HOME–HUBB is 667 km
        problem(aircraft=(replace(AIRCRAFT, duty_minutes=269),)),
        problem(hospitals=(hospital(reach=()),)),
        problem(hospitals=(hospital(reach=(Reach("HUBB", 30),)),)),
        problem(hospitals=(hospital(from_date=DAY_3),)),
        problem(hospitals=(hospital(until_date=date(2026, 1, 11)),)),
        with_airport(problem(), "MIDD", ambulances=0),
        with_airport(problem(), "MIDD", opens=1000, closes=1029),  # 30 minutes on the ground
        problem(aircraft=(replace(AIRCRAFT, duty_minutes=(DutyBand(0, 1440, {2: 900}),)),)),  # 3 legs
    ],
)
def test_no_flight_for_aircraft_hospitals_and_airports(posed):
    """Tests that fleet, hospital dates, ambulances, hours and duty bands can each forbid every flight."""
    only_mid = tuple(one for one in posed.hospitals if one.id == "MID-1")
    assert reason(replace(posed, hospitals=only_mid)) == "no-flight"


def stretched(**changes):
    """A problem whose hospital FAR-1 lies at 30°, 24° from HUBB, with STEP at 18° between."""
    posed = problem(hospitals=(hospital("FAR-1", "FARR", country="EC"),), **changes)
    more = {"FARR": Airport("FARR", 0, 30), "STEP": Airport("STEP", 0, 18)}
    return replace(posed, airports={**posed.airports, **more})


def test_an_extra_stop_helps_the_range():
    """Tests that stops where nobody leaves are thought of where 1,500 km (13.5°) do not carry directly.

    Out, HUBB–STEP–FARR are 12° each. Home, STEP is used, so the way is FARR–BACK (13°)–EAST (8°)–HOME (9°):
    four stops in all.
    """
    aircraft = replace(AIRCRAFT, range_km=1500, duty_minutes=1400, max_stops=4)
    without = stretched(aircraft=(aircraft,))
    assert reason(without) == "no-flight"
    posed = replace(without, airports={**without.airports, "BACK": Airport("BACK", 1, 17)})
    assert reason(posed) == "worse-score"
    assert reason(replace(posed, aircraft=(replace(aircraft, max_stops=3),))) == "no-flight"


def test_an_extra_stop_helps_with_opening_hours():
    """Tests that a stop that burns time is thought of: the hub closes at 03:00, MIDD opens at 06:00.

    Direct, the aircraft is at MIDD 30 minutes after 03:00; by EAST 30 + 30 + 60, at 05:00; by SLOW at 20°
    140 + 30 + 170, at 08:40. That is 400 minutes after the hub, and 445 until the hospital.
    """
    posed = with_airport(problem(hospitals=(hospital(),)), "HUBB", opens=0, closes=180)
    posed = with_airport(posed, "MIDD", opens=360, closes=1440)
    assert reason(posed) == "no-flight"
    slow = replace(posed, airports={**posed.airports, "SLOW": Airport("SLOW", 0, 20)})
    assert reason(slow) == "worse-score"
    assert reason(replace(slow, patients=(patient(max_transit_minutes=445),))) == "worse-score"
    assert reason(replace(slow, patients=(patient(max_transit_minutes=444),))) == "no-flight"


def test_no_flight_for_the_family():
    """Tests that a family of three litters does not fit a cabin of two, and does fit one of three."""
    posed = problem(*(patient(f"P{n}", family="F") for n in (1, 2, 3)))
    found = why(posed)
    assert found.reason == "no-flight"
    assert "P1 with family (P1, P2 and P3)" in found.explanation
    wide = replace(AIRCRAFT, layouts=(replace(LAYOUT, litters=3),))
    assert reason(replace(posed, aircraft=(wide,))) != "no-flight"


def test_no_flight_for_one_member_of_the_family():
    """Tests that the limit of one member binds the whole family, at the end its rule asks for."""
    members = (patient("P1", family="F"), patient("P2", family="F", max_transit_minutes=134))
    posed = problem(*members, hospitals=(hospital(),))
    assert reason(posed) == "no-flight"
    near = hospital("MID-2", reach=(Reach("MIDD", 10),))
    apart = replace(
        posed, hospitals=(hospital(), near), patients=(replace(members[0], chosen="MID-1"), members[1])
    )
    assert reason(apart) == "no-flight"
    assert reason(replace(apart, families={"F": "same-stop"})) != "no-flight"


def test_fixed_flights_do_not_matter_to_no_flight():
    """Tests that an aircraft taken by a closed fixed flight could still fly in an otherwise empty plan."""
    fixed = FixedFlight("A1", DAY_1, "standard", "HUBB", ("EAST",), 360, closed=True)
    aircraft = replace(AIRCRAFT, max_flights=1)
    posed = problem(hospitals=(hospital(),), fixed_flights=(fixed,), aircraft=(aircraft,))
    assert reason(posed, flight("EAST")) == "worse-score"


FULL = (hospital(places=burns(1)),)
OTHER = (flight(), place("P2"))


@pytest.mark.parametrize(
    ("needy", "scarce", "ample", "words"),
    [
        ({}, {"places": burns(1)}, {"places": burns(2)}, "MID-1 (1 of 1 burns places)"),
        ({"isolation": "contact"}, {"isolation": 1}, {"isolation": 2}, "MID-1 (1 of 1 isolation rooms)"),
        ({"child": True}, {"child": 1}, {"child": 2}, "MID-1 (1 of 1 child places)"),
        ({"position": "intensive"}, {"intensive": 1}, {"intensive": 2}, "1 of 1 intensive places"),
        ({"companions": 1}, {"companions": 1}, {"companions": 2}, "1 of 1 companion housing"),
    ],
)
def test_no_capacity(needy, scarce, ample, words):
    """Tests that each thing of a hospital that P2 has used up is named, until there is one more."""
    both = (patient("P1", **needy), patient("P2", **needy))
    posed = problem(*both, hospitals=(hospital(**scarce),))
    found = why(posed, *OTHER)
    assert found.reason == "no-capacity"
    assert words in found.explanation
    assert reason(replace(posed, hospitals=(hospital(**ample),)), *OTHER) != "no-capacity"


def test_no_capacity_where_nothing_is_there_at_all():
    """Tests that a count of 0 counts as used up."""
    posed = problem(patient(child=True), hospitals=(hospital(child=0),))
    assert "0 of 0 child places" in why(posed).explanation


def test_no_capacity_by_dates():
    """Tests that places open only on a date without a flight count as used up; flights are on two days."""
    posed = problem(hospitals=(hospital(places=burns(1, from_date=DAY_3)),))
    found = why(posed)
    assert found.reason == "no-capacity"
    assert "not offered on any date of a flight" in found.explanation
    assert reason(problem(hospitals=(hospital(places=burns(1, from_date=DAY_2)),))) == "worse-score"


def test_no_capacity_by_arrivals():
    """Tests that arrivals must be full on every date of a possible flight."""
    posed = problem(
        patient("P1"),
        patient("P2"),
        patient("P3"),
        hospitals=(hospital(arrivals_per_day=1, places=burns(9)),),
    )
    both_days = (flight(), flight(date=DAY_2), place("P2"), place("P3", number=1))
    found = why(posed, *both_days)
    assert found.reason == "no-capacity"
    assert found.facts["hospitals"][0]["dates"] == ["2026-01-12", "2026-01-13"]
    assert reason(posed, *OTHER) == "worse-score"  # on the second day there is an arrival left


def test_no_capacity_looks_only_at_hospitals_a_flight_could_reach():
    """Tests that a hospital with room that no flight reaches in time does not count."""
    far = hospital("EAS-1", "EAST", reach=(Reach("EAST", 900),))
    posed = problem(patient("P1"), patient("P2"), hospitals=(*FULL, far))
    found = why(posed, *OTHER)
    assert found.reason == "no-capacity"
    assert "EAS-1" not in found.explanation


def test_country_limit():
    """Tests that room in a country that has reached its limit is named, until the limit is raised."""
    limits = {"MC": Country("MC", limit=1), "EC": Country("EC")}
    posed = problem(patient("P1"), patient("P2"), hospitals=(hospital(),), countries=limits)
    found = why(posed, *OTHER)
    assert found.reason == "country-limit"
    assert "MC (1 of 1)" in found.explanation
    raised = replace(posed, countries={"MC": Country("MC", limit=2)})
    assert reason(raised, *OTHER) == "worse-score"


@pytest.mark.parametrize(
    ("needy", "scarce", "ample", "words"),
    [
        ({"position": "seat"}, {"seats": 1}, {"seats": 2}, "1 of 1 seats taken"),
        ({}, {"litters": 1}, {"litters": 2}, "1 of 1 litters taken"),
        ({"position": "intensive"}, {"intensive": 1}, {"intensive": 2}, "1 of 1 intensive-care places taken"),
        (
            {"isolation": "airborne"},
            {"isolation": 1},
            {"isolation": 2},
            "1 of 1 airborne-isolation places taken",
        ),
        ({"care": 2}, {"care": 3}, {"care": 4}, "2 of 3 units of care taken, 2 needed"),
    ],
)
def test_flight_full_on_board(needy, scarce, ample, words):
    """Tests that the room which the flight lacks is named, until there is one more of it."""
    both = (patient("P1", **needy), patient("P2", **needy))

    def cabin(counts):
        aircraft = replace(AIRCRAFT, layouts=(replace(LAYOUT, **counts),))
        return problem(*both, hospitals=(hospital(intensive=2),), aircraft=(aircraft,))

    found = why(cabin(scarce), *OTHER)
    assert found.reason == "flight-full"
    assert f"F1 ({words})" in found.explanation
    assert reason(cabin(ample), *OTHER) == "worse-score"


def test_flight_full_for_lack_of_ambulances():
    """Tests that ambulances at the drop are named, until there is one more."""
    posed = problem(patient("P1"), patient("P2"), hospitals=(hospital(),))
    found = why(with_airport(posed, "MIDD", ambulances=1), *OTHER)
    assert found.reason == "flight-full"
    assert "1 of 1 ambulances taken at MIDD" in found.explanation
    assert reason(with_airport(posed, "MIDD", ambulances=2), *OTHER) == "worse-score"


def test_flight_full_when_closed():
    """Tests that a closed flight is named, and is no reason once it is open."""
    fixed = FixedFlight("A1", DAY_1, "standard", "HUBB", ("MIDD",), 360, closed=True)
    posed = problem(
        patient("P1"),
        patient("P2"),
        fixed=(Fixed("P2", "MID-1", FlightKey("A1", DAY_1)),),
        fixed_flights=(fixed,),
        hospitals=(hospital(),),
    )
    assert "F1 is closed" in why(posed, *OTHER).explanation
    assert reason(replace(posed, fixed_flights=(replace(fixed, closed=False),)), *OTHER) == "worse-score"


def test_a_flight_that_brings_the_patient_late_is_not_full():
    """Tests that a flight which does not bring the patient in time gives no `flight-full`."""
    narrow = replace(AIRCRAFT, layouts=(replace(LAYOUT, litters=1),))
    both = (patient("P1", ready=DAY_2), patient("P2"))
    assert reason(problem(*both, aircraft=(narrow,), hospitals=(hospital(),)), *OTHER) == "worse-score"


def test_family():
    """Tests that one litter left is room for the patient but not for the family, until there are two."""
    members = (patient("P1", family="F"), patient("P3", family="F"), patient("P2"))
    posed = problem(*members, hospitals=(hospital(places=burns(3)),))
    found = why(posed, *OTHER)
    assert found.reason == "family"
    assert found.explanation == (
        "P1 alone could join F1, but no flight of this plan has a way for the whole family F: P1 and P3."
    )
    wide = replace(AIRCRAFT, layouts=(replace(LAYOUT, litters=3),))
    assert reason(replace(posed, aircraft=(wide,)), *OTHER) == "worse-score"


def test_worse_score_in_an_optimal_plan():
    """Tests that joining at a loss is told with the loss, and is gone when joining pays.

    P1 is worth 11.05 at MID-1 (10 + 1.5 − 0.2 × 135/60); above the fair share of 0 it costs 12.
    """
    shared = {"MC": Country("MC", fair_share=0)}
    posed = problem(hospitals=(hospital(),), countries=shared)
    dear = replace(posed, weights=replace(posed.weights, above_fair_share=12))
    found = why(dear, flight(), gap=0.0)
    assert found.reason == "worse-score"
    assert found.explanation == "P1 could join F1 to MID-1, but the score would change by -0.95."
    assert why(posed, flight()).facts["change"] == pytest.approx(10.55)


def test_worse_score_without_a_flight_of_this_plan():
    """Tests that a patient for whom another flight would be needed is told so."""
    found = why(problem(hospitals=(hospital(),)), flight("EAST"), gap=0.0)
    assert found.reason == "worse-score"
    assert "No flight of this plan brings P1 in time to a hospital with room" in found.explanation
    assert "another flight or order of stops would lower the score" in found.explanation


def test_worse_score_in_a_plan_that_is_not_optimal():
    """Tests that the explanation says what was tried, and gives the gap or that there is none."""
    posed = problem(hospitals=(hospital(),))
    found = why(posed, flight("EAST"), gap=3.25, optimal=False)
    assert "exchanging them for any one placed patient, was tried and did not help" in found.explanation
    assert "at most 3.25 more" in found.explanation
    assert "was not computed" in why(posed, flight("EAST"), optimal=False).explanation


def test_a_flight_ends_at_its_base_anyway():
    """Tests that a hospital at the base is thought of though nobody leaves there yet."""
    at_base = (hospital("HOM-1", "HOME", country="EC"),)
    narrow = replace(AIRCRAFT, layouts=(replace(LAYOUT, litters=1),))
    posed = problem(patient("P1", hospitals=("HOM-1",)), patient("P2"), aircraft=(narrow,))
    posed = replace(posed, hospitals=(hospital(), *at_base))
    assert reason(posed, *OTHER) == "flight-full"


def test_explanations_come_in_the_problems_order():
    """Tests that every unplaced patient, and nobody else, is explained, in order."""
    posed = problem(*(patient(f"P{n}") for n in (3, 1, 2)))
    assert [one.patient for one in explain(posed, decision(*OTHER), gap=None, optimal=False)] == ["P3", "P1"]


def test_long_lists_are_shortened_in_sentences_only():
    """Tests that a sentence names five of nine hospitals and the facts all of them."""
    many = tuple(hospital(f"M{n}", places=burns(1)) for n in range(9))
    found = why(problem(patient(refuses=("MC",)), hospitals=many))
    assert "M0, M1, M2, M3, M4, … and 4 more" in found.explanation
    assert len(found.facts["hospitals"]) == 9
    assert listed(["A", "B"], "or") == "A or B"
