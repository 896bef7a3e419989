"""Improving a decision whose flights stay as they are, until no simple change helps.

The changes are those that an explanation speaks of: one waiting patient (or family) joins, or joins in
exchange for any one placed patient. Drops where nobody leaves in the end are left out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from medevac.planner.decision import Decision
from medevac.planner.empty_stops import without_empty_stops
from medevac.planner.family_joining import best_family_exchange, best_family_insertion
from medevac.planner.joining import PatientWays, best_exchange, best_insertion
from medevac.planner.lookup import ProblemIndex, index_of, priority_value
from medevac.planner.open_decision import LEAST_GAIN, Move, OpenDecision
from medevac.planner.problem import Patient, Problem

Party = tuple[Patient, ...]  # a patient without a family, or a whole family


def improve(problem: Problem, decision: Decision, *, stop: Callable[[], bool] | None = None) -> Decision:
    """Let patients join, or take the place of one other, as long as the score rises.

    Parameters
    ----------
    decision
        A decision that breaks no rule. Departures, layouts and the order of stops of its flights are kept;
        a drop is left out where nobody leaves any more, and the base becomes or ceases to be a drop as
        patients leave there (rule 1).
    stop
        Asked before each change; True ends the work early.

    Returns
    -------
    A decision that breaks no rule and whose score is no lower. Unless stopped, no waiting patient or
    family can join it, or be exchanged for one placed patient, with a gain of more than 1e-7. Patients
    who are fixed or belong to a family are not exchanged away.
    """
    index = index_of(problem)
    while True:
        changed = _exchanged(index, decision, stop)
        decision = without_empty_stops(index, changed)
        if decision is changed:  # else more may fit, as everybody is there earlier
            return decision


def _exchanged(index: ProblemIndex, decision: Decision, stop: Callable[[], bool] | None) -> Decision:
    """Let patients join or be exchanged, on flights that stay as they are, until nothing helps."""
    work = OpenDecision(index, decision)
    waiting = deque(_waiting_parties(index, work))
    tried_in_vain = 0
    while tried_in_vain < len(waiting):
        if stop is not None and stop():
            break
        party = waiting.popleft()
        move = best_move(work, party)
        if move is None:
            waiting.append(party)
            tried_in_vain += 1
            continue
        work.apply(move)
        tried_in_vain = 0
        if move.leaves is not None:
            waiting.append((index.patients[move.leaves],))
    return work.occupancy.decision()


def best_move(work: OpenDecision, party: Sequence[Patient]) -> Move | None:
    """The best insertion that raises the score, or else the best exchange; None if nothing does."""
    if len(party) == 1:
        ways = PatientWays(work, party[0])
        move = best_insertion(ways)
        return move if _helps(move) else best_exchange(ways)
    move = best_family_insertion(work, party)
    return move if _helps(move) else best_family_exchange(work, party)


def _helps(move: Move | None) -> bool:
    return move is not None and move.gain > LEAST_GAIN


def _waiting_parties(index: ProblemIndex, work: OpenDecision) -> list[Party]:
    """All who are not placed, whole families together, those who weigh most first."""
    weights = index.problem.weights
    parties: dict[str, Party] = {}
    for patient in index.problem.patients:
        party = index.family_of(patient)
        if all(member.id not in work.occupancy.assignments for member in party):
            parties.setdefault(party[0].id, party)
    return sorted(
        parties.values(), key=lambda party: -max(priority_value(weights, member) for member in party)
    )
