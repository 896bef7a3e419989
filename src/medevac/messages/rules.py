"""Rules of sending, as data and pure functions: paces, states, quiet hours, digests, pauses between tries."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Pace(TextChoices):
    """How soon something leaves by a channel."""

    AT_ONCE = "at_once", _("At once")
    HOURLY = "hourly", _("Once an hour, together")
    DAILY = "daily", _("Once a day, together")
    NEVER = "never", _("Not at all")


class State(TextChoices):
    """Where a delivery stands."""

    WAITING = "waiting", _("waiting")
    GATHERED = "gathered", _("waiting for the next digest")
    BUNDLED = "bundled", _("in a digest")
    SENT = "sent", _("sent")
    DEAD = "dead", _("given up")
    NEEDLESS = "needless", _("no longer needed")


DIGEST_AT = time(7, 0)  # in the person's own time zone
SHORTEST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)
MOST_TRIES = (
    16  # with the pauses below about two days, so that a mail server may be away over a weekend night
)
SILENT_AFTER = timedelta(minutes=15)  # a channel that sends nothing for so long though something waits


def pause_after(tries: int) -> timedelta:
    """How long to wait after a failed try: half a minute, then twice as long each time, up to six hours."""
    doublings = min(max(tries - 1, 0), 12)
    return min(LONGEST_PAUSE, SHORTEST_PAUSE * (1 << doublings))


def next_digest(pace: Pace, now: datetime, zone: ZoneInfo) -> datetime:
    """When the next digest leaves: at the full hour, or at seven in the morning where the person lives."""
    local = now.astimezone(zone)
    if pace is Pace.HOURLY:
        return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    today = local.replace(hour=DIGEST_AT.hour, minute=DIGEST_AT.minute, second=0, microsecond=0, fold=0)
    if today > local:
        return today.astimezone(now.tzinfo)
    tomorrow = datetime.combine(local.date() + timedelta(days=1), DIGEST_AT, tzinfo=zone)
    return tomorrow.astimezone(now.tzinfo)


def after_quiet(moment: datetime, starts: time, ends: time, zone: ZoneInfo) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls into.

    Parameters
    ----------
    moment
        When it would leave.
    starts, ends
        The quiet hours on the person's clock; they may pass midnight. The same time twice means none.
    zone
        The person's time zone.
    """
    local = moment.astimezone(zone)
    clock = local.time()
    passes_midnight = starts > ends
    quiet = starts <= clock < ends if not passes_midnight else (clock >= starts or clock < ends)
    if starts == ends or not quiet:
        return moment
    day = local.date() + timedelta(days=1) if passes_midnight and clock >= starts else local.date()
    return datetime.combine(day, ends, tzinfo=zone).astimezone(moment.tzinfo)
