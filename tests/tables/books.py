"""Workbooks for the tests: a sound one, changed by hand, and what is found in it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

from format_examples import full_problem
from openpyxl import Workbook, load_workbook

from medevac.planner import FaultsError
from medevac.tables import read_workbook, write_workbook

_SOUND: dict[str, bytes] = {}


def sound(language: Any = "en") -> bytes:
    """The rich problem as a workbook."""
    if language not in _SOUND:
        _SOUND[language] = write_workbook(full_problem(), language)
    return _SOUND[language]


def changed(change: Callable[[Workbook], object], language: Any = "en") -> bytes:
    """The rich problem's workbook after a change, saved as a spreadsheet program would."""
    book = load_workbook(BytesIO(sound(language)))
    change(book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def with_cell(sheet: str, cell: str, value: Any) -> bytes:
    """The workbook with another value in one cell."""

    def change(book: Workbook) -> None:
        book[sheet][cell].value = value

    return changed(change)


def with_part(name: str, content: bytes | Callable[[bytes], bytes], data: bytes | None = None) -> bytes:
    """The workbook with another content of one part of its archive."""
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data or sound())) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content(old.read(name)) if callable(content) else content)
    return target.getvalue()


def sheet_part(title: str, data: bytes | None = None) -> str:
    """The part of the archive that holds a sheet."""
    book = load_workbook(BytesIO(data or sound()), read_only=True)
    return str(book[title]._worksheet_path)


def faults_of(data: bytes) -> list[str]:
    """Every fault of a workbook as a sentence; none when it can be read."""
    try:
        read_workbook(data)
    except FaultsError as error:
        return [str(fault) for fault in error.faults]
    return []


def warnings_of(data: bytes) -> list[str]:
    """Every warning of a workbook that can be read."""
    return [str(warning) for warning in read_workbook(data).warnings]
