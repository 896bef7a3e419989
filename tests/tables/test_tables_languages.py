"""Tests that sheets, headings, notes and choices are there in every language and mean one thing."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from typing import Any

import pytest
from books import faults_of, saved, sound
from openpyxl import load_workbook

from medevac.planner import read_problem
from medevac.planner.reading.aircraft import AIRCRAFT_KEYS, LAYOUT_KEYS
from medevac.planner.reading.fixed import FIXED_FLIGHT_KEYS
from medevac.planner.reading.hospitals import HOSPITAL_KEYS, PLACES_KEYS, REACH_KEYS
from medevac.planner.reading.network import AIRPORT_KEYS, COUNTRY_KEYS, HUB_KEYS, WEIGHT_KEYS
from medevac.planner.reading.patients import PATIENT_KEYS
from medevac.tables import LANGUAGES, guide, look, read_workbook, vocabulary
from medevac.tables.columns import Kind, Words, plain
from medevac.tables.sheets import SHEET_BY_KEY, SHEETS
from medevac.tables.sheets.fleet import LEGS_NOTE, legs_column

CYRILLIC = set("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")
SAME_IN_ALL = {"Format", "Base", "medevac"}


def texts() -> Iterator[Words]:
    """Every text of a workbook."""
    for sheet in SHEETS:
        yield from (sheet.name, sheet.about)
        for column in sheet.columns:
            yield from (column.heading, column.note)
    yield from (LEGS_NOTE, legs_column(1).heading, legs_column(4).heading)
    for module in (guide, look, vocabulary):
        for value in vars(module).values():
            yield from words_in(value)


def words_in(value: object) -> Iterator[Words]:
    """The texts inside a constant."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from words_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from words_in(inner)


def test_no_text_is_missing_in_any_language() -> None:
    """Tests every text: there in all three, Ukrainian in Cyrillic, the others not, and not copied."""
    found = list(texts())
    assert len(found) > 200
    for words in found:
        assert all(text.strip() for text in words.all), words
        assert set(words.uk.casefold()) & CYRILLIC, words
        assert not set((words.en + words.nb).casefold()) & CYRILLIC, words
        assert words.en != words.nb or words.en in SAME_IN_ALL, words


def test_a_heading_means_one_column_on_its_sheet() -> None:
    """Tests that no heading or key in any language is that of another column or another sheet."""
    for sheet in SHEETS:
        owners: dict[str, str] = {}
        for column in sheet.columns:
            for heading in {plain(heading) for heading in (column.key, *column.heading.all)}:
                assert owners.setdefault(heading, column.key) == column.key, (sheet.key, heading)
    titles = [plain(title) for sheet in SHEETS for title in {sheet.key, *sheet.name.all}]
    titles += [plain(title) for words in (vocabulary.GUIDE, vocabulary.LISTS) for title in words.all]
    assert len({*titles}) == len(titles) - sum(plain(sheet.key) == plain(sheet.name.en) for sheet in SHEETS)
    assert all(len(title) <= 31 for title in titles)


def test_headings_say_that_times_are_in_utc() -> None:
    """Tests the headings of all clock times and instants."""
    timed = [
        column for sheet in SHEETS for column in sheet.columns if column.kind in (Kind.CLOCK, Kind.INSTANT)
    ]
    assert len(timed) == 6
    assert all("UTC" in heading for column in timed for heading in column.heading.all)


@pytest.mark.parametrize(
    ("sheet", "keys"),
    [
        ("airports", AIRPORT_KEYS),
        ("hubs", HUB_KEYS),
        ("countries", COUNTRY_KEYS),
        ("hospitals", set(HOSPITAL_KEYS) - {"reach", "places", "suitability"}),
        ("reach", REACH_KEYS),
        ("places", PLACES_KEYS),
        ("aircraft", set(AIRCRAFT_KEYS) - {"layouts"}),
        ("layouts", LAYOUT_KEYS),
        ("patients", PATIENT_KEYS),
        ("fixed_flights", FIXED_FLIGHT_KEYS),
        ("weights", {"priority.1", "priority.2", "priority.3", *WEIGHT_KEYS} - {"priority"}),
    ],
)
def test_every_key_of_the_format_has_a_column(sheet: str, keys: set[str]) -> None:
    """Tests that the workbook knows what the planner's reader knows, and nothing else."""
    own = {"airports": {"code"}, "hubs": {"code"}, "countries": {"code"}, "reach": {"hospital"}}
    own |= {"places": {"hospital", "specialty"}, "layouts": {"aircraft"}}
    columns = {column.key for column in SHEET_BY_KEY[sheet].columns if not column.calculated}
    assert columns - own.get(sheet, set()) == set(keys)


def translate(cell: Any, rnd: random.Random) -> None:
    """Put the word of another language into a cell of few words."""
    if cell.value is None:
        return
    choice, flag = vocabulary.choice_of(cell.value), vocabulary.flag_of(cell.value)
    words = (vocabulary.YES if flag else vocabulary.NO) if choice is None else vocabulary.CHOICES[choice]
    cell.value = rnd.choice(words.all)


@pytest.mark.parametrize("seed", range(8))
def test_languages_may_be_mixed(seed: int) -> None:
    """Tests a workbook whose names, headings and choices are each in a language drawn at random."""
    rnd = random.Random(seed)
    book = load_workbook(io.BytesIO(sound("en")))
    for sheet in SHEETS:
        page = book[sheet.name.en]
        page.title = "renamed"  # openpyxl would number a name that differs from its old one by case only
        page.title = rnd.choice([*sheet.name.all, sheet.key])
        cells = page["A"] if sheet.lists_settings else page[1]
        for cell in cells:
            column = sheet.by_heading.get(plain(str(cell.value)))
            if column is None:
                continue
            cell.value = rnd.choice([*column.heading.all, column.key, column.heading.nb.upper() + " *"])
            if column.kind in (Kind.CHOICE, Kind.FLAG):
                for row in range(2, page.max_row + 1):
                    translate(page.cell(row, cell.column), rnd)
    data = saved(book)
    assert faults_of(data) == []
    assert read_workbook(data).problem == read_workbook(sound("uk")).problem


def test_the_languages_are_those_of_the_columns() -> None:
    """Tests that all languages give the same problem."""
    problems = [read_workbook(sound(language)).raw for language in LANGUAGES]
    assert [read_problem(raw).problem for raw in problems] == [read_problem(problems[0]).problem] * 3
    assert set(LANGUAGES) == {"en", "nb", "uk"}
