"""Tests of changed plans on problems so small that the answer is computed by hand; see `small_problem`."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from small_problem import (
    AIRCRAFT,
    DAY_1,
    DAY_2,
    DAY_3,
    LAYOUT,
    flight,
    hospital,
    patient,
    place,
    plan,
    problem,
)

from medevac.planner import (
    Changes,
    Plan,
    Problem,
    Replanned,
    problem_to_bytes,
    read_problem,
    replan,
)
from medevac.planner.faults import FaultsError
from medevac.planner.problem import Fixed, FlightKey, Places, Reach
from medevac.planner.reading import ProblemDocument
from replan_cases import faults

Parts = Any


def at(clock: str) -> datetime:
    """An instant on the first day."""
    return datetime.fromisoformat(f"2026-01-12T{clock}:00+00:00").astimezone(UTC)


def document(posed: Problem) -> ProblemDocument:
    """The problem as it is read from its file."""
    return read_problem(problem_to_bytes(posed))


def changed(posed: Problem, old: Plan, **changes: Any) -> Replanned:
    """The outcome of a change; the checker of the tests finds nothing wrong with it."""
    result = replan(document(posed), old, Changes(**changes))
    assert result is not None
    assert faults(result) == []
    return result


def two_on_board(*waiting: Any) -> tuple[Problem, Plan]:
    """P1 and P2 on the two litters to MID-1, which has two places; others wait."""
    posed = problem(patient("P1"), patient("P2"), *waiting)
    return posed, plan(posed, flight(), place("P1"), place("P2"))


def test_who_has_withdrawn_frees_the_place() -> None:
    """Tests that the waiting patient takes litter and place of P1, and that P2 is not touched."""
    posed, old = two_on_board(patient("P3"))
    result = changed(posed, old, without=("P1",))
    assert [one.id for one in result.problem.patients] == ["P2", "P3"]
    assert (result.touched, result.fewest, result.best) == ((), True, True)
    assert {one.patient: one.hospital for one in result.plan.placements} == {"P2": "MID-1", "P3": "MID-1"}
    assert list(result.joined) == ["P3"]


def test_who_is_held_keeps_the_place() -> None:
    """Tests that P1 stays waiting and MID-1 has one place left, which P2 has: P3 cannot come.

    EAS-1, which would have places, is taken away, so that nothing but the freed litter is left to P3.
    """
    posed, old = two_on_board(patient("P3"))
    posed = replace(posed, hospitals=(hospital(),))
    result = changed(posed, old, hold=("P1",))
    assert result.problem.hospital("MID-1").places["burns"].count == 1
    assert [one.patient for one in result.plan.placements] == ["P2"]
    assert result.held == {"P1": "MID-1"}
    told = {one.patient: one.explanation for one in result.plan.unplaced}
    assert told["P1"] == "P1 cannot travel now and stays waiting; MID-1 keeps the place."
    assert "MID-1 (1 of 1 burns places)" in told["P3"]


def test_a_held_place_counts_against_rooms_and_the_country() -> None:
    """Tests that room, housing, child's and intensive-care place, limit and share are each one less."""
    kept = patient(
        "P1", isolation="contact", child=True, position="intensive", companions=1, needs=("burns",)
    )
    posed = problem(kept)
    countries = {code: replace(one, limit=3, fair_share=2) for code, one in posed.countries.items()}
    posed = replace(posed, countries=countries)
    result = changed(posed, plan(posed, flight(), place("P1")), hold=("P1",))
    left = result.problem.hospital("MID-1")
    assert (left.isolation, left.child, left.intensive, left.companions) == (1, 0, 0, 1)
    assert (result.problem.countries["MC"].limit, result.problem.countries["MC"].fair_share) == (2, 1)
    assert (result.problem.countries["EC"].limit, result.problem.countries["EC"].fair_share) == (3, 2)


def test_the_family_of_who_is_held_is_touched() -> None:
    """Tests that P2 cannot travel without P1 (rule 8), and that this one is the fewest and is explained."""
    posed = problem(patient("P1", family="F"), patient("P2", family="F"), patient("P3"))
    result = changed(posed, plan(posed, flight(), place("P1"), place("P2")), hold=("P1",))
    assert [(one.patient, one.now, one.why) for one in result.touched] == [
        ("P2", None, "The family stays together, and P1 cannot travel now.")
    ]
    assert result.fewest


