"""Improving a decision by insertions and exchanges: by hand, and against trying everything."""

from dataclasses import replace
from itertools import product
from random import Random

import pytest
from small_problem import (
    AIRCRAFT,
    DAY_1,
    DAY_2,
    LAYOUT,
    TEN_MINUTES_A_DEGREE,
    decision,
    flight,
    hospital,
    patient,
    place,
    problem,
)

from medevac.planner.assemble import build_plan
from medevac.planner.decision import Assignment, Decision, FlightChoice
from medevac.planner.evaluate import evaluate, score_terms
from medevac.planner.exchange import improve
from medevac.planner.plan import Unplaced
from medevac.planner.problem import (
    Country,
    Fixed,
    FixedFlight,
    FlightKey,
    Places,
    Reach,
    Weights,
)

ONE_PLACE = (hospital(places={"burns": Places(1)}),)


def placed(found: Decision):
    """Who goes where."""
    return {one.patient_id: one.hospital_id for one in found.assignments}


def score(posed, found: Decision) -> float:
    """The score of a decision."""
    return sum(score_terms(posed, found.flights, found.assignments).values())


def broken(posed, found: Decision):
    """Rules that a decision breaks, its reasons aside."""
    ids = {one.patient_id for one in found.assignments}
    unplaced = [Unplaced(one.id, "worse-score", "") for one in posed.patients if one.id not in ids]
    made = build_plan(
        posed,
        "",
        found.flights,
        found.assignments,
        bound=None,
        status="feasible",
        solver_record=None,
        unplaced=unplaced,
    )
    return evaluate(posed, made).broken


def test_inserts_who_fits():
    """Tests that both patients join while there is room, the flight staying as it is."""
    posed = problem(patient("P1"), patient("P2"))
    found = improve(posed, decision(flight()))
    assert placed(found) == {"P1": "MID-1", "P2": "MID-1"}
    assert found.flights == (flight(),)


def test_exchanges_for_who_is_worth_more():
    """Tests that the one place goes to the patient of priority 1 (100) and not of priority 3 (10)."""
    posed = problem(patient("P1"), patient("P2", priority=1), hospitals=ONE_PLACE)
    assert placed(improve(posed, decision(flight(), place("P1")))) == {"P2": "MID-1"}


def test_who_leaves_may_come_back_elsewhere():
    """Tests that a patient exchanged away is inserted again where there is room."""
    posed = problem(
        patient("P1"),
        patient("P2", priority=1, hospitals=("MID-1",)),
        hospitals=(*ONE_PLACE, hospital("MID-2", suitability={"burns": 0.1})),
    )
    assert placed(improve(posed, decision(flight(), place("P1")))) == {"P1": "MID-2", "P2": "MID-1"}


def test_fixed_patients_and_family_members_stay():
    """Tests that neither a fixed patient nor one of a family is exchanged away."""
    fixed = problem(
        patient("P1"), patient("P2", priority=1), hospitals=ONE_PLACE, fixed=(Fixed("P1", "MID-1"),)
    )
    assert placed(improve(fixed, decision(flight(), place("P1")))) == {"P1": "MID-1"}
    members = (patient("P1", family="F"), patient("P2", family="F"), patient("P3", priority=1))
    found = improve(problem(*members), decision(flight(), place("P1"), place("P2")))
    assert set(placed(found)) == {"P1", "P2"}


def test_a_family_joins_whole_or_not_at_all():
    """Tests that two litters carry a family of two, and that one litter carries none of it."""
    members = (patient("P1", family="F"), patient("P2", family="F"))
    posed = problem(*members)
    assert placed(improve(posed, decision(flight()))) == {"P1": "MID-1", "P2": "MID-1"}
    narrow = replace(AIRCRAFT, layouts=(replace(LAYOUT, litters=1),))
    assert placed(improve(replace(posed, aircraft=(narrow,)), decision(flight()))) == {}


def test_a_family_is_exchanged_for_one_patient():
    """Tests that a family of two litters takes the place of one patient when another litter is free."""
    members = (patient("P1", family="F"), patient("P2", family="F"), patient("P3"))
    assert placed(improve(problem(*members), decision(flight(), place("P3")))) == {
        "P1": "MID-1",
        "P2": "MID-1",
    }


def test_a_closed_flight_is_not_joined():
    """Tests that nobody joins a fixed flight that is closed."""
    fixed = FixedFlight("A1", DAY_1, "standard", "HUBB", ("MIDD",), 360, closed=True)
    assert placed(improve(problem(fixed_flights=(fixed,)), decision(flight()))) == {}


