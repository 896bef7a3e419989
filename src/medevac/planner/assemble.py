"""Turning decisions into a plan: ids, printed times, basis and score. Decides nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from medevac.planner.decision import Assignment, Decision, FlightChoice
from medevac.planner.explain import explain
from medevac.planner.lookup import ProblemIndex, basis_of, flight_names, index_of
from medevac.planner.plan import (
    Conflict,
    Flight,
    Leg,
    Placement,
    Plan,
    SolverRecord,
    Status,
    Unplaced,
)
from medevac.planner.problem import Problem
from medevac.planner.scoring import score_terms, transit_minutes
from medevac.planner.timeline import Timeline, airports_flown, instant_at, timeline


def build_plan(
    problem: Problem,
    sha256: str,
    flights: Sequence[FlightChoice],
    assignments: Sequence[Assignment],
    *,
    bound: float | None,
    status: Status,
    solver_record: SolverRecord | None,
    unplaced: Sequence[Unplaced] | None = None,
) -> Plan:
    """Write decisions down as a plan.

    Parameters
    ----------
    sha256
        Of the problem file's bytes.
    flights, assignments
        The decisions; each `flight_index` counts in `flights` as given here.
    unplaced
        Why patients stay; None: explained here, from the gap between bound and score.

    Returns
    -------
    A plan with flights F1, F2, … by date, then by the order of the aircraft in the problem, and with
    placements in the problem's order of patients.
    """
    index = index_of(problem)
    names = flight_names(index, flights)
    times = [_times(index, flight) for flight in flights]
    terms = score_terms(problem, flights, assignments)
    score = sum(terms.values())
    placed = sorted(assignments, key=lambda one: index.patient_rank[one.patient_id])
    if unplaced is None:
        gap = None if bound is None else max(0.0, bound - score)
        decision = Decision(tuple(flights), tuple(assignments))
        unplaced = explain(problem, decision, gap=gap, optimal=status == "optimal")
    return Plan(
        problem_name=problem.name,
        problem_sha256=sha256,
        status=status,
        score=score,
        bound=bound,
        terms=terms,
        flights=tuple(_flight(index, names[one], flights[one], times[one]) for one in names),
        placements=tuple(
            _placement(
                index, one, names[one.flight_index], flights[one.flight_index], times[one.flight_index]
            )
            for one in placed
        ),
        unplaced=tuple(unplaced),
        solver=solver_record,
    )


def build_infeasible_plan(
    problem: Problem, sha256: str, conflicts: Sequence[Conflict], *, solver_record: SolverRecord | None
) -> Plan:
    """Write down that what is fixed cannot be: nobody is placed, and everybody is told the conflict."""
    if not conflicts:
        raise ValueError("Expected at least one conflict for an infeasible plan, got none.")
    unplaced = []
    for patient in problem.patients:
        own = next((one for one in conflicts if patient.id in one.patients), conflicts[0])
        text = f"No plan is possible because of rule {own.rule}: {own.explanation}"
        unplaced.append(Unplaced(patient.id, None, text, {"rule": own.rule, "patients": list(own.patients)}))
    return Plan(
        problem_name=problem.name,
        problem_sha256=sha256,
        status="infeasible",
        score=None,
        bound=None,
        terms=None,
        flights=(),
        placements=(),
        unplaced=tuple(unplaced),
        conflicts=tuple(conflicts),
        solver=solver_record,
    )


def _times(index: ProblemIndex, flight: FlightChoice) -> Timeline:
    aircraft = index.aircraft[flight.aircraft_id]
    return timeline(index.problem, aircraft, flight.hub, flight.stops, flight.leaves_base)


def _flight(index: ProblemIndex, name: str, flight: FlightChoice, times: Timeline) -> Flight:
    """One flight with its legs, instants rounded to the minute."""
    airports = airports_flown(index.aircraft[flight.aircraft_id], flight.hub, flight.stops)
    departs = [times.leaves_base, times.leaves_hub, *times.departures]
    arrives = [times.arrives_hub, *times.arrivals, times.back_at_base]
    legs = tuple(
        Leg(origin, destination, instant_at(flight.date, off), instant_at(flight.date, on))
        for (origin, destination), off, on in zip(pairwise(airports), departs, arrives, strict=False)
    )
    return Flight(
        id=name,
        aircraft=flight.aircraft_id,
        layout=flight.layout_id,
        date=flight.date,
        hub=flight.hub,
        leaves_base=instant_at(flight.date, flight.leaves_base),
        legs=legs,
    )


def _placement(
    index: ProblemIndex, one: Assignment, flight_name: str, flight: FlightChoice, times: Timeline
) -> Placement:
    aircraft = index.aircraft[flight.aircraft_id]
    minutes = transit_minutes(index, aircraft, times, one.hospital_id, one.leaves_at)
    return Placement(
        patient=one.patient_id,
        hospital=one.hospital_id,
        flight=flight_name,
        leaves_at=one.leaves_at,
        transit_minutes=round(minutes),
        basis=basis_of(index.patients[one.patient_id], one.hospital_id),
    )
