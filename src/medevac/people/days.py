"""The calendar of the service: one day for everybody, whatever clock they read.

Days are of the mission (from when a place is there, until when a rule holds), not of whoever looks: what is
stopped from today on is stopped for Kyiv, Oslo and the worker at one moment. Clocks are shown in the zone of
the reader all the same.
"""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def current_day() -> date:
    """The day that it is now."""
    return day_of(timezone.now())


def day_of(moment: datetime) -> date:
    """The day of a moment."""
    return moment.astimezone(ZoneInfo(settings.MEDEVAC_TIME_ZONE)).date()


def beginning_of(day: date) -> datetime:
    """The moment at which a day begins."""
    return datetime.combine(day, time(), ZoneInfo(settings.MEDEVAC_TIME_ZONE))
