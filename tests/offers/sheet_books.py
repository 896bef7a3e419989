"""Workbooks of several sheets for tests: rows by key, written as the templates have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from case_books import saved
from openpyxl import Workbook

from medevac.tables.columns import Sheet

Row = Mapping[str, Any]


def book_of_sheets(sheets: Iterable[tuple[Sheet, Iterable[Row]]]) -> bytes:
    """A workbook with these rows of each sheet from row 2 on, under English headings."""
    book = Workbook()
    book.remove(book.active)
    for sheet, rows in sheets:
        listed = list(rows)
        if not listed:
            continue
        page = book.create_sheet(sheet.name.en)
        keys = list(dict.fromkeys(key for row in listed for key in row))
        page.append([sheet.by_key[key].heading.en if key in sheet.by_key else key for key in keys])
        for row in listed:
            page.append([row.get(key) for key in keys])
    return saved(book)
