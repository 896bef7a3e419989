"""Every rule that a plan can break is reported, and the score is that computed by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from small_problem import (
    AIRCRAFT,
    DAY_1,
    DAY_2,
    LAYOUT,
    decision,
    flight,
    hospital,
    patient,
    place,
    plan,
    problem,
    with_airport,
)

from medevac.planner.evaluate import Evaluator, evaluate, score_terms
from medevac.planner.plan import Conflict, Unplaced
from medevac.planner.problem import (
    Country,
    Fixed,
    FixedFlight,
    FlightKey,
    Places,
    Reach,
    Weights,
)


def broken(posed, *parts):
    """Names of the rules that a plan of these flights and placements breaks."""
    return [one.rule for one in evaluate(posed, plan(posed, *parts)).broken]


def test_a_plan_that_keeps_all_rules():
    """Tests that the small plan breaks nothing and scores as computed by hand."""
    posed = problem(patient(prefers="MC", waiting_days=15))
    found = evaluate(posed, plan(posed, flight(), place()))
    assert found.broken == ()
    assert found.holds
    # priority 10 × (1 + 0.25 × 2 weeks); suitability 3 × 0.5; transit 0.2 × 135/60; cost 0.1 × 2 h × 1
    assert found.terms == pytest.approx(
        {
            "priority": 15,
            "suitability": 1.5,
            "preference": 1.5,
            "transit": -0.45,
            "fair_share": 0,
            "cost": -0.2,
        }
    )
    assert found.score == pytest.approx(17.35)
    assert found.flights["F1"].back_at_base == pytest.approx(570)


def test_an_evaluator_judges_as_the_function():
    """Tests that both ways to judge agree."""
    posed = problem()
    judged = plan(posed, flight(), place())
    assert Evaluator(posed).evaluate(judged) == evaluate(posed, judged)


TWO_FLIGHTS = (flight(), flight(date=DAY_2))


@pytest.mark.parametrize(
    ("posed", "parts"),
    [
        (problem(), (flight("MIDD", "MIDD"), place())),
        (problem(), (flight(date=date(2026, 1, 14)), place())),
        (problem(aircraft=(replace(AIRCRAFT, max_flights=1),)), (*TWO_FLIGHTS, place())),
        (problem(), (flight(), flight(), place())),
        # the first flight leaves 23:59 and needs 210 minutes: back on the next day at 03:29
        (problem(), (flight(leaves_base=1439), flight(date=DAY_2, leaves_base=208), place())),
        (problem(aircraft=(replace(AIRCRAFT, max_stops=1),)), (flight("EAST", "MIDD"), place())),
    ],
)
def test_rule_1(posed, parts):
    """Tests that stops, dates, number of flights and return before departure are judged."""
    assert set(broken(posed, *parts)) == {"1 flight"}


def test_rule_1_back_just_in_time():
    """Tests that a flight may leave at the very minute at which the previous one is back."""
    assert broken(problem(), flight(leaves_base=1439), flight(date=DAY_2, leaves_base=209), place()) == []


def test_rule_1_unused_base_is_no_drop():
    """Tests that a flight on which nobody leaves anywhere but at the base needs somebody there."""
    posed = problem(hospitals=(hospital(), hospital("HOM-1", "HOME", country="EC")))
    home = flight("HOME")
    assert broken(posed, home, place(hospital_id="HOM-1", leaves_at="HOME")) == []
    assert broken(posed, home) == ["1 flight"]


def test_rule_1_broken_chain_of_legs():
    """Tests that legs which do not follow each other are no flight, and nothing else is said of it."""
    posed = problem()
    good = plan(posed, flight(), place())
    one = good.flights[0]
    torn = replace(good, flights=(replace(one, legs=(one.legs[0], one.legs[2])),))
    assert "1 flight" in [found.rule for found in evaluate(posed, torn).broken]


def test_rules_2_3_and_4():
    """Tests that range, opening hours and duty are judged under their own numbers."""
    short = problem(aircraft=(replace(AIRCRAFT, range_km=600),))
    assert broken(short, flight(), place()) == ["2 legs"]
    assert broken(with_airport(problem(), "MIDD", opens=511), flight(), place()) == ["3 timeline"]
    weary = problem(aircraft=(replace(AIRCRAFT, duty_minutes=269),))
    assert broken(weary, flight(), place()) == ["4 duty"]


@pytest.mark.parametrize(
    ("layout", "changes"),
    [
        ({"seats": 1}, {"position": "seat", "companions": 1}),
        ({"litters": 0}, {}),
        ({"intensive": 0}, {"position": "intensive"}),
        ({"isolation": 0}, {"isolation": "airborne"}),
        ({"care": 1}, {"care": 1.5}),
    ],
)
def test_rule_5(layout, changes):
    """Tests that each count on board is judged; one more of it and the plan holds."""
    tight = replace(AIRCRAFT, layouts=(replace(LAYOUT, **layout),))
    posed = problem(patient(**changes), aircraft=(tight,))
    assert broken(posed, flight(), place()) == ["5 on board"]
    name, count = next(iter(layout.items()))
    roomy = replace(AIRCRAFT, layouts=(replace(LAYOUT, **{name: count + 1}),))
    assert broken(replace(posed, aircraft=(roomy,)), flight(), place()) == []


def test_rule_5_without_limit():
    """Tests that isolation and care on board have no limit where none is given."""
    free = replace(AIRCRAFT, layouts=(replace(LAYOUT, isolation=None, care=None),))
    posed = problem(patient(isolation="airborne", care=99), aircraft=(free,))
    assert broken(posed, flight(), place()) == []


@pytest.mark.parametrize(
    "posed",
    [
        problem(patient(ready=DAY_2)),
        problem(patient(max_transit_minutes=134.9)),  # 135 minutes in transit
        problem(patient(fit_until=datetime(2026, 1, 12, 9, 14, tzinfo=UTC))),  # arrives 07:00 + 135 = 09:15
        problem(hospitals=(hospital(from_date=DAY_2),)),
        problem(hospitals=(hospital(until_date=date(2026, 1, 11)),)),
        problem(hospitals=(hospital(reach=(Reach("EAST", 30),)),)),
        with_airport(problem(), "MIDD", ambulances=0),
    ],
)
def test_rule_6(posed):
    """Tests that dates, transit, fitness, reach and ambulances are judged."""
    good = plan(problem(), flight(), place())
    unscored = {one.rule for one in evaluate(posed, good).broken} - {"score", "status"}
    assert unscored == {"6 placed patient"}


def test_rule_6_exactly_in_time():
    """Tests that 135 minutes and arrival at 09:15 are still in time."""
    last = datetime(2026, 1, 12, 9, 15, tzinfo=UTC)
    assert broken(problem(patient(max_transit_minutes=135, fit_until=last)), flight(), place()) == []


def test_rule_6_hub_and_stop():
    """Tests that a patient boards at the own hub and leaves where the flight stops."""
    posed = problem(hubs={"HUBB": 60, "EAST": 60})
    good = plan(posed, flight(), place())
    elsewhere = replace(posed, patients=(patient(hub="EAST"),))
    assert [one.rule for one in evaluate(elsewhere, good).broken] == ["6 placed patient"]
    wrong_stop = replace(good, placements=(replace(good.placements[0], leaves_at="EAST"),))
    assert "6 placed patient" in [one.rule for one in evaluate(posed, wrong_stop).broken]


@pytest.mark.parametrize(
    "posed",
    [
        problem(patient(needs=("burns", "trauma"))),
        problem(hospitals=(hospital(places={"burns": Places(2, from_date=DAY_2)}),)),
        problem(patient(refuses=("MC",))),
        problem(patient(hospitals=("EAS-1",))),
        problem(patient(chosen="EAS-1")),
        problem(patient(isolation="contact"), hospitals=(hospital(isolation=0),)),
        problem(patient(child=True), hospitals=(hospital(child=0),)),
        problem(patient(position="intensive"), hospitals=(hospital(intensive=0),)),
        problem(patient(companions=2), hospitals=(hospital(companions=1),)),
        problem(hospitals=(hospital(arrivals_per_day=0),)),
    ],
)
def test_rule_7(posed):
    """Tests that needs, dates, refusals, choice, rooms, housing and arrivals are judged."""
    good = plan(problem(), flight(), place())
    rules = {one.rule for one in evaluate(posed, good).broken} - {"score", "basis"}
    assert rules == {"7 hospital"}


def test_rule_7_counts_over_the_whole_plan():
    """Tests that one place is one place on two flights, and that arrivals are counted by date."""
    posed = problem(patient("P1"), patient("P2"), hospitals=(hospital(places={"burns": Places(1)}),))
    assert broken(posed, *TWO_FLIGHTS, place("P1"), place("P2", number=1)) == ["7 hospital"]
    posed = problem(patient("P1"), patient("P2"), hospitals=(hospital(arrivals_per_day=1),))
    assert broken(posed, *TWO_FLIGHTS, place("P1"), place("P2", number=1)) == []
    assert broken(posed, flight(), place("P1"), place("P2")) == ["7 hospital"]


def family(**changes):
    """Two members of one family, who could go to MID-1, MID-2 or EAS-1."""
    members = (patient("P1", family="F"), patient("P2", family="F"))
    return problem(*members, hospitals=(hospital(), hospital("MID-2"), hospital("EAS-1", "EAST")), **changes)


def test_rule_8():
    """Tests that a family is placed whole, on one flight, to one hospital or leaving at one airport."""
    assert broken(family(), flight(), place("P1"), place("P2")) == []
    assert broken(family(), flight(), place("P1")) == ["8 family"]
    assert broken(family(), *TWO_FLIGHTS, place("P1"), place("P2", number=1)) == ["8 family"]
    assert broken(family(), flight(), place("P1"), place("P2", "MID-2")) == ["8 family"]
    same_stop = family(families={"F": "same-stop"})
    assert broken(same_stop, flight(), place("P1"), place("P2", "MID-2")) == []
    both = (place("P1"), place("P2", "EAS-1", leaves_at="EAST"))
    assert broken(same_stop, flight("EAST", "MIDD"), *both) == ["8 family"]


def test_rule_9():
    """Tests that a country's limit is judged, and that its fair share is not."""
    limited = {"MC": Country("MC", limit=0), "EC": Country("EC")}
    assert broken(problem(countries=limited), flight(), place()) == ["9 country"]
    shared = {"MC": Country("MC", fair_share=0), "EC": Country("EC")}
    assert broken(problem(countries=shared), flight(), place()) == []


