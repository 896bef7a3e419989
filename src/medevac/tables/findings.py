"""Faults by the place where they stand in a workbook: sheet, row, column."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from medevac.planner import Fault, FaultsError
from medevac.planner.faults import MOST_COUNTED, MOST_FAULTS
from medevac.tables.container import WHOLE_WORKBOOK

KEPT = 10 * MOST_FAULTS  # sorted by place, so that the first hundred are the first of the workbook


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a workbook: a sheet by its name, row and column counted from 1; 0 where none is meant."""

    order: int
    sheet: str
    row: int = 0
    column: int = 0
    heading: str = ""
    setting: bool = False

    def __str__(self) -> str:
        if not self.sheet:
            return WHOLE_WORKBOOK
        words = [f'sheet "{self.sheet}"']
        if self.row:
            words.append(f"row {self.row}")
        if self.setting:
            words.append(f'setting "{self.heading}"')
        elif self.column:
            words.append(
                f"column {get_column_letter(self.column)}" + (f' "{self.heading}"' if self.heading else "")
            )
        elif self.heading:
            words.append(f'column "{self.heading}"')
        return ", ".join(words)

    @property
    def key(self) -> tuple[int, int, int, str]:
        """By which faults are put in order, and by which a second fault of one cell is known."""
        return (self.order, self.row, self.column, "" if self.column else f"{self.sheet} {self.heading}")


class Findings:
    """Gathers faults and oddities of a workbook; one fault for a cell, the first that was found."""

    def __init__(self) -> None:
        self._errors: dict[tuple[int, int, int, str], Fault] = {}
        self._warnings: list[tuple[tuple[int, int, int, str], Fault]] = []
        self._more = 0

    @property
    def any_error(self) -> bool:
        """Whether at least one fault was found."""
        return bool(self._errors)

    def error(self, at: Location, expected: str, got: str, remedy: str) -> None:
        """Note a fault.

        Raises
        ------
        FaultsError
            When there are so many that reading on is of no use.
        """
        if at.key in self._errors:
            return
        if len(self._errors) >= KEPT:
            self.count_more(1)
            return
        self._errors[at.key] = Fault(str(at), expected, got, remedy)

    def count_more(self, number: int) -> None:
        """Note that there are so many more, without their text."""
        self._more += number
        if self._more >= MOST_COUNTED:
            self.refuse()

    def has(self, at: Location) -> bool:
        """Whether a fault was noted at this very place."""
        return at.key in self._errors

    def warning(self, at: Location, expected: str, got: str, remedy: str) -> None:
        """Note something legal but odd."""
        self._warnings.append((at.key, Fault(str(at), expected, got, remedy, "warning")))

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """The warnings in the order of the workbook."""
        return tuple(fault for _, fault in sorted(self._warnings, key=lambda pair: pair[0]))

    def refuse(self) -> None:
        """Raise what was found.

        Raises
        ------
        FaultsError
            When at least one fault was noted.
        """
        if self._errors:
            raise FaultsError((self._errors[key] for key in sorted(self._errors)), self._more)
