"""What commands that need the database have in common: where it lives, and how its faults are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from medevac.cli.screen import fail

if TYPE_CHECKING:
    from medevac.database import Addresses

DataFolder = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="The folder of the embedded database. Then DATABASE_URL does not count.",
        show_default=False,
    ),
]


@contextmanager
def opened(data: Path | None) -> Iterator[Addresses]:
    """The addresses of the service's database, which runs meanwhile; a fault ends the command."""
    from medevac.database import DatabaseError, using_database

    try:
        with using_database(data) as addresses:
            yield addresses
    except DatabaseError as error:
        fail(str(error))
