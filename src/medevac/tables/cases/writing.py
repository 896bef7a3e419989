"""Writes the workbook of cases: an empty template, or cases to take away. A text stays a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from medevac.tables.cases.clinical import CLINICAL
from medevac.tables.cases.operational import OPERATIONAL
from medevac.tables.cases.personal import PERSONAL
from medevac.tables.cases.sheet import ANOTHER, SHEET, SHOWN
from medevac.tables.cases.words import CHOICES, GUIDE, GUIDE_TITLE
from medevac.tables.cells import write_cell
from medevac.tables.columns import Column, Kind, Language
from medevac.tables.look import (
    HEADING_HEIGHT,
    Tailor,
    dress_example,
    dress_heading,
    font,
    heading_text,
    prepare_for_print,
    set_column,
)
from medevac.tables.packing import pack
from medevac.tables.vocabulary import EXAMPLE_MARK, NO, YES
from medevac.tables.vocabulary import GUIDE as GUIDE_NAME

ROWS_WITH_LISTS = 20_000
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
TO_FILL = (*PERSONAL, *CLINICAL, *OPERATIONAL, ANOTHER)


def write_cases_template(language: Language) -> bytes:
    """An empty workbook with notes, drop-down lists and an example row."""
    book = Workbook()
    book.properties.creator = book.properties.title = "medevac"
    guide = book.active
    guide.title = GUIDE_NAME.of(language)
    _write_guide(guide, language)
    sheet = book.create_sheet(SHEET.name.of(language))
    tailor = Tailor()
    sheet.row_dimensions[1].height = HEADING_HEIGHT
    for number, column in enumerate(TO_FILL, start=1):
        letter = get_column_letter(number)
        heading = sheet.cell(1, number)
        tailor.put(heading, heading_text(column, language), column)
        heading.number_format = "General"
        dress_heading(heading, column, language)
        set_column(sheet, letter, column, language)
        _write_example(sheet, number, column, language, tailor)
        _add_list(sheet, letter, column, language)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(TO_FILL))}2"
    prepare_for_print(sheet)
    book.active = 1
    guide.sheet_view.tabSelected = False
    return pack(book)


def _write_guide(sheet: Worksheet, language: Language) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 4
    sheet.column_dimensions["B"].width = 110
    sheet.cell(1, 1, GUIDE_TITLE.of(language)).font = font(bold=True, size=18, color="1F3A5F")
    for number, words in enumerate(GUIDE, start=1):
        sheet.cell(number + 2, 1, number).font = font(bold=True, color="1F3A5F")
        cell = sheet.cell(number + 2, 2, words.of(language))
        cell.font, cell.alignment = font(), Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[number + 2].height = 32
    prepare_for_print(sheet)


def _write_example(sheet: Worksheet, number: int, column: Column, language: Language, tailor: Tailor) -> None:
    cell = sheet.cell(2, number)
    if column.example is not None:
        value = _written(column, column.example, language)
        tailor.put(cell, f"{EXAMPLE_MARK.of(language)}{value}" if number == 1 else value, column)
    dress_example(cell)


def _add_list(sheet: Worksheet, letter: str, column: Column, language: Language) -> None:
    words = [choice.of(language) for choice in CHOICES.get(column.key, {}).values()]
    if column.kind is Kind.FLAG:
        words = [YES.of(language), NO.of(language)]
    if words:
        rule = DataValidation(
            type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=False
        )
        rule.add(f"{letter}3:{letter}{ROWS_WITH_LISTS}")
        sheet.add_data_validation(rule)


def _written(column: Column, value: Any, language: Language) -> Any:
    """A value as it stands in a cell and is read again as the same."""
    if value is None or value == "" or value == []:
        return None
    if column.kind is Kind.CHOICE:
        return CHOICES[column.key][value].of(language) if value in CHOICES[column.key] else value
    if column.kind is Kind.CALCULATED:
        return value.replace(tzinfo=None) if isinstance(value, datetime) else value
    if column.kind is Kind.NUMBER:
        return float(value) if value != int(value) else int(value)
    if isinstance(value, date):
        value = value.isoformat()
    return write_cell(value, column, language)


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
        values = [_written(column, row.get(column.key), language) for column in columns]
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
