"""Judging what a plan states of itself: each patient once, score, terms, bound and status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from medevac.planner.evaluate.finding import PATIENTS_ONCE, SCORE, STATUS, BrokenRule
from medevac.planner.lookup import ProblemIndex
from medevac.planner.plan import OPTIMAL_GAP, TERM_NAMES, Plan
from medevac.planner.timeline import TOLERANCE

STATED_SCORE = 0.05 + TOLERANCE  # FORMAT: a checker allows 0.05 on scores


def judge_patients_once(index: ProblemIndex, plan: Plan) -> Iterator[BrokenRule]:
    """Every patient is exactly once in `placements` or `unplaced`."""
    counts = Counter(one.patient for one in plan.placements)
    counts.update(one.patient for one in plan.unplaced)
    for patient in index.problem.patients:
        if counts[patient.id] != 1:
            text = f"{patient.id} is {counts[patient.id]} times in placements and unplaced, not once."
            yield BrokenRule(PATIENTS_ONCE, (patient.id,), text)
    for one in plan.unplaced:
        if one.patient not in index.patients:
            text = f"The plan leaves {one.patient} behind, whom the problem does not list."
            yield BrokenRule(PATIENTS_ONCE, (one.patient,), text)


def judge_statements(plan: Plan, score: float, terms: Mapping[str, float]) -> Iterator[BrokenRule]:
    """Stated score, terms, bound and status agree with the score computed here."""
    if plan.score is None or abs(plan.score - score) > STATED_SCORE:
        yield BrokenRule(SCORE, (), f"The score is {score:.2f}, not {_number(plan.score)}.")
    for name in TERM_NAMES:
        stated = (plan.terms or {}).get(name)
        if stated is None or abs(stated - terms[name]) > STATED_SCORE:
            text = f"The term {name} is {terms[name]:.2f}, not {_number(stated)}."
            yield BrokenRule(SCORE, (name,), text)
    yield from _judge_bound(plan, score)
    for one in plan.unplaced:
        if one.reason is None:
            text = f"{one.patient} is left behind without a reason, which only an infeasible plan may do."
            yield BrokenRule(STATUS, (one.patient,), text)


def judge_infeasible(plan: Plan) -> Iterator[BrokenRule]:
    """The shape of a plan that says: nothing is possible."""
    if plan.flights or plan.placements:
        held = f"{len(plan.flights)} flights and {len(plan.placements)} placements"
        text = f"An infeasible plan must hold no flights and placements, but holds {held}."
        yield BrokenRule(STATUS, (), text)
    stated = [name for name in ("score", "bound", "terms") if getattr(plan, name) is not None]
    if stated:
        yield BrokenRule(STATUS, (), f"An infeasible plan states {', '.join(stated)}, which must be null.")
    if not plan.conflicts:
        text = "An infeasible plan names no conflict; it must say which rules stop which fixed ones."
        yield BrokenRule(STATUS, (), text)
    for one in plan.unplaced:
        if one.reason is not None:
            text = f"{one.patient} has the reason {one.reason}; in an infeasible plan it must be null."
            yield BrokenRule(STATUS, (one.patient,), text)


def _judge_bound(plan: Plan, score: float) -> Iterator[BrokenRule]:
    """A bound lies above the score, and close to it when the plan is called optimal."""
    if plan.bound is None:
        if plan.status == "optimal":
            yield BrokenRule(STATUS, (), "The plan is called optimal but states no bound.")
        return
    if plan.bound < score - STATED_SCORE:
        text = f"The bound {plan.bound:.2f} lies below the score {score:.2f}: it is no bound."
        yield BrokenRule(STATUS, (), text)
    stated = score if plan.score is None else plan.score
    allowed = OPTIMAL_GAP * max(1.0, abs(stated))
    if plan.status == "optimal" and plan.bound - stated > allowed + TOLERANCE:
        text = (
            f"The plan is called optimal with a gap of {plan.bound - stated:.4f}; {allowed:.4f} is allowed."
        )
        yield BrokenRule(STATUS, (), text)


def _number(value: float | None) -> str:
    """A stated number, or that there is none."""
    return "left out" if value is None else f"{value:.2f}"
