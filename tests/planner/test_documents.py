"""Tests that plans become documents of the fixed form and back, and are not judged on the way."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from format_examples import format_plan, format_problem, full_problem
from hypothesis import given, settings
from hypothesis import strategies as st

from medevac.planner.faults import FaultsError
from medevac.planner.plan import Conflict, Flight, Leg, Placement, Plan, SolverRecord, Unplaced
from medevac.planner.reading import plan_to_bytes, plan_to_dict, problem_to_dict, read_plan, read_problem

PROBLEM = read_problem(full_problem()).problem
PATIENTS = [patient.id for patient in PROBLEM.patients]

names = st.text(min_size=1, max_size=8).filter(lambda text: text.strip() and not text.startswith("x-"))
scores = st.floats(-1e6, 1e6).map(lambda score: round(score, 6) + 0.0)
instants = st.datetimes(datetime(2026, 1, 12), datetime(2026, 1, 20)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC)
)
airports = st.sampled_from(list(PROBLEM.airports))
patients = st.sampled_from(PATIENTS)


@st.composite
def plans(draw) -> Plan:
    """Plans of the right shape; they seldom obey a rule."""
    flights = tuple(
        Flight(
            id=name,
            aircraft=aircraft.id,
            layout=draw(st.sampled_from([layout.id for layout in aircraft.layouts])),
            date=draw(st.dates(date(2026, 1, 1), date(2026, 2, 1))),
            hub=draw(airports),
            leaves_base=draw(instants),
            legs=tuple(draw(st.lists(st.builds(Leg, airports, airports, instants, instants), max_size=3))),
        )
        for name in draw(st.lists(names, unique=True, max_size=3))
        for aircraft in [draw(st.sampled_from(PROBLEM.aircraft))]
    )
    ids = st.sampled_from([flight.id for flight in flights]) if flights else st.nothing()
    hospitals = st.sampled_from([hospital.id for hospital in PROBLEM.hospitals])
    placement = st.builds(
        Placement,
        patients,
        hospitals,
        ids,
        airports,
        st.integers(0, 999),
        st.sampled_from(("chosen", "accepted", "proposal")),
    )
    facts = st.none() | st.dictionaries(names, st.integers() | names | st.lists(names), max_size=2)
    unplaced = st.builds(Unplaced, patients, st.sampled_from((None, "refused", "family")), names, facts)
    lists = st.dictionaries(st.sampled_from(("seat", "litter")), st.lists(patients).map(tuple), max_size=2)
    terms = ("priority", "suitability", "preference", "transit", "fair_share", "cost")
    return Plan(
        problem_name=draw(names),
        problem_sha256=draw(names),
        status=draw(st.sampled_from(("optimal", "feasible", "infeasible"))),
        score=draw(st.none() | scores),
        bound=draw(st.none() | scores),
        terms=draw(st.none() | st.fixed_dictionaries(dict.fromkeys(terms, scores))),
        flights=flights,
        placements=tuple(draw(st.lists(placement, max_size=3))) if flights else (),
        unplaced=tuple(draw(st.lists(unplaced, max_size=3))),
        conflicts=tuple(
            draw(st.lists(st.builds(Conflict, st.lists(patients).map(tuple), names, names), max_size=2))
        ),
        pins=draw(st.dictionaries(patients, scores, max_size=2)),
        standby=draw(st.dictionaries(ids, lists, max_size=2)) if flights else {},
        solver=draw(
            st.none() | st.builds(SolverRecord, names, names, names, st.integers(0, 9), st.integers(0, 9))
        ),
    )


@settings(deadline=None)
@given(plans())
def test_writing_and_reading_give_the_same_plan(plan):
    """Tests that a plan survives its own document, and that the bytes are the same twice."""
    written = plan_to_bytes(plan)
    assert read_plan(written, PROBLEM) == plan
    assert plan_to_bytes(read_plan(written, PROBLEM)) == written


def test_the_example_of_the_format_survives():
    """Tests that the format page's plan is written as it was read."""
    plan = read_plan(format_plan(), read_problem(format_problem()).problem)
    assert plan_to_dict(plan) == format_plan()


def test_the_example_problem_survives_but_for_its_defaults():
    """Tests that what is written holds the same values, less those that equal a default."""
    written = problem_to_dict(read_problem(format_problem()).problem)
    assert written["aircraft"][0]["layouts"] == [
        {"id": "standard", "litters": 18, "intensive": 3, "seats": 30}
    ]
    assert written["hospitals"][0]["places"] == {"burns": 2, "trauma": {"count": 3, "from": "2026-01-14"}}
    assert "fixed_flights" not in written
    assert written["weights"] == format_problem()["weights"]


def _plan(**changes) -> Plan:
    values = {"problem_name": "a", "problem_sha256": "b", "status": "feasible", "score": 1.0, "bound": None}
    values |= {"terms": None, "flights": (), "placements": (), "unplaced": ()}
    return Plan(**(values | changes))


