"""Tests that the JSON Schemas and the reading agree on the shapes that a schema can see."""

import pytest
from format_examples import format_plan, format_problem, full_problem, mutate, problems, set_at
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from medevac.planner.faults import FaultsError
from medevac.planner.reading import plan_to_dict, problem_to_dict, read_plan, read_problem
from medevac.planner.schemas import schema

PROBLEM = Draft202012Validator(schema("problem"))
PLAN = Draft202012Validator(schema("plan"))


@pytest.mark.parametrize("name", ["problem", "plan"])
def test_the_schemas_are_schemas(name):
    """Tests that both files follow the 2020-12 metaschema."""
    Draft202012Validator.check_schema(schema(name))


def test_each_call_gives_a_copy():
    """Tests that a caller may change what it got."""
    schema("plan").clear()
    assert schema("plan")["title"] == "Evacuation plan, version 1"


def test_the_examples_of_the_format_are_valid():
    """Tests that the format page's documents pass the schemas and the reading."""
    PROBLEM.validate(format_problem())
    PLAN.validate(format_plan())
    read_plan(format_plan(), read_problem(format_problem()).problem)


@settings(deadline=None)
@given(problems())
def test_valid_problems_are_valid_to_both(document):
    """Tests that random sound problems pass both, and so does what is written of them."""
    PROBLEM.validate(document)
    PROBLEM.validate(problem_to_dict(read_problem(document).problem))


def test_what_is_written_of_a_plan_is_valid():
    """Tests that a plan's document passes its schema."""
    PLAN.validate(plan_to_dict(read_plan(format_plan(), read_problem(format_problem()).problem)))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("name",), " "),
        (("days",), 367),
        (("start",), "12.01.2026"),
        (("oddity",), 1),
        (("airports", ""), {"lat": 1, "lon": 1}),
        (("airports", "ENGM", "lat"), 91),
        (("airports", "EDDF", "opens"), "24:00"),
        (("hubs", "EPRZ", "load_minutes"), 0.5),
        (("hospitals", 0, "places", "burns"), -1),
        (("hospitals", 0, "suitability", "burns"), 2),
        (("aircraft", 0, "speed_kmh"), 0),
        (("aircraft", 0, "days"), ["2026-01-14", "2026-01-14"]),
        (("aircraft", 0, "duty_minutes"), []),
        (("aircraft", 1, "duty_minutes", 0, "legs"), {"0": 1}),
        (("aircraft", 1, "duty_minutes", 0, "legs"), {}),
        (("patients", 0, "needs"), []),
        (("patients", 0, "child"), 1),
        (("patients", 0, "priority"), 4),
        (("patients", 0, "fit_until"), "2026-01-16"),
        (("fixed_flights", 0, "stops"), []),
        (("fixed", 0, "flight"), {"aircraft": "SAS-737"}),
        (("weights", "priority", "4"), 1),
        (("weights", "suitability"), 1e16),
    ],
)
def test_a_wrong_problem_is_refused_by_both(place, value):
    """Tests that faults of shape are seen by the schema and by the reading."""
    document = full_problem()
    set_at(document, place, value)
    assert not PROBLEM.is_valid(document)
    with pytest.raises(FaultsError):
        read_problem(document)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("status",), "good"),
        (("score",), "high"),
        (("terms", "luck"), 1),
        (("flights", 0, "legs", 0, "departs"), "06:00"),
        (("placements", 0, "transit_minutes"), 1.5),
        (("placements", 0, "basis"), "rumour"),
        (("unplaced",), [{"patient": "UA-26-0001", "reason": "bad-luck", "explanation": ""}]),
        (("standby",), {"F1": {"roof": []}}),
        (("solver", "seed"), 0.5),
        (("pins",), [{"patient": "UA-26-0001"}]),
    ],
)
def test_a_wrong_plan_is_refused_by_both(place, value):
    """Tests that faults of a plan's shape are seen by the schema and by the reading."""
    problem = read_problem(format_problem()).problem
    document = format_plan()
    set_at(document, place, value)
    assert not PLAN.is_valid(document)
    with pytest.raises(FaultsError):
        read_plan(document, problem)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_the_schema_refuses_the_reading_refuses(data):
    """Tests that the schema is never stricter than the reading."""
    document = full_problem()
    mutate(document, data.draw)
    try:
        read_problem(document)
    except FaultsError:
        return
    PROBLEM.validate(document)
