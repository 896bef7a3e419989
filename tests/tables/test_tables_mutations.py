"""Tests that 200 workbooks, each damaged in its own way, give clear faults or a problem, and nothing else.

Each seed gives the same damage every time: one to four changes by a clumsy hand or a broken program.
"""

from __future__ import annotations

import io
import random
import re
import string
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from books import saved, sound
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from medevac.planner import Fault, FaultsError
from medevac.tables import LANGUAGES, read_workbook

ODD_VALUES: list[Any] = [
    *(None, "", " ", 0, -1, 1.5, 1e300, -1e-300, True, False, "x", "ja", "Так", "#N/A", "=A1", "=1/0"),
    *("json:", "json:[1]", "json:{}", "json:null", "json:5", "1,5", "1,234", "1 000", "1e5", "٣", "½", "−1"),
    *(
        "24:00",
        "25:61",
        "12.1.2026",
        "2026-02-30",
        "32.1.2026",
        "2026-01-12T10:00Z",
        "tomorrow",
        "EPRZ",
        "(none)",
    ),
    *(date(2026, 1, 14), datetime(2026, 1, 14, 9, 30, 1), datetime(9999, 12, 31), time(7, 5), time(7, 5, 30)),
    *(
        timedelta(days=1),
        timedelta(days=-1),
        timedelta(hours=30),
        "a" * 32_767,
        "Example: x",
        "x-",
        "DE,,NO",
        ";",
    ),
]
PLACE = re.compile(
    r'sheet ".+?"(, row \d+)?(, (column [A-Z]+|column|setting)( ".*")?)?|the workbook', re.DOTALL
)


def any_sheet(book: Workbook, rnd: random.Random) -> Worksheet:
    """One of the sheets that are read."""
    return book.worksheets[rnd.randrange(1, len(book.worksheets) - 1)]


def change_cell(book: Workbook, rnd: random.Random) -> None:
    sheet = any_sheet(book, rnd)
    row, column = rnd.randint(1, 5), rnd.randint(1, max(2, sheet.max_column))
    sheet.cell(row, column).value = rnd.choice(ODD_VALUES)


def change_format(book: Workbook, rnd: random.Random) -> None:
    sheet = any_sheet(book, rnd)
    cell = sheet.cell(2, rnd.randint(1, sheet.max_column))
    cell.number_format = rnd.choice(
        ["@", "General", "yyyy-mm-dd", "[hh]:mm", "hh:mm", "0 %", "d.m.yyyy hh:mm"]
    )


def type_as_text(book: Workbook, rnd: random.Random) -> None:
    for row in any_sheet(book, rnd).iter_rows(min_row=2):
        for cell in row:
            if cell.value is not None:
                cell.value = str(cell.value)


def swap_columns(book: Workbook, rnd: random.Random) -> None:
    sheet = any_sheet(book, rnd)
    one, other = rnd.randint(1, sheet.max_column), rnd.randint(1, sheet.max_column)
    for row in range(rnd.randint(1, 2), 5):
        first, second = sheet.cell(row, one), sheet.cell(row, other)
        first.value, second.value = second.value, first.value


def shift_rows(book: Workbook, rnd: random.Random) -> None:
    any_sheet(book, rnd).insert_rows(rnd.randint(1, 3), rnd.randint(1, 2))


def remove_column(book: Workbook, rnd: random.Random) -> None:
    sheet = any_sheet(book, rnd)
    sheet.delete_cols(rnd.randint(1, sheet.max_column))


def remove_row(book: Workbook, rnd: random.Random) -> None:
    any_sheet(book, rnd).delete_rows(rnd.randint(1, 4))


def repeat_row(book: Workbook, rnd: random.Random) -> None:
    sheet = any_sheet(book, rnd)
    for cell in list(sheet[2]):
        sheet.cell(4, cell.column).value = cell.value


def rename_sheet(book: Workbook, rnd: random.Random) -> None:
    sheet = any_sheet(book, rnd)
    sheet.title = rnd.choice(
        [sheet.title + " 2", sheet.title[:-1] or "A", "Ark1", "Пацієнт", "x-old", "Read me 2"]
    )