def test_what_is_optional_is_only_written_when_present():
    """Tests that pins, standby, conflicts, facts and solver are left out when there are none."""
    document = plan_to_dict(_plan(unplaced=(Unplaced(PATIENTS[0], None, "Nothing."),)))
    assert set(document) == set(format_plan()) - {"solver"}
    assert "facts" not in document["unplaced"][0]


def test_scores_are_rounded_to_six_decimals():
    """Tests that noise of computing is cut off and no negative zero is printed."""
    document = plan_to_dict(_plan(score=0.1 + 0.2, bound=-1e-12, pins={PATIENTS[0]: 1 / 3}))
    assert document["score"] == 0.3
    assert json.dumps(document["bound"]) == "0.0"
    assert document["pins"] == [{"patient": PATIENTS[0], "cost": 0.333333}]


def test_instants_are_written_in_utc():
    """Tests that 08:00 at UTC+2 is 06:00Z, and that an instant without a zone is UTC."""
    leg = Leg(
        "ENGM",
        "EPRZ",
        datetime(2026, 1, 14, 8, tzinfo=timezone(timedelta(hours=2))),
        datetime(2026, 1, 14, 9),
    )
    flight = Flight("F1", "SAS-737", "standard", date(2026, 1, 14), "EPRZ", leg.departs, (leg,))
    document = plan_to_dict(_plan(flights=(flight,)))["flights"][0]
    assert document["leaves_base"] == "2026-01-14T06:00Z"
    assert document["legs"][0]["arrives"] == "2026-01-14T09:00Z"


def test_facts_become_json():
    """Tests that tuples, sets and dates among facts are printed as lists and text."""
    facts = {"hospitals": ("A", "B"), "dates": {date(2026, 1, 14)}, "at": datetime(2026, 1, 14, tzinfo=UTC)}
    document = plan_to_dict(_plan(unplaced=(Unplaced(PATIENTS[0], None, "Nothing.", facts),)))
    assert document["unplaced"][0]["facts"] == {
        "hospitals": ["A", "B"],
        "dates": ["2026-01-14"],
        "at": "2026-01-14T00:00Z",
    }


def test_a_plan_that_breaks_rules_is_read():
    """Tests that a patient placed twice on a flight without legs is left to the evaluation."""
    document = format_plan()
    document["placements"] *= 2
    document["flights"][0]["legs"] = []
    document["flights"][0]["hub"] = "ENGM"
    plan = read_plan(document, read_problem(format_problem()).problem)
    assert len(plan.placements) == 2


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("flights[0].aircraft", lambda plan: plan["flights"][0].update(aircraft="SAS-738")),
        ("flights[0].layout", lambda plan: plan["flights"][0].update(layout="dense")),
        ("flights[0].hub", lambda plan: plan["flights"][0].update(hub="XXXX")),
        ("flights[0].legs[1].to", lambda plan: plan["flights"][0]["legs"][1].update(to="XXXX")),
        ("flights[1].id", lambda plan: plan["flights"].append(plan["flights"][0])),
        ("placements[0].patient", lambda plan: plan["placements"][0].update(patient="UA-26-0009")),
        ("placements[0].hospital", lambda plan: plan["placements"][0].update(hospital="NO-XXX")),
        ("placements[0].flight", lambda plan: plan["placements"][0].update(flight="F2")),
        ("placements[0].leaves_at", lambda plan: plan["placements"][0].update(leaves_at="XXXX")),
        ("placements[0].basis", lambda plan: plan["placements"][0].pop("basis")),
        ("unplaced[0].patient", lambda plan: plan.update(unplaced=[{"patient": "X", "reason": None}])),
        ("unplaced[0].explanation", lambda plan: plan.update(unplaced=[{"patient": "X", "reason": None}])),
        ("standby.F2", lambda plan: plan.update(standby={"F2": {}})),
        ("standby.F1.seat[0]", lambda plan: plan.update(standby={"F1": {"seat": ["X"]}})),
        ("pins[0].patient", lambda plan: plan.update(pins=[{"patient": "X", "cost": 1}])),
        ("conflicts[0].patients[0]", lambda plan: plan.update(conflicts=[{"patients": ["X"]}])),
        ("terms.cost", lambda plan: plan["terms"].pop("cost")),
        ("bound", lambda plan: plan.pop("bound")),
        ("score", lambda plan: plan.update(score=True)),
        ("solver.sede", lambda plan: plan["solver"].update(sede=1)),
        ("problem.sha256", lambda plan: plan["problem"].pop("sha256")),
        ("format", lambda plan: plan.update(format="medevac-problem/1")),
    ],
)
def test_faults_of_shape_and_name_are_found(path, change):
    """Tests that unknown names, missing and unknown keys and wrong types are placed."""
    document = format_plan()
    change(document)
    with pytest.raises(FaultsError) as caught:
        read_plan(document, read_problem(format_problem()).problem)
    assert path in [fault.path for fault in caught.value.faults]
