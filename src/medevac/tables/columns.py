"""What a sheet and a column of the workbook are: names in three languages, kind, note, example.

The sheets themselves are listed in `medevac.tables.sheets`. How a cell of a kind is read and written is
the work of `cells`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, get_args

Language = Literal["en", "nb", "uk"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Words:
    """One text in every language."""

    en: str
    nb: str
    uk: str

    def of(self, language: Language) -> str:
        """The text in one language."""
        text: str = getattr(self, language)
        return text

    @property
    def all(self) -> tuple[str, ...]:
        """The text in each language."""
        return tuple(self.of(language) for language in LANGUAGES)


class Kind(StrEnum):
    """What the cells of a column hold."""

    NAME = "name"
    NAMES = "names"
    NUMBER = "number"
    DATE = "date"
    DATES = "dates"
    CLOCK = "clock"
    INSTANT = "instant"
    FLAG = "flag"
    CHOICE = "choice"
    FREE = "free"
    CALCULATED = "calculated"


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or one row of a sheet that lists settings.

    Parameters
    ----------
    key
        The key in the document; `flight.date` is the key `date` of the object `flight`.
    kind
        What its cells hold.
    heading
        Its heading; other languages' headings and the key itself are read as well.
    note
        What it means, and what an empty cell means.
    example
        The value in the example row, as in the document.
    required
        Whether every row needs it.
    choices
        The words of the format that may stand in it.
    refers
        The sheet that lists the names which may stand in it.
    """

    key: str
    kind: Kind
    heading: Words
    note: Words
    example: Any = None
    required: bool = False
    choices: tuple[str, ...] = ()
    refers: str = ""

    @property
    def calculated(self) -> bool:
        """Whether the program fills it for the reader's eye; it is ignored when the workbook is read."""
        return self.kind is Kind.CALCULATED


def worded(
    key: str,
    kind: Kind,
    heading: tuple[str, str, str],
    note: tuple[str, str, str] = ("", "", ""),
    example: Any = None,
    *,
    required: bool = False,
    choices: tuple[str, ...] = (),
) -> Column:
    """A column whose heading and note are given in English, Norwegian and Ukrainian."""
    return Column(key, kind, Words(*heading), Words(*note), example, required=required, choices=choices)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its columns, or, where it `lists_settings`, its rows under two headings.

    Parameters
    ----------
    key
        What the program calls it; most are keys of the document.
    name
        Its name on the tab.
    about
        One sentence on what belongs there.
    columns
        Its columns from left to right; the first names the row.
    required
        Whether a workbook must have it.
    lists_settings
        Whether each row is one setting with its value.
    inner
        Objects of the document whose own x- keys stand here, as in `places.x-source`.
    free
        Whether it takes x- columns; where a row is a single value of the document it cannot.
    order
        Its place among the sheets of another workbook than a problem's, by which faults are put in order.
    """

    key: str
    name: Words
    about: Words
    columns: tuple[Column, ...]
    required: bool = False
    lists_settings: bool = False
    inner: tuple[str, ...] = ()
    free: bool = True
    order: int = 0

    def takes(self, heading: str) -> bool:
        """Whether a heading is that of an x- key, of a row or of one of the objects inside it."""
        if heading.startswith("x-"):
            return True
        prefix, _, key = heading.partition(".")
        return prefix in self.inner and key.startswith("x-")

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """The columns by their keys."""
        return {column.key: column for column in self.columns}

    @cached_property
    def by_heading(self) -> dict[str, Column]:
        """The columns by their headings in every language and by their keys, as `plain` writes them."""
        found: dict[str, Column] = {}
        for column in self.columns:
            for heading in (column.key, *column.heading.all):
                found.setdefault(plain(heading), column)
        return found


def plain(text: str) -> str:
    """A heading or name without what does not count: case, marks of required columns, outer blanks."""
    return " ".join(text.replace("*", " ").split()).casefold()
