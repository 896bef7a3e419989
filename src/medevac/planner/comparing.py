"""Plans side by side: score and terms, patients by priority, stops, time aboard, and who differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medevac.planner.evaluate import evaluate
from medevac.planner.plan import Plan
from medevac.planner.problem import FlightKey, Problem


@dataclass(frozen=True, slots=True)
class Sight:
    """What one plan does with one patient. A plan whose problem does not list the patient has none."""

    hospital: str
    flight: FlightKey
    leaves_at: str


@dataclass(frozen=True, slots=True)
class Column:
    """One plan in figures.

    Minutes are sums over placed patients: `transit` from arrival at the hub to the hospital's door, `aboard`
    from arrival at the hub to the drop. `broken` counts broken rules. Score and terms of an infeasible plan
    are None.
    """

    name: str
    status: str
    score: float | None
    bound: float | None
    terms: Mapping[str, float] | None
    broken: int
    listed: int
    placed: int
    placed_by_priority: Mapping[int, int]
    listed_by_priority: Mapping[int, int]
    flights: int
    stops: int
    flying_minutes: float
    aboard_minutes: float
    transit_minutes: float
    longest_transit: float
    sights: Mapping[str, Sight | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """A patient on whom not all plans agree; None where they wait in a plan, or it does not know them."""

    patient: str
    priority: int
    sights: tuple[Sight | None, ...]
    known: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Plans as columns, and the patients on whom they differ, the most urgent first."""

    columns: tuple[Column, ...]
    differences: tuple[Difference, ...]


def compare(plans: Sequence[tuple[str, Problem, Plan]]) -> Comparison:
    """Put plans side by side.

    Parameters
    ----------
    plans
        Name, problem and plan of each. Problems may differ, as after a change: each judges its own plan.
    """
    columns = tuple(_column(*one) for one in plans)
    priorities: dict[str, int] = {}
    for _, problem, _ in plans:
        for patient in problem.patients:
            priorities.setdefault(patient.id, patient.priority)
    found = []
    for name in sorted(priorities, key=lambda one: (priorities[one], one)):
        sights = tuple(column.sights.get(name) for column in columns)
        known = tuple(name in column.sights for column in columns)
        if len(set(sights)) > 1 or not all(known):
            found.append(Difference(name, priorities[name], sights, known))
    return Comparison(columns, tuple(found))


def _column(name: str, problem: Problem, plan: Plan) -> Column:
    judged = evaluate(problem, plan)
    feasible = plan.status != "infeasible"
    flights = {one.id: FlightKey(one.aircraft, one.date) for one in plan.flights}
    sights: dict[str, Sight | None] = {one.id: None for one in problem.patients}
    for one in plan.placements:
        sights[one.patient] = Sight(one.hospital, flights[one.flight], one.leaves_at)
    priority = {one.id: one.priority for one in problem.patients}
    transits = [float(one.transit_minutes) for one in plan.placements]
    return Column(
        name=name,
        status=plan.status,
        score=judged.score if feasible else None,
        bound=plan.bound,
        terms=judged.terms if feasible else None,
        broken=len(judged.broken),
        listed=len(problem.patients),
        placed=len(plan.placements),
        placed_by_priority=Counter(priority[one.patient] for one in plan.placements),
        listed_by_priority=Counter(priority.values()),
        flights=len(plan.flights),
        stops=sum(len(times.stops) for times in judged.flights.values()),
        flying_minutes=sum(60 * times.flying_hours for times in judged.flights.values()),
        aboard_minutes=sum(
            judged.flights[one.flight].elapsed_to(judged.flights[one.flight].stops.index(one.leaves_at))
            for one in plan.placements
            if one.flight in judged.flights and one.leaves_at in judged.flights[one.flight].stops
        ),
        transit_minutes=sum(transits),
        longest_transit=max(transits, default=0.0),
        sights=sights,
    )
