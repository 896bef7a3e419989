"""`medevac convert`: a problem from a workbook to JSON, or back, without loss."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from medevac.cli.languages import Language
from medevac.cli.reading import read_problem_file
from medevac.cli.screen import ExitCode, aborting, fail, line, output, print_faults
from medevac.cli.single_file import refuse_existing, write_file
from medevac.planner.faults import FaultsError


def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A problem: a workbook or JSON.")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write: .xlsx or .json.")],
    language: Annotated[
        Language, typer.Option("--language", "-l", help="Of a workbook that is written.")
    ] = Language.EN,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
) -> None:
    """Convert a problem between workbook and JSON, or a workbook into another language.

    Nothing is lost either way, x- keys included. Exit codes: 0 written, 2 bad input, and nothing was written.
    """
    from medevac.tables import looks_like_workbook, write_workbook

    kind = target.suffix.lower()
    if kind not in (".xlsx", ".json"):
        fail(f"{target}: expected a name that ends in .xlsx or .json. Nothing was written.")
    with aborting():
        refuse_existing(target, overwrite=overwrite)
        if kind == ".json" and source.exists() and not looks_like_workbook(source):
            fail(f"{source}: expected a workbook to convert to JSON, got another file. Nothing was written.")
        document = read_problem_file(source)
        content = document.raw
        if kind == ".xlsx":
            try:
                content = write_workbook(json.loads(document.raw), language.value)
            except FaultsError as error:
                print_faults(source, error)
                raise typer.Exit(ExitCode.BAD_INPUT) from None
        write_file(target, content)
    line(output(), f"Written: {target}")
