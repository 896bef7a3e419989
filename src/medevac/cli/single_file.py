"""What commands that write one file have in common: all of it or none, and no older one lost unasked."""

from __future__ import annotations

from pathlib import Path

from medevac.cli.screen import fail
from medevac.cli.writing import CannotWriteError, prepared_folder, write_all


def refuse_existing(file: Path, *, overwrite: bool) -> None:
    """End when a file is there already, and nobody said that it may be replaced."""
    if file.exists() and not overwrite:
        fail(
            f"{file}: expected no such file yet, got one. Nothing was written. Add --overwrite to replace it."
        )


def write_file(file: Path, content: bytes) -> None:
    """Write a whole file or nothing; end with a sentence when it cannot be written."""
    try:
        with prepared_folder(file.parent):
            write_all(file.parent, {file.name: content})
    except CannotWriteError as error:
        fail(f"{error} Nothing was written.")
