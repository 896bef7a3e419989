"""What an installation sets for cases; read, checked and given its defaults by the settings of the service.

The hours of the priorities follow NATO and UK usage (DOMAIN.md, S109). The other defaults are assumptions:
hospitals differ in what they screen for, and missions in when they need a paper.
"""

from __future__ import annotations

from django.conf import settings


def clock_hours(priority: str) -> int:
    """Hours within which a case of a priority is to leave, from its verification or change of priority."""
    hours: dict[str, int] = settings.MEDEVAC_PRIORITY_HOURS
    return hours[priority]


def required_screening() -> tuple[str, ...]:
    """The organisms that every patient is screened for, and that must be negative before isolation ends."""
    return tuple(settings.MEDEVAC_REQUIRED_SCREENING)


def item_days(step: str) -> int | None:
    """Days until an item is due that a step waits for and nobody has set a deadline for; None for never."""
    days: dict[str, int] = settings.MEDEVAC_ITEM_DAYS
    return days.get(step)


def chase_hours() -> int:
    """Hours before a deadline from which its owner is reminded, at most once a day."""
    return int(settings.MEDEVAC_CHASE_HOURS)
