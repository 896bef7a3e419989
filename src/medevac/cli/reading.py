"""Reads the problems and plans that commands are given; ends with every fault of one that cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from medevac.cli.screen import ExitCode, print_faults, print_warnings
from medevac.planner.faults import Fault, FaultsError

if TYPE_CHECKING:
    from medevac.planner.plan import Plan
    from medevac.planner.problem import Problem
    from medevac.planner.reading import ProblemDocument

ProblemFile = Annotated[Path, typer.Argument(metavar="PROBLEM", help="The problem: JSON or a workbook.")]
PlanFile = Annotated[Path, typer.Argument(metavar="PLAN", help="The plan for it, such as plan.json.")]


def read_problem_file(source: Path) -> ProblemDocument:
    """Read a problem from JSON or a workbook, telling what is odd; end with every fault if it is unfit."""
    from medevac.planner.reading import read_problem
    from medevac.tables import looks_like_workbook

    try:
        if looks_like_workbook(source):
            from medevac.tables import read_workbook

            document = read_workbook(source)
        else:
            document = read_problem(source)
    except FaultsError as error:
        print_faults(source, error)
        raise typer.Exit(ExitCode.BAD_INPUT) from None
    print_warnings(source, document.warnings)
    return document


def read_plan_file(source: Path, problem: Problem) -> Plan:
    """Read a plan for a problem; end with every fault if it cannot be used."""
    from medevac.planner.reading import read_plan

    try:
        return read_plan(source, problem)
    except FaultsError as error:
        print_faults(source, error)
        raise typer.Exit(ExitCode.BAD_INPUT) from None


def read_planned(problem: Path, plan: Path) -> tuple[ProblemDocument, Plan]:
    """Read a problem and a plan for it, telling what is odd and whether the plan was made for another."""
    document = read_problem_file(problem)
    decided = read_plan_file(plan, document.problem)
    if decided.problem_sha256 != document.sha256:
        print_warnings(plan, [_of_another_problem(problem, document.sha256, decided.problem_sha256)])
    return document, decided


def _of_another_problem(problem: Path, expected: str, got: str) -> Fault:
    remedy = f"The plan was made for other bytes than those of {problem}; it is judged against these."
    return Fault("problem.sha256", expected, got, remedy, "warning")
