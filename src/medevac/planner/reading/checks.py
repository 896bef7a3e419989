"""What a single value may be: each check returns the value in its inner form or raises `UnfitError`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any, TypeVar

from medevac.planner.problem import DAY_MINUTES

T = TypeVar("T")
Word = TypeVar("Word", bound=str)
Check = Callable[[Any], T]

LARGEST_NUMBER = 10**15  # sums over a whole problem stay exact and far from overflow
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):([0-5][0-9])Z")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_SURROGATE = re.compile("[\ud800-\udfff]")


class UnfitError(ValueError):
    """A value that a check refuses: what was expected, what to do, and which words are known."""

    def __init__(self, expected: str, remedy: str = "", known: Collection[str] = ()) -> None:
        super().__init__(expected)
        self.expected = expected
        self.remedy = remedy
        self.known = known


def text(value: Any) -> str:
    """A string that is not blank and valid Unicode."""
    if isinstance(value, str) and value.strip() and not _SURROGATE.search(value):
        return value
    raise UnfitError("a string that is not blank", "Write it in quotation marks.")


def prose(value: Any) -> str:
    """A string, which may be empty."""
    if isinstance(value, str) and not _SURROGATE.search(value):
        return value
    raise UnfitError("a string", "Write it in quotation marks.")


def flag(value: Any) -> bool:
    """True or false."""
    if isinstance(value, bool):
        return value
    raise UnfitError("true or false", "Write true or false without quotation marks.")


def finite(value: Any) -> float:
    """Any finite number of a sensible size."""
    if _is_number(value) and abs(value) <= LARGEST_NUMBER:
        return _plain(value)
    raise UnfitError("a finite number", f"Write a number between -{LARGEST_NUMBER} and {LARGEST_NUMBER}.")


def amount(value: Any) -> float:
    """A finite number, 0 or more."""
    if _is_number(value) and 0 <= value <= LARGEST_NUMBER:
        return _plain(value)
    raise UnfitError("a number, 0 or more", f"Write a number from 0 to {LARGEST_NUMBER}.")


def above_zero(value: Any) -> float:
    """A finite number above 0."""
    if _is_number(value) and 0 < value <= LARGEST_NUMBER:
        return _plain(value)
    raise UnfitError("a number above 0", f"Write a number above 0, at most {LARGEST_NUMBER}.")


def count(value: Any) -> int:
    """A whole number, 0 or more; 3.0 counts as whole."""
    if _is_number(value) and 0 <= value <= LARGEST_NUMBER and value == int(value):
        return int(value)
    raise UnfitError("a whole number, 0 or more", f"Write a whole number from 0 to {LARGEST_NUMBER}.")


def whole(value: Any) -> int:
    """A whole number of any sign."""
    if _is_number(value) and abs(value) <= LARGEST_NUMBER and value == int(value):
        return int(value)
    raise UnfitError("a whole number", "Write a whole number without quotation marks.")


def minutes(value: Any) -> int:
    """A duration in whole minutes; 45.0 counts as whole."""
    if _is_number(value) and 0 <= value <= LARGEST_NUMBER and value == int(value):
        return int(value)
    raise UnfitError("whole minutes, 0 or more", "Write the duration as a whole number of minutes.")


def between(low: float, high: float) -> Check[float]:
    """A check for a number from `low` to `high`."""

    def check(value: Any) -> float:
        if _is_number(value) and low <= value <= high:
            return _plain(value)
        raise UnfitError(f"a number from {low} to {high}", "Correct the number.")

    return check


def whole_between(low: int, high: int) -> Check[int]:
    """A check for a whole number from `low` to `high`."""

    def check(value: Any) -> int:
        if _is_number(value) and low <= value <= high and value == int(value):
            return int(value)
        raise UnfitError(f"a whole number from {low} to {high}", "Correct the number.")

    return check


def day(value: Any) -> date:
    """A date as YYYY-MM-DD."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise UnfitError("a date YYYY-MM-DD", 'Write it like "2026-01-31", and check that the calendar has it.')


def instant(value: Any) -> datetime:
    """An instant as YYYY-MM-DDTHH:MMZ, with the time zone UTC."""
    match = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if match:
        try:
            found = date.fromisoformat(match[1])
        except ValueError:
            pass
        else:
            return datetime(found.year, found.month, found.day, int(match[2]), int(match[3]), tzinfo=UTC)
    raise UnfitError("an instant YYYY-MM-DDTHH:MMZ", 'Write it in UTC, like "2026-01-31T06:00Z".')


def clock(value: Any) -> int:
    """A clock time from 00:00 to 23:59, as minutes from 00:00."""
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match:
        return 60 * int(match[1]) + int(match[2])
    raise UnfitError("a clock time HH:MM from 00:00 to 23:59", 'Write it in UTC, like "05:30".')


def closing_clock(value: Any) -> int:
    """A clock time from 00:00 to 24:00, as minutes from 00:00."""
    if value == "24:00":
        return DAY_MINUTES
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match:
        return 60 * int(match[1]) + int(match[2])
    raise UnfitError("a clock time HH:MM up to 24:00", 'Write it in UTC, like "22:00".')


def one_of(*words: Word) -> Check[Word]:
    """A check for one of a few words."""
    expected = " or ".join(f'"{word}"' for word in words)

    def check(value: Any) -> Word:
        for word in words:
            if isinstance(value, str) and value == word:
                return word
        raise UnfitError(expected, "Use one of these words.", words)

    return check


def known(kind: str, names: Collection[str] | None, where: str) -> Check[str]:
    """A check for a name that is listed elsewhere in the document.

    Parameters
    ----------
    kind
        What is named, such as "an airport".
    names
        The names that are listed; None where the list itself could not be read, so that any will do.
    where
        The key under which they are listed.
    """
    listed = names if isinstance(names, Mapping | set | frozenset | None) else frozenset(names)

    def check(value: Any) -> str:
        name = text(value)
        if listed is None or name in listed:
            return name
        raise UnfitError(
            f'{kind} that is listed in "{where}"', f'List it in "{where}", or correct it.', listed
        )

    return check


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and _is_finite(value)


def _is_finite(value: int | float) -> bool:
    """Whether a number is finite; a whole number of any length is."""
    return isinstance(value, int) or isfinite(value)


def _plain(value: int | float) -> float:
    """The number as it came, but never a negative zero."""
    return value if value else 0
