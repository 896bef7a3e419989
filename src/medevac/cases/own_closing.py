"""What happens to this room's own rows when their case ends."""

from __future__ import annotations

from medevac.cases.closing import Ending, exempt_from_closing, register_closer
from medevac.cases.models import (
    Assessment,
    Case,
    CaseItem,
    CaseStep,
    Clinical,
    Companion,
    Consent,
    Filing,
    FitDecision,
    IsolationDecision,
    LettersPerson,
    Merge,
    Screening,
)


def _stop_chasing(ending: Ending) -> None:
    """Nobody is chased any more for what an ended case lacked."""
    CaseItem.unscoped.filter(case=ending.case, status=CaseItem.Status.MISSING).update(deadline=None)


def register_own_closers() -> None:
    """Answer for every model of this room that points to a case."""
    register_closer(CaseItem, _stop_chasing)
    told = (
        Assessment,
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
    exempt_from_closing(
        Consent, "What was consented to holds for what was done; a withdrawal is an act of its own."
    )
    exempt_from_closing(Filing, "It says which form filed the case, and waits for nobody.")
