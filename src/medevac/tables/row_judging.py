"""What sheets of rows have in common when they are read: the sheet itself, and a row value by value."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from medevac.tables.cells import shown
from medevac.tables.columns import Sheet, Words, plain
from medevac.tables.findings import Findings
from medevac.tables.grid import Grid, open_grids
from medevac.tables.records import Record, SheetRecords, read_records

FIRST_YEAR, LAST_YEAR = 2000, 2200
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
RENAME = "Rename the sheet, or copy the rows into a new template."
FILL_IN = "Fill in a row below the headings."


def read_grids(data: bytes) -> list[Grid]:
    """The sheets of a workbook.

    Raises
    ------
    FaultsError
        Where the bytes are no workbook that can be read.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of looks that it does not know
        return list(open_grids(data))


def find_sheet(sheet: Sheet, grids: list[Grid], findings: Findings) -> SheetRecords:
    """The rows of a sheet, by its name in any language; two of a kind and hidden ones are noted.

    Returns
    -------
    Records whose `found` is false where the workbook has no such sheet.
    """
    titles = {plain(title) for title in (sheet.key, *sheet.name.all)}
    found = [grid for grid in grids if plain(grid.title) in titles]
    if not found or (len(found) == 1 and found[0].empty and not sheet.required):
        return SheetRecords(sheet, sheet.name.en, found=bool(found))
    records = read_records(sheet, found[0], findings)
    if len(found) > 1:
        remedy = "Bring the rows together on one of them."
        findings.error(records.at(), "one sheet of each kind", f"{len(found)} sheets", remedy)
    if not found[0].visible:
        remedy = "Unhide it and look it through."
        findings.error(records.at(), "a sheet that can be seen", "a hidden sheet", remedy)
    return records


def note_missing(records: SheetRecords, sheets: tuple[Sheet, ...], findings: Findings) -> None:
    """Note that a workbook has none of these sheets."""
    names = " or ".join(f'"{name}"' for sheet in sheets for name in dict.fromkeys(sheet.name.all))
    findings.error(records.at(), f"a sheet named {names}", "no such sheet", RENAME)


def note_too_many(records: SheetRecords, most: int, what: str, findings: Findings) -> bool:
    """Whether a sheet has more rows than a file may have; noted."""
    count = len(records.records)
    if count > most:
        findings.error(records.at(), f"at most {most:,} {what}", f"{count:,}", "Divide the file.")
    return count > most


class Row:
    """One row, value by value: what is wrong is noted and taken out."""

    def __init__(self, record: Record, records: SheetRecords, findings: Findings) -> None:
        self.record, self.records, self.findings = record, records, findings
        self.values = record.values

    def need(self, key: str, expected: str, remedy: str) -> None:
        """Note that a value is missing."""
        if key not in self.values and key in self.records.columns and not self.faulty(key):
            self.error(key, expected, "an empty cell", remedy)

    def text(self, key: str, longest: int) -> None:
        """Note a text that is too long or that cannot be kept."""
        value = self.values.get(key)
        if value is None:
            return
        if not isinstance(value, str) or len(value) > longest or UNSTORABLE.search(value):
            got = f"{len(value):,} characters" if isinstance(value, str) else shown(value)
            self.error(key, f"a text of at most {longest} characters", got, "Shorten it.")

    def whole(self, key: str, least: int, most: int) -> None:
        """Read a whole number within limits."""
        value = self.values.get(key)
        if value is None:
            return
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or value != value or not least <= value <= most or value != int(value):
            self.error(key, f"a whole number from {least} to {most}", shown(value), "Correct the number.")
        else:
            self.values[key] = int(value)

    def day(self, key: str) -> None:
        """Read a day."""
        value = self.values.get(key)
        if value is None:
            return
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError):  # only a cell in JSON gets here
            self.error(key, "a date", shown(value), "Write it like 2026-01-31.")
            return
        if self._year(key, day.year, value):
            self.values[key] = day

    def moment(self, key: str) -> None:
        """Read a moment in UTC, to the minute."""
        value = self.values.get(key)
        if value is None:
            return
        try:
            moment = datetime.fromisoformat(value.removesuffix("Z"))
        except (AttributeError, TypeError, ValueError):  # only a cell in JSON gets here
            remedy = "Write date and time in UTC, like 2026-01-31 06:00."
            self.error(key, "a date with a clock time", shown(value), remedy)
            return
        if self._year(key, moment.year, value):
            self.values[key] = moment.replace(tzinfo=UTC, second=0, microsecond=0)

    def flag(self, key: str) -> None:
        """Note what is neither yes nor no."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, bool):
            self.error(key, "yes or no", shown(value), "Write yes or no, ja or nei, так or ні.")

    def choice(self, key: str, words: Mapping[str, Words]) -> None:
        """Read one of some words, in any language."""
        value = self.values.get(key)
        if value is None:
            return
        meaning = _meaning(value, words) if isinstance(value, str) else None
        if meaning is None:
            listed = ", ".join(one.en for one in words.values())
            self.error(key, f"one of {listed}", shown(value), "Choose one from the list of the cell.")
        else:
            self.values[key] = meaning

    def once(self, value: Any, key: str, expected: str, seen: dict[str, int]) -> None:
        """Note what stands in an earlier row already."""
        if not isinstance(value, str):
            return
        before = seen.setdefault(value, self.record.row)
        if before != self.record.row:
            got = f"the same as in row {before}"
            self.error(key, expected, got, "Bring the two rows together.")

    def error(self, key: str, expected: str, got: str, remedy: str) -> None:
        """Note a fault, and take the value out."""
        self.values.pop(key, None)
        self.findings.error(self.records.at(self.record.row, key), expected, got, remedy)

    def faulty(self, key: str) -> bool:
        """Whether a fault was noted at this cell."""
        return self.findings.has(self.records.at(self.record.row, key))

    def _year(self, key: str, year: int, value: str) -> bool:
        right = FIRST_YEAR <= year <= LAST_YEAR
        if not right:
            self.error(key, f"a year from {FIRST_YEAR} to {LAST_YEAR}", value, "Correct the year.")
        return right


def _meaning(text: str, words: Mapping[str, Words]) -> str | None:
    told = plain(text)
    return next((key for key, one in words.items() if told in map(plain, (key, *one.all))), None)
