"""Writes the workbook of places: an empty template, or a hospital's places."""

from __future__ import annotations

from collections.abc import Sequence

from medevac.tables.columns import Language
from medevac.tables.places.sheets import GUIDE, GUIDE_TITLE, PLACES, POOL_WORDS, POOLS
from medevac.tables.row_writing import Book, Listing, Rows, write_book

CHOICES = {"kind": POOL_WORDS}


def write_places_template(language: Language, specialties: Sequence[str]) -> bytes:
    """An empty workbook with notes, drop-down lists and an example row on each sheet.

    Parameters
    ----------
    language
        Of headings, notes and lists.
    specialties
        What specialties are called in that language, in the reader's order.
    """
    book = Book(language, GUIDE_TITLE, GUIDE, CHOICES, {"specialty": specialties})
    listings = [
        Listing(sheet, [column for column in sheet.columns if not column.calculated])
        for sheet in (PLACES, POOLS)
    ]
    return write_book(book, listings)


def write_places(
    places: Rows, pools: Rows, language: Language, specialties: Sequence[str], notes: Sequence[str] = ()
) -> bytes:
    """A hospital's places as a workbook that the import reads again.

    Parameters
    ----------
    places, pools
        Values by the keys of the columns; specialties by their names, pools by the program's word.
    language, specialties
        As in `write_places_template`.
    notes
        Lines for the first sheet: the number of the export, who took it, when.
    """
    book = Book(language, GUIDE_TITLE, GUIDE, CHOICES, {"specialty": specialties}, notes)
    return write_book(book, [Listing(PLACES, PLACES.columns, places), Listing(POOLS, POOLS.columns, pools)])
