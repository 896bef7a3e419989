"""Tests that every fault of a workbook names sheet, row, column, what came and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from books import changed, faults_of, sound, warnings_of, with_cell
from openpyxl import Workbook

from medevac.planner import FaultsError
from medevac.tables import read_workbook

# Sheet, cell, value, and the one fault that it must give. The first data row is 2.
CELLS: list[tuple[str, str, Any, str]] = [
    (
        "Patients",
        "E2",
        4,
        'sheet "Patients", row 2, column E "Priority *": expected a whole number from 1 to 3, got 4. '
        "Correct the number.",
    ),
    (
        "Patients",
        "E3",
        None,
        'sheet "Patients", row 3, column E "Priority *": expected a whole number from 1 to 3, got nothing. '
        "Fill in the cell.",
    ),
    (
        "Patients",
        "G2",
        "lying",
        'sheet "Patients", row 2, column G "Position on board *": expected "seat" or "litter" or "intensive", '
        'got "lying". Choose one from the list of the cell.',
    ),
    (
        "Patients",
        "C2",
        "12/01/2026",
        'sheet "Patients", row 2, column C "Ready from date *": expected a date, got "12/01/2026". '
        "Write it like 2026-01-31 or 31.1.2026, and check that the calendar has it.",
    ),
    (
        "Patients",
        "J2",
        "perhaps",
        'sheet "Patients", row 2, column J "Child": expected yes or no, got "perhaps". '
        "Write yes or no, ja or nei, так or ні.",
    ),
    (
        "Patients",
        "O2",
        "DE, SE",
        'sheet "Patients", row 2, column O "Refuses countries": expected a country that is listed on the sheet '
        '"Countries", got "SE". List it on the sheet "Countries", or correct it.',
    ),
    (
        "Patients",
        "A3",
        "UA-26-0003",
        'sheet "Patients", row 4, column A "Patient *": expected a name of its own, got "UA-26-0003", as in '
        'sheet "Patients", row 3. Rename or remove one.',
    ),
    (
        "Airports",
        "E4",
        "25:00",
        'sheet "Airports", row 4, column E "Closes (UTC)": expected a clock time HH:MM from 00:00 to 24:00, '
        'got "25:00". Write it in UTC, hours and minutes, like 05:30.',
    ),
    (
        "Airports",
        "F4",
        "1,234",
        'sheet "Airports", row 4, column F "Ambulances": expected a number that can be read in one way only, '
        'got "1,234". It could be read in two ways: write it without a separator of thousands.',
    ),
    (
        "Places",
        "A2",
        "NO-OSU",
        'sheet "Places", row 2, column A "Hospital *": expected a name that is listed on the sheet "Hospitals", '
        'got "NO-OSU". Did you mean "NO-OUS"? List it there, or correct it.',
    ),
    (
        "Places",
        "C2",
        None,
        'sheet "Places", row 2, column C "Number of places *": expected a whole number, 0 or more, got nothing. '
        "Fill in the cell.",
    ),
    (
        "Places",
        "B3",
        "burns",
        'sheet "Places", row 3, column B "Specialty *": expected each name once, got "burns", as in row 2. '
        "Remove or rename one of the two rows.",
    ),
    (
        "Suitability",
        "C2",
        1.5,
        'sheet "Suitability", row 2, column C "Suitability (0 to 1) *": expected a number from 0 to 1, got 1.5. '
        "Correct the number.",
    ),
    (
        "Aircraft",
        "C2",
        "2026-02-14",
        'sheet "Aircraft", row 2, column C "Dates *": expected a date from 2026-01-12 to 2026-01-18, '
        'got "2026-02-14". Keep to the problem\'s window.',
    ),
    (
        "Aircraft",
        "L3",
        600,
        'sheet "Aircraft", row 3, column L "Duty at most (minutes)": expected one number, or bands, got 600, and '
        'bands on the sheet "Duty bands". Clear the cell, or remove the bands.',
    ),
    (
        "Duty bands",
        "B3",
        timedelta(hours=29, minutes=30),
        'sheet "Duty bands", row 3, column B "Report from (UTC) *": expected a clock time HH:MM from 00:00 to '
        "24:00, got a duration of 29:30 hours. Write it in UTC, hours and minutes, like 05:30.",
    ),
    (
        "Fixed patients",
        "D3",
        None,
        'sheet "Fixed patients", row 3, column D "Flight: date": expected a date YYYY-MM-DD, got nothing. '
        "Fill in the cell.",
    ),
    (
        "Fixed flights",
        "C2",
        "densse",
        'sheet "Fixed flights", row 2, column C "Layout *": expected a layout of "LH-321", got "densse". '
        'Did you mean "dense"? Correct it, or add it to the aircraft\'s layouts.',
    ),
    (
        "Settings",
        "B5",
        0,
        'sheet "Settings", row 5, setting "Number of days": expected a whole number from 1 to 366, got 0. '
        "Correct the number.",
    ),
    (
        "Settings",
        "A4",
        "First dote",
        'sheet "Settings", row 4, column A: expected the name of a setting, got "First dote". '
        'Did you mean "First date"? Correct it, or remove the row.',
    ),
    (
        "Weights",
        "B2",
        -1,
        'sheet "Weights", row 2, setting "Priority 1": expected a number, 0 or more, got -1. '
        "Write a number from 0 to 1000000000000000.",
    ),
    (
        "Patients",
        "H1",
        "Neds",
        'sheet "Patients", row 1, column H: expected a known heading, got "Neds". Did you mean "Needs"? Correct it, '
        "remove the column, or let it start with x-.",
    ),
    (
        "Patients",
        "I1",
        "Needs",
        'sheet "Patients", row 1, column I: expected each column once, got "Needs" again. '
        "Remove or rename one of the two.",
    ),
    (
        "Patients",
        "X3",
        "a remark",
        'sheet "Patients", row 3, column X: expected an empty cell, since the column has no heading, '
        'got "a remark". Give the column a heading (x- for one of your own), or clear the cell.',
    ),
    (
        "Families",
        "B2",
        None,
        'sheet "Families", row 2, column B "Stay together *": expected "same hospital" or "same stop", got nothing. '
        "Fill in the cell.",
    ),
    (
        "Hubs",
        "A2",
        "x-hub",
        'sheet "Hubs", row 2, column A "Hub *": expected a name that does not begin with x-, got "x-hub". '
        "Write another name.",
    ),
]


@pytest.mark.parametrize(("sheet", "cell", "value", "sentence"), CELLS)
def test_a_wrong_cell_is_named(sheet: str, cell: str, value: Any, sentence: str) -> None:
    """Tests the whole sentence of one fault for each kind of cell."""
    assert sentence in faults_of(with_cell(sheet, cell, value))


def test_a_position_that_nobody_knows() -> None:
    """Tests an airport without a position whose code is in no list."""

    def change(book: Workbook) -> None:
        for cell in ("A2", "B2", "C2"):
            book["Airports"][cell].value = {"A2": "ENGX"}.get(cell)

    assert (
        'sheet "Airports", row 2, column B "Latitude": expected a position, or an ICAO code that is known, '
        'got nothing for "ENGX". Fill in latitude and longitude, or correct the code.'
    ) in faults_of(changed(change))


def test_all_faults_at_once_in_the_order_of_the_workbook() -> None:
    """Tests that faults of cells, of sheets and of the planner's reader stand in one row, by place."""

    def change(book: Workbook) -> None:
        book["Settings"]["B5"] = 0
        book["Hospitals"]["E2"] = "many"
        book["Patients"]["E2"] = 9
        book["Patients"]["C3"] = "tomorrow"
        del book["Countries"]

    faults = faults_of(changed(change))
    places = ["Settings", "Countries", "Hospitals", 'row 2, column E "Priority', 'row 3, column C "Ready']
    assert len(faults) == len(places)
    assert all(place in fault for place, fault in zip(places, faults, strict=True))


