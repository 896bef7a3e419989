"""`medevac identifier-keys`: the change of the key that encrypts and finds identifiers."""

from __future__ import annotations

from typing import Annotated

import typer

from medevac.cli.database_options import DataFolder, opened


def identifier_keys(
    renew: Annotated[
        bool, typer.Option("--renew", help="Encrypt and index anew what another key has made.")
    ] = False,
    data: DataFolder = None,
) -> None:
    """Say whether identifiers still need MEDEVAC_IDENTIFIER_OTHER_KEYS; make them anew."""
    from medevac.cli.service import programs

    with opened(data) as addresses:
        code = programs.run_django(
            ["identifier_keys", *(["--renew"] if renew else [])], programs.environment(addresses)
        )
    raise typer.Exit(code)
