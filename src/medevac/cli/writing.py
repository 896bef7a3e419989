"""Writes files into a folder: all of them or none, and never half of one."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path


class CannotWriteError(Exception):
    """A folder or file cannot be written; the message says which, why, and what to do."""

    def __init__(self, path: Path, error: OSError) -> None:
        reason = error.strerror or str(error)
        super().__init__(f"{path}: cannot be written ({reason}). Choose another folder.")


@contextlib.contextmanager
def prepared_folder(folder: Path) -> Iterator[None]:
    """Make sure, before long work, that files can be written to a folder.

    A folder that was made here is removed again if nothing was written into it.

    Raises
    ------
    CannotWriteError
        When the folder cannot be made, is no folder, or takes no files.
    """
    made: list[Path] = []
    try:
        made = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        _remove_empty(made)
        raise CannotWriteError(folder, error) from error
    try:
        yield
    finally:
        _remove_empty(made)


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()  # refuses, as it should, when something is inside


def write_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write every file under its name, replacing older ones; on failure the older ones stand.

    Parameters
    ----------
    folder
        An existing folder.
    contents
        The bytes of each file by its name.

    Raises
    ------
    CannotWriteError
        When one cannot be written; then none is.
    """
    at = folder
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-", ignore_cleanup_errors=True) as made:
            workshop = Path(made)
            for name, content in contents.items():
                at = folder / name
                _write_new(workshop / name, content)
            _keep_old(folder, workshop, contents)
            _swap_in(folder, workshop, contents)
        _sync_folder(folder)
    except OSError as error:
        raise CannotWriteError(at, error) from error


def _write_new(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _keep_old(folder: Path, workshop: Path, names: Mapping[str, bytes]) -> None:
    """Copy what will be replaced, so that it can be put back."""
    for name in names:
        if (folder / name).is_file():
            shutil.copy2(folder / name, workshop / f"old-{name}")


def _swap_in(folder: Path, workshop: Path, names: Mapping[str, bytes]) -> None:
    """Move each new file into place; when one fails, put the others back as they were."""
    done: list[str] = []
    try:
        for name in names:
            os.replace(workshop / name, folder / name)
            done.append(name)
    except BaseException:  # an abort, too, must not leave one new file beside an old one
        for name in done:
            _put_back(folder / name, workshop / f"old-{name}")
        raise


def _put_back(path: Path, old: Path) -> None:
    if old.exists():
        os.replace(old, path)
        return
    path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Bring the folder's own entries to the disk, where the system knows how; the files are in place."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
