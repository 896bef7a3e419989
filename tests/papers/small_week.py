"""One flight that is easily checked by hand, and a document with every free key that papers know.

SAS-737 leaves Oslo (ENGM) at 06:00 UTC on Wednesday 14 January 2026, takes four patients on at Rzeszow
(EPRZ), and stops at Hamburg (EDDH, open 05:00-22:00) and Oslo, its base. P5 stays.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from medevac.planner.assemble import build_infeasible_plan, build_plan
from medevac.planner.decision import Assignment, FlightChoice
from medevac.planner.plan import Conflict, Plan, Unplaced
from medevac.planner.reading import ProblemDocument, read_problem

Document = dict[str, Any]

HOSTILE = {
    "script": '<script>alert("1")</script>',
    "entity": "A&amp;B\"'><img src=x onerror=alert(1)>",
    "jinja": "{{ words }} {% raw %} {0} {number}",
    "typst": '#panic("x") *bold* $x$ \\ @cite <label>',
    "right to left": "שלום כהן \u202e txt",
    "emoji": "Іван 😀👩‍⚕️",
    "long": "X" * 300,
    "control": "a\u0007b\nc\td\u200be",
    "combining": "й" + "\u0301" * 40,
}


def document() -> Document:
    """The problem as plain data."""
    patient = {
        "hub": "EPRZ",
        "ready": "2026-01-12",
        "priority": 2,
        "position": "litter",
        "needs": ["burns"],
        "max_transit_minutes": 600,
    }
    return {
        "format": "medevac-problem/1",
        "name": "small week",
        "x-crew": ["Nurse: Kari Nordmann", {"role": "Interpreter", "name": "Олена Бондар"}],
        "start": "2026-01-12",
        "days": 7,
        "airports": {
            "EPRZ": {"lat": 50.11, "lon": 22.019},
            "ENGM": {"lat": 60.194, "lon": 11.1},
            "EDDH": {"lat": 53.63, "lon": 9.988, "opens": "05:00", "closes": "22:00"},
        },
        "hubs": {"EPRZ": {"load_minutes": 60}},
        "countries": {"NO": {"limit": 3, "fair_share": 2}, "DE": {"fair_share": 2}},
        "hospitals": [
            {
                "id": "NO-OUS",
                "x-name": "Oslo universitetssykehus",
                "country": "NO",
                "reach": [{"airport": "ENGM", "road_minutes": 45}],
                "places": {"burns": 4},
                "isolation": 2,
                "intensive": 1,
                "child": 1,
                "companions": 2,
            },
            {
                "id": "DE-UKE",
                "country": "DE",
                "reach": [{"airport": "EDDH", "road_minutes": 20}],
                "places": {"burns": 2},
                "isolation": 1,
            },
        ],
        "aircraft": [
            {
                "id": "SAS-737",
                "base": "ENGM",
                "days": ["2026-01-14"],
                "max_stops": 5,
                "range_km": 4000,
                "speed_kmh": 780,
                "leg_minutes": 24,
                "turnaround_minutes": 50,
                "unload_minutes": 30,
                "report_minutes": 60,
                "duty_minutes": 840,
                "cost_per_hour": 9000,
                "layouts": [
                    {"id": "standard", "litters": 18, "intensive": 3, "seats": 39, "isolation": 2, "care": 20}
                ],
            }
        ],
        "patients": [
            patient
            | {
                "id": "P1",
                "x-name": "Олександра Шевченко",
                "position": "seat",
                "companions": 1,
                "chosen": "NO-OUS",
            },
            patient
            | {"id": "P2", "x-oxygen_lpm": 2, "hospitals": ["DE-UKE"], "isolation": "contact", "priority": 1},
            patient
            | {"id": "P3", "position": "intensive", "child": True, "isolation": "airborne", "care": 2},
            patient | {"id": "P4", "x-name": "Åse Żółć", "chosen": "NO-OUS", "x-oxygen_lpm": 0},
            patient | {"id": "P5", "priority": 3},
        ],
    }


def read(change: Callable[[Document], object] = lambda _: None) -> ProblemDocument:
    """The problem, changed and read."""
    data = document()
    change(data)
    return read_problem(json.dumps(data, ensure_ascii=False).encode("utf-8"))


def planned(problem: ProblemDocument, unplaced: list[Unplaced] | None = None) -> Plan:
    """The flight to Hamburg and Oslo with the first four patients, whatever their ids are now."""
    (aircraft,) = problem.problem.aircraft
    layout = aircraft.layouts[0].id
    flight = FlightChoice(aircraft.id, date(2026, 1, 14), layout, "EPRZ", ("EDDH", "ENGM"), 360)
    one, two, three, four, *_ = (patient.id for patient in problem.problem.patients)
    oslo, hamburg, *_ = (hospital.id for hospital in problem.problem.hospitals)
    placed = [
        Assignment(one, oslo, 0, "ENGM"),
        Assignment(two, hamburg, 0, "EDDH"),
        Assignment(three, oslo, 0, "ENGM"),
        Assignment(four, oslo, 0, "ENGM"),
    ]
    return build_plan(
        problem.problem,
        problem.sha256,
        [flight],
        placed,
        bound=500.0,
        status="feasible",
        solver_record=None,
        unplaced=unplaced,
    )


def infeasible(problem: ProblemDocument) -> Plan:
    """A plan that says that nothing is possible."""
    conflict = Conflict(("P1",), "7 hospital", "NO-OUS has no place for trauma.")
    return build_infeasible_plan(problem.problem, problem.sha256, [conflict], solver_record=None)
