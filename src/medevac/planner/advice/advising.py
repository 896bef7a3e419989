"""The single change that helps most, of each kind: candidates by rank, each solved anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from medevac.planner.advice.budget import Budget
from medevac.planner.advice.candidates import KINDS, Candidate, ChangeKind, candidates
from medevac.planner.advice.figures import Figure, Solved, difference, improved_score, solve_again
from medevac.planner.plan import OPTIMAL_GAP, Plan
from medevac.planner.problem import Problem

PER_KIND = 3
LEAST_GAIN = 1e-6


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change that was tried: a sentence with its data, and what it adds to the score."""

    kind: ChangeKind
    sentence: str
    facts: dict[str, Any]
    figure: Figure


@dataclass(frozen=True, slots=True)
class Advice:
    """What was tried, the most helpful first.

    `untried` counts, by kind, what was ranked too low to be solved, `out_of_time` what would have been tried
    had the time not ended. `before` is the unchanged problem, solved anew where the plan was not proven.
    """

    before: Solved
    proposals: tuple[Proposal, ...]
    untried: dict[ChangeKind, int]
    out_of_time: dict[ChangeKind, int]

    @property
    def score(self) -> float:
        """The score of the unchanged problem."""
        return self.before.score

    @property
    def proven(self) -> bool:
        """Whether that score is proven the best."""
        return self.before.proven

    @property
    def best(self) -> Proposal | None:
        """The change that helps most; None where none helped."""
        helpful = [one for one in self.proposals if one.figure.gain > LEAST_GAIN]
        return helpful[0] if helpful else None


def advise(
    problem: Problem,
    plan: Plan,
    *,
    per_kind: int = PER_KIND,
    seconds: float | None = None,
    kinds: Sequence[ChangeKind] = KINDS,
    progress: Callable[[str], None] | None = None,
) -> Advice:
    """Find the single extra place, seat, layout, stop, aircraft date or closing hour that helps most.

    Parameters
    ----------
    problem, plan
        A problem and a plan that breaks no rule.
    per_kind
        How many candidates of each kind are solved, the highest ranked first.
    seconds
        Time limit of the whole call, which ends with the solve that is under way then; None solves each
        until it is proven or nothing improves.
    kinds
        Which kinds are tried.
    progress
        Called with a sentence before each solve.

    Returns
    -------
    Every figure is the difference of two solves; `Figure.kind` says what it proves.
    """
    tell = progress or (lambda _: None)
    budget = Budget(seconds)
    tell("the plan as it is")
    with budget.solving(1 + per_kind * len(kinds)) as share:
        before = solved_before(problem, plan, share)
    chosen, untried = _chosen(candidates(problem, before.plan), per_kind, kinds)
    proposals: list[Proposal] = []
    out_of_time = dict.fromkeys(kinds, 0)
    for number, one in enumerate(chosen):
        if budget.spent:
            out_of_time[one.kind] += 1
            continue
        tell(f"{number + 1} of {len(chosen)}, {one.sentence}")
        with budget.solving(len(chosen) - number) as share:
            after = solve_again(one.problem, seconds=share, known=before.plan)
        if after is not None:
            proposals.append(Proposal(one.kind, one.sentence, one.facts, difference(before, after)))
    proposals.sort(key=lambda one: -one.figure.gain)
    return Advice(before, tuple(proposals), untried, out_of_time)


def _chosen(
    every: Sequence[Candidate], per_kind: int, kinds: Sequence[ChangeKind]
) -> tuple[list[Candidate], dict[ChangeKind, int]]:
    """What is solved: the first of every kind, then the second, so that an early end leaves out no kind."""
    of_kind = {kind: [one for one in every if one.kind == kind] for kind in kinds}
    chosen = [ones[rank] for rank in range(per_kind) for ones in of_kind.values() if rank < len(ones)]
    return chosen, {kind: len(ones[per_kind:]) for kind, ones in of_kind.items()}


def solved_before(problem: Problem, plan: Plan, seconds: float | None) -> Solved:
    """The unchanged problem: the plan itself where it is proven, else the better of it and a new solve."""
    if plan.score is None:
        raise ValueError("Expected a plan with a score, got an infeasible one. Mend the problem first.")
    bound = plan.bound
    own = Solved(plan, plan.score, bound)
    if bound is not None and bound - plan.score <= OPTIMAL_GAP * max(1.0, abs(plan.score)):
        return own
    # A changed problem is given the same simple changes, which must not count as what the change adds.
    again = solve_again(problem, seconds=seconds) or own
    best = own if own.score >= again.score else again
    score = max(best.score, improved_score(problem, best.plan))
    bounds = [one for one in (bound, again.bound) if one is not None]
    return Solved(best.plan, score, max(score, min(bounds)) if bounds else None)
