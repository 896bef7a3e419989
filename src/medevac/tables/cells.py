"""One cell: from what stands in it to a value of the document, and back, without loss.

Where a text would not survive a cell as it is (outer blanks, characters that a workbook cannot hold), or
would be read as something else, the cell holds `json:` and the value as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any

from medevac.tables.columns import Column, Kind, Language
from medevac.tables.numerals import Numeral, read_numeral
from medevac.tables.vocabulary import (
    CHOICES,
    EMPTY_LIST,
    choice_of,
    flag_of,
    flag_word,
    marks_example,
    means_empty_list,
)

JSON_MARK = "json:"
LARGEST_NUMBER = 10**15
DEEPEST_JSON = 60  # in a cell; the whole document, around it, may have 64 levels
LONGEST_TEXT = 32_767  # characters in a cell, by the workbook format
FIRST_DATE = date(1900, 3, 1)  # before it, spreadsheet programs disagree about the calendar

_BROKEN_LINES = re.compile("_x000[DdAa]_|\r\n?")
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|x005F_")
_BETWEEN_NAMES = re.compile(r"[,;\n]")
_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::00)?")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DOTTED_DATE = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_INSTANT = re.compile(r"(\S.*?)(?:T|\s+|,\s*)([0-9]{1,2}[:.][0-9]{2}(?::00)?)\s*(?:Z|UTC)?", re.IGNORECASE)
_WHOLE_DAY = (datetime(1900, 1, 1), datetime(1904, 1, 2))  # the serial number 1 in either calendar


class UnfitCellError(ValueError):
    """A cell that cannot be read: what was expected, what came, what to do."""

    def __init__(self, expected: str, got: str, remedy: str) -> None:
        super().__init__(expected)
        self.expected = expected
        self.got = got
        self.remedy = remedy


def is_blank(value: Any) -> bool:
    """Whether a cell holds nothing that can be seen."""
    return value is None or (isinstance(value, str) and not value.strip())


def read_cell(value: Any, kind: Kind) -> Any:
    """The document's value of a cell that is not blank.

    Parameters
    ----------
    value
        What the spreadsheet holds: a text, number, truth value, date, time or duration.
    kind
        What the column holds.

    Raises
    ------
    UnfitCellError
        When the cell does not hold such a value. What is merely out of range is judged elsewhere.
    """
    if isinstance(value, str):
        value = _BROKEN_LINES.sub("\n", value).strip()
        if value.startswith(JSON_MARK):
            return _from_json(value)
    return _READERS[kind](value)


def write_cell(value: Any, column: Column, language: Language) -> Any:
    """What to put into a cell for a value of a sound document; dates and times become real ones.

    Raises
    ------
    ValueError
        When the text is too long for a cell.
    """
    if value is None and column.kind is not Kind.FREE:
        return None
    written = _WRITERS[column.kind](value, language)
    if isinstance(written, str) and len(written) > LONGEST_TEXT:
        raise ValueError(f"{len(written)} characters")
    return written


def as_text(text: str) -> str:
    """A text as it can stand in a cell and be read again as the same text."""
    return _to_json(text) if _needs_json(text) or marks_example(text) else text


def shown(value: Any) -> str:
    """What stands in a cell, in a few words."""
    if isinstance(value, bool):
        return f"the truth value {str(value).upper()}"
    if isinstance(value, datetime):
        clock = value.strftime("%H:%M:%S").removesuffix(":00")
        return f"the date {value.date()}" + ("" if value.time() == time() else f" {clock}")
    if isinstance(value, time):
        return f"the time {value.strftime('%H:%M:%S').removesuffix(':00')}"
    if isinstance(value, timedelta):
        hours, minutes = divmod(round(value.total_seconds() / 60), 60)
        return f"a duration of {hours}:{minutes:02} hours"
    if isinstance(value, str):
        text = value if len(value) <= 60 else f"{value[:60]}…"
        return json.dumps(text, ensure_ascii=False)
    return str(value)


def _from_json(text: str) -> Any:
    try:
        value = json.loads(text.removeprefix(JSON_MARK))
        if _depth(value) > DEEPEST_JSON:
            remedy = "Write a flatter value."
            raise UnfitCellError(f"at most {DEEPEST_JSON} levels of nesting", "more", remedy)
        return value
    except UnfitCellError:
        raise
    except (ValueError, RecursionError):
        remedy = 'Write the value as JSON after "json:", or a text that does not begin with it.'
        raise UnfitCellError('JSON after "json:"', shown(text), remedy) from None


def _depth(value: Any) -> int:
    """How many lists and objects lie within each other."""
    depth, level = 0, [value]
    while level := [one for one in level if isinstance(one, dict | list)]:
        depth += 1
        level = [inner for one in level for inner in (one.values() if isinstance(one, dict) else one)]
    return depth


def _to_json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    if _UNSAFE.search(text):
        text = json.dumps(value).replace("_", "\\u005f").replace("\x7f", "\\u007f")
    return JSON_MARK + text


def _needs_json(text: str) -> bool:
    return text != text.strip() or not text or text.startswith(JSON_MARK) or bool(_UNSAFE.search(text))


def _read_name(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        return str(int(value)) if value == int(value) else str(value)
    remedy = "Format the cell as text, and write the name again."
    raise UnfitCellError("a name", shown(value), remedy)


def _read_names(value: Any) -> list[str]:
    if not isinstance(value, str):
        return [_read_name(value)]
    if means_empty_list(value):
        return []
    return [name for part in _BETWEEN_NAMES.split(value) if (name := part.strip())]


def _read_number(value: Any) -> int | float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        remedy = "Format the cell as a number, and write it again."
        raise UnfitCellError("a number", shown(value), remedy)
    numeral = read_numeral(value)
    if numeral is Numeral.AMBIGUOUS:
        remedy = "It could be read in two ways: write it without a separator of thousands."
        raise UnfitCellError("a number that can be read in one way only", shown(value), remedy)
    if numeral is Numeral.NONE:
        raise UnfitCellError("a number", shown(value), "Write digits, with a comma or a point for decimals.")
    assert not isinstance(numeral, Numeral)
    return numeral


def _read_date(value: Any) -> str:
    if isinstance(value, datetime):
        moment = _to_second(value)
        if moment.time() == time():
            return moment.date().isoformat()
        raise UnfitCellError("a date without a time", shown(value), "Write the date alone.")
    found = _date_of(value) if isinstance(value, str) else None
    if found is None:
        remedy = "Write it like 2026-01-31 or 31.1.2026, and check that the calendar has it."
        raise UnfitCellError("a date", shown(value), remedy)
    return found


def _date_of(text: str) -> str | None:
    """The date that a text names: year first with hyphens, or day first with points; no other order."""
    iso, dotted = _ISO_DATE.fullmatch(text), _DOTTED_DATE.fullmatch(text)
    match = iso or dotted
    if match is None:
        return None
    numbers = [int(group) for group in match.groups()]
    year, month, day = numbers if iso else reversed(numbers)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _read_dates(value: Any) -> list[str]:
    if not isinstance(value, str):
        return [_read_date(value)]
    if means_empty_list(value):
        return []
    return [_read_date(part.strip()) for part in _BETWEEN_NAMES.split(value) if part.strip()]


def _read_clock(value: Any) -> str:
    if value in _WHOLE_DAY:
        return "24:00"
    if isinstance(value, time):
        value = timedelta(
            hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
        )
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        if 0 <= seconds <= 86_400 and seconds % 60 == 0:
            return f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match and int(match[2]) < 60 and int(match[1]) * 60 + int(match[2]) <= 1440:
        return f"{int(match[1]):02}:{match[2]}"
    remedy = "Write it in UTC, hours and minutes, like 05:30."
    raise UnfitCellError("a clock time HH:MM from 00:00 to 24:00", shown(value), remedy)


def _read_instant(value: Any) -> str:
    if isinstance(value, datetime):
        moment = _to_second(value)
        if moment.second == 0:
            return f"{moment.date().isoformat()}T{moment.hour:02}:{moment.minute:02}Z"
    match = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    day = _date_of(match[1]) if match else None
    if match and day:
        clock = _read_clock(match[2])
        if clock != "24:00":
            return f"{day}T{clock}Z"
    remedy = "Write date and time in UTC, like 2026-01-31 06:00."
    raise UnfitCellError("a date with a clock time in whole minutes", shown(value), remedy)


def _to_second(moment: datetime) -> datetime:
    """To the nearest second: a spreadsheet's time is a fraction of a day."""
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def _read_flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    flag = flag_of(value) if isinstance(value, str) else None
    if flag is None:
        raise UnfitCellError("yes or no", shown(value), "Write yes or no, ja or nei, так or ні.")
    return flag


