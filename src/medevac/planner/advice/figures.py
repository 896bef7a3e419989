"""The difference between two solves, and what it proves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import medevac.planner
from medevac.planner.decision import Decision
from medevac.planner.exchange import improve
from medevac.planner.lookup import index_of
from medevac.planner.plan import OPTIMAL_GAP, Plan
from medevac.planner.problem import Problem
from medevac.planner.replanning.progress import decision_of, states_at
from medevac.planner.scoring import score_terms

Kind = Literal["exact", "at least", "found"]
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Solved:
    """A solve of one problem: the score found and a bound that no plan exceeds (None: not known)."""

    plan: Plan
    score: float
    bound: float | None

    @property
    def proven(self) -> bool:
        """Whether the score is proven the best, as the format has it."""
        return self.bound is not None and self.bound - self.score <= OPTIMAL_GAP * max(1.0, abs(self.score))


@dataclass(frozen=True, slots=True)
class Figure:
    """What a change adds to the score.

    `exact`: both solves are proven to the end. `at least`: the unchanged problem is, the changed one is not,
    so the truth may be more. `found`: the unchanged problem is not proven either; this is the difference of
    the best plans found, which proves nothing by itself.
    """

    gain: float
    kind: Kind


def solve_again(problem: Problem, *, seconds: float | None, known: Plan | None = None) -> Solved | None:
    """Solve a problem; None when there is no plan.

    Parameters
    ----------
    seconds
        Time limit; None solves until it is proven or nothing improves.
    known
        A plan that is valid for this problem too (it was made for a narrower one): the outcome is no worse.
    """
    plan = medevac.planner.solve(problem, seconds=seconds)
    if plan is not None and plan.status == "infeasible":
        return None
    score = None if plan is None else plan.score
    bound = None if plan is None else plan.bound
    if known is not None:
        improved = improved_score(problem, known)
        if score is None or plan is None or improved > score:
            plan, score = known if plan is None else plan, improved
    if plan is None or score is None:
        return None
    return Solved(plan, score, None if bound is None else max(bound, score))


def difference(before: Solved, after: Solved) -> Figure:
    """What the second solve adds to the first: nothing at least, as the first one's plan is still allowed."""
    gain = max(0.0, after.score - before.score)
    if before.proven and after.proven:
        return Figure(gain, "exact")
    return Figure(gain, "at least" if before.proven else "found")


def decided(problem: Problem, plan: Plan) -> Decision:
    """What a plan decided."""
    return decision_of(plan, states_at(index_of(problem), plan, None))


def improved_score(problem: Problem, known: Plan) -> float:
    """The score of a known plan after simple changes, in its own problem or in one that allows more."""
    decision = improve(problem, decided(problem, known))
    return sum(score_terms(problem, decision.flights, decision.assignments).values())