FIXED_FLIGHT = FixedFlight("A1", DAY_1, "standard", "HUBB", ("MIDD",), 360)


@pytest.mark.parametrize(
    "changes",
    [
        {"fixed": (Fixed("P2", "MID-1"),)},
        {"fixed": (Fixed("P1", "EAS-1"),)},
        {"fixed": (Fixed("P1", "MID-1", FlightKey("A1", DAY_2)),)},
        {"fixed_flights": (replace(FIXED_FLIGHT, date=DAY_2),)},
        {"fixed_flights": (replace(FIXED_FLIGHT, leaves_base=361),)},
        {"fixed_flights": (replace(FIXED_FLIGHT, stops=("MIDD", "EAST")),)},
        {"fixed_flights": (replace(FIXED_FLIGHT, closed=True),)},
    ],
)
def test_rule_10(changes):
    """Tests that fixed patients, fixed flights and closed flights are judged."""
    posed = problem(patient("P1"), patient("P2"), **changes)
    assert set(broken(posed, flight(), place())) == {"10 fixed"}


def test_rule_10_kept():
    """Tests that a closed fixed flight carries the patient fixed to it, and may name its base."""
    posed = problem(
        fixed=(Fixed("P1", "MID-1", FlightKey("A1", DAY_1)),),
        fixed_flights=(replace(FIXED_FLIGHT, stops=("MIDD", "HOME"), closed=True),),
    )
    assert broken(posed, flight("MIDD", "HOME"), place()) == []


