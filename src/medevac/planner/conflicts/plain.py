"""Contradictions among what is fixed that can be seen without searching for a plan."""

from __future__ import annotations

from medevac.planner.conflicts.flights import flight_conflicts
from medevac.planner.conflicts.single import single_conflicts
from medevac.planner.conflicts.together import together_conflicts
from medevac.planner.conflicts.wishes import wishes_of
from medevac.planner.lookup import index_of
from medevac.planner.plan import Conflict
from medevac.planner.problem import Problem


def plain_conflicts(problem: Problem) -> tuple[Conflict, ...]:
    """List contradictions among what is fixed that can be seen without searching for a plan.

    Each proves that there is no plan. Empty when nothing was found, which proves nothing.
    """
    if not problem.fixed and not problem.fixed_flights:
        return ()
    index = index_of(problem)
    wishes = wishes_of(index)
    found = [
        *flight_conflicts(index, wishes),
        *(one for wish in wishes for one in single_conflicts(index, wish)),
        *together_conflicts(index, wishes),
    ]
    return tuple(dict.fromkeys(found))