def test_a_closed_airport_touches_those_who_leave_there() -> None:
    """Tests that P1 goes to EAS-1 over EAST instead, and that P2, who leaves at EAST, is not touched."""
    posed = problem(patient("P1"), patient("P2"))
    old = plan(posed, flight("MIDD", "EAST"), place("P1"), place("P2", "EAS-1", leaves_at="EAST"))
    result = changed(posed, old, close=("MIDD",))
    assert [one.patient for one in result.touched] == ["P1"]
    assert result.touched[0].now is not None
    assert result.touched[0].now.hospital == "EAS-1"
    assert result.touched[0].why == "MIDD, where the patient was to leave, is closed."
    assert (result.fewest, result.best) == (True, True)
    assert [leg.destination for leg in result.plan.flights[0].legs] == ["HUBB", "EAST", "HOME"]
    assert json.loads(result.problem_bytes)["airports"]["MIDD"]["x-closed"] is True


def test_fewest_touched_comes_before_the_score() -> None:
    """Tests that an urgent newcomer does not push out two routine patients who have their places.

    P1 and P2 (10 points each) lie on both litters. U (100 points) would need one of them.
    """
    posed, old = two_on_board()
    posed = replace(posed, aircraft=(replace(AIRCRAFT, days=(DAY_1,), max_flights=1),))
    urgent = _written(patient("U", priority=1))
    result = changed(posed, old, add={"format": "medevac-problem/1", "patients": [urgent]})
    assert {one.patient for one in result.plan.placements} == {"P1", "P2"}
    assert result.touched == ()
    assert [one.patient for one in result.plan.unplaced] == ["U"]


def test_a_smaller_layout_touches_as_few_as_it_must() -> None:
    """Tests that of two who lie one must go when the flight comes with one litter, the other staying."""
    small = replace(LAYOUT, id="small", litters=1)
    craft = replace(AIRCRAFT, layouts=(LAYOUT, small), days=(DAY_1,), max_flights=1)
    posed, old = two_on_board()
    posed = replace(posed, aircraft=(craft,))
    result = changed(posed, old, layouts={"F1": "small"})
    assert len(result.touched) == 1
    assert result.fewest
    assert result.touched[0].why == "Layout small has too few litters (1 for 2)."
    assert result.plan.flights[0].layout == "small"
    fixed = result.problem.fixed_flights[0]
    assert (fixed.layout, fixed.closed) == ("small", False)


def test_a_new_time_is_no_touch() -> None:
    """Tests that P1 travels though the hub now opens late and the flight leaves three hours later."""
    posed, old = two_on_board()
    late = replace(posed.airports["HUBB"], opens=600)
    result = changed(replace(posed, airports={**posed.airports, "HUBB": late}), old)
    assert result.touched == ()
    assert result.plan.flights[0].leaves_base == at("09:00")


def test_a_printed_departure_is_kept() -> None:
    """Tests that a flight which could leave earlier keeps its time: 06:00, not 00:00."""
    posed, old = two_on_board(patient("P3"))
    assert changed(posed, old, without=("P1",)).plan.flights[0].leaves_base == at("06:00")


def test_a_plan_without_any_patient_left() -> None:
    """Tests that everybody may withdraw."""
    posed, old = two_on_board()
    result = changed(posed, old, without=("P1", "P2"))
    assert (result.plan.flights, result.plan.placements, result.touched) == ((), (), ())


def test_a_kept_place_does_not_break_what_has_happened() -> None:
    """Tests a kept place that is the hospital's last of a specialty, the second need of who has flown.

    P1 (burns and trauma) has flown to MID-1, which has one place for trauma. It is kept for P2.
    """
    both = hospital(places={"burns": Places(2), "trauma": Places(1)})
    posed = problem(patient("P1", needs=("burns", "trauma")), patient("P2", needs=("trauma",)))
    posed = replace(posed, hospitals=(both,))
    old = plan(posed, flight(), flight(date=DAY_2), place("P1"), place("P2", number=1))
    result = changed(posed, old, hold=("P2",), now=at("10:00"))
    assert result.problem.hospital("MID-1").places["trauma"].count == 0
    assert [(one.patient, one.hospital) for one in result.plan.placements] == [("P1", "MID-1")]


# -- with a clock: the flight leaves HOME 06:00, is at HUBB 07:00-08:00, MIDD 08:30-09:00 -----------------


def test_before_the_aircraft_leaves_the_hub_somebody_else_can_board() -> None:
    """Tests that at 07:30 P3 takes the litter of P1, and that departure and layout are fixed."""
    posed, old = two_on_board(patient("P3"))
    result = changed(posed, old, without=("P1",), now=at("07:30"))
    assert {one.patient for one in result.plan.placements} == {"P2", "P3"}
    fixed = result.problem.fixed_flights[0]
    assert (fixed.leaves_base, fixed.layout, fixed.closed) == (360, "standard", False)


def test_after_the_hub_nobody_boards_and_what_has_happened_is_fixed() -> None:
    """Tests that at 08:00 the flight is closed and P2 fixed on it; the place of P1, who has died, is free."""
    posed, old = two_on_board(patient("P3"))
    result = changed(posed, old, without=("P1",), now=at("08:00"))
    fixed = result.problem.fixed_flights[0]
    assert (fixed.closed, fixed.stops, fixed.leaves_base) == (True, ("MIDD",), 360)
    assert result.problem.fixed == (Fixed("P2", "MID-1", FlightKey("A1", DAY_1)),)
    assert "P3" not in {one.patient for one in result.plan.placements if one.flight == "F1"}