def _read_choice(value: Any) -> str:
    if not isinstance(value, str):
        raise UnfitCellError("a word of the list", shown(value), "Choose one from the list of the cell.")
    return choice_of(value) or value


def _read_free(value: Any) -> Any:
    if isinstance(value, datetime):
        moment = _to_second(value)
        return moment.date().isoformat() if moment.time() == time() else moment.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value) if isinstance(value, timedelta) else value


def _write_name(value: str, _language: Language) -> str:
    return as_text(value)


def _write_names(value: list[str], language: Language) -> str:
    if not value:
        return EMPTY_LIST.of(language)
    alone = len(value) == 1 and means_empty_list(value[0])
    if alone or any(_needs_json(name) or _BETWEEN_NAMES.search(name) for name in value):
        return _to_json(value)
    return ", ".join(value)


def _write_number(value: int | float, _language: Language) -> int | float | str:
    """A number, or its JSON where the sixteen digits that openpyxl writes do not tell it."""
    return value if float(f"{value:.16g}") == value else _to_json(value)


def _write_date(value: str, _language: Language) -> date | str:
    day = date.fromisoformat(value)
    return day if day >= FIRST_DATE else value


def _write_clock(value: str, _language: Language) -> time | timedelta:
    hours, minutes = int(value[:2]), int(value[3:5])
    return timedelta(days=1) if hours == 24 else time(hours, minutes)


