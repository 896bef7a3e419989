"""The sessions of a user that could go on now."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from medevac.people.devices import device_words
from medevac.people.models import SignIn, User
from medevac.people.session_keys import SEEN

MOST_SHOWN = 100


@dataclass(frozen=True)
class OpenSession:
    """One session.

    Parameters
    ----------
    sign_in
        Its row.
    seen_at
        When its device last asked for something, to the minute.
    is_this
        Whether it is the one that asks.
    """

    sign_in: SignIn
    seen_at: datetime
    is_this: bool

    @property
    def device(self) -> str:
        """The device in words."""
        return device_words(self.sign_in.browser, self.sign_in.system)


def sessions_of(user: User, *, this: str | None = None) -> list[OpenSession]:
    """The user's sessions that have neither ended nor been idle for too long, this one first.

    Parameters
    ----------
    user
        Whose sessions.
    this
        The key of the session that asks.
    """
    rows = {
        row.session_key: row
        for row in SignIn.unscoped.filter(user=user, ended_at__isnull=True).order_by("-started_at")[
            :MOST_SHOWN
        ]
    }
    now, found = int(time.time()), []
    for session in Session.objects.filter(session_key__in=list(rows), expire_date__gt=timezone.now()):
        seen = int(session.get_decoded().get(SEEN, 0))
        if now - seen <= settings.SESSION_IDLE_SECONDS:
            row = rows[session.session_key]
            found.append(OpenSession(row, datetime.fromtimestamp(seen, UTC), row.session_key == this))
    return sorted(found, key=lambda one: (not one.is_this, -one.seen_at.timestamp()))


def was_session_of(user: User, public_id: UUID) -> bool:
    """Whether the user ever came in by this session."""
    return SignIn.unscoped.filter(pk=public_id, user=user).exists()