def test_the_base_becomes_a_drop():
    """Tests that a patient may leave where the flight ends anyway, unless the flight is fixed.

    MIDD, where nobody leaves then, is left out.
    """
    posed = problem(hospitals=(hospital("HOM-1", "HOME", country="EC"),))
    found = improve(posed, decision(flight()))
    assert found.flights[0].stops == ("HOME",)
    assert broken(posed, found) == ()
    fixed = FixedFlight("A1", DAY_1, "standard", "HUBB", ("MIDD",), 360)
    assert placed(improve(replace(posed, fixed_flights=(fixed,)), decision(flight()))) == {}
    few = replace(posed, aircraft=(replace(AIRCRAFT, max_stops=1),))
    assert placed(improve(few, decision(flight()))) == {}


def test_a_drop_that_one_patient_keeps():
    """Tests that the only patient who leaves at the base of a flight without other drops is not taken."""
    posed = problem(
        patient("P1"),
        patient("P2", priority=1, hospitals=("EAS-1",)),
        patient("P3", priority=2),
        hospitals=(
            hospital("HOM-1", "HOME", country="EC"),
            hospital("EAS-1", "EAST", places={"burns": Places(1)}),
        ),
        countries={"EC": Country("EC", limit=1)},
    )
    start = decision(flight("HOME"), flight("EAST", date=DAY_2), place("P1", "HOM-1", leaves_at="HOME"))
    # P2 could go to EAST only if P1, alone at HOME, left; P3 may take P1's own drop
    assert placed(improve(posed, start)) == {"P3": "HOM-1"}


def test_a_fair_share_can_forbid_an_insertion():
    """Tests that nobody joins where the fair share costs more than the patient is worth (11.05)."""
    posed = problem(countries={"MC": Country("MC", fair_share=0)}, hospitals=(hospital(),))
    assert placed(improve(posed, decision(flight()))) == {"P1": "MID-1"}
    dear = replace(posed, weights=Weights(above_fair_share=11.1))
    assert placed(improve(dear, decision(flight()))) == {}


def test_stops_when_told():
    """Tests that nothing is changed once `stop` says so."""
    assert placed(improve(problem(), decision(flight()), stop=lambda: True)) == {}


def random_problem(seed: int):
    """A problem in which everything is scarce, and a decision of one or two empty flights."""
    pick = Random(seed)
    codes = ("MIDD", "EAST", "HOME")

    def some_hospital(number: int):
        places = {need: Places(pick.randint(0, 2)) for need in ("burns", "trauma")}
        reach = tuple(
            Reach(code, pick.choice((20, 90))) for code in pick.sample(codes, pick.choice((1, 1, 2)))
        )
        return hospital(
            f"H{number}",
            reach=reach,
            country=pick.choice(("MC", "EC")),
            places=places,
            suitability={"burns": pick.random()},
            isolation=pick.randint(0, 1),
            child=1,
            intensive=1,
            companions=pick.randint(0, 2),
            arrivals_per_day=pick.choice((None, 1, 2)),
        )

    def some_patient(number: int):
        return patient(
            f"P{number}",
            priority=pick.randint(1, 3),
            position=pick.choice(("seat", "litter", "litter", "intensive")),
            needs=pick.choice((("burns",), ("trauma",), ("burns", "trauma"))),
            isolation=pick.choice(("none", "none", "contact", "airborne")),
            companions=pick.choice((0, 0, 1)),
            care=pick.choice((0, 1, 1.5)),
            ready=pick.choice((DAY_1, DAY_1, DAY_2)),
            max_transit_minutes=pick.choice((180, 600)),
            family=pick.choice((None, None, None, "F", "G")),
            refuses=pick.choice(((), (), ("EC",))),
            prefers=pick.choice((None, "MC", "EC")),
        )

    limits = {code: Country(code, pick.choice((None, 2)), pick.choice((None, 0, 1))) for code in ("MC", "EC")}
    posed = problem(
        *(some_patient(number) for number in range(7)),
        hospitals=tuple(some_hospital(number) for number in range(3)),
        countries=limits,
        families={"G": "same-stop"},
        aircraft=(replace(AIRCRAFT, layouts=(replace(LAYOUT, litters=pick.randint(1, 3), care=3),)),),
        weights=Weights(above_fair_share=pick.choice((0.5, 9, 40))),
    )
    airports = {
        **posed.airports,
        "MIDD": replace(posed.airports["MIDD"], ambulances=pick.choice((None, 1, 2))),
    }
    routes = (("MIDD",), ("EAST",), ("EAST", "MIDD"), ("MIDD", "EAST"))
    flights = [flight(*pick.choice(routes)), flight(*pick.choice(routes), date=DAY_2)]
    if pick.random() < 0.3:
        posed = replace(
            posed, fixed_flights=(FixedFlight("A1", DAY_1, "standard", "HUBB", flights[0].stops, 360),)
        )
    return replace(posed, airports=airports), decision(*flights[: pick.randint(1, 2)])