def test_nobody_flies_in_the_past() -> None:
    """Tests that at 10:00 a flight that was to leave at 12:00 is flown, and keeps its time."""
    posed, old = two_on_board()
    noon = plan(posed, flight(leaves_base=720), place("P1"), place("P2"))
    result = changed(posed, noon, now=at("10:00"))
    assert (result.touched, result.plan.flights[0].leaves_base) == ((), at("12:00"))
    del old


def test_a_day_that_has_passed_is_gone() -> None:
    """Tests that two days later the flown flight stands, and that the aircraft's other dates have passed."""
    posed, old = two_on_board(patient("P3"))
    now = datetime(DAY_3.year, DAY_3.month, DAY_3.day, 12, tzinfo=UTC)
    result = changed(posed, old, now=now)
    assert result.problem.aircraft[0].days == (DAY_1,)
    assert [one.id for one in result.plan.flights] == ["F1"]


def over_two_airports() -> tuple[Problem, Plan]:
    """P1 on board for MID-1, which is also reached from EAST (two hours on the road)."""
    both = hospital(reach=(Reach("MIDD", 30), Reach("EAST", 120)))
    posed = problem(patient("P1"), hospitals=(both, hospital("EAS-1", "EAST")))
    return posed, plan(posed, flight(), place("P1"))


def test_in_mid_air_a_landing_is_where_the_own_place_is_kept() -> None:
    """Tests that P1, bound for MIDD, leaves at EAST by road to MID-1, and that EAS-1 there is an ask.

    At 08:15 the aircraft is halfway between HUBB (6°) and MIDD (3°), at 4.5°: EAST (9°) is 45 minutes away,
    so it lands about 09:00; 15 minutes to unload and 120 on the road give 11:15 at MID-1.
    """
    posed, old = over_two_airports()
    result = changed(posed, old, close=("MIDD",), now=at("08:15"))
    assert result.problem.fixed_flights[0].stops == ("EAST",)
    assert result.plan.placements[0].leaves_at == "EAST"
    assert [(one.patient, one.now and one.now.leaves_at) for one in result.touched] == [("P1", "EAST")]
    own, other = result.alternates
    assert (own.kind, own.airport, own.hospital, own.road_minutes, own.needed) == (
        "landing",
        "EAST",
        "MID-1",
        120,
        True,
    )
    assert (own.lands, own.arrives, own.in_time) == (at("09:00"), at("11:15"), True)
    assert (other.kind, other.hospital, other.free) == ("ask", "EAS-1", 2)


def test_in_mid_air_without_a_kept_place_it_is_an_ask() -> None:
    """Tests that P1 stays on board without a landing when MID-1 is reached from MIDD alone."""
    posed, old = two_on_board()
    result = changed(posed, old, close=("MIDD",), now=at("08:15"))
    assert result.stranded == {"P1", "P2"}
    assert {one.kind for one in result.alternates} == {"ask"}
    assert result.plan.placements == ()
    assert result.plan.unplaced[0].explanation == ("P1 is on board without a landing; MID-1 keeps the place.")


def test_a_flight_with_nowhere_to_go_turns_back() -> None:
    """Tests that an aircraft on its way to the hub is taken out when its hub closes."""
    posed, old = two_on_board()
    result = changed(posed, old, close=("HUBB",), now=at("06:30"))
    assert result.plan.flights == ()
    assert len(result.touched) == 2
    assert result.touched[0].why == "The hub HUBB is closed."


# -- fixed flights and patients of the old problem --------------------------------------------------------


def test_fixed_patients_stay_fixed() -> None:
    """Tests that who is fixed to EAS-1 goes there also after the change."""
    posed = problem(patient("P1"), patient("P2"), fixed=(Fixed("P2", "EAS-1"),))
    old = plan(posed, flight("MIDD", "EAST"), place("P1"), place("P2", "EAS-1", leaves_at="EAST"))
    result = changed(posed, old, without=("P1",))
    assert [(one.patient, one.hospital) for one in result.plan.placements] == [("P2", "EAS-1")]


def test_what_is_fixed_and_cannot_be_is_infeasible() -> None:
    """Tests that a patient fixed to MID-1 makes a plan without MIDD infeasible, with the conflict."""
    posed = problem(patient("P1"), fixed=(Fixed("P1", "MID-1"),))
    result = changed(posed, plan(posed, flight(), place("P1")), close=("MIDD",))
    assert result.plan.status == "infeasible"
    assert result.plan.conflicts[0].patients == ("P1",)


