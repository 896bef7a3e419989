"""`medevac check`: does a plan hold, and what is it worth?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from medevac.cli.reading import PlanFile, ProblemFile, read_planned
from medevac.cli.screen import ExitCode, aborting, line, output

if TYPE_CHECKING:
    from medevac.planner.evaluate import Evaluation
    from medevac.planner.plan import Plan


def check(
    problem: ProblemFile,
    plan: PlanFile,
) -> None:
    """List every rule that a plan breaks, and compute its score anew.

    Exit codes: 0 the plan holds, 1 it breaks rules, 2 bad input.
    """
    from medevac.planner.evaluate import evaluate

    with aborting():
        document, decided = read_planned(problem, plan)
        evaluation = evaluate(document.problem, decided)
    _print(decided, evaluation)
    if evaluation.broken:
        raise typer.Exit(ExitCode.RULES_BROKEN)


def _print(plan: Plan, evaluation: Evaluation) -> None:
    from medevac.cli.tables import terms_table

    console = output()
    for broken in evaluation.broken:
        line(console, f"Rule {broken.rule}: {broken.sentence}", "red")
    count = len(evaluation.broken)
    if count:
        line(console, f"The plan breaks rules: {count} fault{'' if count == 1 else 's'}.", "bold red")
    else:
        line(console, "The plan holds: no rule is broken.", "bold green")
    if plan.status == "infeasible":
        return
    console.print(terms_table(evaluation.terms, evaluation.score, plan))