def remove_sheet(book: Workbook, rnd: random.Random) -> None:
    book.remove(any_sheet(book, rnd))


def copy_sheet(book: Workbook, rnd: random.Random) -> None:
    book.copy_worksheet(any_sheet(book, rnd))


def hide_sheet(book: Workbook, rnd: random.Random) -> None:
    any_sheet(book, rnd).sheet_state = rnd.choice(["hidden", "veryHidden"])


def merge(book: Workbook, rnd: random.Random) -> None:
    row, column = rnd.randint(1, 3), rnd.randint(1, 4)
    any_sheet(book, rnd).merge_cells(
        start_row=row,
        start_column=column,
        end_row=row + rnd.randint(0, 2),
        end_column=column + rnd.randint(0, 2),
    )


def corrupt_xml(data: bytes, rnd: random.Random) -> bytes:
    """Change some bytes inside one part, with the archive itself sound."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        parts = old.namelist()
        victim = rnd.choice(parts)
        for part in parts:
            content = old.read(part)
            if part == victim:
                content = rnd.choice([drop_bytes, flip_bytes, cut_tail, swap_digits])(content, rnd)
            if part != victim or rnd.random() > 0.1:
                new.writestr(part, content)
    return target.getvalue()


def drop_bytes(content: bytes, rnd: random.Random) -> bytes:
    at = rnd.randrange(len(content))
    return content[:at] + content[at + rnd.randint(1, 30) :]


def flip_bytes(content: bytes, rnd: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rnd.randint(1, 20)):
        changed[rnd.randrange(len(changed))] = ord(rnd.choice(string.printable))
    return bytes(changed)


def cut_tail(content: bytes, rnd: random.Random) -> bytes:
    return content[: rnd.randrange(len(content))]


def swap_digits(content: bytes, rnd: random.Random) -> bytes:
    """Other numbers in attributes and values, which leaves the XML well formed."""
    return re.sub(
        rb"\d+",
        lambda match: b"%d" % rnd.choice([0, 1, 7, 99, 10**9]) if rnd.random() < 0.1 else match[0],
        content,
    )


def corrupt_archive(data: bytes, rnd: random.Random) -> bytes:
    """Change some bytes of the archive."""
    return rnd.choice([drop_bytes, flip_bytes, cut_tail])(data, rnd)


BY_HAND: list[Callable[[Workbook, random.Random], None]] = [
    *(change_cell, change_cell, change_cell, change_format, type_as_text, swap_columns, shift_rows),
    *(remove_column, remove_row, repeat_row, rename_sheet, remove_sheet, copy_sheet, hide_sheet, merge),
]
BY_ACCIDENT: list[Callable[[bytes, random.Random], bytes]] = [corrupt_xml, corrupt_xml, corrupt_archive]


def mutated(seed: int) -> bytes:
    """A workbook with the damage of a seed."""
    rnd = random.Random(seed)
    data = sound(rnd.choice(LANGUAGES))
    if seed % 3 == 0:
        return rnd.choice(BY_ACCIDENT)(data, rnd)
    book = load_workbook(io.BytesIO(data))
    for _ in range(rnd.randint(1, 4)):
        rnd.choice(BY_HAND)(book, rnd)
    return saved(book)


def found_in(data: bytes) -> tuple[Fault, ...]:
    """The faults of a workbook; none when it is still a problem."""
    try:
        read_workbook(data)
    except FaultsError as error:
        return error.faults
    return ()


@pytest.mark.parametrize("seed", range(200))
def test_a_mutated_workbook_gives_clear_faults(seed: int) -> None:
    """Tests that each fault has a place, what was expected, what came and what to do."""
    for fault in found_in(mutated(seed)):
        assert PLACE.fullmatch(fault.path), fault
        assert fault.expected, fault
        assert fault.got, fault
        assert fault.remedy.endswith((".", "?")), fault
        assert len(str(fault)) < 1000, fault