def all_ways(posed, found: Decision, party):
    """Every placement of a party on one flight of a decision, those that break rules too."""
    for number, choice in enumerate(found.flights):
        stops = dict.fromkeys((*choice.stops, "HOME"))
        ends = [
            (one.id, code)
            for one in posed.hospitals
            for code in stops
            if code in {r.airport for r in one.reach}
        ]
        for ways in product(ends, repeat=len(party)):
            yield [Assignment(p.id, one, number, code) for p, (one, code) in zip(party, ways, strict=True)]


def with_used_bases(found: Decision, posed) -> Decision:
    """The decision with the base among the stops exactly where somebody leaves there."""

    def stops(number: int, choice: FlightChoice):
        if any(one.key == FlightKey(choice.aircraft_id, choice.date) for one in posed.fixed_flights):
            return choice.stops
        used = any(one.flight_index == number and one.leaves_at == "HOME" for one in found.assignments)
        others = tuple(code for code in choice.stops if code != "HOME")
        return (*others, "HOME") if used else others

    flights = tuple(replace(one, stops=stops(number, one)) for number, one in enumerate(found.flights))
    return Decision(flights, found.assignments)


def better_neighbour(posed, found: Decision):
    """Any decision with one party more, or one more and one patient less, that scores higher."""
    ids = {one.patient_id for one in found.assignments}
    parties = {
        tuple(p for p in posed.patients if p.id == one.id or (one.family and p.family == one.family))
        for one in posed.patients
        if one.id not in ids
    }
    families = {one.id: one.family for one in posed.patients}
    kept = [None, *(one for one in found.assignments if families[one.patient_id] is None)]
    for party in parties:
        for leaving in kept:
            rest = tuple(one for one in found.assignments if one is not leaving)
            for ways in all_ways(posed, found, party):
                other = with_used_bases(Decision(found.flights, (*rest, *ways)), posed)
                if score_or_none(posed, other) > score(posed, found) + 1e-6 and not broken(posed, other):
                    return other
    return None


def score_or_none(posed, found: Decision) -> float:
    """The score, very low where somebody leaves where the flight does not stop."""
    if any(one.leaves_at not in found.flights[one.flight_index].stops for one in found.assignments):
        return -1e9
    return score(posed, found)


@pytest.mark.parametrize("seed", range(12))
def test_nothing_simple_helps_any_more(seed):
    """Tests against trying everything that no insertion and no exchange is left that helps."""
    posed, start = random_problem(seed)
    found = improve(posed, start)
    assert broken(posed, found) == ()
    assert score(posed, found) >= score(posed, start)
    assert better_neighbour(posed, found) is None


def test_the_same_twice():
    """Tests that the same decision is improved in the same way."""
    posed, start = random_problem(3)
    assert improve(posed, start) == improve(replace(posed), start)


def test_speed_of_the_small_problem():
    """Tests that the hand computations rest on ten minutes for each degree."""
    assert pytest.approx(667.17, abs=0.01) == TEN_MINUTES_A_DEGREE


def test_a_drop_where_nobody_leaves_is_left_out():
    """Tests that HUBB-EAST-MIDD with everybody to MID-1 becomes HUBB-MIDD, which scores more."""
    posed = problem(patient("P1"))
    found = improve(posed, decision(flight("EAST", "MIDD"), place("P1")))
    assert found.flights[0].stops == ("MIDD",)
    assert found.flights[0].leaves_base == flight().leaves_base
    assert score(posed, found) > score(posed, decision(flight("EAST", "MIDD"), place("P1")))
    assert broken(posed, found) == ()


def test_a_drop_that_a_rule_needs_stays():
    """Tests that EAST stays where MIDD opens at 09:00 only, half an hour after a flight without EAST."""
    posed = problem(patient("P1"))
    late = replace(posed.airports["MIDD"], opens=540)
    posed = replace(posed, airports={**posed.airports, "MIDD": late})
    found = improve(posed, decision(flight("EAST", "MIDD"), place("P1")))
    assert found.flights[0].stops == ("EAST", "MIDD")
    fixed = FixedFlight("A1", DAY_1, "standard", "HUBB", ("EAST", "MIDD"), 360)
    posed = problem(patient("P1"), fixed_flights=(fixed,))
    assert improve(posed, decision(flight("EAST", "MIDD"), place("P1"))).flights[0].stops == fixed.stops
