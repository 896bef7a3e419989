"""Tests of conflicts: each is found, names what binds, and is gone when what it names is mended."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from small_problem import AIRCRAFT, DAY_1, DAY_2, DAY_3, LAYOUT, hospital, patient, problem, with_airport

from medevac.planner import solve
from medevac.planner.conflicts import explain_infeasible, plain_conflicts
from medevac.planner.problem import (
    Country,
    DutyBand,
    Fixed,
    FixedFlight,
    FlightKey,
    Patient,
    Places,
    Problem,
)
from medevac.planner.reading import read_problem
from oracle.bruteforce import best_score
from oracle.tiny import tiny_problem

FLIGHT_1, FLIGHT_2 = FlightKey("A1", DAY_1), FlightKey("A1", DAY_2)
P1, P2, P3 = patient("P1"), patient("P2"), patient("P3")
TWO_HUBS = {"HUBB": 60.0, "EAST": 60.0}


def to(name: str = "P1", hospital_id: str = "MID-1", flight: FlightKey | None = None) -> Fixed:
    """A fixed patient."""
    return Fixed(name, hospital_id, flight)


def fixed_flight(*stops: str, **changes: Any) -> FixedFlight:
    """A fixed flight of A1 on the first day at six o'clock; over MIDD it is back at 09:30."""
    return replace(FixedFlight("A1", DAY_1, "standard", "HUBB", stops or ("MIDD",), 360), **changes)


def posed(*patients: Patient, fixed: tuple[Fixed, ...] = (), **changes: Any) -> Problem:
    """The small problem with these patients and what is fixed."""
    return problem(*patients, fixed=fixed, **changes)


def with_aircraft(plain: Problem, **changes: Any) -> Problem:
    """The problem with its aircraft changed."""
    return replace(plain, aircraft=(replace(plain.aircraft[0], **changes),))


def with_hospital(plain: Problem, **changes: Any) -> Problem:
    """The problem with its first hospital changed."""
    return replace(plain, hospitals=(replace(plain.hospitals[0], **changes), *plain.hospitals[1:]))


def with_patient(plain: Problem, **changes: Any) -> Problem:
    """The problem with its first patient changed."""
    return replace(plain, patients=(replace(plain.patients[0], **changes), *plain.patients[1:]))


ONE = posed(fixed=(to(),))
ON_1 = posed(fixed=(to(flight=FLIGHT_1),))
TWO = posed(P1, P2, fixed=(to("P1"), to("P2")))
TWO_ON_1 = posed(P1, P2, fixed=(to("P1", flight=FLIGHT_1), to("P2", flight=FLIGHT_1)))
FLOWN = posed(fixed=(to(flight=FLIGHT_1),), fixed_flights=(fixed_flight(),))
FAMILY = posed(
    patient("P1", family="F"), patient("P2", family="F"), fixed=(to("P1", flight=FLIGHT_1), to("P2"))
)
SAME_STOP = replace(FAMILY, fixed=(to("P1"), to("P2", "EAS-1")), families={"F": "same-stop"})
SHARED = hospital("EAS-1", reach=hospital().reach)

