"""A tiny problem, and planners that answer it at once, so that only the command line is tested."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from medevac.planner.assemble import build_infeasible_plan, build_plan
from medevac.planner.decision import Assignment, FlightChoice
from medevac.planner.plan import Conflict, Plan
from medevac.planner.problem import Problem


def tiny_document() -> dict[str, Any]:
    """Two hospitals in Oslo and Hamburg with a place each, three patients, one flight."""
    patient = {
        "hub": "EPRZ",
        "ready": "2026-01-12",
        "priority": 1,
        "position": "seat",
        "needs": ["burns"],
        "max_transit_minutes": 840,
    }
    return {
        "format": "medevac-problem/1",
        "name": "tiny week",
        "start": "2026-01-12",
        "days": 7,
        "airports": {
            "EPRZ": {"lat": 50.11, "lon": 22.019},
            "ENGM": {"lat": 60.194, "lon": 11.1},
            "EDDH": {"lat": 53.63, "lon": 9.988},
        },
        "hubs": {"EPRZ": {"load_minutes": 60}},
        "countries": {"NO": {}, "DE": {}},
        "hospitals": [
            {
                "id": "NO-OUS",
                "country": "NO",
                "reach": [{"airport": "ENGM", "road_minutes": 45}],
                "places": {"burns": 1},
                "companions": 1,
            },
            {
                "id": "DE-UKE",
                "country": "DE",
                "reach": [{"airport": "EDDH", "road_minutes": 20}],
                "places": {"burns": 1},
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
                "layouts": [{"id": "standard", "litters": 18, "intensive": 3, "seats": 39, "care": 20}],
            }
        ],
        "patients": [
            patient | {"id": "UA-26-0001", "companions": 1},
            patient | {"id": "UA-26-0002", "position": "litter", "max_transit_minutes": 600},
            patient | {"id": "UA-26-0003", "priority": 3},
        ],
    }


@dataclass
class Told:
    """One word of progress from the planner."""

    score: float | None
    bound: float | None
    gap: float | None
    seconds: float
    stage: str


Solve = Callable[..., Plan | None]


def tiny_plan(problem: Problem, sha256: str) -> Plan:
    """The best plan for the tiny problem: Oslo and Hamburg get one patient each."""
    flight = FlightChoice("SAS-737", date(2026, 1, 14), "standard", "EPRZ", ("EDDH", "ENGM"), 360)
    placed = [
        Assignment("UA-26-0001", "NO-OUS", 0, "ENGM"),
        Assignment("UA-26-0002", "DE-UKE", 0, "EDDH"),
    ]
    return build_plan(problem, sha256, [flight], placed, bound=250.0, status="feasible", solver_record=None)


def solve_tiny(
    problem: Problem,
    *,
    sha256: str,
    seconds: float | None,
    gap: float,
    seed: int,
    progress: Callable[[Told], None] | None,
    stop: threading.Event | None,
) -> Plan:
    """Answer with the tiny problem's best plan."""
    if progress is not None:
        progress(Told(None, None, None, 0.1, "routes"))
        progress(Told(199.5, 250.0, 0.2531, 0.2, "search"))
    return tiny_plan(problem, sha256)


def solve_nobody(problem: Problem, *, sha256: str, **_: object) -> Plan:
    """Answer, as when time is short, with the plan that flies nobody."""
    return build_plan(problem, sha256, [], [], bound=250.0, status="feasible", solver_record=None)


def solve_infeasible(problem: Problem, *, sha256: str, **_: object) -> Plan:
    """Answer that no plan can obey every rule."""
    conflict = Conflict(("UA-26-0001",), "7 hospital", "NO-OUS has no place for trauma.")
    return build_infeasible_plan(problem, sha256, [conflict], solver_record=None)


def solve_nothing(_problem: Problem, **_: object) -> None:
    """Answer that time ended without a plan or a proof."""
