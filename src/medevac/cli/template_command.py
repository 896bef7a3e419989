"""`medevac template`: an empty workbook to fill in, or the example week as one."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from medevac.cli.languages import Language
from medevac.cli.screen import aborting, errors, fail, line, output
from medevac.cli.single_file import refuse_existing, write_file


def template(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The workbook to write.")],
    language: Annotated[
        Language, typer.Option("--language", "-l", help="Of names, headings, notes and choices.")
    ] = Language.EN,
    example: Annotated[
        bool, typer.Option("--example", help="Fill it with the example week, which can be planned at once.")
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
) -> None:
    """Write a workbook for a coordinator to fill in: one sheet for each part of a problem.

    Every heading has a note, and every sheet an example row, which is not read. Exit codes: 0 written,
    2 nothing was written.
    """
    from medevac.tables import write_template, write_workbook

    if file.suffix.lower() != ".xlsx":
        fail(f"{file}: expected a name that ends in .xlsx. Nothing was written.")
    with aborting():
        refuse_existing(file, overwrite=overwrite)
        if example:
            week = (files("medevac.planner") / "example" / "week.json").read_bytes()
            content = write_workbook(json.loads(week), language.value)
        else:
            content = write_template(language.value)
        write_file(file, content)
    line(output(), f"Written: {file}")
    line(errors(), f"Fill it in, then: medevac plan {file} --output DIR")
