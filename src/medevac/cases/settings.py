"""What an installation may set for cases: the hours of each priority."""

from __future__ import annotations

from django.conf import settings

# Hours until evacuation by priority (DOMAIN.md: NATO/UK usage, S109); MEDEVAC_PRIORITY_HOURS sets others.
USUAL_HOURS = {"P1": 24, "P2": 48, "P3": 168}


def clock_hours(priority: str) -> int:
    """Hours within which a case of a priority is to leave, from its verification or change of priority."""
    hours: dict[str, int] = getattr(settings, "MEDEVAC_PRIORITY_HOURS", USUAL_HOURS)
    return hours[priority]
