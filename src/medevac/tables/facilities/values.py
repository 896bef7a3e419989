"""What a single value of a row may be; what does not fit is noted with line and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from math import isfinite
from typing import TypeVar

from medevac.planner.faults import Fault
from medevac.planner.reading import checks
from medevac.planner.reading.phrases import show
from medevac.tables.facilities.rows import BadRow, Row

T = TypeVar("T")

ISO_CODES = {"EL": "GR", "UK": "GB"}
"""Eurostat's codes for Greece and the United Kingdom, and ISO's, which a problem uses."""

_DIGITS = re.compile(r"[+-]?[0-9]{1,15}(\.0*)?")


class RowReader:
    """Reads the values of one row and gathers its faults.

    Every method returns a value of the right type even where the row has none: a stand-in, which must not be
    used when `faults` is not empty.
    """

    def __init__(self, row: Row) -> None:
        self.row = row
        self.faults: list[Fault] = []

    def bad_row(self) -> BadRow:
        """The row as one that cannot be used."""
        return BadRow(self.row, tuple(self.faults))

    def fault(self, column: str, expected: str, got: str, remedy: str) -> None:
        """Note a fault in a column."""
        self.faults.append(Fault(self.row.place(column), expected, got, remedy))

    def text(self, column: str) -> str:
        """A value that is not blank."""
        if not self.row[column]:
            self.fault(column, "a value", "nothing", "Fill it in, or remove the row.")
        return self.row[column]

    def country(self, column: str) -> str:
        """Two capital letters, by ISO 3166: EL is read as GR and UK as GB."""
        code = self.row[column].upper()
        if not re.fullmatch("[A-Z]{2}", code):
            self.fault(column, "a country's two letters", show(self.row[column]), "Correct it, such as NO.")
        return ISO_CODES.get(code, code)

    def position(self, lat: str = "lat", lon: str = "lon") -> tuple[float, float]:
        """Latitude and longitude in degrees."""
        before = len(self.faults)
        found = self._degrees(lat, 90), self._degrees(lon, 180)
        if len(self.faults) == before and found == (0.0, 0.0):
            self.fault(lat, "a position on land", "latitude 0 and longitude 0", "Look the position up.")
        return found

    def _degrees(self, column: str, most: int) -> float:
        value = self.row[column]
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if isfinite(number) and abs(number) <= most and "_" not in value:
            return number
        remedy = "Correct it; degrees north and east are positive."
        if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", value):
            remedy = "Write a point as decimal sign, not a comma."
        elif isfinite(number) and most == 90 and abs(number) <= 180:
            remedy = "Are latitude and longitude exchanged? Correct it."
        self.fault(column, f"degrees from -{most} to {most}", show(value) if value else "nothing", remedy)
        return 0.0

    def number(self, column: str) -> float:
        """A number, 0 or more."""
        value = self.row[column]
        try:
            return checks.amount(float(value))
        except ValueError:  # an UnfitError is one, too
            self.fault(
                column, "a number, 0 or more", show(value) if value else "nothing", "Correct the number."
            )
            return 0.0

    def count(self, column: str) -> int:
        """A whole number, 0 or more."""
        value = self.row[column]
        if _DIGITS.fullmatch(value) and float(value) >= 0:
            return int(float(value))
        self.fault(
            column, "a whole number, 0 or more", show(value) if value else "nothing", "Correct the number."
        )
        return 0

    def maybe(self, column: str, read: Callable[[str], T]) -> T | None:
        """What `read` makes of a column; None where the value is blank, does not fit, or has no column."""
        if not self.row[column]:
            return None
        before = len(self.faults)
        value = read(column)
        return value if len(self.faults) == before else None

    def day(self, column: str) -> date | None:
        """A date as YYYY-MM-DD."""
        try:
            return checks.day(self.row[column])
        except checks.UnfitError as unfit:
            self.fault(column, unfit.expected, show(self.row[column]), unfit.remedy)
            return None

    def share(self, column: str) -> float:
        """A number from 0 to 1."""
        number = self.number(column)
        if number > 1:
            self.fault(column, "a number from 0 to 1", show(self.row[column]), "Correct the number.")
        return number
