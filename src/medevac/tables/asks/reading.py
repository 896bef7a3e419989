"""Reads the workbook of asks: every row with its values, every fault with sheet, row and column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from medevac.tables.asks.sheets import ANSWERS, ASKS, OFFERS, SHEET_OF_CHOICES, SHEETS
from medevac.tables.asks.words import CHANNELS, CHOOSERS, NO_REASONS
from medevac.tables.columns import Kind
from medevac.tables.findings import Findings
from medevac.tables.records import SheetRecords
from medevac.tables.row_judging import FILL_IN, Row, find_sheet, note_missing, note_too_many, read_grids

MOST_ROWS = 5_000  # of a sheet
LONGEST: dict[str, dict[str, int]] = {
    ASKS.key: {"remark": 500, "telephone": 40},
    ANSWERS.key: {"payer": 120, "remark": 1000, "answerer": 120},
    OFFERS.key: {"place": 60, "specialty": 80, "housing": 300, "homeward": 300, "payer": 120},
    SHEET_OF_CHOICES.key: {"chooser_name": 200, "language": 40, "interpreter": 200},
}
NAME = 300  # of what is only looked for
MOST_COMPANIONS, MOST_STAY = 20, 1000
ANSWER_CELLS = (
    "no_reason",
    "hospital",
    "earliest_day",
    "isolation",
    "companions",
    "payer",
    "remark",
    "answerer",
    "answered_at",
)


@dataclass
class AsksRead:
    """What stood in a workbook: the rows of each sheet by its key, and the faults so far."""

    sheets: dict[str, SheetRecords]
    findings: Findings = field(default_factory=Findings)


def read_asks_workbook(data: bytes) -> AsksRead:
    """Read a workbook.

    Raises
    ------
    FaultsError
        Where the bytes are no workbook that can be read. Faults in cells are in `findings` instead.
    """
    findings = Findings()
    grids = read_grids(data)
    sheets = {sheet.key: find_sheet(sheet, grids, findings) for sheet in SHEETS}
    first = sheets[ASKS.key]
    if not any(one.found for one in sheets.values()):
        note_missing(first, SHEETS, findings)
    elif not any(one.records for one in sheets.values()) and not findings.any_error:
        findings.error(first.at(), "at least one row", "none", FILL_IN)
    for key, records in sheets.items():
        if not note_too_many(records, MOST_ROWS, "rows", findings):
            for record in records.records:
                row = Row(record, records, findings)
                _judge(row)
                JUDGES[key](row)
    return AsksRead(sheets, findings)


def _judge(row: Row) -> None:
    """What holds for a column of any sheet follows from its kind."""
    longest = LONGEST[row.records.sheet.key]
    row.need("case", "the number of a case", "Write its pseudonym, such as RK-4082.")
    for column in row.records.sheet.columns:
        if column.kind is Kind.NAME:
            row.text(column.key, longest.get(column.key, NAME))
        elif column.kind is Kind.DATE:
            row.day(column.key)
        elif column.kind is Kind.INSTANT:
            row.moment(column.key)
        elif column.kind is Kind.FLAG:
            row.flag(column.key)
    row.whole("companions", 0, MOST_COMPANIONS)
    row.whole("stay_days", 1, MOST_STAY)


def _judge_ask(row: Row) -> None:
    row.need("asked", "whom to ask", "Write the region or hospital as it is called here.")


def _judge_answer(row: Row) -> None:
    _judge_ask(row)
    row.choice("no_reason", NO_REASONS)
    row.choice("channel", CHANNELS)
    values = row.values
    if "yes" not in values:
        if any(key in values for key in ANSWER_CELLS):
            row.need("yes", "yes or no, since an answer is filled in", "Write yes or no, or clear the row.")
        return
    if values["yes"]:
        row.need("earliest_day", "the earliest day, with a yes", "Write the day on which they can come.")
        if "no_reason" in values:
            row.error("no_reason", "an empty cell, with a yes", "a reason", "Clear it, or write no.")
        return
    row.need("no_reason", "a reason, with a no", "Choose one from the list of the cell.")
    if values.get("no_reason") == "other":
        row.need("remark", "the other reason in words", "Write in a few words what it is.")


def _judge_offer(row: Row) -> None:
    row.need("hospital", "a hospital", "Write its code or its name.")
    row.need("place", "the name of the place", "Write how the hospital calls it.")


def _judge_choice(row: Row) -> None:
    row.choice("chooser", CHOOSERS)
    row.need("offer", "the chosen offer", "Copy it from the sheet of offers, as it was taken away.")


JUDGES: dict[str, Callable[[Row], None]] = {
    ASKS.key: _judge_ask,
    ANSWERS.key: _judge_answer,
    OFFERS.key: _judge_offer,
    SHEET_OF_CHOICES.key: _judge_choice,
}
