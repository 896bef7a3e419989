"""Events for open pages: written in the transaction of the change, numbered by the database as it commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from medevac.messages.models import Event

DATABASE_CHANNEL = "medevac_events"  # what PostgreSQL's LISTEN and NOTIFY call it
KEPT_HOURS = 24  # a page that was away for longer loads anew


def publish(user: UUID, name: str, content: Mapping[str, str]) -> None:
    """Let every open page of a user know of something.

    Parameters
    ----------
    user
        Whose pages.
    name
        What happened, in one word; pages listen for it.
    content
        Numbers and words; never names or diagnoses, since events are kept for a day.
    """
    Event.unscoped.create(user=user, name=name, content=dict(content))


def publish_to_all(users: Iterable[UUID], name: str, content: Mapping[str, str]) -> None:
    """Let every open page of several users know of the same, as `publish` does for one."""
    Event.unscoped.bulk_create([Event(user=user, name=name, content=dict(content)) for user in users])