# name: the rule, words of the explanation, the impossible problem, and the one in which that is mended.
CASES: dict[str, tuple[str, str, Problem, Problem]] = {
    "a fixed flight with too many stops": (
        "1 flight",
        "between 1 and 1 stops, not 2",
        with_aircraft(posed(fixed_flights=(fixed_flight("EAST", "MIDD"),)), max_stops=1),
        with_aircraft(posed(fixed_flights=(fixed_flight("EAST", "MIDD"),)), max_stops=2),
    ),
    "a fixed flight beyond the range": (
        "2 legs",
        "HOME–HUBB is 667 km; A1 flies at most 600 km",
        with_aircraft(FLOWN, range_km=600),
        with_aircraft(FLOWN, range_km=700),
    ),
    "a fixed flight at night": (
        "3 timeline",
        "is at MIDD until 09:00, after it closes at 08:45",
        with_airport(FLOWN, "MIDD", closes=525),
        with_airport(FLOWN, "MIDD", closes=540),
    ),
    "a fixed flight beyond the duty": (
        "4 duty",
        "on duty for 270 minutes; 269 are allowed",
        with_aircraft(FLOWN, duty_minutes=269),
        with_aircraft(FLOWN, duty_minutes=270),
    ),
    "more fixed flights than allowed": (
        "1 flight",
        "2 flights (2026-01-12 and 2026-01-13)",
        with_aircraft(posed(fixed_flights=(fixed_flight(), fixed_flight(date=DAY_2))), max_flights=1),
        posed(fixed_flights=(fixed_flight(), fixed_flight(date=DAY_2))),
    ),
    "more named flights than allowed": (
        "1 flight",
        "1 flight is allowed",
        with_aircraft(
            replace(TWO, fixed=(to("P1", flight=FLIGHT_1), to("P2", flight=FLIGHT_2))), max_flights=1
        ),
        with_aircraft(
            replace(TWO, fixed=(to("P1", flight=FLIGHT_1), to("P2", flight=FLIGHT_2))), max_flights=2
        ),
    ),
    "fixed flights that overlap": (
        "1 flight",
        "before the aircraft is back from the one on 2026-01-12 at 03:20 +1 d",
        posed(fixed_flights=(fixed_flight(leaves_base=1430), fixed_flight(date=DAY_2, leaves_base=199))),
        posed(fixed_flights=(fixed_flight(leaves_base=1430), fixed_flight(date=DAY_2, leaves_base=200))),
    ),
    "no such specialty": (
        "7 hospital",
        "no place of eyes",
        with_patient(ONE, needs=("burns", "eyes")),
        with_hospital(
            with_patient(ONE, needs=("burns", "eyes")), places={"burns": Places(1), "eyes": Places(1)}
        ),
    ),
    "a refused country": ("7 hospital", "refuses", with_patient(ONE, refuses=("MC",)), ONE),
    "not in the list": (
        "7 hospital",
        "may go to EAS-1 only",
        with_patient(ONE, hospitals=("EAS-1",)),
        with_patient(ONE, hospitals=("EAS-1", "MID-1")),
    ),
    "not the chosen one": (
        "7 hospital",
        "EAS-1 is the chosen hospital",
        with_patient(ONE, chosen="EAS-1"),
        with_patient(ONE, chosen="MID-1"),
    ),
    "a hospital that is shut on the named date": (
        "6 placed patient",
        "from 2026-01-13 until any date",
        with_hospital(ON_1, from_date=DAY_2),
        with_hospital(ON_1, from_date=DAY_1),
    ),
    "a hospital that is shut on every date": (
        "6 placed patient",
        "any flight of any aircraft",
        with_hospital(ONE, from_date=DAY_3),
        with_hospital(ONE, from_date=DAY_2),
    ),
    "places without a date left": (
        "7 hospital",
        "no place of burns on the date of",
        with_hospital(ONE, places={"burns": Places(1, from_date=DAY_3)}),
        with_hospital(ONE, places={"burns": Places(1, from_date=DAY_2)}),
    ),
    "ready after the named date": (
        "6 placed patient",
        "ready on 2026-01-13",
        with_patient(ON_1, ready=DAY_2),
        with_patient(ON_1, ready=DAY_1),
    ),
    "ready after every date": (
        "6 placed patient",
        "ready on 2026-01-14",
        with_patient(ONE, ready=DAY_3),
        with_patient(ONE, ready=DAY_2),
    ),
    "another hub than the fixed flight's": (
        "6 placed patient",
        "P1 waits at EAST; the fixed flight of A1 on 2026-01-12 takes on patients at HUBB",
        with_patient(replace(FLOWN, hubs=TWO_HUBS), hub="EAST"),
        replace(FLOWN, hubs=TWO_HUBS),
    ),
    "two hubs on one named flight": (
        "6 placed patient",
        "P1 at EAST and P2 at HUBB",
        with_patient(replace(TWO_ON_1, hubs=TWO_HUBS), hub="EAST"),
        replace(TWO_ON_1, hubs=TWO_HUBS),
    ),
    "no stop in reach": (
        "6 placed patient",
        "stops at EAST only",
        replace(FLOWN, fixed_flights=(fixed_flight("EAST"),)),
        replace(FLOWN, fixed_flights=(fixed_flight("EAST", "MIDD"),)),
    ),
    "too long on the fixed flight": (
        "6 placed patient",
        "after 135 minutes in transit; 134 are allowed",
        with_patient(FLOWN, max_transit_minutes=134),
        with_patient(FLOWN, max_transit_minutes=135),
    ),
    "unfit before the fixed flight arrives": (
        "6 placed patient",
        "at 09:15, and is fit until 09:14 only",
        with_patient(FLOWN, fit_until=datetime(2026, 1, 12, 9, 14, tzinfo=UTC)),
        with_patient(FLOWN, fit_until=datetime(2026, 1, 12, 9, 15, tzinfo=UTC)),
    ),
    "too long on any flight": (
        "6 placed patient",
        "P1 may be 134 minutes in transit",
        with_patient(ONE, max_transit_minutes=134),
        with_patient(ONE, max_transit_minutes=135),
    ),
    "duty on any flight": (
        "4 duty",
        "the duty of the crew of A1 is limited",
        with_aircraft(ON_1, duty_minutes=(DutyBand(0, 1440, {3: 269}),)),
        with_aircraft(ON_1, duty_minutes=(DutyBand(0, 1440, {3: 270}),)),
    ),
    "too few places": (
        "7 hospital",
        "too few places of burns: 1 for the 2",
        with_hospital(TWO, places={"burns": Places(1)}),
        with_hospital(TWO, places={"burns": Places(2)}),
    ),
    "too few isolation rooms": (
        "7 hospital",
        "too few isolation rooms: 0 for the 1",
        with_hospital(with_patient(ONE, isolation="contact"), isolation=0),
        with_hospital(with_patient(ONE, isolation="contact"), isolation=1),
    ),
    "too few places for children": (
        "7 hospital",
        "too few places for children",
        with_hospital(with_patient(ONE, child=True), child=0),
        with_hospital(with_patient(ONE, child=True), child=1),
    ),
    "too little intensive care": (
        "7 hospital",
        "too few intensive-care places",
        with_hospital(with_patient(ONE, position="intensive"), intensive=0),
        with_hospital(with_patient(ONE, position="intensive"), intensive=1),
    ),
    "too little housing": (
        "7 hospital",
        "too few places for companions: 1 for the 2",
        with_hospital(with_patient(ONE, companions=2), companions=1),
        with_hospital(with_patient(ONE, companions=2), companions=2),
    ),
    "too many arrivals on a named date": (
        "7 hospital",
        "too few arrivals on 2026-01-12: 1 for the 2",
        with_hospital(TWO_ON_1, arrivals_per_day=1),
        with_hospital(TWO_ON_1, arrivals_per_day=2),
    ),
    "too many arrivals on all dates": (
        "7 hospital",
        "at most 1 on one date, and flights arrive on 1 date",
        with_aircraft(with_hospital(TWO, arrivals_per_day=1), days=(DAY_1,)),
        with_aircraft(with_hospital(TWO, arrivals_per_day=1), days=(DAY_1, DAY_2)),
    ),
    "a country's limit": (
        "9 country",
        "MC receives at most 1 patient, and 2 patients are fixed to its hospitals (P1 and P2)",
        replace(TWO, countries={"MC": Country("MC", limit=1), "EC": Country("EC")}),
        replace(TWO, countries={"MC": Country("MC", limit=2), "EC": Country("EC")}),
    ),
    "no room in the fixed layout": (
        "5 on board",
        "too few litters (2 for 3)",
        posed(
            P1,
            P2,
            P3,
            fixed=tuple(to(n, flight=FLIGHT_1) for n in ("P1", "P2", "P3")),
            hospitals=(hospital(places={"burns": Places(3)}), SHARED),
            aircraft=(replace(AIRCRAFT, layouts=(LAYOUT, replace(LAYOUT, id="large", litters=3))),),
            fixed_flights=(fixed_flight(),),
        ),
        posed(
            P1,
            P2,
            P3,
            fixed=tuple(to(n, flight=FLIGHT_1) for n in ("P1", "P2", "P3")),
            hospitals=(hospital(places={"burns": Places(3)}), SHARED),
            aircraft=(replace(AIRCRAFT, layouts=(LAYOUT, replace(LAYOUT, id="large", litters=3))),),
            fixed_flights=(fixed_flight(layout="large"),),
        ),
    ),
    "no room in the best layout": (
        "5 on board",
        "layout standard has too few litters (1 for 2)",
        with_aircraft(TWO_ON_1, layouts=(replace(LAYOUT, litters=1),)),
        with_aircraft(TWO_ON_1, layouts=(replace(LAYOUT, litters=1), replace(LAYOUT, id="large"))),
    ),
    "too few ambulances": (
        "6 placed patient",
        "must leave at MIDD (P1 and P2), where there are too few ambulances: 1",
        with_airport(TWO_ON_1, "MIDD", ambulances=1),
        with_airport(TWO_ON_1, "MIDD", ambulances=2),
    ),
    "too many airports for one flight": (
        "1 flight",
        "2 airports: EAST and MIDD; A1 makes at most 1 stop",
        with_aircraft(replace(TWO_ON_1, fixed=(TWO_ON_1.fixed[0], to("P2", "EAS-1", FLIGHT_1))), max_stops=1),
        with_aircraft(replace(TWO_ON_1, fixed=(TWO_ON_1.fixed[0], to("P2", "EAS-1", FLIGHT_1))), max_stops=2),
    ),
    "a family fixed to two hospitals": (
        "8 family",
        "P1 to MID-1 and P2 to EAS-1",
        replace(FAMILY, fixed=(to("P1"), to("P2", "EAS-1"))),
        replace(FAMILY, fixed=(to("P1"), to("P2"))),
    ),
    "a family fixed to two flights": (
        "8 family",
        "P1 to the flight of A1 on 2026-01-12 and P2 to the flight of A1 on 2026-01-13",
        replace(FAMILY, fixed=(to("P1", flight=FLIGHT_1), to("P2", flight=FLIGHT_2))),
        FAMILY,
    ),
    "a family whose hospitals share no airport": (
        "8 family",
        "no airport reaches all its hospitals",
        SAME_STOP,
        replace(SAME_STOP, hospitals=(hospital(), SHARED)),
    ),
    "a family of whom one refuses": (
        "7 hospital",
        "P2 (family F, with P1) is fixed to MID-1 in MC, a country that the patient refuses",
        replace(
            FAMILY,
            fixed=(to("P1"),),
            patients=(FAMILY.patients[0], replace(FAMILY.patients[1], refuses=("MC",))),
        ),
        replace(FAMILY, fixed=(to("P1"),)),
    ),
    "a closed flight without one of the family": (
        "10 fixed",
        "P2 (family F, with P1) must travel on the flight of A1 on 2026-01-12, which is closed",
        replace(FAMILY, fixed=FAMILY.fixed[:1], fixed_flights=(fixed_flight(closed=True),)),
        replace(FAMILY, fixed=FAMILY.fixed[:1], fixed_flights=(fixed_flight(),)),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_contradiction_is_named_and_gone_when_mended(name: str) -> None:
    """Tests rule and words of each kind, and that mending what is named makes a plan possible."""
    rule, words, impossible, mended = CASES[name]
    found = plain_conflicts(impossible)
    assert any(one.rule == rule and words in one.explanation for one in found), found
    infeasible = solve(impossible)
    assert infeasible is not None
    assert (infeasible.status, infeasible.conflicts) == ("infeasible", found)
    assert plain_conflicts(mended) == ()
    plan = solve(mended)
    assert plan is not None
    assert plan.status == "optimal"


def test_nothing_fixed_is_no_conflict() -> None:
    """Tests that a problem in which nobody must travel is never called impossible."""
    assert plain_conflicts(with_patient(posed(), needs=("eyes",))) == ()


def three(**changes: Any) -> Problem:
    """Three on litters, each possible alone and two by two, and one more who is always possible."""
    everybody = (P1, P2, P3, patient("P4", position="seat"))
    ids = ("P1", "P2", "P3", "P4")
    wide = (hospital(places={"burns": Places(4)}), SHARED)
    return replace(
        posed(*everybody, fixed=tuple(map(to, ids)), hospitals=wide),
        aircraft=(replace(AIRCRAFT, days=(DAY_1,)),),
        **changes,
    )


def test_a_search_leaves_only_those_who_contradict_each_other() -> None:
    """Tests that three litter patients for one flight with two litters are named, and not the seated one."""
    impossible = three()
    assert plain_conflicts(impossible) == ()
    (found,) = explain_infeasible(impossible)
    assert (found.patients, found.rule) == (("P1", "P2", "P3"), "5 on board")
    assert "Without any one of these the others can be." in found.explanation
    assert "too little room on board (litters: A1 2)" in found.explanation
    more = with_aircraft(impossible, layouts=(replace(LAYOUT, litters=3),))
    mended = [
        more,
        with_aircraft(impossible, days=(DAY_1, DAY_2)),
        replace(impossible, fixed=impossible.fixed[1:]),
    ]
    for one in mended:
        plan = solve(one)
        assert plan is not None
        assert plan.status == "optimal"


def test_a_search_names_the_ambulances() -> None:
    """Tests a limit that only counts once it is known that all must share one flight."""
    impossible = with_aircraft(with_airport(TWO, "MIDD", ambulances=1), max_flights=1)
    assert plain_conflicts(impossible) == ()
    (found,) = explain_infeasible(impossible)
    assert (found.patients, found.rule) == (("P1", "P2"), "6 placed patient")
    assert "MIDD has too few ambulances for one flight (1)" in found.explanation
    plan = solve(with_airport(impossible, "MIDD", ambulances=2))
    assert plan is not None
    assert plan.status == "optimal"


def test_a_search_names_the_closed_flight() -> None:
    """Tests that a closed flight which takes the only date is named with the patient it leaves behind."""
    one_day = with_aircraft(ONE, days=(DAY_1,))
    impossible = replace(one_day, fixed_flights=(fixed_flight(closed=True),))
    (found,) = explain_infeasible(impossible)
    assert (found.patients, found.rule) == (("P1",), "10 fixed")
    assert "the fixed flight of A1 on 2026-01-12 is closed" in found.explanation
    plan = solve(replace(one_day, fixed_flights=(fixed_flight(),)))
    assert plan is not None
    assert plan.status == "optimal"


def test_conflicts_agree_with_brute_force() -> None:
    """Tests on tiny problems that no feasible one is called a conflict, and no infeasible one goes untold."""
    infeasible = 0
    for seed in range(600):
        document = tiny_problem(seed)
        if not document.get("fixed") and not document.get("fixed_flights"):
            continue
        tiny = read_problem(json.dumps(document).encode()).problem
        if best_score(document) is not None:
            assert plain_conflicts(tiny) == (), seed
            continue
        infeasible += 1
        plan = solve(tiny)
        assert plan is not None, seed
        assert plan.status == "infeasible", seed
        assert all(one.explanation.endswith(".") for one in plan.conflicts), seed
        assert plan.conflicts, seed
    assert infeasible > 20
