"""The tables of docs/reference/workbook.md, written from the sheets themselves.

`python -m medevac.tables.reference` prints them; a test holds that the page has them as they are.
"""

from __future__ import annotations

from medevac.tables.columns import Column, Kind, Sheet
from medevac.tables.sheets import SHEETS
from medevac.tables.vocabulary import CHOICES

_HOLDS = {
    Kind.NAME: "a name",
    Kind.NAMES: "names, separated by commas",
    Kind.NUMBER: "a number",
    Kind.DATE: "a date",
    Kind.DATES: "dates, separated by commas",
    Kind.CLOCK: "a clock time, UTC",
    Kind.INSTANT: "a date with a clock time, UTC",
    Kind.FLAG: "yes or no",
    Kind.CALCULATED: "calculated, not read",
}


def reference_tables() -> str:
    """One table for each sheet, in the order of the tabs."""
    return "\n".join(_table(sheet) for sheet in SHEETS)


def _table(sheet: Sheet) -> str:
    names = " · ".join(sheet.name.all)
    first = "setting" if sheet.lists_settings else "heading"
    lines = [f"### {names}", "", sheet.about.en, ""]
    lines += [f"| {first} | Bokmål | українською | key | holds | meaning |", "|---|---|---|---|---|---|"]
    lines += [_row(column) for column in sheet.columns]
    return "\n".join([*lines, ""])


def _row(column: Column) -> str:
    star = " *" if column.required else ""
    key = "" if column.calculated else f"`{column.key}`"
    words = (
        column.heading.en + star,
        column.heading.nb,
        column.heading.uk,
        key,
        _holds(column),
        column.note.en,
    )
    return f"| {' | '.join(words)} |"


def _holds(column: Column) -> str:
    if column.choices:
        return "; ".join(" · ".join(CHOICES[choice].all) for choice in column.choices)
    if column.refers:
        return f"a name from the sheet of {column.refers}"
    return _HOLDS[column.kind]


if __name__ == "__main__":
    print(reference_tables(), end="")
