"""Writes the workbook of cases: an empty template, or cases to take away. A text stays a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from medevac.tables.cases.clinical import CLINICAL
from medevac.tables.cases.operational import OPERATIONAL
from medevac.tables.cases.personal import PERSONAL
from medevac.tables.cases.sheet import ANOTHER, SHEET, SHOWN
from medevac.tables.cases.words import CHOICES, GUIDE, GUIDE_TITLE
from medevac.tables.columns import Column, Language
from medevac.tables.look import font, heading_text, set_column
from medevac.tables.packing import pack
from medevac.tables.row_writing import Book, Listing, write_book, written
from medevac.tables.vocabulary import GUIDE as GUIDE_NAME

FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
TO_FILL = (*PERSONAL, *CLINICAL, *OPERATIONAL, ANOTHER)


def write_cases_template(language: Language) -> bytes:
    """An empty workbook with notes, drop-down lists and an example row."""
    return write_book(Book(language, GUIDE_TITLE, GUIDE, CHOICES), [Listing(SHEET, TO_FILL)])


def headings(columns: Sequence[Column], language: Language) -> list[str]:
    """What stands in the first row."""
    return [heading_text(column, language) for column in columns]


def columns_by_right(*, clinical: bool, personal: bool) -> tuple[Column, ...]:
    """Those of an export, in the order of the template; what is only shown stands first."""
    return (*SHOWN, *(PERSONAL if personal else ()), *(CLINICAL if clinical else ()), *OPERATIONAL)


def write_cases(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[Column],
    language: Language,
    notes: Sequence[str] = (),
) -> bytes:
    """Cases as a workbook that the import reads again, where it has a column of keys.

    Parameters
    ----------
    rows
        Values by the keys of the columns, as the models have them; missing ones stay empty.
    columns
        Which, in this order.
    notes
        Lines for a second sheet: the number of the export, who took it, when.
    """
    book = Workbook(write_only=True)
    book.properties.creator = book.properties.title = "medevac"
    sheet = book.create_sheet(SHEET.name.of(language))
    sheet.freeze_panes = "B2"
    for number, column in enumerate(columns, start=1):
        set_column(sheet, get_column_letter(number), column, language)
    first = []
    for text in headings(columns, language):
        cell = WriteOnlyCell(sheet, text)
        cell.font = font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        first.append(cell)
    sheet.append(first)
    for row in rows:
        values = [written(column, row.get(column.key), language, CHOICES) for column in columns]
        sheet.append([_text_cell(sheet, value) if isinstance(value, str) else value for value in values])
    if notes:
        about = book.create_sheet(f"x-{GUIDE_NAME.of(language)}")
        for note in notes:
            about.append([_text_cell(about, note)])
    return pack(book)


def _text_cell(sheet: Any, text: str) -> Any:
    """A cell that no spreadsheet program takes for a formula."""
    if not text.startswith(FORMULA_MARKS):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


__all__ = ["columns_by_right", "headings", "write_cases", "write_cases_template"]
