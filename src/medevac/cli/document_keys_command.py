"""`medevac document-keys`: the keys that open documents."""

from __future__ import annotations

from typing import Annotated

import typer

from medevac.cli.database_options import DataFolder, opened


def document_keys(
    new: Annotated[
        bool, typer.Option("--new", help="Add a key, and wrap what older keys wrap with it.")
    ] = False,
    drop_unused: Annotated[
        bool, typer.Option("--drop-unused", help="Drop for ever the keys that no document needs.")
    ] = False,
    data: DataFolder = None,
) -> None:
    """Show the keys that open documents, without their values; add one, or drop those that nothing needs."""
    from medevac.cli.service import programs

    words = [*(["--new"] if new else []), *(["--drop-unused"] if drop_unused else [])]
    with opened(data) as addresses:
        code = programs.run_django(["document_keys", *words], programs.environment(addresses))
    raise typer.Exit(code)
