"""The columns that a list of cases can show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from medevac.cases.looking import written_latin_name, written_name
from medevac.cases.models.case import AgeBand, Category, Isolation, Position
from medevac.cases.rules import ENDED
from medevac.cases.selectors.listing import Row
from medevac.cases.states import State
from medevac.directory.specialties import in_reading_order, specialty_html

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Column:
    """One column: its word in the address, its heading, and what a row says in it."""

    name: str
    label: str | _StrPromise
    cell: Callable[[Row], Any]


def _name(row: Row) -> str:
    if row.person is None or not written_name(row.person):
        return ""
    latin = written_latin_name(row.person)
    return format_html(
        '<span class="name">{}</span>{}',
        written_name(row.person),
        format_html('<br><small class="name">{}</small>', latin) if latin else "",
    )


def _specialties(row: Row) -> str:
    return format_html_join(
        ", ", "{}", ((specialty_html(c),) for c in in_reading_order(row.case.specialties))
    )


def _waits(row: Row) -> str:
    return _("something is missing") if row.blocked else ""


def _word(choices: type[TextChoices], value: str) -> Any:
    """The word of a value; `get_…_display` would look through the words of all values for each row."""
    return choices(value).label if value else ""


COLUMNS: tuple[Column, ...] = (
    Column("name", _lazy("Patient"), _name),
    Column("state", _lazy("State"), lambda row: _word(State, row.case.state)),
    Column("priority", _lazy("Priority"), lambda row: row.case.priority),
    Column("clock", _lazy("Clock"), lambda row: row.clock),
    Column("waits", _lazy("Next step"), _waits),
    Column("category", _lazy("Category"), lambda row: _word(Category, row.case.category)),
    Column("specialties", _lazy("Specialties"), _specialties),
    Column("age", _lazy("Age"), lambda row: _word(AgeBand, row.case.age_band)),
    Column("position", _lazy("Travels"), lambda row: _word(Position, row.case.position)),
    Column("isolation", _lazy("Isolation"), lambda row: _word(Isolation, row.case.isolation)),
    Column("companions", _lazy("Companions"), lambda row: row.case.companions_count or ""),
    Column("requester", _lazy("Filed by"), lambda row: row.case.requester.name),
    Column("mission", _lazy("Mission"), lambda row: row.case.mission.name),
    Column("ewrs", _lazy("EWRS number"), lambda row: row.case.ewrs_number),
    Column(
        "changed",
        _lazy("Changed"),
        lambda row: date_format(localtime(row.case.changed_at), "SHORT_DATETIME_FORMAT"),
    ),
)
BY_NAME = {column.name: column for column in COLUMNS}
USUAL = ("name", "state", "priority", "clock", "waits", "specialties", "age", "requester")


def usual(rows: list[Row]) -> list[str]:
    """The columns that are shown where none was chosen, without those that would tell nothing.

    Who sees no person sees the age instead of the name; who filed is left out where it is always the same,
    and clock and next step where every case has ended.
    """
    idle = {"age"} if any(row.person for row in rows) else {"name"}
    if all(row.case.state in ENDED for row in rows):
        idle |= {"clock", "waits"}
    if len({row.case.requester_id for row in rows}) == 1:
        idle.add("requester")
    return [name for name in USUAL if name not in idle]


def chosen(names: list[str], rows: list[Row]) -> list[Column]:
    """The columns of some names, in the order of the list; the usual ones where none is known."""
    known = [column for column in COLUMNS if column.name in names]
    return known or [column for column in COLUMNS if column.name in usual(rows)]
