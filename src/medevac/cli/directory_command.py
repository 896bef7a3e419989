"""`medevac directory import`: hospitals and airports from a file into the service's directory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from medevac.cli.database_options import DataFolder, opened
from medevac.cli.screen import fail

directory = typer.Typer(name="directory", help="Hospitals and airports of the service.", no_args_is_help=True)


@directory.callback()
def _directory() -> None:
    """Hospitals and airports of the service."""


@directory.command("import")
def import_file(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A workbook, what import-hospitals wrote, or a list of airports: CSV."
        ),
    ],
    acting: Annotated[
        str,
        typer.Option(
            "--as", metavar="EMAIL", help="Who does it: stands in the history, and must be allowed."
        ),
    ],
    keeper: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The organisation that answers for the hospitals; its Latin name."),
    ] = None,
    airports: Annotated[
        bool, typer.Option("--airports", help="Take the file's airports alone, not its hospitals.")
    ] = False,
    do: Annotated[
        bool, typer.Option("--do", help="Do it; without this, it is only shown what would be done.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Show no progress and no single lines.")
    ] = False,
    data: DataFolder = None,
) -> None:
    """Add or change hospitals, or add airports, from a file: whole, or with faults not at all.

    The same file again changes nothing. Exit codes: 0 shown or done, 2 nothing was written.
    """
    from medevac.cli.service import programs

    if not file.is_file():
        fail(f"{file}: expected a file, found none. Correct the path.")
    words = ["import_directory", str(file.resolve()), f"--as={acting}"]
    words += [f"--keeper={keeper}"] if keeper is not None else []
    words += [word for word, wanted in (("--airports", airports), ("--do", do), ("--quiet", quiet)) if wanted]
    with opened(data) as addresses:
        code = programs.run_django(words, programs.environment(addresses))
    raise typer.Exit(code)
