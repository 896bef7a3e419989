"""`medevac plan`: a problem file in, a plan and its page out."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import Annotated

import typer

from medevac.cli.languages import PageLanguage
from medevac.cli.planning import PAGE_FILE, PLAN_FILE, PROBLEM_FILE, Limits, plan_into
from medevac.cli.screen import line, output


def _finite(number: float | None) -> float | None:
    if number is not None and not isfinite(number):
        raise typer.BadParameter(f"expected a finite number, got {number}.")
    return number


def _positive(number: float | None) -> float | None:
    if number is not None and not (isfinite(number) and number > 0):
        raise typer.BadParameter(f"expected more than 0 seconds, got {number:g}.")
    return number


def plan(
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM", help="The problem: JSON or a workbook.")],
    output_folder: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="Folder for problem.json and plan.json."),
    ],
    seconds: Annotated[
        float | None,
        typer.Option(callback=_positive, help="End after so many seconds with the best plan so far."),
    ] = None,
    gap: Annotated[
        float,
        typer.Option(min=0.0, callback=_finite, help="End when the plan is proven this close to the best."),
    ] = 1e-4,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Seed of the search.")] = 0,
    language: Annotated[PageLanguage, typer.Option(help="Language of the page.")] = PageLanguage.EN,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress and no tables.")] = False,
) -> None:
    """Plan flights and places for a problem file.

    Ctrl-C ends the search with the best plan so far; a second Ctrl-C aborts. Exit codes: 0 a plan,
    2 bad input, 3 infeasible, 4 time ended without a plan or a proof.
    """
    plan_into(output_folder, problem, Limits(seconds, gap, seed), quiet=quiet, language=language.value)
    if not quiet:
        line(output(), f"Written: {output_folder / PROBLEM_FILE} and {output_folder / PLAN_FILE}")
        line(output(), f"To look at: {output_folder / PAGE_FILE}")
