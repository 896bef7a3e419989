"""Formulas that show local time beside UTC, and the hidden sheet that they look airports up on.

Summer time is Europe's: from the last Sunday of March to the last Sunday of October, 01:00 UTC. The formulas
are for the eye; when a workbook is read, their columns are ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter, quote_sheetname

from medevac.tables.columns import Language
from medevac.tables.known_airports import KnownAirport, hours_from_utc, known_airports, offered_airports
from medevac.tables.sheets import SHEET_BY_KEY
from medevac.tables.vocabulary import LISTS

USUAL_YEAR = 2026  # whose hours from UTC are listed where a workbook has no first date


@dataclass(frozen=True, slots=True)
class Formulas:
    """Writes the formulas of one workbook.

    Parameters
    ----------
    language
        Of the sheets' names.
    listed
        How many airports the hidden sheet lists.
    """

    language: Language
    listed: int

    def of(self, sheet: str, key: str, row: int, letters: Mapping[str, str]) -> str:
        """The formula of a calculated column in a row, given the letters of the sheet's columns."""
        cell = {name: f"${letter}{row}" for name, letter in letters.items()}
        return f"={_BUILDERS[sheet, key](self, cell)}"

    def range(self, sheet: str, key: str, last_row: int) -> str:
        """The cells under a heading of another sheet."""
        columns = SHEET_BY_KEY[sheet].columns
        letter = get_column_letter(1 + next(i for i, column in enumerate(columns) if column.key == key))
        return f"{self._sheet(sheet)}!${letter}$2:${letter}${last_row}"

    @property
    def codes(self) -> str:
        """The codes on the hidden sheet."""
        return f"{self._sheet('lists')}!$A$2:$A${self.listed + 1}"

    @property
    def first_date(self) -> str:
        """The cell of the first date."""
        row = 2 + next(i for i, one in enumerate(SHEET_BY_KEY["settings"].columns) if one.key == "start")
        return f"{self._sheet('settings')}!$B${row}"

    def hours(self, code: str, moment: str) -> str:
        """What must be added to UTC at an airport at a moment."""
        listed = f"{self._sheet('lists')}!$A$2:$D${self.listed + 1}"
        return f"VLOOKUP({code},{listed},IF({_is_summer(moment)},4,3),FALSE)"

    def base(self, aircraft: str) -> str:
        """The base of an aircraft."""
        return f"VLOOKUP({aircraft},{self._sheet('aircraft')}!$A:$B,2,FALSE)"

    def clock(self, time: str, hours: str) -> str:
        """The clock time that lies some hours after another, blank where either is missing."""
        return f'IF({time}="","",IFERROR(MOD({time}+{hours}/24,1),""))'

    def _sheet(self, key: str) -> str:
        return _name_of(key, self.language)


def listed_airports(codes: list[str]) -> list[KnownAirport]:
    """The airports for the hidden sheet: Europe's, and those that the workbook names."""
    chosen = {one.code: one for one in offered_airports()}
    known = known_airports()
    chosen |= {code: known[code] for code in codes if code in known}
    return [chosen[code] for code in sorted(chosen)]


def _name_of(sheet: str, language: Language) -> str:
    """The name of a sheet as formulas write it."""
    words = LISTS if sheet == "lists" else SHEET_BY_KEY[sheet].name
    return str(quote_sheetname(words.of(language)))


def list_row(one: KnownAirport, year: int) -> list[str | float]:
    """A row of the hidden sheet."""
    return [one.code, one.name, *hours_from_utc(one.zone, year)]


def _is_summer(moment: str) -> str:
    def last_sunday(month: int) -> str:
        end = f"DATE(YEAR({moment}),{month},31)"
        return f"({end}-WEEKDAY({end})+1+1/24)"

    return f"AND({moment}>={last_sunday(3)},{moment}<{last_sunday(10)})"


def _known_as(one: Formulas, cell: Mapping[str, str]) -> str:
    listed = f"{_name_of('lists', one.language)}!$A$2:$B${one.listed + 1}"
    return f'IF({cell["code"]}="","",IFERROR(VLOOKUP({cell["code"]},{listed},2,FALSE),""))'


def _utc_offset(one: Formulas, cell: Mapping[str, str]) -> str:
    day = one.first_date
    return f'IF(OR({cell["code"]}="",{day}=""),"",IFERROR({one.hours(cell["code"], day)},""))'


def _at_airport(key: str) -> Callable[[Formulas, Mapping[str, str]], str]:
    return lambda one, cell: one.clock(cell[key], cell["utc_offset"])


def _at_base(key: str) -> Callable[[Formulas, Mapping[str, str]], str]:
    """Local time at the base on the first date; blank where there is none yet."""

    def build(one: Formulas, cell: Mapping[str, str]) -> str:
        hours = one.hours(one.base(cell["aircraft"]), one.first_date)
        return f'IF({one.first_date}="","",{one.clock(cell[key], hours)})'

    return build


def _fit_until(one: Formulas, cell: Mapping[str, str]) -> str:
    moment = cell["fit_until"]
    return f'IF({moment}="","",IFERROR({moment}+{one.hours(cell["hub"], moment)}/24,""))'


def _leaves_base(one: Formulas, cell: Mapping[str, str]) -> str:
    moment = f"({cell['date']}+{cell['leaves_base']})"
    return one.clock(cell["leaves_base"], one.hours(one.base(cell["aircraft"]), moment))


_BUILDERS: dict[tuple[str, str], Callable[[Formulas, Mapping[str, str]], str]] = {
    ("airports", "known_as"): _known_as,
    ("airports", "utc_offset"): _utc_offset,
    ("airports", "opens_local"): _at_airport("opens"),
    ("airports", "closes_local"): _at_airport("closes"),
    ("duty_bands", "report_from_local"): _at_base("report_from"),
    ("duty_bands", "report_until_local"): _at_base("report_until"),
    ("patients", "fit_until_local"): _fit_until,
    ("fixed_flights", "leaves_base_local"): _leaves_base,
}
