"""What waits for a user: a registry that every room fills."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from medevac.people.models import User


@dataclass(frozen=True)
class WorkItem:
    """One thing that the user is asked to do.

    Parameters
    ----------
    sentence
        What to do, as a whole translated sentence without a patient's name.
    address
        Where it is done.
    due
        By when, where there is a limit.
    """

    sentence: str
    address: str
    due: datetime | None = None

    @property
    def overdue(self) -> bool:
        """Whether the limit has passed."""
        return self.due is not None and self.due < timezone.now()


Source = Callable[["User"], Iterable[WorkItem]]
_SOURCES: dict[str, Source] = {}


def register_work(name: str, source: Source) -> None:
    """Add a source of work items; called in AppConfig.ready()."""
    _SOURCES[name] = source


def work_of(user: User) -> list[WorkItem]:
    """What waits for the user, the most urgent first, what has no limit last."""
    items = [item for source in _SOURCES.values() for item in source(user)]
    return sorted(items, key=lambda item: (item.due or datetime.max.replace(tzinfo=UTC), item.sentence))