def judged(**changes):
    """Rules that the small plan breaks once something it states is changed."""
    posed = problem(patient("P1", hospitals=("MID-1",)), patient("P2"))
    good = plan(posed, flight(), place())
    return [one.rule for one in evaluate(posed, replace(good, **changes)).broken]


GOOD = plan(problem(patient("P1", hospitals=("MID-1",)), patient("P2")), flight(), place())


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, []),
        ({"unplaced": ()}, ["patients once"]),
        ({"unplaced": (*GOOD.unplaced, Unplaced("P1", "family", ""))}, ["patients once"]),
        ({"unplaced": (*GOOD.unplaced, Unplaced("P9", "family", ""))}, ["patients once"]),
        ({"unplaced": (Unplaced("P2", None, ""),)}, ["status"]),
        ({"placements": (replace(GOOD.placements[0], basis="proposal"),)}, ["basis"]),
        ({"placements": (replace(GOOD.placements[0], transit_minutes=136),)}, []),
        ({"placements": (replace(GOOD.placements[0], transit_minutes=137),)}, ["printed times"]),
        ({"score": GOOD.score + 0.04}, []),
        ({"score": GOOD.score + 0.06}, ["score"]),
        ({"terms": {**GOOD.terms, "cost": 0.2}}, ["score"]),
        ({"bound": None}, []),
        ({"bound": GOOD.score - 1}, ["status"]),
        ({"status": "optimal"}, []),
        ({"status": "optimal", "bound": None}, ["status"]),
        ({"status": "optimal", "bound": GOOD.score + 0.00108}, []),  # 0.0001 × 10.85 = 0.001085
        ({"status": "optimal", "bound": GOOD.score + 0.0011}, ["status"]),
    ],
)
def test_what_a_plan_states_of_itself(changes, rules):
    """Tests that patients, basis, transit, score, terms, bound and status are judged (score 10.85)."""
    assert judged(**changes) == rules


