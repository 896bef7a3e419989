"""How long a case still has: the clock of its priority, in words that can be said on the telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medevac.cases.models import Case
from medevac.cases.rules import CLOCK_RUNS
from medevac.cases.states import State

SOON = timedelta(hours=12)


@dataclass(frozen=True)
class Clock:
    """How a case stands against its time.

    Parameters
    ----------
    standing
        "overdue", "soon" or "running"; "" where no clock runs.
    words
        The same as a short phrase, such as "overdue by 3 hours".
    due
        Until when; None where no clock runs.
    """

    standing: str
    words: str
    due: datetime | None = None


def clock_of(case: Case, now: datetime | None = None) -> Clock:
    """The clock of a case; it runs from verification until boarding."""
    if case.due_at is None or case.state not in CLOCK_RUNS:
        waits = case.state in (State.DRAFT, State.SUBMITTED)
        return Clock("", _("starts with verification") if waits else "")
    left = case.due_at - (now or timezone.now())
    if left < timedelta():
        return Clock("overdue", _("overdue by %(time)s") % {"time": span(-left)}, case.due_at)
    standing = "soon" if left < SOON else "running"
    return Clock(standing, _("due in %(time)s") % {"time": span(left)}, case.due_at)


def span(time: timedelta) -> str:
    """A stretch of time in its largest whole unit: minutes under an hour, hours under two days, else days."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = hours // 24
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
