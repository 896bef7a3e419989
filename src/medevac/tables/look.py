"""How a workbook looks: colours by meaning (always with words too), widths, formats, notes.

A heading with a star must be filled in; a light one may be left empty; a grey one is calculated; a violet
one is somebody's own.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from medevac.tables.columns import Column, Kind, Language, Words

HEADING_HEIGHT = 48  # points
LINE_HEIGHT = 15  # points
MOST_LINES = 10
WIDEST = 52  # characters

_WIDTHS = {
    Kind.NAME: 17,
    Kind.NAMES: 28,
    Kind.NUMBER: 13,
    Kind.DATE: 13,
    Kind.DATES: 26,
    Kind.CLOCK: 13,
    Kind.INSTANT: 18,
    Kind.FLAG: 10,
    Kind.CHOICE: 18,
    Kind.FREE: 20,
    Kind.CALCULATED: 20,
}
_FORMATS = {
    Kind.NAME: "@",
    Kind.NAMES: "@",
    Kind.DATE: "yyyy-mm-dd",
    Kind.DATES: "@",
    Kind.CLOCK: "[hh]:mm",
    Kind.INSTANT: "yyyy-mm-dd hh:mm",
}
_CENTERED = (Kind.NUMBER, Kind.DATE, Kind.CLOCK, Kind.INSTANT, Kind.FLAG, Kind.CALCULATED)
_CALCULATED_FORMATS = {
    "known_as": "General",
    "utc_offset": "+0.##;-0.##;0",
    "fit_until_local": "yyyy-mm-dd hh:mm",
    **dict.fromkeys(
        ("confirmed_at", "deadline", "made_at", "sent_at", "recorded_at", "ended_at"), "yyyy-mm-dd hh:mm"
    ),
    **dict.fromkeys(("state", "diagnosis"), "General"),
    "taken": "General",
}

_REQUIRED = Words("Must be filled in.", "Må fylles ut.", "Обов'язково.")
_CALCULATED = Words(
    "Calculated; ignored when the workbook is read.",
    "Beregnet; blir ikke lest.",
    "Обчислюється; під час читання не враховується.",
)
_OWN = Words(
    "A column of one's own: kept, and not used in planning.",
    "En egen kolonne: beholdes, og brukes ikke i planleggingen.",
    "Власний стовпець: зберігається, у плануванні не використовується.",
)
_HINTS = {
    Kind.DATE: Words("A date, like 2026-01-31.", "En dato, som 2026-01-31.", "Дата, наприклад 2026-01-31."),
    Kind.CLOCK: Words(
        "Hours and minutes in UTC, like 05:30.",
        "Timer og minutter i UTC, som 05:30.",
        "Години та хвилини за UTC, наприклад 05:30.",
    ),
    Kind.INSTANT: Words(
        "Date and time in UTC, like 2026-01-31 06:00.",
        "Dato og klokkeslett i UTC, som 2026-01-31 06:00.",
        "Дата й час за UTC, наприклад 2026-01-31 06:00.",
    ),
}

_DARK, _LIGHT, _GREY, _VIOLET, _CREAM = "1F3A5F", "D6E4F0", "E7E6E6", "E4DFEC", "FFF8E1"
_EDGE = Border(bottom=Side(style="thin", color="8EA9C1"), right=Side(style="thin", color="FFFFFF"))
_LINE = Border(bottom=Side(style="hair", color="BFBFBF"))


def font(**looks: Any) -> Font:
    """The one typeface of the workbook."""
    return Font(**{"name": "Calibri", "size": 11} | looks)


def fill(color: str) -> PatternFill:
    """A plain background."""
    return PatternFill("solid", fgColor=color)


def heading_text(column: Column, language: Language) -> str:
    """What stands in the heading: a star says that the column must be filled in."""
    if column.kind is Kind.FREE:
        return column.key
    return column.heading.of(language) + (" *" if column.required else "")


def note_text(column: Column, language: Language) -> str:
    """What the note on a heading says."""
    if column.kind is Kind.FREE:
        return _OWN.of(language)
    words = [column.note.of(language)]
    if column.kind in _HINTS:
        words.append(_HINTS[column.kind].of(language))
    if column.required:
        words.append(_REQUIRED.of(language))
    if column.calculated:
        words.append(_CALCULATED.of(language))
    return "\n".join(words)


def dress_heading(cell: Cell, column: Column, language: Language) -> None:
    """Colour a heading by what its column asks for, and put the note on it."""
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.border = _EDGE
    cell.font, cell.fill = _heading_colours(column)
    note = Comment(note_text(column, language), "medevac", width=320, height=110)
    cell.comment = note


def _heading_colours(column: Column) -> tuple[Font, PatternFill]:
    if column.calculated:
        return font(italic=True, color="595959"), fill(_GREY)
    if column.kind is Kind.FREE:
        return font(bold=True, color="403152"), fill(_VIOLET)
    if column.required:
        return font(bold=True, color="FFFFFF"), fill(_DARK)
    return font(bold=True, color=_DARK), fill(_LIGHT)


def number_format(column: Column) -> str:
    """The format of a column's cells."""
    if column.calculated:
        return _CALCULATED_FORMATS.get(column.key, "hh:mm")
    return _FORMATS.get(column.kind, "General")


