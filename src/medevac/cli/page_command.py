"""`medevac page`: a plan as one page for screen, phone and paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from medevac.cli.languages import PageLanguage
from medevac.cli.planned import read_planned
from medevac.cli.screen import aborting, fail, line, output
from medevac.cli.writing import CannotWriteError, prepared_folder, write_all


def page(
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM", help="The problem: medevac-problem/1.")],
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="The plan: medevac-plan/1.")],
    output_file: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write.")],
    language: Annotated[PageLanguage, typer.Option(help="Language of the page.")] = PageLanguage.EN,
) -> None:
    """Show a plan as a page that needs no network.

    Exit codes: 0 written, 2 bad input, or the file cannot be written.
    """
    with aborting():
        document, decided = read_planned(problem, plan)
        from medevac.papers import make_page

        content = make_page(document, decided, language=language.value)
        try:
            with prepared_folder(output_file.parent):
                write_all(output_file.parent, {output_file.name: content})
        except CannotWriteError as error:
            fail(f"{error} Nothing was written.")
    line(output(), f"Written: {output_file}")
