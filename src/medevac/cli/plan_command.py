"""`medevac plan`: a problem file in, a plan and its page out."""

from __future__ import annotations

from math import isfinite
from typing import Annotated

import typer

from medevac.cli.languages import Language
from medevac.cli.plan_folder import OfPage, PlanFolder, say_written
from medevac.cli.planning import Limits, plan_into
from medevac.cli.reading import ProblemFile


def _finite(number: float | None) -> float | None:
    if number is not None and not isfinite(number):
        raise typer.BadParameter(f"expected a finite number, got {number}.")
    return number


def _positive(number: float | None) -> float | None:
    if number is not None and not (isfinite(number) and number > 0):
        raise typer.BadParameter(f"expected more than 0 seconds, got {number:g}.")
    return number


def plan(
    problem: ProblemFile,
    output_folder: PlanFolder,
    seconds: Annotated[
        float | None,
        typer.Option(callback=_positive, help="End after so many seconds with the best plan so far."),
    ] = None,
    gap: Annotated[
        float,
        typer.Option(min=0.0, callback=_finite, help="End when the plan is proven this close to the best."),
    ] = 1e-4,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Seed of the search.")] = 0,
    language: OfPage = Language.EN,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress and no tables.")] = False,
) -> None:
    """Plan flights and places for a problem file.

    Ctrl-C ends the search with the best plan so far; a second Ctrl-C aborts. Exit codes: 0 a plan,
    2 bad input, 3 infeasible, 4 time ended without a plan or a proof.
    """
    plan_into(output_folder, problem, Limits(seconds, gap, seed), quiet=quiet, language=language.value)
    if not quiet:
        say_written(output_folder)
