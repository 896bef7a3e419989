"""Tests how single cells are read: numbers, dates and times typed in the ways in which people type them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from medevac.tables.cells import UnfitCellError, read_cell
from medevac.tables.columns import Kind

READ: list[tuple[Kind, Any, Any]] = [
    (Kind.NUMBER, 0.25, 0.25),
    (Kind.NUMBER, "0,25", 0.25),
    (Kind.NUMBER, "0.25", 0.25),
    (Kind.NUMBER, "0,125", 0.125),
    (Kind.NUMBER, "1 500", 1500),
    (Kind.NUMBER, "1\u00a0500,5", 1500.5),
    (Kind.NUMBER, "1234,567", 1234.567),
    (Kind.NUMBER, "−3,567", None),
    (Kind.NUMBER, "−3,5", -3.5),
    (Kind.NUMBER, "1,234", None),
    (Kind.NUMBER, "1.234", None),
    (Kind.NUMBER, "1,234.5", None),
    (Kind.NUMBER, "1e3", None),
    (Kind.NUMBER, "twelve", None),
    (Kind.NUMBER, True, None),
    (Kind.NUMBER, datetime(2026, 1, 5), None),
    (Kind.DATE, datetime(2026, 1, 31), "2026-01-31"),
    (Kind.DATE, "2026-01-31", "2026-01-31"),
    (Kind.DATE, "31.1.2026", "2026-01-31"),
    (Kind.DATE, "31. 01. 2026", "2026-01-31"),
    (Kind.DATE, datetime(2026, 1, 31, 9), None),
    (Kind.DATE, "31/01/2026", None),
    (Kind.DATE, "31.1.26", None),
    (Kind.DATE, "2026-02-30", None),
    (Kind.DATE, 46053, None),
    (Kind.DATES, datetime(2026, 1, 31), ["2026-01-31"]),
    (Kind.DATES, "2026-01-30, 31.1.2026;", ["2026-01-30", "2026-01-31"]),
    (Kind.DATES, "(ingen)", []),
    (Kind.DATES, "2026-01-30, soon", None),
    (Kind.CLOCK, time(5, 30), "05:30"),
    (Kind.CLOCK, time(5, 29, 59, 999_900), "05:30"),
    (Kind.CLOCK, timedelta(hours=24), "24:00"),
    (Kind.CLOCK, datetime(1900, 1, 1), "24:00"),
    (Kind.CLOCK, datetime(1900, 1, 1, 6), None),
    (Kind.CLOCK, "5:30", "05:30"),
    (Kind.CLOCK, "05.30", "05:30"),
    (Kind.CLOCK, "05:30:00", "05:30"),
    (Kind.CLOCK, "24:00", "24:00"),
    (Kind.CLOCK, "24:01", None),
    (Kind.CLOCK, 0.25, None),
    (Kind.CLOCK, time(5, 30, 20), None),
    (Kind.INSTANT, datetime(2026, 1, 31, 6, 0), "2026-01-31T06:00Z"),
    (Kind.INSTANT, datetime(2026, 1, 31, 5, 59, 59, 999_900), "2026-01-31T06:00Z"),
    (Kind.INSTANT, "2026-01-31T06:00Z", "2026-01-31T06:00Z"),
    (Kind.INSTANT, "31.1.2026 6:00", "2026-01-31T06:00Z"),
    (Kind.INSTANT, "2026-01-31 06:00 UTC", "2026-01-31T06:00Z"),
    (Kind.INSTANT, "2026-01-31", None),
    (Kind.INSTANT, "2026-01-31 24:00", None),
    (Kind.FLAG, True, True),
    (Kind.FLAG, "Ja", True),
    (Kind.FLAG, " НІ ", False),
    (Kind.FLAG, 1, None),
    (Kind.CHOICE, "Båre", "litter"),
    (Kind.CHOICE, "same-stop", "same-stop"),
    (Kind.CHOICE, "Samme stopp", "same-stop"),
    (Kind.CHOICE, "unknown", "unknown"),
    (Kind.CHOICE, 3, None),
    (Kind.NAME, " EPRZ\u00a0", "EPRZ"),
    (Kind.NAME, 12, "12"),
    (Kind.NAME, 12.0, "12"),
    (Kind.NAME, 'json:" a"', " a"),
    (Kind.NAME, "json:nonsense", None),
    (Kind.FREE, "json:" + "[" * 61 + "]" * 61, None),
    (Kind.FREE, "json:" + "[" * 5000, None),
    (Kind.NAME, datetime(2026, 1, 2), None),
    (Kind.NAMES, "DE, NO;SE\nDK", ["DE", "NO", "SE", "DK"]),
    (Kind.NAMES, "DE_x000D_\nNO", ["DE", "NO"]),
    (Kind.NAMES, 7, ["7"]),
    (Kind.NAMES, "(жодного)", []),
    (Kind.NAMES, 'json:["a, b"]', ["a, b"]),
    (Kind.FREE, datetime(2026, 1, 31), "2026-01-31"),
    (Kind.FREE, time(6, 5), "06:05"),
    (Kind.FREE, 2.5, 2.5),
    (Kind.FREE, 'json:{"a": 1}', {"a": 1}),
]


@pytest.mark.parametrize(("kind", "value", "expected"), READ)
def test_what_people_type_is_read_or_refused(kind: Kind, value: Any, expected: Any) -> None:
    """Tests that a value with one meaning is read, and one with two or none is refused with what came."""
    if expected is None:
        with pytest.raises(UnfitCellError) as caught:
            read_cell(value, kind)
        assert caught.value.expected
        assert caught.value.got
        assert caught.value.remedy.endswith(".")
    else:
        assert read_cell(value, kind) == expected
