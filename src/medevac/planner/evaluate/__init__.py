"""Judging a plan against its problem: every broken rule, and the score. Not for finding better plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from medevac.planner.evaluate.counted import judge_counts
from medevac.planner.evaluate.finding import BrokenRule
from medevac.planner.evaluate.flown import judge_flights, known_flights
from medevac.planner.evaluate.placed import judge_fixed_patients, judge_placements, known_placements
from medevac.planner.evaluate.stated import judge_infeasible, judge_patients_once, judge_statements
from medevac.planner.lookup import ProblemIndex, index_of
from medevac.planner.plan import TERM_NAMES, Plan
from medevac.planner.problem import Problem
from medevac.planner.scoring import score_terms, terms_of
from medevac.planner.timeline import Timeline

__all__ = ["BrokenRule", "Evaluation", "Evaluator", "evaluate", "score_terms"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a plan breaks and what it is worth.

    `score` and `terms` count every flight and placement whose names are known, also of a plan that
    breaks rules; they are 0 for an infeasible plan. `flights` gives timelines by the plan's flight ids.
    """

    broken: tuple[BrokenRule, ...]
    score: float
    terms: Mapping[str, float]
    flights: Mapping[str, Timeline]

    @property
    def holds(self) -> bool:
        """Whether the plan breaks no rule."""
        return not self.broken


class Evaluator:
    """Judges many plans of one problem; what follows from the problem alone is prepared once."""

    def __init__(self, problem: Problem) -> None:
        self._index = ProblemIndex(problem)

    def evaluate(self, plan: Plan) -> Evaluation:
        """Judge one plan."""
        return _evaluate(self._index, plan)


def evaluate(problem: Problem, plan: Plan) -> Evaluation:
    """Judge a plan: all broken rules 1 to 10, what it states of itself, and its score.

    Parameters
    ----------
    problem
        What had to be decided. The few last problems are remembered, prepared.
    plan
        What was decided. It may be broken in any way that its types allow.
    """
    return _evaluate(index_of(problem), plan)


def _evaluate(index: ProblemIndex, plan: Plan) -> Evaluation:
    broken = list(judge_patients_once(index, plan))
    if plan.status == "infeasible":
        broken += judge_infeasible(plan)
        return Evaluation(tuple(broken), 0.0, dict.fromkeys(TERM_NAMES, 0.0), {})
    flights = known_flights(index, plan, broken)
    placements = known_placements(index, plan, flights, broken)
    flown = list(flights.values())
    broken += judge_flights(index, flown)
    broken += judge_placements(index, placements)
    broken += judge_fixed_patients(index, plan)
    broken += judge_counts(index, flown, placements)
    terms = terms_of(
        index,
        [(one.aircraft, one.times) for one in flown],
        [(one.patient, one.hospital, one.transit or 0.0) for one in placements],
    )
    score = sum(terms.values())
    broken += judge_statements(plan, score, terms)
    return Evaluation(tuple(broken), score, terms, {one.flight.id: one.times for one in flown})
