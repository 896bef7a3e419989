"""From the rows of one sheet to records: values by the keys of the document, faults by their cells.

Which headings there are and what stands under them is judged here; how records make a document is the
work of `assembly`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from medevac.tables.cells import JSON_MARK, UnfitCellError, is_blank, read_cell, shown
from medevac.tables.columns import Column, Kind, Sheet, Words, plain
from medevac.tables.findings import Findings, Location
from medevac.tables.grid import BrokenCell, Grid
from medevac.tables.sheets import SHEETS
from medevac.tables.sheets.fleet import legs_column
from medevac.tables.vocabulary import SETTING, VALUE, marks_example

_LEGS = re.compile(r"(?:([0-9]{1,9})\s+(?:legs?|etapper?)|відрізків:?\s*([0-9]{1,9})|legs\.([0-9]{1,9}))\b.*")
_ORDER = {sheet.key: number for number, sheet in enumerate(SHEETS)}
_CALCULATED_ENDINGS = tuple(plain(word) for word in ("(calculated)", "(beregnet)", "(обчислено)"))
_NO_WORDS = Words("", "", "")


def _order(sheet: Sheet) -> int:
    """The place of a sheet among those of a problem, or of the workbook that it belongs to."""
    return _ORDER.get(sheet.key, sheet.order)


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its number, and the values that stand in it by the keys of the document."""

    row: int
    values: dict[str, Any]


class SheetRecords:
    """The records of one sheet, and where each key stands on it.

    Parameters
    ----------
    sheet
        What the sheet is.
    title
        Its name on the tab; its English name where the workbook has no such sheet.
    found
        Whether the workbook has it.
    """

    def __init__(self, sheet: Sheet, title: str, *, found: bool) -> None:
        self.sheet = sheet
        self.title = title
        self.found = found
        self.records: list[Record] = []
        self.columns: dict[str, tuple[int, str]] = {}
        self.setting_rows: dict[str, tuple[int, str]] = {}

    def at(self, row: int = 0, key: str = "") -> Location:
        """The place of a key in a row; of the whole column or sheet where row or key are left out."""
        order = _order(self.sheet)
        setting = self.sheet.lists_settings and bool(key)
        if setting and key in self.setting_rows:
            row, name = self.setting_rows[key]
            return Location(order, self.title, row, self.columns["value"][0], name, setting)
        column, heading = self.columns.get(key, (0, ""))
        if not heading and key in self.sheet.by_key:
            heading = self.sheet.by_key[key].heading.en
        return Location(order, self.title, row, column, heading or key, setting)


def read_records(sheet: Sheet, grid: Grid, findings: Findings) -> SheetRecords:
    """Read a sheet.

    Raises
    ------
    FaultsError
        When the sheet is damaged, or has so many faults that reading on is of no use.
    """
    result = SheetRecords(sheet, grid.title, found=True)
    rows = grid.rows()
    head = next(rows, None)
    if head is None:
        remedy = "Give it the headings of the template."
        findings.error(result.at(), "headings in the first row", "an empty sheet", remedy)
        return result
    columns = _read_headings(head[0], head[1], result, findings)
    _note_merged(grid, head[0], result, findings)
    _note_hidden_rows(grid, result, findings)
    if sheet.lists_settings:
        _read_settings(rows, result, findings)
        return result
    naming = sheet.columns[0].key
    first = next((index for index, column in columns.items() if column and column.key == naming), None)
    for number, values in rows:
        if first is not None and first < len(values) and _is_example(values[first]):
            continue
        _read_row(number, values, columns, result, findings)
    return result


def _is_example(value: Any) -> bool:
    return isinstance(value, str) and marks_example(value)


