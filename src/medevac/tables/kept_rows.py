"""The rows of a sheet as plain JSON and back: what is kept between looking at a workbook and applying it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from medevac.tables.columns import Kind, Sheet
from medevac.tables.records import Record, SheetRecords

_TYPED: dict[Kind, Callable[[str], Any]] = {
    Kind.DATE: date.fromisoformat,
    Kind.INSTANT: datetime.fromisoformat,
}


def as_plain(records: SheetRecords) -> dict[str, Any]:
    """Title, columns and rows; days and moments as texts."""
    return {
        "title": records.title,
        "columns": records.columns,
        "rows": [[record.row, _plain(record.values)] for record in records.records],
    }


def from_plain(sheet: Sheet, content: dict[str, Any]) -> SheetRecords:
    """The same rows again, where each value stood included."""
    records = SheetRecords(sheet, content["title"], found=True)
    records.columns = {key: (number, heading) for key, (number, heading) in content["columns"].items()}
    typed = {column.key: _TYPED[column.kind] for column in sheet.columns if column.kind in _TYPED}
    records.records = [
        Record(row, {key: typed[key](value) if key in typed else value for key, value in values.items()})
        for row, values in content["rows"]
    ]
    return records


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
