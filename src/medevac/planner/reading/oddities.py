"""What is legal in a problem but most likely not meant; noted as warnings."""

from __future__ import annotations

from medevac.planner.faults import FaultList
from medevac.planner.problem import Problem


def note_oddities(problem: Problem, faults: FaultList) -> None:
    """Note everything odd about a sound problem."""