def _read_headings(
    row: int, values: list[Any], result: SheetRecords, findings: Findings
) -> dict[int, Column | None]:
    """The column of each index from 0; None where nothing is read."""
    columns: dict[int, Column] = {}
    ignored: set[int] = set()
    for index, value in enumerate(values):
        if value is None:
            continue
        at = Location(_order(result.sheet), result.title, row, index + 1)
        heading = _heading(value)
        column = _column_of(heading, result.sheet)
        if column is None:
            _note_unknown(heading, value, at, result, findings)
            ignored.add(index)
        elif column.calculated:
            ignored.add(index)
        elif column.kind is Kind.FREE and not result.sheet.free:
            remedy = "It is ignored, and not kept: this sheet has no room for it in the document."
            findings.warning(at, "no column of one's own on this sheet", shown(heading), remedy)
            ignored.add(index)
        elif column.key in result.columns:
            findings.error(
                at, "each column once", f"{shown(heading)} again", "Remove or rename one of the two."
            )
            ignored.add(index)
        else:
            result.columns[column.key] = (index + 1, heading)
            columns[index] = column
    _note_missing_columns(result, findings)
    return columns | dict.fromkeys(ignored)


def _heading(value: Any) -> str:
    if isinstance(value, BrokenCell):
        return value.got
    text = str(value).strip()
    if text.startswith(JSON_MARK):
        try:
            return str(read_cell(text, Kind.FREE))
        except UnfitCellError:
            return text
    return text


def _column_of(heading: str, sheet: Sheet) -> Column | None:
    """The column that a heading means, None for one that is not known."""
    if sheet.takes(heading):
        return Column(heading, Kind.FREE, _NO_WORDS, _NO_WORDS)
    if sheet.lists_settings:
        return _SETTINGS_COLUMNS.get(plain(heading), _IGNORED)
    known = sheet.by_heading.get(plain(heading))
    if known is not None:
        return known
    if sheet.key == "duty_bands" and (match := _LEGS.fullmatch(plain(heading))):
        return legs_column(int(match[1] or match[2] or match[3]))
    return _IGNORED if plain(heading).endswith(_CALCULATED_ENDINGS) else None


_IGNORED = Column("", Kind.CALCULATED, _NO_WORDS, _NO_WORDS)
_SETTINGS_COLUMNS = {
    plain(word): Column(key, Kind.NAME, words, _NO_WORDS)
    for key, words in (("setting", SETTING), ("value", VALUE))
    for word in (key, *words.all)
}


def _note_unknown(heading: str, value: Any, at: Location, result: SheetRecords, findings: Findings) -> None:
    if isinstance(value, BrokenCell):
        findings.error(at, "a heading", value.got, value.remedy)
        return
    remedy = (
        _nearest(heading, result.sheet.by_heading) + "Correct it, remove the column, or let it start with x-."
    )
    findings.error(at, "a known heading", shown(heading), remedy)


def _nearest(word: str, known: dict[str, Column]) -> str:
    alike = get_close_matches(plain(word)[:60], known, n=1)
    if not alike:
        return ""
    column = known[alike[0]]
    same_language = [text for text in column.heading.all if plain(text) == alike[0]]
    return f'Did you mean "{(same_language or [column.heading.en])[0]}"? '


def _note_missing_columns(result: SheetRecords, findings: Findings) -> None:
    remedy = "Add the column with this heading, as the template has it."
    if result.sheet.lists_settings:
        for key, words in (("setting", SETTING), ("value", VALUE)):
            if key not in result.columns:
                at = Location(_order(result.sheet), result.title, heading=words.en)
                findings.error(at, "this column", "no such heading", remedy)
        return
    for column in result.sheet.columns:
        if column.required and column.key not in result.columns:
            findings.error(result.at(key=column.key), "this column", "no such heading", remedy)


def _note_merged(grid: Grid, head: int, result: SheetRecords, findings: Findings) -> None:
    """Note merged cells among headings and values: which of them a value is meant for cannot be known."""
    read = {column for column, _ in result.columns.values()}
    for top, left, bottom, right in grid.found.merged:
        columns = read.intersection(range(left, right + 1))
        if columns and bottom >= head and top <= grid.found.last_row:
            at = Location(_order(result.sheet), result.title, top, min(columns))
            got = f"{bottom - top + 1} × {right - left + 1} merged cells"
            findings.error(
                at, "single cells", got, "Unmerge them, and write the value into each cell it is meant for."
            )


