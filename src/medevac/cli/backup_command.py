"""`medevac backup` and `medevac restore`: the database in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from medevac.cli.database_options import DataFolder, opened
from medevac.cli.screen import line, output


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    data: DataFolder = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
) -> None:
    """Write the database into one file, whole or not at all. Keys are not in it."""
    from medevac.database.backup import KEYS_ARE_NOT_IN_IT, back_up

    with opened(data) as addresses:
        size = back_up(addresses.for_owner("back up"), file, overwrite=overwrite)
    line(
        output(),
        f"Written: {file} ({size:,} bytes). It holds personal data: keep it as closed as the service.",
    )
    line(output(), KEYS_ARE_NOT_IN_IT)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    data: DataFolder = None,
) -> None:
    """Restore a backup into an empty database, whole or not at all."""
    from medevac.database.backup import KEYS_ARE_NOT_IN_IT
    from medevac.database.backup import restore as restore_into

    with opened(data) as addresses:
        restore_into(addresses.for_owner("restore"), file, app_role=addresses.app_role)
    line(output(), f"Restored: {file}. Run `medevac migrate` if this medevac is newer than the backup.")
    line(output(), KEYS_ARE_NOT_IN_IT)
