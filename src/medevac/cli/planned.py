"""Reads a problem together with a plan for it; ends with every fault if one cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from medevac.cli.planning import read_problem_file
from medevac.cli.screen import ExitCode, print_faults, print_warnings
from medevac.planner.faults import Fault, FaultsError

if TYPE_CHECKING:
    from medevac.planner.plan import Plan
    from medevac.planner.reading import ProblemDocument


def read_planned(problem: Path, plan: Path) -> tuple[ProblemDocument, Plan]:
    """Read both, telling what is odd and whether the plan was made for another problem."""
    from medevac.planner.reading import read_plan

    document = read_problem_file(problem)
    try:
        decided = read_plan(plan, document.problem)
    except FaultsError as error:
        print_faults(plan, error)
        raise typer.Exit(ExitCode.BAD_INPUT) from None
    if decided.problem_sha256 != document.sha256:
        print_warnings(plan, [_of_another_problem(problem, document.sha256, decided.problem_sha256)])
    return document, decided


def _of_another_problem(problem: Path, expected: str, got: str) -> Fault:
    remedy = f"The plan was made for other bytes than those of {problem}; it is judged against these."
    return Fault("problem.sha256", expected, got, remedy, "warning")
