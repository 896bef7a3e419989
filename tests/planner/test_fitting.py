"""Each hospital fits a patient as plans may place them there, and what stands against it is told."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from small_problem import (
    AIRCRAFT,
    DAY_1,
    DAY_2,
    DAY_3,
    decision,
    flight,
    hospital,
    patient,
    place,
    problem,
    with_airport,
)
from test_exchange import random_problem

from medevac.planner import solve
from medevac.planner.explain import explain
from medevac.planner.explain.sentences import sentence
from medevac.planner.fitting import ORDER, Fit, Fitting
from medevac.planner.problem import Airport, Country, Places, Reach


def fits(posed, name="P1", *parts) -> dict[str, Fit]:
    """How every hospital fits, in the order in which they are ranked."""
    return {one.hospital_id: one for one in Fitting(posed, decision(*parts)).of(name)}


def against(posed, hospital_id="MID-1", name="P1", *parts):
    """The reasons that stand against a hospital."""
    return [one.reason for one in fits(posed, name, *parts)[hospital_id].obstacles]


def facts(posed, hospital_id="MID-1", *parts):
    """The facts of the first of them."""
    return fits(posed, "P1", *parts)[hospital_id].obstacles[0].facts


def test_a_hospital_that_fits():
    """Tests dates, transit (60 + 30 + 15 + 30 = 135) and score: 10 + 3 × 0.5 − 0.2 × 135/60 = 11.05."""
    found = fits(problem())["MID-1"]
    assert found.fits
    assert found.dates == (DAY_1, DAY_2)  # A1 does not fly on the third
    assert found.transit_minutes == pytest.approx(135)
    assert found.score == pytest.approx(11.05)
    assert found.score_terms["priority"] == 10
    assert found.score_terms["suitability"] == 1.5
    assert found.score_terms["transit"] == pytest.approx(-0.45)


def test_ranked_by_what_the_score_says():
    """Tests that suitability, preference and transit rank: 11.05 at MID-1; at EAS-1 with 0.9 and 100 minutes
    more on the road 10 + 2.7 − 0.2 × 235/60 = 11.92; preferred, MID-1 has 12.55.
    """
    east = hospital("EAS-1", "EAST", suitability={"burns": 0.9}, reach=(Reach("EAST", 130),))
    posed = problem(hospitals=(hospital(), east))
    assert list(fits(posed)) == ["EAS-1", "MID-1"]
    assert fits(posed)["EAS-1"].score == pytest.approx(10 + 2.7 - 0.2 * 235 / 60)
    assert list(fits(replace(posed, patients=(patient(prefers="MC"),)))) == ["MID-1", "EAS-1"]
    refusing = replace(posed, patients=(patient(refuses=("EC",)),))
    assert list(fits(refusing)) == ["MID-1", "EAS-1"]  # what stands against it goes before the score
    nearer = replace(east, suitability={}, reach=(Reach("EAST", 0), Reach("MIDD", 90)))
    assert fits(problem(hospitals=(nearer,)))["EAS-1"].transit_minutes == pytest.approx(105)


def test_no_specialty_and_refused_are_both_told():
    """Tests that what rule 7 says is told whole: one specialty is missing, and the country is refused."""
    posed = problem(patient(needs=("burns", "trauma"), refuses=("MC",)))
    assert against(posed) == ["no-specialty", "refused"]
    assert facts(posed) == {"needs": ["burns", "trauma"], "missing": ["trauma"]}
    assert fits(posed)["MID-1"].dates == ()
    assert fits(posed)["MID-1"].transit_minutes is None
    both = hospital(places={"burns": Places(1), "trauma": Places(1)})
    assert against(replace(posed, hospitals=(both,), patients=(patient(needs=("burns", "trauma")),))) == []


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"refuses": ("EC", "MC")}, {"refused_countries": ["MC"], "accepted": None, "chosen": None}),
        ({"hospitals": ("EAS-1",)}, {"refused_countries": [], "accepted": ["EAS-1"], "chosen": None}),
        ({"chosen": "EAS-1"}, {"refused_countries": [], "accepted": None, "chosen": "EAS-1"}),
        (
            {"hospitals": ("MID-1", "EAS-1"), "chosen": "EAS-1", "refuses": ("EC",)},
            {"refused_countries": [], "accepted": None, "chosen": "EAS-1"},
        ),
    ],
)
def test_refused_tells_the_grounds_of_this_hospital_alone(wish, told):
    """Tests that a wish that leaves the hospital is not named as if it ruled it out."""
    posed = problem(patient(**wish))
    assert against(posed) == ["refused"]
    assert facts(posed) == {"hospitals": ["MID-1"], **told}


def test_no_flight_tells_the_limit_that_binds():
    """Tests that 134 minutes are one too few for MID-1, and that EAS-1 is not asked for it."""
    posed = problem(
        patient(max_transit_minutes=134),
        hospitals=(hospital(), hospital("EAS-1", "EAST", reach=(Reach("EAST", 29),))),
    )
    assert against(posed) == ["no-flight"]
    assert facts(posed)["binding"] == ["transit"]
    assert "MID-1" in sentence("no-flight", "P1", facts(posed))
    assert against(posed, "EAS-1") == []
    assert fits(posed)["MID-1"].score == pytest.approx(11.5)  # no transit where nobody arrives


def test_a_last_instant_of_fitness():
    """Tests that a direct flight arrives at 03:15 at the earliest, 135 minutes after 01:00 at the hub."""
    just = datetime(2026, 1, 12, 3, 15, tzinfo=UTC)
    posed = problem(patient(fit_until=just), hospitals=(hospital(),))
    assert fits(posed)["MID-1"].dates == (DAY_1,)
    assert fits(posed)["MID-1"].transit_minutes == pytest.approx(135)
    late = problem(patient(fit_until=just.replace(minute=14)), hospitals=(hospital(),))
    assert against(late) == ["no-flight"]


def test_only_a_detour_arrives():
    """Tests that transit counts the extra stop that burns time: the hub closes at 03:00, MIDD opens at 06:00.

    By SLOW at 20° it is at MIDD 60 + 140 + 30 + 170 minutes after the hub; 15 and 30 more to the door.
    """
    posed = with_airport(problem(hospitals=(hospital(),)), "HUBB", opens=0, closes=180)
    posed = with_airport(posed, "MIDD", opens=360, closes=1440)
    assert against(posed) == ["no-flight"]
    slow = replace(posed, airports={**posed.airports, "SLOW": Airport("SLOW", 0, 20)})
    assert fits(slow)["MID-1"].transit_minutes == pytest.approx(445)


def test_the_family_flies_along():
    """Tests that three litters do not fit a cabin of two, and that the shortest limit of the family binds."""
    three = problem(*(patient(f"P{n}", family="F") for n in (1, 2, 3)))
    assert against(three) == ["no-flight"]
    assert facts(three)["family"] == ["P1", "P2", "P3"]
    two = problem(patient("P1", family="F"), patient("P2", family="F", max_transit_minutes=134))
    assert against(two) == ["no-flight"]
    eased = problem(patient("P1", family="F"), patient("P2", family="F"))
    assert fits(eased)["MID-1"].transit_minutes == pytest.approx(135)


@pytest.mark.parametrize(
    ("needy", "scarce", "what"),
    [
        ({}, {"places": {"burns": Places(1)}}, "places"),
        ({"isolation": "contact"}, {"isolation": 1}, "isolation rooms"),
        ({"child": True}, {"child": 1}, "child places"),
        ({"position": "intensive"}, {"intensive": 1}, "intensive places"),
        ({"companions": 2}, {"companions": 2}, "companion housing"),
    ],
)
def test_what_a_plan_has_used_up(needy, scarce, what):
    """Tests that a hospital with one place fits in an empty plan, and lacks it once P2 has it."""
    both = (
        patient("P1", **needy),
        patient("P2", **{**needy, "companions": 1 if "companions" in needy else 0}),
    )
    posed = problem(*both, hospitals=(hospital(**scarce),))
    assert against(posed) == []
    assert against(posed, "MID-1", "P1", flight(), place("P2")) == ["no-capacity"]
    assert facts(posed, "MID-1", flight(), place("P2"))["what"] == what


def test_rooms_and_days_that_are_not_there():
    """Tests that a count of 0 and dates without a flight stand against it; the third day has no flight."""
    assert facts(problem(patient(child=True), hospitals=(hospital(child=0),)))["what"] == "child places"
    late = problem(hospitals=(hospital(places={"burns": Places(1, from_date=DAY_3)}),))
    assert facts(late) == {"hospital": "MID-1", "what": "dates", "specialty": "burns"}
    second = problem(hospitals=(hospital(places={"burns": Places(1, from_date=DAY_2)}),))
    assert fits(second)["MID-1"].dates == (DAY_2,)
    assert against(problem(hospitals=(hospital(until_date=date(2026, 1, 11)),))) == ["no-flight"]
    assert facts(problem(hospitals=(hospital(arrivals_per_day=0),)))["what"] == "arrivals"


def test_a_country_at_its_limit():
    """Tests that the limit is told beside a room that is lacking, and is gone when it is raised."""
    posed = problem(
        patient(child=True),
        hospitals=(hospital(child=0),),
        countries={"MC": Country("MC", 0), "EC": Country("EC")},
    )
    assert against(posed) == ["no-capacity", "country-limit"]
    told = fits(posed)["MID-1"].obstacles[1].facts
    assert told == {"country": "MC", "received": 0, "limit": 0, "hospitals": ["MID-1"]}
    assert against(replace(posed, countries={"MC": Country("MC", 1)})) == ["no-capacity"]


def test_an_unknown_patient():
    """Tests that somebody who is not in the problem is an error."""
    with pytest.raises(KeyError, match="P9"):
        Fitting(problem()).of("P9")


@pytest.mark.parametrize("seed", range(30))
def test_whoever_is_placed_had_no_obstacle(seed):
    """Tests on random problems that whoever is placed fits there, and that transit is a bound."""
    posed, _ = random_problem(seed)
    plan = solve(replace(posed, fixed_flights=()), seed=seed)
    fitting = Fitting(posed)
    for one in plan.placements:
        fit = next(fit for fit in fitting.of(one.patient) if fit.hospital_id == one.hospital)
        assert fit.fits, fit
        assert next(flight.date for flight in plan.flights if flight.id == one.flight) in fit.dates
        assert one.transit_minutes >= fit.transit_minutes - 0.5  # printed minutes are rounded


@pytest.mark.parametrize("seed", range(30))
def test_what_explains_the_empty_plan_stands_against_every_hospital(seed):
    """Tests on random problems that the first reason for a patient is the last that any hospital gets to."""
    posed, _ = random_problem(seed)
    posed = replace(posed, fixed_flights=(), aircraft=(replace(AIRCRAFT, days=(DAY_2,)),))
    for one in explain(posed, decision(), gap=None, optimal=True):
        firsts = [fit.obstacles[0].reason for fit in Fitting(posed).of(one.patient) if not fit.fits]
        if one.reason in ORDER:
            assert len(firsts) == len(posed.hospitals)
            assert max(firsts, key=ORDER.index) == one.reason
        else:
            assert len(firsts) < len(posed.hospitals)
