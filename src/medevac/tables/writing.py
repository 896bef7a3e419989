"""Writes a problem, or an empty template, as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from medevac.planner import Fault, FaultsError
from medevac.planner.reading import PROBLEM_FORMAT
from medevac.tables.cells import as_text, write_cell
from medevac.tables.columns import Column, Kind, Language, Sheet, Words
from medevac.tables.disassembly import Row, rows_of
from medevac.tables.guide import write_guide
from medevac.tables.local_time import USUAL_YEAR, Formulas, list_row, listed_airports
from medevac.tables.look import (
    HEADING_HEIGHT,
    Tailor,
    dress_example,
    dress_heading,
    heading_text,
    make_room,
    prepare_for_print,
    set_column,
)
from medevac.tables.packing import pack
from medevac.tables.settings_sheet import write_settings
from medevac.tables.sheets import SHEETS
from medevac.tables.sheets.fleet import LEGS_IN_TEMPLATE, legs_column
from medevac.tables.survey import MOST_COLUMNS, MOST_ROWS
from medevac.tables.vocabulary import CHOICES, EXAMPLE_MARK, GUIDE, LISTS, NO, YES

ROWS_TO_FILL = 60  # empty rows that already have their formulas
LAST_LISTED_ROW = 5_000  # of the rows that drop-down lists offer and stand in, unless there are more

_NO_WORDS = Words("", "", "")
_TABS = {
    "settings": "1F3A5F",
    "weights": "1F3A5F",
    "airports": "2E75B6",
    "hubs": "2E75B6",
    "countries": "2E75B6",
}
_TABS |= {"hospitals": "548235", "reach": "548235", "places": "548235", "suitability": "548235"}
_TABS |= {"aircraft": "BF8F00", "layouts": "BF8F00", "duty_bands": "BF8F00"}
_TABS |= {"patients": "C00000", "families": "C00000", "fixed": "7030A0", "fixed_flights": "7030A0"}


def write_workbook(document: Mapping[str, Any], language: Language) -> bytes:
    """The workbook of a problem; the same problem always gives the same bytes.

    Parameters
    ----------
    document
        A sound problem as a JSON object.
    language
        Of names, headings, notes and choices.

    Raises
    ------
    FaultsError
        When something of it has no room in a workbook.
    """
    rows = rows_of(document)
    year = date.fromisoformat(document["start"]).year
    return _Writer(language, rows, list(document["airports"]), year, template=False).bytes()


def write_template(language: Language) -> bytes:
    """An empty workbook with an example row on each sheet."""
    rows: dict[str, list[Row]] = {sheet.key: [] for sheet in SHEETS}
    rows["settings"] = [{"format": PROBLEM_FORMAT}]
    rows["weights"] = [{}]
    return _Writer(language, rows, [], USUAL_YEAR, template=True).bytes()


@dataclass(frozen=True, slots=True)
class _Page:
    """One sheet in the making."""

    sheet: Sheet
    target: Worksheet
    columns: Sequence[Column]
    letters: Mapping[str, str]


class _Writer:
    """Writes one workbook."""

    def __init__(
        self,
        language: Language,
        rows: Mapping[str, list[Row]],
        codes: list[str],
        year: int,
        *,
        template: bool,
    ) -> None:
        self.language = language
        self.rows = rows
        self.template = template
        self.year = year
        self.airports = listed_airports(codes)
        self.formulas = Formulas(language, len(self.airports))
        self.faults: list[Fault] = []
        self.tailor = Tailor()

    def bytes(self) -> bytes:
        """Write everything."""
        book = Workbook()
        book.calculation.fullCalcOnLoad = True
        book.properties.creator = book.properties.title = "medevac"
        guide = book.active
        guide.title = GUIDE.of(self.language)
        write_guide(guide, self.language)
        for sheet in SHEETS:
            self._write_sheet(sheet, book.create_sheet(sheet.name.of(self.language)))
        self._write_lists(book.create_sheet(LISTS.of(self.language)))
        if self.faults:
            raise FaultsError(self.faults)
        return pack(book)

    def _write_sheet(self, sheet: Sheet, target: Worksheet) -> None:
        target.sheet_properties.tabColor = _TABS[sheet.key]
        rows = self.rows[sheet.key]
        if sheet.lists_settings:
            write_settings(sheet, target, rows[0], self.language, self.tailor, self.faults)
            return
        columns = self._columns(sheet, rows)
        letters = {column.key: get_column_letter(number) for number, column in enumerate(columns, start=1)}
        page = _Page(sheet, target, columns, letters)
        if len(rows) > MOST_ROWS - ROWS_TO_FILL or len(columns) > MOST_COLUMNS:
            self._refuse_size(sheet, rows, columns)
            return
        self._write_headings(page)
        last = self._write_rows(page, rows)
        self._add_lists(page, max(last, LAST_LISTED_ROW))
        target.freeze_panes = "B2"
        target.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(last, 2)}"
        prepare_for_print(target)

    def _refuse_size(self, sheet: Sheet, rows: list[Row], columns: Sequence[Column]) -> None:
        expected = f"at most {MOST_ROWS - ROWS_TO_FILL:,} rows and {MOST_COLUMNS} columns on one sheet"
        got = f"{len(rows):,} rows and {len(columns):,} columns"
        self.faults.append(Fault(sheet.key, expected, got, "Keep such a problem as JSON."))

    def _columns(self, sheet: Sheet, rows: list[Row]) -> list[Column]:
        """The sheet's columns, those of legs, and those of x- keys in the order in which they come."""
        keys = dict.fromkeys(key for row in rows for key in row if key not in sheet.by_key)
        own = [key for key in keys if sheet.takes(key)]
        columns = list(sheet.columns)
        if sheet.key == "duty_bands":
            legs = {int(key.removeprefix("legs.")) for key in keys if key not in own}
            columns += [legs_column(number) for number in sorted(legs | set(LEGS_IN_TEMPLATE))]
        return columns + [Column(key, Kind.FREE, _NO_WORDS, _NO_WORDS) for key in own]

    def _write_headings(self, page: _Page) -> None:
        page.target.row_dimensions[1].height = HEADING_HEIGHT
        for number, column in enumerate(page.columns, start=1):
            cell = page.target.cell(1, number)
            text = heading_text(column, self.language)
            self.tailor.put(cell, as_text(text) if column.kind is Kind.FREE else text, column)
            cell.number_format = "General"
            dress_heading(cell, column, self.language)
            set_column(page.target, get_column_letter(number), column, self.language)

    def _write_rows(self, page: _Page, rows: list[Row]) -> int:
        """Write example, values and formulas; the number of the last row that has any."""
        number = 1
        if self.template:
            number += 1
            self._write_example(page, number)
        for row in rows:
            number += 1
            self._write_row(page, number, row)
        calculated = [column for column in page.columns if column.calculated]
        last = number + (ROWS_TO_FILL if calculated else 0)
        for column in calculated:
            for at in range(2, last + 1):
                formula = self.formulas.of(page.sheet.key, column.key, at, page.letters)
                self.tailor.put_formula(page.target[f"{page.letters[column.key]}{at}"], formula, column)
        return last

    def _write_row(self, page: _Page, number: int, row: Row) -> None:
        for index, column in enumerate(page.columns, start=1):
            if column.key not in row:
                continue
            try:
                value = write_cell(row[column.key], column, self.language)
            except ValueError as error:
                where = f'{page.sheet.key}: row {number}, column "{column.key}"'
                self.faults.append(Fault(where, "a text that fits into a cell", str(error), "Shorten it."))
                continue
            self.tailor.put(page.target.cell(number, index), value, column)
            if isinstance(value, str):
                make_room(page.target, number, page.letters[column.key], len(value))

    def _write_example(self, page: _Page, number: int) -> None:
        for index, column in enumerate(page.columns, start=1):
            if column.example is None:
                dress_example(page.target.cell(number, index))
                continue
            value = write_cell(column.example, column, self.language)
            if index == 1:
                value = f"{EXAMPLE_MARK.of(self.language)}{value}"
            cell = page.target.cell(number, index)
            self.tailor.put(cell, value, column)
            dress_example(cell)

    def _add_lists(self, page: _Page, last: int) -> None:
        """Add the drop-down lists; they forbid nothing, since other languages' words are read too."""
        first = 3 if self.template else 2
        for column in page.columns:
            offered = self._offered(page, column)
            if not offered:
                continue
            rule = DataValidation(type="list", formula1=offered, allow_blank=True, showErrorMessage=False)
            rule.add(f"{page.letters[column.key]}{first}:{page.letters[column.key]}{last}")
            page.target.add_data_validation(rule)

    def _offered(self, page: _Page, column: Column) -> str:
        if column.choices:
            return _quoted(CHOICES[choice].of(self.language) for choice in column.choices)
        if column.kind is Kind.FLAG:
            return _quoted((YES.of(self.language), NO.of(self.language)))
        if column.key == "priority":
            return _quoted("123")
        if (page.sheet.key, column.key) == ("airports", "code"):
            return self.formulas.codes
        if (page.sheet.key, column.key) == ("fixed_flights", "layout"):
            return self.formulas.range("layouts", "id", LAST_LISTED_ROW)
        if not column.refers:
            return ""
        key = "id" if column.refers in ("hospitals", "aircraft", "patients") else "code"
        return self.formulas.range(
            column.refers, key, max(LAST_LISTED_ROW, len(self.rows[column.refers]) + 1)
        )

    def _write_lists(self, target: Worksheet) -> None:
        """Write the hidden sheet of airports that formulas and the list of codes use."""
        target.append(["ICAO", "Name", "UTC + (winter)", "UTC + (summer)"])
        for one in self.airports:
            target.append(list_row(one, self.year))
        target.sheet_state = "hidden"


def _quoted(words: Iterator[str] | Sequence[str]) -> str:
    return f'"{",".join(words)}"'