def test_a_hundred_faults_are_told_and_the_rest_counted() -> None:
    """Tests a column of 300 wrong cells."""

    def change(book: Workbook) -> None:
        for row in range(2, 302):
            book["Countries"].cell(row, 1).value = f"C{row}"
            book["Countries"].cell(row, 2).value = "few"

    with pytest.raises(FaultsError) as caught:
        read_workbook(changed(change))
    assert len(caught.value.faults) == 100
    assert caught.value.more >= 200


SHAPES: list[tuple[Callable[[Workbook], object], str]] = [
    (
        lambda book: book.remove(book["Patients"]),
        'sheet "Patients": expected a sheet named "Patients" or "Pasienter" or "Пацієнти", got no such sheet. '
        "Add it, or copy the workbook into a new template.",
    ),
    (
        lambda book: setattr(book["Fixed patients"], "title", "Fixed pationts"),
        'sheet "Fixed pationts": expected the name of a known sheet, got another name. Did you mean "Fixed patients"? '
        "Rename it, delete it, or let its name start with x-.",
    ),
    (
        lambda book: setattr(book["Patients"], "sheet_state", "hidden"),
        'sheet "Patients": expected a sheet that can be seen, got a hidden sheet. '
        "Unhide it and look it through, or delete it.",
    ),
    (
        lambda book: setattr(book.copy_worksheet(book["Hubs"]), "title", "Knutepunkter"),
        'sheet "Knutepunkter": expected one sheet of a kind, got this one and "Hubs". '
        "Bring their rows together on one, and delete the other.",
    ),
    (
        lambda book: book["Patients"].delete_cols(5),
        'sheet "Patients", column "Priority": expected this column, got no such heading. '
        "Add the column with this heading, as the template has it.",
    ),
    (
        lambda book: book["Patients"].merge_cells("B2:B4"),
        'sheet "Patients", row 2, column B: expected single cells, got 3 × 1 merged cells. '
        "Unmerge them, and write the value into each cell it is meant for.",
    ),
    (
        lambda book: [setattr(cell, "value", None) for row in book["Patients"].iter_rows() for cell in row],
        'sheet "Patients": expected headings in the first row, got an empty sheet. '
        "Give it the headings of the template.",
    ),
]


