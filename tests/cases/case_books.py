"""Workbooks of cases for tests: rows by key, written as the template's sheet has them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from medevac.tables.cases.sheet import SHEET

ROW = {
    "own_reference": "A-1",
    "family_name": "Згурський",
    "given_name": "Юрій",
    "birth_date": "1990-04-05",
    "sex": "чоловіча",
    "diagnosis": "Open fracture of the left tibia",
    "priority": "P2",
    "specialties": "orthopaedics, plastic surgery",
    "oxygen_litres": 2.5,
    "monitor": "ja",
    "preferred_countries": "no",
}


def book_of(*rows: dict[str, Any], title: str = "Cases") -> bytes:
    """A workbook with these rows, from row 2 on, under English headings; cells as they are given."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    keys = list(dict.fromkeys(key for row in rows for key in row))
    sheet.append([SHEET.by_key[key].heading.en if key in SHEET.by_key else key for key in keys])
    for row in rows:
        sheet.append([row.get(key) for key in keys])
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read_back(data: bytes, sheet: int = 0) -> list[list[Any]]:
    """All rows of a sheet, with formulas as such."""
    return [
        [cell.value for cell in row] for row in load_workbook(BytesIO(data)).worksheets[sheet].iter_rows()
    ]
