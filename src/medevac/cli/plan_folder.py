"""The folder that a plan is written into: the problem, the plan, and the page to look at."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from medevac.cli.languages import Language
from medevac.cli.screen import fail, line, output
from medevac.cli.writing import CannotWriteError, prepared_folder, write_all

if TYPE_CHECKING:
    from medevac.planner.advice import Proposal
    from medevac.planner.plan import Plan
    from medevac.planner.reading import ProblemDocument

PROBLEM_FILE = "problem.json"
PLAN_FILE = "plan.json"
PAGE_FILE = "plan.html"

PlanFolder = Annotated[
    Path,
    typer.Option(
        "--output", "-o", metavar="DIR", help=f"Folder for {PROBLEM_FILE}, {PLAN_FILE} and {PAGE_FILE}."
    ),
]
OfPage = Annotated[Language, typer.Option("--language", "-l", help="Language of the page.")]


@contextlib.contextmanager
def plan_folder(folder: Path) -> Iterator[None]:
    """Make sure, before long work, that a plan can be written to a folder; end with a sentence if not."""
    try:
        with prepared_folder(folder):
            yield
    except CannotWriteError as error:
        fail(f"{error} Nothing was written.")


def write_plan(
    folder: Path,
    document: ProblemDocument,
    plan: Plan,
    *,
    language: str = "en",
    advice: Sequence[Proposal] | None = None,
) -> None:
    """Write a problem and its plan, both or neither, and then the page; the plan names this problem.

    The page comes last, so that a plan that took long is safe whatever happens to its page.
    """
    from medevac.papers import make_page
    from medevac.planner.reading import plan_to_bytes

    plan = replace(plan, problem_sha256=document.sha256)
    with plan_folder(folder):
        write_all(folder, {PROBLEM_FILE: document.raw, PLAN_FILE: plan_to_bytes(plan)})
    try:
        write_all(folder, {PAGE_FILE: make_page(document, plan, language=language, advice=advice)})
    except CannotWriteError as error:
        fail(f"{error} {PROBLEM_FILE} and {PLAN_FILE} were written.")


def say_written(folder: Path) -> None:
    """Say where problem, plan and page are."""
    line(output(), f"Written: {folder / PROBLEM_FILE} and {folder / PLAN_FILE}")
    line(output(), f"To look at: {folder / PAGE_FILE}")
