"""Writes the workbook of asks: an empty template, or what somebody may take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from medevac.tables.asks.sheets import DIAGNOSIS, SHEETS
from medevac.tables.asks.words import CHOICES, GUIDE, GUIDE_TITLE
from medevac.tables.columns import Language
from medevac.tables.row_writing import Book, Listing, Rows, write_book


def write_asks_template(language: Language, specialties: Sequence[str]) -> bytes:
    """An empty workbook with notes, drop-down lists and an example row on each sheet."""
    book = Book(language, GUIDE_TITLE, GUIDE, CHOICES, {"specialty": specialties})
    return write_book(
        book, [Listing(one, [column for column in one.columns if not column.calculated]) for one in SHEETS]
    )


def write_asks(
    rows: Mapping[str, Rows],
    language: Language,
    specialties: Sequence[str],
    notes: Sequence[str],
    *,
    clinical: bool,
) -> bytes:
    """What was taken away as a workbook that the import reads again.

    Parameters
    ----------
    rows
        By the key of a sheet, values by the keys of its columns. A sheet that is not there is left out.
    language, specialties
        As in `write_asks_template`.
    notes
        Lines for the first sheet: the number of the export, who took it, when.
    clinical
        Whether the column of the diagnosis is there.
    """
    book = Book(language, GUIDE_TITLE, GUIDE, CHOICES, {"specialty": specialties}, notes)
    listings = [
        Listing(one, [column for column in one.columns if clinical or column is not DIAGNOSIS], rows[one.key])
        for one in SHEETS
        if one.key in rows
    ]
    return write_book(book, listings)
