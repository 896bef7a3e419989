"""The sheets of a workbook as rows of plain values, read by openpyxl and guarded by `survey`.

Nothing is known here of what a sheet means.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

from medevac.planner import FaultsError
from medevac.tables.container import open_container, refuse
from medevac.tables.survey import SheetSurvey, survey

_WORKBOOK = "xl/workbook.xml"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"


@dataclass(frozen=True, slots=True)
class BrokenCell:
    """A cell without a value that could be used: what came, and what to do."""

    got: str
    remedy: str


class Grid:
    """One sheet: its name on the tab, whether it can be seen, and its rows.

    Parameters
    ----------
    title
        The name on the tab.
    visible
        Whether it is not hidden.
    found
        What the survey found.
    """

    def __init__(self, title: str, visible: bool, found: SheetSurvey, source: Any) -> None:
        self.title = title
        self.visible = visible
        self.found = found
        self._source = source

    @property
    def empty(self) -> bool:
        """Whether nothing stands on it."""
        return self.found.last_row == 0

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Every row that holds something: its number from 1, and its values from the first column on.

        Raises
        ------
        FaultsError
            When the sheet is damaged.
        """
        found = self.found
        if self.empty:
            return
        with _refusing_damage(f'the sheet "{self.title}"'):
            rows = self._source.iter_rows(min_row=1, max_row=found.last_row, max_col=found.last_column)
            for number, cells in enumerate(islice(rows, found.last_row), start=1):
                values = [
                    _value(cell, (number, index) in found.uncalculated) for index, cell in enumerate(cells, 1)
                ]
                if any(value is not None for value in values):
                    yield number, values


def open_grids(data: bytes) -> list[Grid]:
    """The sheets of a workbook in the order of their tabs.

    Raises
    ------
    FaultsError
        When the bytes are no workbook, or one that cannot be used.
    """
    archive = open_container(data)
    found = survey(archive)
    if _is_strict(archive):
        remedy = 'Save it as "Excel Workbook (.xlsx)".'
        raise refuse("an ordinary Excel workbook", 'one saved as "Strict Open XML"', remedy)
    with _refusing_damage("the workbook"):
        workbook = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        return [
            # _worksheet_path: openpyxl has no public word for the part that a sheet was read from.
            Grid(sheet.title, sheet.sheet_state == "visible", found[sheet._worksheet_path], sheet)
            for sheet in workbook.worksheets
        ]


@contextmanager
def _refusing_damage(what: str) -> Iterator[None]:
    """Turn whatever the reader stumbles over into a fault."""
    try:
        yield
    except FaultsError:
        raise
    except (
        Exception
    ) as error:  # openpyxl raises many kinds on damaged parts: KeyError, TypeError, IndexError, …
        got = f"damage in {what} ({type(error).__name__}: {error})"
        remedy = "Open it, let it be repaired, and save it again."
        raise refuse("a whole Excel workbook (.xlsx)", got, remedy) from None


def _is_strict(archive: ZipFile) -> bool:
    """Whether the workbook is of the strict kind, on whose sheets openpyxl sees nothing."""
    if _WORKBOOK not in archive.namelist():
        return False
    return _STRICT in archive.read(_WORKBOOK)


def _value(cell: Any, uncalculated: bool) -> Any:
    if uncalculated:
        remedy = "Open the file in a spreadsheet program and save it, or write the value."
        return BrokenCell("a formula that was never calculated", remedy)
    if cell.data_type == "e":
        return BrokenCell(f"the error {cell.value}", "Correct the formula, or write the value.")
    value = cell.value
    return None if isinstance(value, str) and not value.strip() else value
