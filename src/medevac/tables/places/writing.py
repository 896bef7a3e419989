"""Writes the workbook of places: an empty template, or a hospital's places. A text stays a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

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
from medevac.tables.places.sheets import GUIDE, GUIDE_TITLE, PLACES, POOL_WORDS, POOLS
from medevac.tables.vocabulary import EXAMPLE_MARK, LISTS, NO, YES
from medevac.tables.vocabulary import GUIDE as GUIDE_NAME

ROWS_WITH_LISTS = 5_000
Rows = Iterable[Mapping[str, Any]]


def write_places_template(language: Language, specialties: Sequence[str]) -> bytes:
    """An empty workbook with notes, drop-down lists and an example row on each sheet.

    Parameters
    ----------
    language
        Of headings, notes and lists.
    specialties
        What specialties are called in that language, in the reader's order.
    """
    return _write(language, specialties, None, None, ())


def write_places(
    places: Rows, pools: Rows, language: Language, specialties: Sequence[str], notes: Sequence[str] = ()
) -> bytes:
    """A hospital's places as a workbook that the import reads again.

    Parameters
    ----------
    places, pools
        Values by the keys of the columns; specialties by their names, pools by the program's word.
    language, specialties
        As in `write_places_template`.
    notes
        Lines for the first sheet: the number of the export, who took it, when.
    """
    return _write(language, specialties, places, pools, notes)


def _write(
    language: Language,
    specialties: Sequence[str],
    places: Rows | None,
    pools: Rows | None,
    notes: Sequence[str],
) -> bytes:
    book = Workbook()
    book.properties.creator = book.properties.title = "medevac"
    guide = book.active
    guide.title = GUIDE_NAME.of(language)
    _write_guide(guide, language, notes)
    lists = {
        "specialty": list(specialties),
        "kind": [words.of(language) for words in POOL_WORDS.values()],
        "staffed": [YES.of(language), NO.of(language)],
    }
    ranges = _ranges(lists, LISTS.of(language))
    for sheet, rows in ((PLACES, places), (POOLS, pools)):
        columns = [column for column in sheet.columns if rows is not None or not column.calculated]
        _write_sheet(book.create_sheet(sheet.name.of(language)), columns, language, ranges, rows, lists)
    _write_lists(book.create_sheet(LISTS.of(language)), lists)
    book.active = 1
    guide.sheet_view.tabSelected = False
    return pack(book)


def _write_guide(sheet: Worksheet, language: Language, notes: Sequence[str]) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 4
    sheet.column_dimensions["B"].width = 110
    sheet.cell(1, 1, GUIDE_TITLE.of(language)).font = font(bold=True, size=18, color="1F3A5F")
    for number, words in enumerate(GUIDE, start=1):
        sheet.cell(number + 2, 1, number).font = font(bold=True, color="1F3A5F")
        _write_line(sheet, number + 2, words.of(language))
    for number, note in enumerate(notes, start=len(GUIDE) + 4):
        _write_line(sheet, number, note)
    prepare_for_print(sheet)


def _write_line(sheet: Worksheet, row: int, text: str) -> None:
    cell = sheet.cell(row, 2)
    cell.value, cell.data_type = text, "s"
    cell.font, cell.alignment = font(), Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[row].height = 32


def _ranges(lists: Mapping[str, Sequence[str]], title: str) -> dict[str, str]:
    """Where on the hidden sheet the words of each column stand."""
    return {
        key: f"'{title}'!${get_column_letter(number)}$1:${get_column_letter(number)}${len(words)}"
        for number, (key, words) in enumerate(lists.items(), start=1)
    }


def _write_lists(sheet: Worksheet, lists: Mapping[str, Sequence[str]]) -> None:
    for number, words in enumerate(lists.values(), start=1):
        for row, word in enumerate(words, start=1):
            cell = sheet.cell(row, number)
            cell.value, cell.data_type = word, "s"
    sheet.sheet_state = "hidden"


def _write_sheet(
    sheet: Worksheet,
    columns: Sequence[Column],
    language: Language,
    ranges: Mapping[str, str],
    rows: Rows | None,
    lists: Mapping[str, Sequence[str]],
) -> None:
    tailor = Tailor()
    sheet.row_dimensions[1].height = HEADING_HEIGHT
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        heading = sheet.cell(1, number)
        tailor.put(heading, heading_text(column, language), column)
        heading.number_format = "General"
        dress_heading(heading, column, language)
        set_column(sheet, letter, column, language)
        if column.key in ranges:
            rule = DataValidation(
                type="list", formula1=ranges[column.key], allow_blank=True, showErrorMessage=False
            )
            rule.add(f"{letter}{2 if rows is not None else 3}:{letter}{ROWS_WITH_LISTS}")
            sheet.add_data_validation(rule)
    if rows is None:
        _write_example(sheet, columns, language, tailor, lists)
    for row, values in enumerate(rows or (), start=2):
        for number, column in enumerate(columns, start=1):
            value = _written(column, values.get(column.key), language)
            if value is not None:
                tailor.put(sheet.cell(row, number), value, column)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(2, sheet.max_row)}"
    prepare_for_print(sheet)


def _write_example(
    sheet: Worksheet,
    columns: Sequence[Column],
    language: Language,
    tailor: Tailor,
    lists: Mapping[str, Sequence[str]],
) -> None:
    """A row that the reader passes over."""
    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(2, number)
        value = _written(column, column.example, language)
        if value is None and lists.get(column.key):
            value = lists[column.key][0]
        if number == 1:
            value = f"{EXAMPLE_MARK.of(language)}{value or ''}"
        if value is not None:
            tailor.put(cell, value, column)
        dress_example(cell)


def _written(column: Column, value: Any, language: Language) -> Any:
    """A value as it stands in a cell and is read again as the same."""
    if value is None or value == "":
        return None
    if column.key == "kind":
        return POOL_WORDS[value].of(language)
    if column.kind is Kind.CALCULATED:
        return value.replace(tzinfo=None) if isinstance(value, datetime) else value
    if isinstance(value, date):
        value = value.isoformat()
    return write_cell(value, column, language)


__all__ = ["write_places", "write_places_template"]
