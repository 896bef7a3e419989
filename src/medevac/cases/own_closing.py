"""What happens to this room's own rows when their case ends."""

from __future__ import annotations

from medevac.cases.closing import Ending, exempt_from_closing, register_closer
from medevac.cases.models import (
    Assessment,
    Case,
    CaseDocument,
    CaseItem,
    CaseStep,
    Clinical,
    Companion,
    Consent,
    DutyEntry,
    Filing,
    FitDecision,
    IsolationDecision,
    LettersPerson,
    Merge,
    MissingItems,
    OwnReference,
    Screening,
)


def _stop_chasing(ending: Ending) -> None:
    """Nobody is chased any more for what an ended case lacked."""
    CaseItem.unscoped.filter(case=ending.case, status=CaseItem.Status.MISSING).update(deadline=None)


def _close_points(ending: Ending) -> None:
    """What somebody on duty still meant to do about the case is done with it; the log says why."""
    open_points = DutyEntry.unscoped.filter(case=ending.case, status=DutyEntry.Status.OPEN)
    open_points.update(
        status=DutyEntry.Status.CLOSED,
        closed_at=ending.step.at,
        closed_by=ending.actor.pk if ending.actor else None,
        closed_with_case=True,
    )


def register_own_closers() -> None:
    """Answer for every model of this room that points to a case."""
    register_closer(CaseItem, _stop_chasing)
    told = (
        Assessment,
        CaseDocument,
        Clinical,
        CaseStep,
        Companion,
        FitDecision,
        IsolationDecision,
        LettersPerson,
        Screening,
    )
    for model in told:
        exempt_from_closing(model, "It tells what was, and nothing of it is open or waits for anybody.")
    exempt_from_closing(
        Case, "A duplicate points to the case that goes on; that it has ended changes neither."
    )
    exempt_from_closing(Merge, "It says which case was closed for which, and is what an undoing needs.")
    register_closer(DutyEntry, _close_points)
    exempt_from_closing(
        OwnReference, "An import must find the ended case, to say that nothing of it is changed any more."
    )
    exempt_from_closing(
        Consent, "What was consented to holds for what was done; a withdrawal is an act of its own."
    )
    exempt_from_closing(MissingItems, "It counts for lists of live cases, which show no ended one for it.")
    exempt_from_closing(Filing, "It says which form filed the case, and waits for nobody.")
