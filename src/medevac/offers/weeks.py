"""The coming eight weeks of a place as a small picture: bars by day, and the same in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from medevac.offers.models import Hold, Place
from medevac.offers.states import HoldState

DAYS = 56
HEIGHT = 14
# The firmer a hold, the higher its bar, so that colour alone tells nothing.
HEIGHTS = {HoldState.OFFERED: 6, HoldState.RESERVED: 10, HoldState.OCCUPIED: 14}
LINE = 2
GIVEN = "given"


@dataclass(frozen=True)
class Bar:
    """One bar of the picture; days from the left, heights from the top."""

    word: str
    start: int
    days: int
    top: int
    height: int


@dataclass(frozen=True)
class Weeks:
    """The picture of one place, and what it says."""

    bars: tuple[Bar, ...]
    words: str


def weeks_of(place: Place, holds: Iterable[Hold], day: date) -> Weeks:
    """The eight weeks from a day on.

    Parameters
    ----------
    place
        The place.
    holds
        Those of its holds that count, by their first days.
    """
    bars, words = [], []
    given = _bar(GIVEN, place.first_day, place.last_day, LINE, day) if place.staffed else None
    if given:
        bars.append(given)
    for hold in holds:
        state = HoldState(hold.state)
        last = hold.last_day
        if state is HoldState.OCCUPIED and last is not None:
            last = max(last, day)
        bar = _bar(state.value, hold.first_day, last, HEIGHTS[state], day)
        if bar:
            bars.append(bar)
            words.append(_told(hold))
    if not bars:
        return Weeks((), _("It is not given in these eight weeks."))
    if not words:
        return Weeks(tuple(bars), _("Held for nobody in these eight weeks."))
    return Weeks(tuple(bars), "; ".join(words))


def _told(hold: Hold) -> str:
    facts = {"state": hold.get_state_display(), "first": _day(hold.first_day)}
    if hold.last_day is None:
        return _("%(state)s from %(first)s on") % facts
    return _("%(state)s from %(first)s until %(last)s") % {**facts, "last": _day(hold.last_day)}


def _day(day: date) -> str:
    return str(formats.date_format(day, "SHORT_DATE_FORMAT"))


def _bar(word: str, first: date, last: date | None, height: int, day: date) -> Bar | None:
    """The part of some days that lies within the eight weeks; None where none does."""
    start = max(0, (first - day).days)
    end = DAYS if last is None else min(DAYS, (last - day + timedelta(days=1)).days)
    return Bar(word, start, end - start, HEIGHT - height, height) if start < end else None
