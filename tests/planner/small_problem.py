"""The smallest problem that flies: all airports on the equator, ten minutes for each degree.

HOME (0°) is the base, HUBB (6°) the hub, MIDD (3°) and EAST (9°) are drops. A flight that leaves HOME at
06:00 for MIDD is at HUBB 07:00–08:00, at MIDD 08:30–09:00 and back at 09:30: 2 flying hours, duty
60 + 210 = 270 minutes; a patient for MID-1 is 60 + 30 + 15 + 30 = 135 minutes in transit.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import pi
from typing import Any

from medevac.planner.assemble import build_plan
from medevac.planner.decision import Assignment, Decision, FlightChoice
from medevac.planner.plan import Plan
from medevac.planner.problem import (
    Aircraft,
    Airport,
    Country,
    Hospital,
    Layout,
    Patient,
    Places,
    Problem,
    Reach,
)
from medevac.planner.scoring import score_terms

DAY_1, DAY_2, DAY_3 = date(2026, 1, 12), date(2026, 1, 13), date(2026, 1, 14)
TEN_MINUTES_A_DEGREE = 6371.0 * pi / 180 * 6  # km/h
SIX_O_CLOCK = 360

LAYOUT = Layout("standard", litters=2, intensive=1, seats=2, isolation=1, care=3)

AIRCRAFT = Aircraft(
    id="A1",
    base="HOME",
    days=(DAY_1, DAY_2),
    max_flights=2,
    max_stops=3,
    range_km=2000,
    speed_kmh=TEN_MINUTES_A_DEGREE,
    leg_minutes=0,
    turnaround_minutes=30,
    unload_minutes=15,
    report_minutes=60,
    duty_minutes=600,
    cost_per_hour=1000,
    layouts=(LAYOUT,),
)


def patient(name: str = "P1", **changes: Any) -> Patient:
    """A routine patient on a litter with a burn, ready on the first day."""
    plain = Patient(name, "HUBB", DAY_1, 3, "litter", ("burns",), max_transit_minutes=600)
    return replace(plain, **changes)


def hospital(name: str = "MID-1", airport: str = "MIDD", **changes: Any) -> Hospital:
    """A hospital with two places for burns, half an hour from its airport."""
    plain = Hospital(
        name,
        "MC" if airport == "MIDD" else "EC",
        (Reach(airport, 30),),
        {"burns": Places(2)},
        isolation=2,
        intensive=1,
        child=1,
        companions=2,
    )
    return replace(plain, **changes)


def problem(*patients: Patient, **changes: Any) -> Problem:
    """A problem of two days with these patients (or one), one aircraft and two hospitals."""
    plain = Problem(
        name="small",
        start=DAY_1,
        days=3,
        airports={
            "HOME": Airport("HOME", 0, 0),
            "MIDD": Airport("MIDD", 0, 3),
            "HUBB": Airport("HUBB", 0, 6),
            "EAST": Airport("EAST", 0, 9),
        },
        hubs={"HUBB": 60},
        countries={"MC": Country("MC"), "EC": Country("EC")},
        hospitals=(hospital(), hospital("EAS-1", "EAST")),
        aircraft=(AIRCRAFT,),
        patients=patients or (patient(),),
    )
    return replace(plain, **changes)


def with_airport(plain: Problem, code: str, **changes: Any) -> Problem:
    """The problem with one airport changed."""
    return replace(plain, airports={**plain.airports, code: replace(plain.airports[code], **changes)})


def flight(*stops: str, **changes: Any) -> FlightChoice:
    """A flight of A1 on the first day at six o'clock."""
    return replace(FlightChoice("A1", DAY_1, "standard", "HUBB", stops or ("MIDD",), SIX_O_CLOCK), **changes)


def place(
    name: str = "P1", hospital_id: str = "MID-1", number: int = 0, leaves_at: str = "MIDD"
) -> Assignment:
    """A patient placed at MID-1 with the first flight."""
    return Assignment(name, hospital_id, number, leaves_at)


def plan(posed: Problem, *parts: FlightChoice | Assignment) -> Plan:
    """A feasible plan of these flights and placements, its bound its score."""
    chosen = decision(*parts)
    score = sum(score_terms(posed, chosen.flights, chosen.assignments).values())
    return build_plan(
        posed,
        "0" * 64,
        chosen.flights,
        chosen.assignments,
        bound=score,
        status="feasible",
        solver_record=None,
    )


def decision(*parts: FlightChoice | Assignment) -> Decision:
    """A decision of these flights and placements."""
    flights = tuple(part for part in parts if isinstance(part, FlightChoice))
    return Decision(flights, tuple(part for part in parts if isinstance(part, Assignment)))
