"""How long each kind of thing is kept, as data: a registry that every room fills.

Nothing goes by itself. Somebody lists what is over, somebody decides with a reason, and the owner of the
tables does it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _itself(things: Collection[UUID]) -> Q:
    return Q(pk__in=things)


@dataclass(frozen=True)
class Keeping:
    """The rule for one kind of thing.

    Parameters
    ----------
    model
        The kind; it needs a rule of the policy with a reach for "operations.decide_retention".
    days
        For how long it is kept after its own time is over.
    because
        Which law or need says so, as a whole translated sentence.
    over
        The condition that a row's own time was over before a moment.
    about
        The condition that a row is one of these things, or is about one of them: while a thing is held, what
        is about it stays as well.
    """

    model: type[Model]
    days: int
    because: str | _StrPromise
    over: Callable[[datetime], Q]
    about: Callable[[Collection[UUID]], Q] = _itself

    @property
    def kind(self) -> str:
        """The name of the kind: "people.invitation"."""
        return self.model._meta.label_lower

    @property
    def label(self) -> str:
        """What the things are called, in the language of the reader."""
        return str(self.model._meta.verbose_name_plural)

    def before(self) -> datetime:
        """What was over before this moment has been kept for long enough."""
        return timezone.now() - timedelta(days=self.days)

    def rows(self, before: datetime) -> QuerySet[Any]:
        """Every row that may go."""
        return self.model._base_manager.filter(self.over(before))


_KEEPINGS: dict[str, Keeping] = {}


def register_keeping(keeping: Keeping) -> None:
    """Say how long a kind is kept; called in AppConfig.ready()."""
    _KEEPINGS[keeping.kind] = keeping


def keepings() -> dict[str, Keeping]:
    """Every rule, by kind."""
    return dict(_KEEPINGS)