def set_column(sheet: Worksheet, letter: str, column: Column, language: Language) -> None:
    """Width and format of a whole column, the rows that are still empty included."""
    longest = max((len(word) for word in heading_text(column, language).split()), default=0)
    size = sheet.column_dimensions[letter]
    size.width = max(_WIDTHS[column.kind], longest + 3)
    if column.key == "known_as":
        size.width = 34
    size.number_format = number_format(column)
    size.alignment = _alignment(column)


def make_room(sheet: Worksheet, row: int, letter: str, length: int) -> None:
    """Widen a column for a text up to a limit, and give its row the lines that it needs beyond that."""
    size = sheet.column_dimensions[letter]
    size.width = max(size.width, min(WIDEST, length + 3))
    lines = -(-length // (WIDEST - 4))
    if lines > 1:
        least = sheet.row_dimensions[row].height or LINE_HEIGHT
        sheet.row_dimensions[row].height = max(least, LINE_HEIGHT * min(lines, MOST_LINES))


def _alignment(column: Column) -> Alignment:
    """Numbers and times in the middle; long texts on as many lines as they need."""
    if column.kind in _CENTERED and column.key != "known_as":
        return Alignment(horizontal="center", vertical="top")
    return Alignment(vertical="top", wrap_text=column.kind in (Kind.NAMES, Kind.FREE))


class Tailor:
    """Dresses the cells of one workbook, each kind of cell once; further ones share its style.

    openpyxl looks up every single property of every cell, which takes long on large sheets.
    """

    def __init__(self) -> None:
        self._styles: dict[tuple[str, str, bool, bool], Any] = {}

    def put(self, cell: Cell, value: Any, column: Column) -> None:
        """Put a value into a cell. A text stays a text, whatever it begins with."""
        cell.value = value
        is_text = isinstance(value, str)
        if is_text:
            cell.data_type = "s"
        looks_like_formula = is_text and value.startswith(("=", "+", "-", "@"))
        self._dress(cell, column, is_text, looks_like_formula)

    def put_formula(self, cell: Cell, formula: str, column: Column) -> None:
        """Put a formula into a calculated cell."""
        cell.value = formula
        self._dress(cell, column, False, False)

    def _dress(self, cell: Cell, column: Column, is_text: bool, quoted: bool) -> None:
        key = (column.kind.value, column.key, is_text, quoted)
        if key not in self._styles:
            cell.font = font(italic=True, color="7F7F7F") if column.calculated else font()
            cell.alignment = _alignment(column)
            cell.number_format = "@" if is_text else number_format(column)
            cell.quotePrefix = quoted
            self._styles[key] = copy(cell._style)
        cell._style = copy(self._styles[key])


def dress_example(cell: Cell) -> None:
    """Let a cell of the example row look like one; its first cell says so in words."""
    cell.font = font(italic=True, color="7F6000")
    cell.fill = fill(_CREAM)
    cell.border = _LINE


def prepare_for_print(sheet: Worksheet, heading_row: int = 1) -> None:
    """Landscape, one page wide, headings on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{heading_row}:{heading_row}"
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = "&P / &N"
