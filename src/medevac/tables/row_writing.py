"""Writes workbooks whose sheets are lists of rows: an empty template, or rows that the reader reads again.

A text stays a text, whatever it begins with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from medevac.tables.cells import write_cell
from medevac.tables.columns import Column, Kind, Language, Sheet, Words
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
from medevac.tables.vocabulary import EXAMPLE_MARK, LISTS, NO, YES
from medevac.tables.vocabulary import GUIDE as GUIDE_NAME

ROWS_WITH_LISTS = 20_000
Rows = Iterable[Mapping[str, Any]]
ChoiceWords = Mapping[str, Mapping[str, Words]]


@dataclass(frozen=True)
class Book:
    """What a workbook is, whatever stands in it.

    Parameters
    ----------
    language
        Of headings, notes, lists and words.
    title, guide
        The heading and the lines of the first sheet.
    choices
        By the key of a column, the words that may stand in it.
    lists
        By the key of a column, texts in that language to choose from, in the reader's order.
    notes
        Lines below the guide: the number of the export, who took it, when.
    """

    language: Language
    title: Words
    guide: Sequence[Words]
    choices: ChoiceWords = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Listing:
    """One sheet of it: some of its columns, and the rows; without rows it is a template with an example."""

    sheet: Sheet
    columns: Sequence[Column]
    rows: Rows | None = None


def write_book(book: Book, listings: Sequence[Listing]) -> bytes:
    """The bytes of a workbook: a guide, the sheets, and hidden lists of words."""
    made = Workbook()
    made.properties.creator = made.properties.title = "medevac"
    guide = made.active
    guide.title = GUIDE_NAME.of(book.language)
    _write_guide(guide, book)
    lists = _lists(book, listings)
    ranges = _ranges(lists, LISTS.of(book.language))
    for one in listings:
        _write_sheet(made.create_sheet(one.sheet.name.of(book.language)), one, book, lists, ranges)
    _write_lists(made.create_sheet(LISTS.of(book.language)), lists)
    made.active = 1
    guide.sheet_view.tabSelected = False
    return pack(made)


def written(column: Column, value: Any, language: Language, choices: ChoiceWords) -> Any:
    """A value as it stands in a cell and is read again as the same; None for an empty cell."""
    if value is None or value == "" or value == []:
        return None
    words = choices.get(column.key)
    if words is not None:
        return words[value].of(language) if value in words else value
    if column.kind is Kind.CALCULATED:
        return value.replace(tzinfo=None) if isinstance(value, datetime) else value
    if column.kind is Kind.NUMBER:
        return float(value) if value != int(value) else int(value)
    if isinstance(value, datetime):
        value = value.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    elif isinstance(value, date):
        value = value.isoformat()
    return write_cell(value, column, language)


def _write_guide(sheet: Worksheet, book: Book) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 4
    sheet.column_dimensions["B"].width = 110
    sheet.cell(1, 1, book.title.of(book.language)).font = font(bold=True, size=18, color="1F3A5F")
    for number, words in enumerate(book.guide, start=1):
        sheet.cell(number + 2, 1, number).font = font(bold=True, color="1F3A5F")
        _write_line(sheet, number + 2, words.of(book.language))
    for number, note in enumerate(book.notes, start=len(book.guide) + 4):
        _write_line(sheet, number, note)
    prepare_for_print(sheet)


def _write_line(sheet: Worksheet, row: int, text: str) -> None:
    cell = sheet.cell(row, 2)
    cell.value, cell.data_type = text, "s"
    cell.font, cell.alignment = font(), Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[row].height = 32


def _lists(book: Book, listings: Sequence[Listing]) -> dict[str, Sequence[str]]:
    """The words to choose from in each column that has any, by its key."""
    found: dict[str, Sequence[str]] = {}
    for column in (column for one in listings for column in one.columns):
        if column.key in book.lists:
            found[column.key] = book.lists[column.key]
        elif column.key in book.choices:
            found[column.key] = [words.of(book.language) for words in book.choices[column.key].values()]
        elif column.kind is Kind.FLAG:
            found[column.key] = [YES.of(book.language), NO.of(book.language)]
    return {key: words for key, words in found.items() if words}


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
    listing: Listing,
    book: Book,
    lists: Mapping[str, Sequence[str]],
    ranges: Mapping[str, str],
) -> None:
    tailor, columns, rows = Tailor(), listing.columns, listing.rows
    sheet.row_dimensions[1].height = HEADING_HEIGHT
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        heading = sheet.cell(1, number)
        tailor.put(heading, heading_text(column, book.language), column)
        heading.number_format = "General"
        dress_heading(heading, column, book.language)
        set_column(sheet, letter, column, book.language)
        if column.key in ranges:
            rule = DataValidation(
                type="list", formula1=ranges[column.key], allow_blank=True, showErrorMessage=False
            )
            rule.add(f"{letter}{2 if rows is not None else 3}:{letter}{ROWS_WITH_LISTS}")
            sheet.add_data_validation(rule)
    if rows is None:
        _write_example(sheet, columns, book, lists, tailor)
    for row, values in enumerate(rows or (), start=2):
        for number, column in enumerate(columns, start=1):
            value = written(column, values.get(column.key), book.language, book.choices)
            if value is not None:
                tailor.put(sheet.cell(row, number), value, column)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(2, sheet.max_row)}"
    prepare_for_print(sheet)


def _write_example(
    sheet: Worksheet,
    columns: Sequence[Column],
    book: Book,
    lists: Mapping[str, Sequence[str]],
    tailor: Tailor,
) -> None:
    """A row that the reader passes over; of a list of names, the first."""
    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(2, number)
        value = written(column, column.example, book.language, book.choices)
        if value is None and column.key in book.lists:
            value = lists[column.key][0]
        if number == 1:
            value = f"{EXAMPLE_MARK.of(book.language)}{value or ''}"
        if value is not None:
            tailor.put(cell, value, column)
        dress_example(cell)
