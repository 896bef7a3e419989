"""Why patients stay: for each unplaced patient the first true reason, as a sentence and as data."""

from __future__ import annotations

from medevac.planner.decision import Decision
from medevac.planner.explain.reasons import Reasons
from medevac.planner.explain.sentences import sentence
from medevac.planner.lookup import index_of
from medevac.planner.plan import Unplaced
from medevac.planner.problem import Problem

__all__ = ["explain"]


def explain(
    problem: Problem, decision: Decision, *, gap: float | None, optimal: bool
) -> tuple[Unplaced, ...]:
    """Explain every patient whom a decision leaves behind.

    Parameters
    ----------
    decision
        A decision that breaks no rule. What is said of a plan that is not optimal is true of one that
        `exchange.improve` has finished with.
    gap
        How much better the best plan may be; None where no bound was computed.
    optimal
        Whether the plan is called optimal.

    Returns
    -------
    One entry for each unplaced patient, in the problem's order.
    """
    placed = {one.patient_id for one in decision.assignments}
    reasons = Reasons(index_of(problem), decision, gap=gap, optimal=optimal)
    unplaced = []
    for patient in problem.patients:
        if patient.id not in placed:
            reason, facts = reasons.first(patient)
            unplaced.append(Unplaced(patient.id, reason, sentence(reason, patient.id, facts), facts))
    return tuple(unplaced)