def _note_hidden_rows(grid: Grid, result: SheetRecords, findings: Findings) -> None:
    hidden = grid.found.hidden_rows
    if hidden:
        got = f"{hidden} hidden row{'' if hidden == 1 else 's'}"
        findings.warning(
            result.at(),
            "rows that can be seen",
            got,
            "They are read all the same: clear the filter to see them.",
        )


def _read_row(
    number: int,
    values: list[Any],
    columns: dict[int, Column | None],
    result: SheetRecords,
    findings: Findings,
) -> None:
    found: dict[str, Any] = {}
    faulty = False
    for index, value in enumerate(values):
        if value is None or is_blank(value):
            continue
        if index not in columns:
            at = Location(_order(result.sheet), result.title, number, index + 1)
            remedy = "Give the column a heading (x- for one of your own), or clear the cell."
            findings.error(at, "an empty cell, since the column has no heading", shown_cell(value), remedy)
            continue
        column = columns[index]
        if column is None:
            continue
        faulty |= not _read_value(value, column, result.at(number, column.key), found, findings)
    if found or faulty:
        result.records.append(Record(number, found))


def shown_cell(value: Any) -> str:
    """What stands in a cell, whatever it is."""
    return value.got if isinstance(value, BrokenCell) else shown(value)


def _read_value(value: Any, column: Column, at: Location, found: dict[str, Any], findings: Findings) -> bool:
    """Read one cell into `found`; whether it could be read."""
    if isinstance(value, BrokenCell):
        findings.error(at, "a value", value.got, value.remedy)
        return False
    try:
        found[column.key] = read_cell(value, column.kind)
    except UnfitCellError as unfit:
        findings.error(at, unfit.expected, unfit.got, unfit.remedy)
        return False
    return True


def _read_settings(rows: Iterator[tuple[int, list[Any]]], result: SheetRecords, findings: Findings) -> None:
    """Read a sheet that lists settings into a single record."""
    places = {key: result.columns[key][0] - 1 for key in ("setting", "value") if key in result.columns}
    if len(places) < 2:
        return
    found: dict[str, Any] = {}
    for number, values in rows:
        name, value = (
            values[places[key]] if places[key] < len(values) else None for key in ("setting", "value")
        )
        if name is None:
            if value is not None:
                at = Location(_order(result.sheet), result.title, number, places["setting"] + 1)
                findings.error(
                    at, "the name of a setting", "nothing", "Name it as in the template, or clear the value."
                )
            continue
        _read_setting(number, _heading(name), value, places["setting"] + 1, found, result, findings)
    result.records.append(Record(0, found))


def _read_setting(
    number: int,
    name: str,
    value: Any,
    name_column: int,
    found: dict[str, Any],
    result: SheetRecords,
    findings: Findings,
) -> None:
    at = Location(_order(result.sheet), result.title, number, name_column)
    if result.sheet.takes(name):
        column = Column(name, Kind.FREE, _NO_WORDS, _NO_WORDS)
    else:
        known = result.sheet.by_heading.get(plain(name))
        if known is None:
            remedy = _nearest(name, result.sheet.by_heading) + "Correct it, or remove the row."
            findings.error(at, "the name of a setting", shown(name), remedy)
            return
        column = known
    if column.key in result.setting_rows:
        got = f"{shown(name)}, as in row {result.setting_rows[column.key][0]}"
        findings.error(at, "each setting once", got, "Remove one of the two rows.")
        return
    result.setting_rows[column.key] = (number, name.replace("*", "").strip())
    if value is not None and not is_blank(value):
        _read_value(value, column, result.at(0, column.key), found, findings)
