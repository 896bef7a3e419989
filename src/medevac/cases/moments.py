"""Which moments can be written down of a case: what is beyond them cannot be shown in every time zone.

A database keeps the first hour of the year 1, and no page that has to tell it in another zone can be drawn.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from medevac.cases.models.person import FIRST_BIRTH_YEAR
from medevac.people.refusals import RefusedError

LAST_YEAR = 2200


def refuse_unless_past(moment: datetime) -> None:
    """Refuse a moment that is still to come, or that lies before anybody who lives."""
    if moment.year < FIRST_BIRTH_YEAR:
        raise RefusedError(
            _("Expected a time from the year %(first)s on, got the year %(year)s. Correct it.")
            % {"first": FIRST_BIRTH_YEAR, "year": moment.year}
        )
    if moment > timezone.now():
        raise RefusedError(_("Expected a time that has passed. Correct it."))


def refuse_beyond(moment: datetime | None) -> None:
    """Refuse a moment that no case can last until."""
    if moment is not None and not FIRST_BIRTH_YEAR <= moment.year <= LAST_YEAR:
        raise RefusedError(
            _("Expected a time before the year %(last)s, got the year %(year)s. Correct it.")
            % {"last": LAST_YEAR, "year": moment.year}
        )
