"""What an installation may set for cases: the hours of each priority."""

from __future__ import annotations

from django.conf import settings

# Hours until evacuation by priority (DOMAIN.md: NATO/UK usage, S109); MEDEVAC_PRIORITY_HOURS sets others.
USUAL_HOURS = {"P1": 24, "P2": 48, "P3": 168}


def clock_hours(priority: str) -> int:
    """Hours within which a case of a priority is to leave, from its verification or change of priority."""
    hours: dict[str, int] = getattr(settings, "MEDEVAC_PRIORITY_HOURS", USUAL_HOURS)
    return hours[priority]


# Organisms that must be negative before contact precautions end. An assumption: hospitals differ in what they
# ask for. MEDEVAC_REQUIRED_SCREENING sets others, by the codes of `Organism`.
USUAL_SCREENING = ("mrsa", "vre", "cpe", "acinetobacter")


def required_screening() -> tuple[str, ...]:
    """What every patient is screened for."""
    return tuple(getattr(settings, "MEDEVAC_REQUIRED_SCREENING", USUAL_SCREENING))


# Days until an item is due that nobody has set a deadline for, by the step that waits for it. An assumption;
# MEDEVAC_ITEM_DAYS sets others. What waits at no step, or at one after the journey, gets none by itself.
USUAL_ITEM_DAYS = {"submit": 1, "verify": 2, "publish": 3, "offer": 5, "choose": 7, "book": 7, "board": 7}
# Hours before a deadline from which its owner is reminded, at most once a day; MEDEVAC_CHASE_HOURS.
USUAL_CHASE_HOURS = 48


def item_days(step: str) -> int | None:
    """Days until an item is due that a step waits for; None where it gets no deadline by itself."""
    days: dict[str, int] = getattr(settings, "MEDEVAC_ITEM_DAYS", USUAL_ITEM_DAYS)
    return days.get(step)


def chase_hours() -> int:
    """Hours before a deadline from which its owner is reminded."""
    return int(getattr(settings, "MEDEVAC_CHASE_HOURS", USUAL_CHASE_HOURS))
