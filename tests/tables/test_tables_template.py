"""Tests what a template offers: guidance, notes, lists, an example row, local time beside UTC."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from books import faults_of, saved, sound
from openpyxl import Workbook, load_workbook

from medevac.planner import read_problem
from medevac.tables import LANGUAGES, read_workbook, write_template
from medevac.tables.columns import Kind
from medevac.tables.known_airports import hours_from_utc, known_airports, offered_airports
from medevac.tables.sheets import SHEETS
from medevac.tables.vocabulary import EXAMPLE_MARK, GUIDE, LISTS


def template(language: Any) -> Workbook:
    """A template as a spreadsheet program sees it."""
    return load_workbook(io.BytesIO(write_template(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_is_there_with_its_headings_and_notes(language: Any) -> None:
    """Tests names, order, a note on each heading, frozen headings, and the example row."""
    book = template(language)
    names = [GUIDE.of(language), *(sheet.name.of(language) for sheet in SHEETS), LISTS.of(language)]
    assert book.sheetnames == names
    assert [sheet.sheet_state for sheet in book] == ["visible"] * (len(names) - 1) + ["hidden"]
    for sheet in SHEETS:
        page = book[sheet.name.of(language)]
        assert page.freeze_panes == "B2"
        assert all(cell.comment is not None and cell.comment.text for cell in page[1])
        if not sheet.lists_settings:
            assert [cell.value for cell in page[1]][: len(sheet.columns)] == [
                column.heading.of(language) + (" *" if column.required else "") for column in sheet.columns
            ]
            assert page["A2"].value.startswith(EXAMPLE_MARK.of(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_and_references_have_drop_down_lists(language: Any) -> None:
    """Tests that each column of a few words, and each that names a row elsewhere, offers them."""
    book = template(language)
    for sheet in SHEETS:
        if sheet.lists_settings:
            continue
        page = book[sheet.name.of(language)]
        offered = {rule.sqref.ranges.pop().coord[0] for rule in page.data_validations.dataValidation}
        for number, column in enumerate(sheet.columns):
            if column.choices or column.refers or column.kind is Kind.FLAG:
                assert chr(ord("A") + number) in offered, (sheet.key, column.key)


def test_an_empty_template_asks_for_the_week_only() -> None:
    """Tests that example rows are not read, and that the settings still to be filled in are named."""
    assert [fault.split(":")[0] for fault in faults_of(write_template("nb"))] == [
        'sheet "Innstillinger", row 3, setting "Navn"',
        'sheet "Innstillinger", row 4, setting "Første dato"',
        'sheet "Innstillinger", row 5, setting "Antall dager"',
    ]


def test_a_filled_template_is_a_problem() -> None:
    """Tests the way of a coordinator: template, values typed below the example rows, problem."""
    book = template("nb")
    for name, rows in TYPED.items():
        page = book[name]
        for number, values in enumerate(rows, start=3):
            for cell, value in zip(page[number], values, strict=False):
                cell.value = value
    for cell, value in (("B3", "uke 3"), ("B4", "12.1.2026"), ("B5", 7)):
        book["Innstillinger"][cell] = value
    book["Vekter"]["B5"] = "0,5"
    problem = read_workbook(saved(book)).problem
    assert problem.airports["ENGM"].lat == pytest.approx(60.2, abs=0.1)
    assert problem.weights.waiting_per_week == 0.5
    assert problem.patients[0].needs == ("brannskade",)
    assert problem.aircraft[0].longest_duty(6 * 60, 4) == 750


TYPED: dict[str, list[list[Any]]] = {
    "Flyplasser": [["EPRZ"], ["ENGM"]],
    "Knutepunkter": [["EPRZ", 60]],
    "Land": [["NO"]],
    "Sykehus": [["NO-OUS", "NO"]],
    "Nærliggende flyplasser": [["NO-OUS", "ENGM", 45]],
    "Plasser": [["NO-OUS", "brannskade", 2]],
    "Fly": [["SAS-737", "ENGM", "14.1.2026", None, 5, 4000, 780, 24, 50, 30, 60, None, 9000]],
    "Kabinoppsett": [["SAS-737", "standard", 18, 3, 30]],
    "Tjenestetid": [["SAS-737", "05:00", "24:00", None, None, None, 780, 750]],
    "Pasienter": [["UA-1", "EPRZ", "12.1.2026", None, 1, None, "båre", "brannskade"] + [None] * 4 + [600]],
}


def test_known_airports_need_no_position() -> None:
    """Tests that positions come from the list of airports, and that none is invented."""
    assert known_airports()["EPRZ"].position == pytest.approx((50.11, 22.02), abs=0.01)
    assert known_airports()["EBBR"].position == pytest.approx((50.901, 4.484), abs=0.005)
    assert "XXXX" not in known_airports()


def test_the_airports_that_are_offered() -> None:
    """Tests that Europe is there, Iceland and Cyprus included, and that Crimea keeps Ukraine's time."""
    offered = {one.code: one for one in offered_airports()}
    assert {"EPRZ", "ENGM", "EDDF", "BIKF", "LCLK", "GCLP", "LPAZ", "UKLL"} <= set(offered)
    assert "UUEE" not in offered
    assert known_airports()["UKFF"].zone == "Europe/Kyiv"


def test_hours_from_utc() -> None:
    """Tests winter and summer: Warsaw +1 and +2, Kyiv +2 and +3, Reykjavik 0 and 0."""
    assert hours_from_utc("Europe/Warsaw", 2026) == (1, 2)
    assert hours_from_utc("Europe/Kyiv", 2026) == (2, 3)
    assert hours_from_utc("Atlantic/Reykjavik", 2026) == (0, 0)
    assert hours_from_utc("Nowhere/Land", 2026) == (0, 0)


def test_calculated_columns_hold_formulas_that_name_their_own_row() -> None:
    """Tests that every calculated cell has a formula, and that it looks at cells of its row."""
    book = load_workbook(io.BytesIO(sound("uk")))
    counted = 0
    for sheet in SHEETS:
        page = book[sheet.name.uk]
        for number, column in enumerate(sheet.columns, start=1):
            if not column.calculated:
                continue
            for row in (2, 5):
                formula = page.cell(row, number).value
                assert formula.startswith("=")
                own = set(re.findall(r"(?<!!)(?<!:)\$[A-Z]+(\d+)\b", formula))
                assert str(row) in own, formula
                counted += 1
    assert counted == 16


def test_calculated_columns_are_not_read() -> None:
    """Tests that whatever stands in them changes nothing."""
    book = load_workbook(io.BytesIO(sound("en")))
    for sheet in SHEETS:
        for number, column in enumerate(sheet.columns, start=1):
            if column.calculated:
                book[sheet.name.en].cell(2, number).value = "#N/A"
                book[sheet.name.en].cell(3, number).value = "nonsense"
    assert read_workbook(saved(book)).problem == read_problem(read_workbook(sound("en")).raw).problem


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_is_the_same_every_time(language: Any) -> None:
    """Tests that no clock is in it."""
    assert write_template(language) == write_template(language)


def test_texts_that_begin_like_formulas_stay_texts() -> None:
    """Tests that a name cannot make the reader's spreadsheet program calculate."""
    book = load_workbook(io.BytesIO(sound("en")))
    cell = book["Patients"]["A2"]
    cell.value, cell.data_type = "=HYPERLINK(1)", "s"
    faults = faults_of(saved(book))
    assert 'expected a patient that is listed on the sheet "Patients", got "UA-26-0001"' in faults[0]
