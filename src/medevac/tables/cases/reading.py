"""Reads the workbook of cases: every row with its values, every fault with sheet, row and column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from medevac.tables.cases.limits import COUNTRIES, FIRST_YEAR, LONGEST, MOST_NAMES, PAST, RANGES
from medevac.tables.cases.sheet import KEYS, SHEET
from medevac.tables.cases.words import CHOICES, meaning_of
from medevac.tables.cells import shown
from medevac.tables.findings import Findings
from medevac.tables.records import Record, SheetRecords
from medevac.tables.row_judging import (
    FILL_IN,
    UNSTORABLE,
    find_sheet,
    note_missing,
    note_too_many,
    read_grids,
)

MOST_CASES = 20_000
_COUNTRY = re.compile("[A-Z]{2}")


@dataclass
class CasesRead:
    """What stood in a workbook.

    Parameters
    ----------
    rows
        Number of the row, with values by the keys of the sheet; an empty cell has none.
    sheet
        Where each value stands, for faults that only who knows the cases kept so far can find.
    findings
        Faults so far.
    """

    rows: list[Record]
    sheet: SheetRecords
    findings: Findings = field(default_factory=Findings)


def read_cases(data: bytes, today: date) -> CasesRead:
    """Read a workbook.

    Raises
    ------
    FaultsError
        Where the bytes are no workbook that can be read. Faults in cells are in `findings` instead.
    """
    findings = Findings()
    records = find_sheet(SHEET, read_grids(data), findings)
    if not records.found:
        note_missing(records, (SHEET,), findings)
        return CasesRead([], records, findings)
    _judge_all(records, findings, today)
    return CasesRead(records.records, records, findings)


def _judge_all(records: SheetRecords, findings: Findings, today: date) -> None:
    if note_too_many(records, MOST_CASES, "cases", findings):
        return
    if not any(key in records.columns for key in KEYS):
        remedy = "Add the column “Own reference”, as the template has it."
        findings.error(records.at(), "a column of own references or EWRS numbers", "neither", remedy)
    if not records.records and not findings.any_error:
        findings.error(records.at(), "at least one case", "none", FILL_IN)
    seen: dict[tuple[str, str], int] = {}
    for record in records.records:
        _Row(record, records, findings, today).judge()
        _refuse_twice(record, records, findings, seen)


def _refuse_twice(
    record: Record, records: SheetRecords, findings: Findings, seen: dict[tuple[str, str], int]
) -> None:
    for key in KEYS:
        value = record.values.get(key)
        if not value:
            continue
        before = seen.setdefault((key, value), record.row)
        if before != record.row:
            got = f"{shown(value)}, as in row {before}"
            findings.error(
                records.at(record.row, key), "each number once", got, "Bring the two rows together."
            )


def _is_entry(value: Any) -> bool:
    return isinstance(value, str) and not UNSTORABLE.search(value)


class _Row:
    """One row, value by value."""

    def __init__(self, record: Record, records: SheetRecords, findings: Findings, today: date) -> None:
        self.record, self.records, self.findings, self.today = record, records, findings, today
        self.values = record.values
        self.bad: set[str] = set()

    def judge(self) -> None:
        """Note every fault; what is right is written as the models have it."""
        for key in [key for key in self.values if not key.startswith("x-")]:
            self._judge(key, self.values[key])
        for key in [key for key in self.values if key.startswith("x-")]:
            del self.values[key]
        if not any(self.values.get(key) for key in KEYS) and not any(self._faulty(key) for key in KEYS):
            remedy = (
                "Give the row a reference of your own: by it the case is found when the file is read again."
            )
            self._error("own_reference", "an own reference or an EWRS number", "neither", remedy)
        if "diagnosis" not in self.values and not self._faulty("diagnosis"):
            self._error(
                "diagnosis", "a diagnosis in words", "an empty cell", "Write what the patient suffers from."
            )
        if self._lacks_birth():
            self._error("birth_year", "a year or date of birth", "neither", "Write the year at least.")
        self._compare_birth()
        for key in self.bad & self.values.keys():
            del self.values[key]

    def _lacks_birth(self) -> bool:
        keys = ("birth_year", "birth_date")
        return not any(key in self.values or self._faulty(key) for key in keys)

    def _faulty(self, key: str) -> bool:
        return key in self.bad or self.findings.has(self.records.at(self.record.row, key))

    def _compare_birth(self) -> None:
        born, year = self.values.get("birth_date"), self.values.get("birth_year")
        if isinstance(born, date) and year is not None and born.year != year:
            self._error(
                "birth_year", f"the year of the date of birth, {born.year}", str(year), "Correct one of them."
            )

    def _error(self, key: str, expected: str, got: str, remedy: str) -> None:
        self.bad.add(key)
        self.findings.error(self.records.at(self.record.row, key), expected, got, remedy)

    def _judge(self, key: str, value: Any) -> None:
        if key in CHOICES:
            self._choice(key, value)
        elif key in RANGES:
            self._number(key, value)
        elif key in MOST_NAMES:
            self._names(key, value)
        elif key in COUNTRIES:
            self._country(key, value)
        elif key in LONGEST:
            self._text(key, value)
        elif isinstance(value, str):
            self._day(key, value)

    def _choice(self, key: str, value: Any) -> None:
        meaning = meaning_of(key, value) if isinstance(value, str) else None
        if meaning is None:
            words = ", ".join(choice.en for choice in CHOICES[key].values())
            self._error(key, f"one of {words}", shown(value), "Choose one from the list of the cell.")
            return
        self.values[key] = meaning

    def _number(self, key: str, value: Any) -> None:
        least, most = RANGES[key]
        tenths = key == "oxygen_litres"
        number = isinstance(value, int | float) and not isinstance(value, bool)
        whole = number and (round(value * 10) == value * 10 if tenths else value == int(value))
        if not whole or not least <= value <= most:
            kind = "a number with at most one decimal" if tenths else "a whole number"
            self._error(key, f"{kind} from {least} to {most}", shown(value), "Correct the number.")
            return
        self.values[key] = round(float(value), 1) if tenths else int(value)

    def _text(self, key: str, value: Any) -> None:
        text = value if isinstance(value, str) else None
        if text is None or len(text) > LONGEST[key] or UNSTORABLE.search(text):
            got = shown(value) if text is None else f"{len(text):,} characters"
            self._error(key, f"a text of at most {LONGEST[key]:,} characters", got, "Shorten it.")

    def _names(self, key: str, value: Any) -> None:
        most, longest = MOST_NAMES[key]
        if not isinstance(value, list) or not all(_is_entry(one) for one in value):
            self._error(key, "entries separated by commas", shown(value), "Write them as the template shows.")
        elif len(value) > most or any(len(one) > longest for one in value):
            expected = f"at most {most} entries of at most {longest} characters"
            self._error(key, expected, shown(", ".join(value)), "Shorten it.")
        elif key in COUNTRIES:
            self.values[key] = [one.upper() for one in value]
            if bad := [one for one in value if not _COUNTRY.fullmatch(one.upper())]:
                self._error(
                    key, "codes of two letters such as NO", shown(bad[0]), "Write the country's code."
                )
        else:
            self.values[key] = list(dict.fromkeys(value))

    def _country(self, key: str, value: Any) -> None:
        if not isinstance(value, str) or not _COUNTRY.fullmatch(value.upper()):
            self._error(key, "a code of two letters such as UA", shown(value), "Write the country's code.")
            return
        self.values[key] = value.upper()

    def _day(self, key: str, value: str) -> None:
        day = date.fromisoformat(value)
        if day.year < FIRST_YEAR:
            self._error(key, f"a date after {FIRST_YEAR}", value, "Correct the year.")
        elif key in PAST and day > self.today:
            self._error(key, "a date that has been", value, "Correct the date.")
        else:
            self.values[key] = day
