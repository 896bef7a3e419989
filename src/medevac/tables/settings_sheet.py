"""Writes a sheet that lists settings: name, value, usual value or example, meaning."""

from __future__ import annotations

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from medevac.planner import Fault
from medevac.tables.cells import as_text, write_cell
from medevac.tables.columns import Column, Kind, Language, Sheet, Words
from medevac.tables.disassembly import Row
from medevac.tables.look import (
    HEADING_HEIGHT,
    Tailor,
    dress_heading,
    fill,
    font,
    heading_text,
    note_text,
    prepare_for_print,
)
from medevac.tables.vocabulary import EXAMPLE, MEANING, SETTING, USUAL, VALUE

_NO_WORDS = Words("", "", "")
_NAME_NOTE = Words("The name of the setting.", "Navnet på innstillingen.", "Назва параметра.")
_VALUE_NOTE = Words(
    "Write the value here. What is marked with a star must be filled in.",
    "Skriv verdien her. Det som er merket med stjerne, må fylles ut.",
    "Впишіть значення сюди. Позначене зірочкою — обов'язкове.",
)
_SHOWN_NOTE = Words(
    "Only shown, never read.", "Bare til visning, blir ikke lest.", "Лише для показу, не читається."
)


def write_settings(
    sheet: Sheet, target: Worksheet, values: Row, language: Language, tailor: Tailor, faults: list[Fault]
) -> None:
    """Write every setting in a row, with its value where it has one; x- keys follow."""
    own = [Column(key, Kind.FREE, _NO_WORDS, _NO_WORDS) for key in values if key not in sheet.by_key]
    beside = USUAL if sheet.key == "weights" else EXAMPLE
    _write_headings(target, beside, language, required=sheet.required)
    for number, column in enumerate((*sheet.columns, *own), start=2):
        name = target.cell(number, 1)
        text = heading_text(column, language)
        name.value = as_text(text) if column.kind is Kind.FREE else text
        name.data_type = "s"
        name.font = font(bold=column.required)
        _write_value(target, number, column, values, language, tailor, faults)
        _write_beside(target, number, column, language, tailor)
    for letter, width in (("A", 34), ("B", 24), ("C", 24), ("D", 92)):
        target.column_dimensions[letter].width = width
    target.freeze_panes = "B2"
    prepare_for_print(target)


def _write_headings(target: Worksheet, beside: Words, language: Language, *, required: bool) -> None:
    target.row_dimensions[1].height = HEADING_HEIGHT
    shown = Kind.CALCULATED
    headings = (
        Column("setting", Kind.NAME, SETTING, _NAME_NOTE),
        Column("value", Kind.NAME, VALUE, _VALUE_NOTE, required=required),
        Column("beside", shown, beside, _SHOWN_NOTE),
        Column("meaning", shown, MEANING, _SHOWN_NOTE),
    )
    for number, column in enumerate(headings, start=1):
        cell = target.cell(1, number, column.heading.of(language))
        dress_heading(cell, column, language)


def _write_value(
    target: Worksheet,
    number: int,
    column: Column,
    values: Row,
    language: Language,
    tailor: Tailor,
    faults: list[Fault],
) -> None:
    cell = target.cell(number, 2)
    if column.key in values:
        try:
            tailor.put(cell, write_cell(values[column.key], column, language), column)
        except ValueError as error:
            faults.append(Fault(column.key, "a text that fits into a cell", str(error), "Shorten it."))
    else:
        tailor.put(cell, None, column)
    cell.fill = fill("FFFFFF" if column.key == "format" else "F3F8FC")
    cell.alignment = Alignment(horizontal="left", vertical="center")


def _write_beside(target: Worksheet, number: int, column: Column, language: Language, tailor: Tailor) -> None:
    example, meaning = target.cell(number, 3), target.cell(number, 4)
    if column.example is not None:
        tailor.put(example, write_cell(column.example, column, language), column)
    meaning.value = note_text(column, language).replace("\n", " ")
    for cell in (example, meaning):
        cell.font = font(italic=True, color="7F7F7F")
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=cell is meaning)