def test_printed_instants():
    """Tests that a printed instant may be off by one minute and not by two."""
    posed = problem()
    good = plan(posed, flight(), place())
    one = good.flights[0]

    def late(minutes):
        leg = replace(one.legs[1], arrives=one.legs[1].arrives + timedelta(minutes=minutes))
        legs = (one.legs[0], leg, one.legs[2])
        changed = replace(good, flights=(replace(one, legs=legs),))
        return [found.rule for found in evaluate(posed, changed).broken]

    assert late(1) == []
    assert late(2) == ["printed times"]


@pytest.mark.parametrize(
    "changes",
    [
        {"placements": (replace(GOOD.placements[0], patient="P9"),)},
        {"placements": (replace(GOOD.placements[0], hospital="XXX"),)},
        {"placements": (replace(GOOD.placements[0], flight="F9"),)},
        {"flights": (replace(GOOD.flights[0], aircraft="A9"),)},
        {"flights": (replace(GOOD.flights[0], hub="XXXX"),)},
        {"flights": (*GOOD.flights, GOOD.flights[0])},
    ],
)
def test_unknown_names(changes):
    """Tests that a name which nobody knows is reported and stops nothing."""
    assert "reference" in judged(**changes)


def test_an_infeasible_plan():
    """Tests that an infeasible plan is judged by its shape only."""
    posed = problem()
    good = plan(posed, flight(), place())
    bare = replace(good, status="infeasible", score=None, bound=None, terms=None, flights=(), placements=())
    whole = replace(
        bare, unplaced=(Unplaced("P1", None, "Because."),), conflicts=(Conflict(("P1",), "10", "."),)
    )
    assert evaluate(posed, whole).broken == ()
    for changes in (
        {"conflicts": ()},
        {"score": 1.0},
        {"unplaced": (Unplaced("P1", "family", ""),)},
        {"flights": good.flights},
    ):
        assert {one.rule for one in evaluate(posed, replace(whole, **changes)).broken} == {"status"}


def test_sentences_name_numbers_and_limits():
    """Tests that a sentence can be read by itself."""
    posed = problem(hospitals=(hospital(places={"burns": Places(0)}),))
    found = evaluate(posed, plan(problem(), flight(), place())).broken
    texts = [one.sentence for one in found]
    assert "P1 needs burns, which MID-1 does not offer." in texts
    assert "MID-1: the plan takes 1 burns places; there are 0." in texts


NEAR = decision(flight(), place())
LATE = decision(flight("EAST", "MIDD"), place())
TWO = decision(flight(), place("P1"), place("P2"))
URGENT = decision(flight(), place("P3"))
WAITING = decision(flight(), place("P4"))
FAR = decision(flight("EAST"), place("P1", "EAS-1", leaves_at="EAST"))
LIKED = decision(flight(), place("P5"))


@pytest.mark.parametrize(
    ("one", "two", "before", "after"),
    [
        # two routine patients (20) or one urgent (100, then 5)
        (URGENT, TWO, {}, {"priority": {1: 5.0, 2: 30.0, 3: 10.0}}),
        # one who has waited ten weeks, 10 × (1 + 0.25 × 8) = 30, or two new ones
        (WAITING, TWO, {}, {"waiting_per_week": 0.0}),
        (WAITING, TWO, {}, {"waiting_weeks_cap": 2}),
        # MID-1 suits at 0.5, EAS-1 at 0.9: 3 × 0.4 more, for 1 h of flying (0.1) and no transit
        (FAR, NEAR, {}, {"suitability": 0.0}),
        (LIKED, NEAR, {}, {"preference": -1.0}),
        # both to MID-1; by way of EAST it takes 30 + 30 + 60 − 30 = 90 minutes more
        (LATE, NEAR, {"cost_per_1000": -1, "transit_per_hour": 0.0}, {"transit_per_hour": 5.0}),
        # two patients (20) where one is the fair share
        (TWO, NEAR, {}, {"above_fair_share": 20.0}),
        (NEAR, LATE, {"transit_per_hour": 0.0}, {"cost_per_1000": -1.0}),
    ],
)
def test_every_weight_can_turn_a_ranking(one, two, before, after):
    """Tests that changing one weight alone turns the order of two plans."""
    patients = (
        patient("P1"),
        patient("P2"),
        patient("P3", priority=1),
        patient("P4", waiting_days=70),
        patient("P5", prefers="MC"),
    )
    posed = problem(
        *patients,
        hospitals=(hospital(), hospital("EAS-1", "EAST", suitability={"burns": 0.9})),
        countries={"MC": Country("MC", fair_share=1), "EC": Country("EC")},
    )

    def lead(weights):
        weighed = replace(posed, weights=weights)
        scores = [sum(score_terms(weighed, plan.flights, plan.assignments).values()) for plan in (one, two)]
        return scores[0] - scores[1]

    first = replace(Weights(), **before)
    assert lead(first) > 0 > lead(replace(first, **after))
