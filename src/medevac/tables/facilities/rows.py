"""From a CSV file to rows by column name, with the line of each.

What keeps a whole file from being used is a fault; what the values mean is not judged here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from medevac.planner.faults import Fault, FaultList
from medevac.planner.reading.document import read_source
from medevac.planner.reading.phrases import listed, nearest

_MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"PK\x03\x04", "a workbook or another zip file"))
_SEPARATORS = (",", ";", "\t")
_AS_UTF8 = 'Save the file anew as "CSV UTF-8".'


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it begins at, and its values by column, without spaces around them."""

    line: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The value of a column, empty where the file has no such column."""
        return self.values.get(column, "")

    def place(self, column: str = "") -> str:
        """Where a fault of this row is."""
        return f"line {self.line}, column {column}" if column else f"line {self.line}"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used, and why."""

    row: Row
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A file's columns, its rows, and the rows that do not have the columns' number of values."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    bad: tuple[BadRow, ...]


def read_csv(source: Path | bytes, needed: Collection[str]) -> CsvTable:
    """Read a CSV file whose first line names its columns.

    Values are separated by commas, or by semicolons or tabs if the first line is.

    Parameters
    ----------
    source
        A file, or its bytes.
    needed
        Columns that must be there; others may be.

    Raises
    ------
    FaultsError
        When the file cannot be read, is empty, no UTF-8 text, cut off inside a quotation, or lacks columns.
    """
    faults = FaultList()
    text = _text(read_source(source, faults), faults)
    separator = _separator(text)
    records = _records(text, separator, faults)
    if not records:
        faults.error("", "a first line that names the columns", "only empty lines", "Check the file.")
        faults.refuse()
    columns = tuple(name.strip() for name in records[0][1])
    _check_columns(columns, needed, faults)
    if len(records) == 1:
        faults.error("", "at least one row below the columns", "none", "Check that the file is complete.")
    faults.refuse()
    return _rows(columns, records[1:], text)


def _text(data: bytes, faults: FaultList) -> str:
    """The text of the bytes, which must be UTF-8; a byte order mark is dropped."""
    if not data.strip():
        faults.error("", "a CSV file", "nothing: it is empty", "Check that this is the file you mean.")
    for mark, name in _MARKS:
        if data.startswith(mark):
            faults.error("", "a CSV file in UTF-8", name, _AS_UTF8)
    faults.refuse()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.error(f"line {line}", "UTF-8 text", f"the byte 0x{data[error.start]:02X}", _AS_UTF8)
        faults.refuse()
        raise
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        faults.error(f"line {line}", "text", "a character NUL", "Check that this is the file you mean.")
        faults.refuse()
    return text


def _separator(text: str) -> str:
    """What stands between values: whichever of the three is in the first line most often."""
    first = next((one for one in text.splitlines() if one.strip()), "")
    return max(_SEPARATORS, key=first.count)


def _records(text: str, separator: str, faults: FaultList) -> list[tuple[int, list[str]]]:
    """Each record with the line it begins at; empty lines are skipped."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for record in reader:
            if any(value.strip() for value in record):
                found.append((begins, record))
            begins = reader.line_num + 1
    except csv.Error as error:
        got = f"a mistake in the quotation marks ({error})"
        remedy = 'Close the quotation mark, and write one inside a value twice (""); or fetch the file again.'
        faults.error(f"line {begins}", "a row of values", got, remedy)
        faults.refuse()
    return found


def _check_columns(columns: tuple[str, ...], needed: Collection[str], faults: FaultList) -> None:
    """Note every column that is missing or there twice."""
    for name in needed:
        if name not in columns:
            remedy = f"{nearest(name, columns)}Name the column in the first line."
            faults.error(f"line 1, column {name}", "that column", f"only {listed(columns)}", remedy)
    for name in dict.fromkeys(name for name in columns if name and columns.count(name) > 1):
        faults.error(f"line 1, column {name}", "it once", f"it {columns.count(name)} times", "Remove one.")


def _rows(columns: tuple[str, ...], records: list[tuple[int, list[str]]], text: str) -> CsvTable:
    rows, bad = [], []
    ended = text.endswith("\n")
    for line, record in records:
        row = Row(line, dict(zip(columns, (value.strip() for value in record), strict=False)))
        if len(record) == len(columns):
            rows.append(row)
            continue
        last = line == records[-1][0] and not ended and len(record) < len(columns)
        remedy = (
            "The file seems to be cut off: fetch it again."
            if last
            else "Check separators and quotation marks."
        )
        fault = Fault(row.place(), f"{len(columns)} values, as many as columns", str(len(record)), remedy)
        bad.append(BadRow(row, (fault,)))
    return CsvTable(columns, tuple(rows), tuple(bad))