@pytest.mark.parametrize(("change", "sentence"), SHAPES)
def test_a_wrong_shape_is_named(change: Callable[[Workbook], object], sentence: str) -> None:
    """Tests sheets that are missing, renamed, hidden or doubled, and missing columns and merged cells."""
    assert sentence in faults_of(changed(change))


def test_a_formula_that_was_never_calculated() -> None:
    """Tests that its cell is named, and that the same formula in a calculated column is not looked at."""
    faults = faults_of(with_cell("Patients", "E2", "=1+1"))
    assert faults == [
        'sheet "Patients", row 2, column E "Priority *": expected a value, got a formula that was never calculated. '
        "Open the file in a spreadsheet program and save it, or write the value."
    ]
    assert faults_of(with_cell("Patients", "S2", "=1+1")) == []


def test_an_error_in_a_cell() -> None:
    """Tests the errors of spreadsheet programs."""
    faults = faults_of(with_cell("Patients", "E2", "#REF!"))
    assert "expected a value, got the error #REF!. Correct the formula, or write the value." in faults[0]


def test_hidden_rows_are_read_and_told() -> None:
    """Tests that rows behind a filter take part, and that a warning says so."""

    def change(book: Workbook) -> None:
        book["Patients"].row_dimensions[2].hidden = True

    assert warnings_of(changed(change)) == [
        'sheet "Patients": expected rows that can be seen, got 1 hidden row. '
        "They are read all the same: clear the filter to see them."
    ]


def test_warnings_of_the_planner_name_their_cells() -> None:
    """Tests that what is legal but odd is told with its place as well."""
    assert warnings_of(sound()) == []
    warnings = warnings_of(with_cell("Patients", "C2", datetime(2027, 1, 1)))
    assert warnings == [
        'sheet "Patients", row 2, column C "Ready from date *": expected a date up to 2026-01-18, got "2027-01-01". '
        "The patient cannot travel within the window."
    ]


def test_sheets_and_columns_of_one_s_own_are_left_alone() -> None:
    """Tests sheets and columns that begin with x-, an empty extra sheet, and a hidden unknown one."""

    def change(book: Workbook) -> None:
        book.create_sheet("x-notes")["A1"] = "call Lviv"
        book.create_sheet("Sheet1")
        hidden = book.create_sheet("Cache")
        hidden["A1"], hidden.sheet_state = 1, "hidden"
        book["Patients"]["T1"], book["Patients"]["T2"] = "x-name", "Олена"

    data = changed(change)
    assert read_workbook(data).raw.count("Олена".encode()) == 1
    assert warnings_of(data) == [
        'sheet "Cache": expected a sheet that can be seen, got a hidden sheet. It is not known, and is ignored.'
    ]


def test_a_column_of_one_s_own_where_there_is_no_room_for_it() -> None:
    """Tests that what cannot be kept is told."""

    def change(book: Workbook) -> None:
        book["Families"]["C1"], book["Families"]["C2"] = "x-why", "twins"

    assert "It is ignored, and not kept" in warnings_of(changed(change))[0]
