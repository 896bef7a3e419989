"""Reads the workbook of places: every row with its values, every fault with sheet, row and column."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from medevac.tables.cells import shown
from medevac.tables.columns import Sheet, plain
from medevac.tables.findings import Findings
from medevac.tables.grid import Grid, open_grids
from medevac.tables.places.sheets import PLACES, POOL_WORDS, POOLS, pool_of
from medevac.tables.records import Record, SheetRecords, read_records

MOST_PLACES = 5_000
MOST_STAY, MOST_IN_POOL = 1000, 1000
FIRST_YEAR, LAST_YEAR = 2000, 2200
LONGEST = {"label": 60, "specialty": 80, "competence": 200}
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass
class PlacesRead:
    """What stood in a workbook.

    Parameters
    ----------
    places, pools
        The rows of each sheet with what is right in them, and where each value stands; an empty cell has
        none.
    findings
        Faults so far.
    """

    places: SheetRecords
    pools: SheetRecords
    findings: Findings = field(default_factory=Findings)


def read_places_workbook(data: bytes) -> PlacesRead:
    """Read a workbook.

    Raises
    ------
    FaultsError
        Where the bytes are no workbook that can be read. Faults in cells are in `findings` instead.
    """
    findings = Findings()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of looks that it does not know
        grids = list(open_grids(data))
        places, pools = (_sheet(one, grids, findings) for one in (PLACES, POOLS))
    if not places.found and not pools.found:
        names = " or ".join(f'"{name}"' for sheet in (PLACES, POOLS) for name in sheet.name.all)
        remedy = "Rename the sheet, or copy the rows into a new template."
        findings.error(places.at(), f"a sheet named {names}", "no such sheet", remedy)
    elif not places.records and not pools.records and not findings.any_error:
        findings.error(
            places.at(), "at least one place or number", "none", "Fill in a row below the headings."
        )
    _judge_places(places, findings)
    _judge_pools(pools, findings)
    return PlacesRead(places, pools, findings)


def _sheet(sheet: Sheet, grids: list[Grid], findings: Findings) -> SheetRecords:
    titles = {plain(title) for title in (sheet.key, *sheet.name.all)}
    found = [grid for grid in grids if plain(grid.title) in titles]
    if not found or (len(found) == 1 and found[0].empty):
        return SheetRecords(sheet, sheet.name.en, found=bool(found))
    records = read_records(sheet, found[0], findings)
    if len(found) > 1:
        remedy = "Bring the rows together on one of them."
        findings.error(records.at(), "one sheet of each kind", f"{len(found)} sheets", remedy)
    if not found[0].visible:
        remedy = "Unhide it and look it through."
        findings.error(records.at(), "a sheet that can be seen", "a hidden sheet", remedy)
    return records


def _judge_places(places: SheetRecords, findings: Findings) -> None:
    if len(places.records) > MOST_PLACES:
        got = f"{len(places.records):,}"
        findings.error(places.at(), f"at most {MOST_PLACES:,} places", got, "Divide the file.")
        return
    seen: dict[str, int] = {}
    for record in places.records:
        row = _Row(record, places, findings)
        row.need("label", "the name of the place", "Write how the hospital calls it.")
        for key, longest in LONGEST.items():
            row.text(key, longest)
        row.flag("staffed")
        row.whole("stay_days", 1, MOST_STAY)
        row.day("first_day")
        row.day("last_day")
        row.days_in_order()
        row.once(record.values.get("label"), "label", "each place once", seen)


def _judge_pools(pools: SheetRecords, findings: Findings) -> None:
    seen: dict[str, int] = {}
    for record in pools.records:
        row = _Row(record, pools, findings)
        row.need("kind", "what is counted", "Choose one from the list of the cell.")
        row.need("number", "a number", "Write how many there are; 0 where there are none.")
        row.pool("kind")
        row.whole("number", 0, MOST_IN_POOL)
        row.day("first_day")
        kind, day = record.values.get("kind"), record.values.get("first_day", "")
        row.once(f"{kind} {day}" if kind else None, "kind", "each of them once from a day on", seen)


class _Row:
    """One row, value by value: what is wrong is noted and taken out."""

    def __init__(self, record: Record, records: SheetRecords, findings: Findings) -> None:
        self.record, self.records, self.findings = record, records, findings
        self.values = record.values

    def need(self, key: str, expected: str, remedy: str) -> None:
        """Note that a value is missing."""
        if key not in self.values and key in self.records.columns and not self._faulty(key):
            self.error(key, expected, "an empty cell", remedy)

    def text(self, key: str, longest: int) -> None:
        """Note a text that is too long or that cannot be kept."""
        value = self.values.get(key)
        if value is None:
            return
        if not isinstance(value, str) or len(value) > longest or _UNSTORABLE.search(value):
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
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            self.values[key] = day
        else:
            self.error(key, f"a year from {FIRST_YEAR} to {LAST_YEAR}", value, "Correct the year.")

    def flag(self, key: str) -> None:
        """Note what is neither yes nor no."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, bool):
            self.error(key, "yes or no", shown(value), "Write yes or no, ja or nei, так or ні.")

    def days_in_order(self) -> None:
        """Note a last day before the first, where the row has both."""
        first, last = self.values.get("first_day"), self.values.get("last_day")
        if first and last and last < first:
            remedy = "Exchange or correct them."
            self.error("last_day", f"a day from {first.isoformat()} on", last.isoformat(), remedy)

    def pool(self, key: str) -> None:
        """Read the word of a pool."""
        value = self.values.get(key)
        if value is None:
            return
        meaning = pool_of(value) if isinstance(value, str) else None
        if meaning is None:
            words = ", ".join(one.en for one in POOL_WORDS.values())
            self.error(key, f"one of {words}", shown(value), "Choose one from the list of the cell.")
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

    def _faulty(self, key: str) -> bool:
        return self.findings.has(self.records.at(self.record.row, key))