# -- what is added, and what is kept of the file ----------------------------------------------------------


def _written(one: Any) -> dict[str, Any]:
    posed = problem(one)
    found: dict[str, Any] = json.loads(problem_to_bytes(posed))["patients"][0]
    return found


def test_added_patients_and_places_are_used() -> None:
    """Tests that P3, added with a hospital at HOME that has a place, flies there: the base becomes a drop.

    MID-1 is full with P1 and P2, who fill the litters; P3 sits.
    """
    posed, old = two_on_board()
    base = hospital("HOM-1", "MIDD", reach=(Reach("HOME", 10),))
    added = json.loads(problem_to_bytes(replace(posed, hospitals=(base,))))["hospitals"]
    addition = {
        "format": "medevac-problem/1",
        "hospitals": added,
        "patients": [{**_written(patient("P3", position="seat")), "x-name": "Оксана"}],
    }
    result = changed(posed, old, add=addition)
    assert result.joined["P3"].hospital == "HOM-1"
    assert result.touched == ()
    assert json.loads(result.problem_bytes)["patients"][-1]["x-name"] == "Оксана"


@pytest.mark.parametrize(
    ("addition", "path"),
    [
        ({"patients": [{"id": "P1"}]}, "patients[0]"),
        ({"patients": [{"id": "P9"}]}, "patients[0].hub"),
        ({"airports": {"MIDD": {"lat": 1, "lon": 1}}}, "airports.MIDD"),
        ({"start": "2026-01-12"}, "start"),
        ({"patients": {}}, "patients"),
        ({"hubs": []}, "hubs"),
        ({"format": "medevac-plan/1"}, "format"),
    ],
)
def test_faults_of_an_addition_stand_at_its_own_paths(addition: dict[str, Any], path: str) -> None:
    """Tests names that exist, missing and unknown keys, and other formats."""
    posed, old = two_on_board()
    with pytest.raises(FaultsError) as caught:
        replan(document(posed), old, Changes(add={"format": "medevac-problem/1", **addition}))
    assert path in [one.path for one in caught.value.faults]


def test_free_keys_are_kept() -> None:
    """Tests that names, crews and the like stand in the new file at the same places."""
    posed, old = two_on_board()
    raw = json.loads(problem_to_bytes(posed))
    raw["x-owner"] = "week 3"
    raw["patients"][1]["x-name"] = "Ім'я"
    raw["aircraft"][0]["layouts"][0]["x-rows"] = [1, 2]
    raw["hospitals"][0]["reach"][0]["x-road"] = "E6"
    result = replan(read_problem(raw), old, Changes(without=("P1",)))
    assert result is not None
    kept = json.loads(result.problem_bytes)
    assert kept["x-owner"] == "week 3"
    assert kept["patients"][0]["x-name"] == "Ім'я"
    assert kept["aircraft"][0]["layouts"][0]["x-rows"] == [1, 2]
    assert kept["hospitals"][0]["reach"][0]["x-road"] == "E6"


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"without": ("P9",)}, "without[0]"),
        ({"hold": ("P9",)}, "hold[0]"),
        ({"hold": ("P3",)}, "hold[0]"),
        ({"without": ("P1",), "hold": ("P1",)}, "hold[0]"),
        ({"hold": ("P1",), "now": at("08:00")}, "hold[0]"),
        ({"close": ("XXXX",)}, "close[0]"),
        ({"layouts": {"F7": "standard"}}, "layouts.F7"),
        ({"layouts": {"F1": "none"}}, "layouts.F1"),
    ],
)
def test_changes_that_cannot_be_are_faults(changes: dict[str, Any], path: str) -> None:
    """Tests unknown names, a place that nobody has, and what has happened already."""
    posed, old = two_on_board(patient("P3"))
    posed = replace(posed, hospitals=(hospital(places={"burns": Places(2)}),))
    with pytest.raises(FaultsError) as caught:
        replan(document(posed), old, Changes(**changes))
    assert [one.path for one in caught.value.faults] == [path]


def test_a_layout_cannot_change_under_way() -> None:
    """Tests that at 06:30 the flight has left with its layout."""
    small = replace(LAYOUT, id="small", litters=1)
    posed, old = two_on_board()
    posed = replace(posed, aircraft=(replace(AIRCRAFT, layouts=(LAYOUT, small)),))
    with pytest.raises(FaultsError, match="left its base at 2026-01-12T06:00Z"):
        replan(document(posed), old, Changes(layouts={"F1": "small"}, now=at("06:30")))


def test_an_infeasible_plan_cannot_change() -> None:
    """Tests that there is nothing to keep."""
    posed, old = two_on_board()
    nothing = replace(old, status="infeasible", flights=(), placements=())
    with pytest.raises(FaultsError, match=r"plan\.status"):
        replan(document(posed), nothing, Changes())
