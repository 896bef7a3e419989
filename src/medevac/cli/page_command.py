"""`medevac page`: a plan as one page for screen, phone and paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from medevac.cli.languages import Language
from medevac.cli.plan_folder import OfPage
from medevac.cli.reading import PlanFile, ProblemFile, read_planned
from medevac.cli.screen import aborting, line, output
from medevac.cli.single_file import write_file


def page(
    problem: ProblemFile,
    plan: PlanFile,
    output_file: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write.")],
    language: OfPage = Language.EN,
) -> None:
    """Show a plan as a page that needs no network.

    Exit codes: 0 written, 2 bad input, or the file cannot be written.
    """
    with aborting():
        document, decided = read_planned(problem, plan)
        from medevac.papers import make_page

        content = make_page(document, decided, language=language.value)
        write_file(output_file, content)
    line(output(), f"Written: {output_file}")
