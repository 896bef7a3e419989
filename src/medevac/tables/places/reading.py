"""Reads the workbook of places: every row with its values, every fault with sheet, row and column."""

from __future__ import annotations

from dataclasses import dataclass, field

from medevac.tables.findings import Findings
from medevac.tables.places.sheets import PLACES, POOL_WORDS, POOLS
from medevac.tables.records import SheetRecords
from medevac.tables.row_judging import FILL_IN, Row, find_sheet, note_missing, note_too_many, read_grids

MOST_PLACES = 5_000
MOST_STAY, MOST_IN_POOL = 1000, 1000
LONGEST = {"label": 60, "specialty": 80, "competence": 200}


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
    grids = read_grids(data)
    places, pools = (find_sheet(one, grids, findings) for one in (PLACES, POOLS))
    if not places.found and not pools.found:
        note_missing(places, (PLACES, POOLS), findings)
    elif not places.records and not pools.records and not findings.any_error:
        findings.error(places.at(), "at least one place or number", "none", FILL_IN)
    _judge_places(places, findings)
    _judge_pools(pools, findings)
    return PlacesRead(places, pools, findings)


def _judge_places(places: SheetRecords, findings: Findings) -> None:
    if note_too_many(places, MOST_PLACES, "places", findings):
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
        row.choice("kind", POOL_WORDS)
        row.whole("number", 0, MOST_IN_POOL)
        row.day("first_day")
        kind, day = record.values.get("kind"), record.values.get("first_day", "")
        row.once(f"{kind} {day}" if kind else None, "kind", "each of them once from a day on", seen)


class _Row(Row):
    """A row of places."""

    def days_in_order(self) -> None:
        """Note a last day before the first, where the row has both."""
        first, last = self.values.get("first_day"), self.values.get("last_day")
        if first and last and last < first:
            remedy = "Exchange or correct them."
            self.error("last_day", f"a day from {first.isoformat()} on", last.isoformat(), remedy)
