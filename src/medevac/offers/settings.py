"""Settings of this room: the usual stay, how long an offer holds, and when a place is stale."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings


def usual_stay_days() -> int:
    """Days that a place is taken where nobody has said; 53 was the acute mean in Bonn (DOMAIN.md, S68)."""
    return int(settings.MEDEVAC_OFFERS_STAY_DAYS)


def offer_holds() -> timedelta:
    """How long an offer can be chosen, unless it says otherwise."""
    return timedelta(hours=int(settings.MEDEVAC_OFFERS_HOLD_HOURS))


def stale_after() -> timedelta:
    """After which time a place that nobody has confirmed again is shown as stale and chased."""
    return timedelta(hours=int(settings.MEDEVAC_OFFERS_STALE_HOURS))


def taken_told_days() -> int:
    """How many days before a promise is due it is told that another patient still lies in the place."""
    return int(settings.MEDEVAC_OFFERS_TAKEN_DAYS)


def aircraft_file() -> str:
    """The path of the file with the aircraft that suggestions count with; empty for the usual one."""
    return str(settings.MEDEVAC_OFFERS_AIRCRAFT)


def reminded_before() -> timedelta:
    """How long before a deadline whoever has not answered is reminded."""
    return timedelta(hours=int(settings.MEDEVAC_OFFERS_REMIND_HOURS))
