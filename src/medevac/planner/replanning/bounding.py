"""What the bound of the old plan still says of the changed problem.

Most changes only take something away: a patient leaves, a place is kept, an airport closes, what has happened
is fixed. Then every plan of the changed problem, without its empty flights, was a plan of the old one, with
the same score or more, so that none scores more than the old bound. That costs nothing to know. It says
nothing where something was added or something fixed is fixed no longer.
"""

from __future__ import annotations

from medevac.planner.plan import Plan
from medevac.planner.problem import Fixed, Problem
from medevac.planner.reading import ProblemDocument
from medevac.planner.replanning.changes import Changes


def old_bound(document: ProblemDocument, plan: Plan, changes: Changes, problem: Problem) -> float | None:
    """The old plan's bound where it holds for the changed problem; None where it need not.

    Parameters
    ----------
    document, plan
        The problem as it was read, and the old plan, which must be of this problem.
    problem
        The changed problem.
    """
    if plan.problem_sha256 != document.sha256 or changes.add is not None:
        return None
    old = document.problem
    wider = (
        _loses_a_family_member(old, changes)
        or not all(_still_fixed(one, problem) for one in old.fixed)
        or not {one.key for one in old.fixed_flights} <= {one.key for one in problem.fixed_flights}
        or _needs_less(old, problem)
    )
    return None if wider else plan.bound


def _loses_a_family_member(old: Problem, changes: Changes) -> bool:
    """Whether a family may travel that could not, as one of its members need not come along."""
    gone = {one.family for one in old.patients if one.id in changes.without and one.family is not None}
    return any(one.family in gone and one.id not in changes.without for one in old.patients)


def _still_fixed(one: Fixed, problem: Problem) -> bool:
    return any(
        other.patient == one.patient
        and other.hospital == one.hospital
        and (one.flight is None or other.flight == one.flight)
        for other in problem.fixed
    )


def _needs_less(old: Problem, problem: Problem) -> bool:
    """Whether somebody's needs were shortened, which changes what a hospital is worth to them."""
    needs = {one.id: one.needs for one in old.patients}
    return any(one.needs != needs[one.id] for one in problem.patients)
