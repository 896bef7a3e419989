"""`medevac cases`: what is done with many cases at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from medevac.cli.database_options import DataFolder, opened

cases = typer.Typer(help="Cases: a workbook in.", no_args_is_help=True)


@cases.callback()
def _cases() -> None:
    """Keep `import` a word of its own."""


@cases.command("import")
def import_cases(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The workbook (.xlsx), as the template has it.")
    ],
    email: Annotated[
        str, typer.Option("--as", metavar="EMAIL", help="Who imports; it stands in the history.")
    ],
    mission: Annotated[str, typer.Option(metavar="CODE", help="The mission, where there are several.")] = "",
    organisation: Annotated[
        str, typer.Option(metavar="NAME", help="Who files them, by its Latin name, where there are several.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would do, and change nothing.")
    ] = False,
    data: DataFolder = None,
) -> None:
    """Import a workbook of cases: all rows, or none. The same file again changes nothing."""
    from medevac.cli.service import programs

    words = [
        "import_cases",
        str(file),
        f"--as={email}",
        f"--mission={mission}",
        f"--organisation={organisation}",
    ]
    with opened(data) as addresses:
        code = programs.run_django(
            [*words, *(["--dry-run"] if dry_run else [])], programs.environment(addresses)
        )
    raise typer.Exit(code)