def _write_instant(value: str, _language: Language) -> datetime | str:
    moment = datetime.fromisoformat(value.removesuffix("Z"))
    return moment if moment.date() >= FIRST_DATE else value


def _write_flag(value: bool, language: Language) -> str:
    return flag_word(value, language)


def _write_choice(value: str, language: Language) -> str:
    return CHOICES[value].of(language)


def _write_free(value: Any, language: Language) -> Any:
    if isinstance(value, str):
        return as_text(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float) and abs(value) < LARGEST_NUMBER:
        return _write_number(value, language)
    return _to_json(value)


_READERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.NAME: _read_name,
    Kind.NAMES: _read_names,
    Kind.NUMBER: _read_number,
    Kind.DATE: _read_date,
    Kind.DATES: _read_dates,
    Kind.CLOCK: _read_clock,
    Kind.INSTANT: _read_instant,
    Kind.FLAG: _read_flag,
    Kind.CHOICE: _read_choice,
    Kind.FREE: _read_free,
}
_WRITERS: dict[Kind, Callable[[Any, Language], Any]] = {
    Kind.NAME: _write_name,
    Kind.NAMES: _write_names,
    Kind.NUMBER: _write_number,
    Kind.DATE: _write_date,
    Kind.DATES: _write_names,
    Kind.CLOCK: _write_clock,
    Kind.INSTANT: _write_instant,
    Kind.FLAG: _write_flag,
    Kind.CHOICE: _write_choice,
    Kind.FREE: _write_free,
}
