"""One day for everybody: which it is, and that nobody asks the reader's clock for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

import medevac
from medevac.people.days import beginning_of, current_day, day_of


@pytest.mark.parametrize(
    ("zone", "moment", "expected"),
    [
        ("Europe/Oslo", datetime(2026, 11, 29, 22, 59, tzinfo=UTC), date(2026, 11, 29)),
        ("Europe/Oslo", datetime(2026, 11, 29, 23, 0, tzinfo=UTC), date(2026, 11, 30)),
        ("Europe/Oslo", datetime(2026, 6, 29, 22, 0, tzinfo=UTC), date(2026, 6, 30)),  # two hours in summer
        ("Europe/Kyiv", datetime(2026, 11, 29, 22, 0, tzinfo=UTC), date(2026, 11, 30)),
        ("America/Toronto", datetime(2026, 11, 30, 4, 59, tzinfo=UTC), date(2026, 11, 29)),
    ],
)
def test_the_day_is_that_of_the_service(settings, zone: str, moment: datetime, expected: date) -> None:
    """Tests midnight in winter and summer, whoever reads."""
    settings.MEDEVAC_TIME_ZONE = zone
    for reader in ("UTC", "Pacific/Auckland", "America/Vancouver"):
        with timezone.override(ZoneInfo(reader)):
            assert day_of(moment) == expected
            assert day_of(beginning_of(expected)) == expected
            assert day_of(beginning_of(expected) - timedelta(microseconds=1)) == expected - timedelta(days=1)


def test_it_is_the_day_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests half an hour past midnight in Oslo, while UTC has the day before."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 29, 23, 30, tzinfo=UTC))
    assert current_day() == date(2026, 11, 30)


def test_nobody_asks_the_reader_s_clock() -> None:
    """Tests that no line of the service asks Django or the machine which day it is."""
    room = Path(medevac.__file__).parent
    web = ("people", "directory", "cases", "offers", "messages", "documents", "operations", "api", "site")
    words = ("localdate", "date.today", ".today()", "__date__")
    asked = [
        path.relative_to(room).as_posix()
        for name in web
        for path in sorted((room / name).rglob("*.py"))
        if any(word in path.read_text(encoding="utf-8") for word in words)
    ]
    assert asked == []
