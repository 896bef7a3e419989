"""How long each kind of thing is kept, as data: a registry that every room fills.

Nothing goes by itself. Somebody lists what is over, somebody decides with a reason, and the owner of the
tables does it.

A rule names what its things are to the law ("access"). Where somebody says how long that is kept, as missions
do in a room above, the longest of these periods counts, and the rule's own only where nobody says anything.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


def _itself(things: Collection[UUID]) -> Q:
    return Q(pk__in=things)


@dataclass(frozen=True)
class Period:
    """For how long something is kept after its own time is over, and who says so.

    Parameters
    ----------
    months
        Whole months, at least one.
    because
        Which law or need says so, as a whole sentence.
    says
        Who says so: the name of a mission; empty where it is medevac's own rule.
    """

    months: int
    because: Words
    says: str = ""

    def before(self) -> datetime:
        """What was over before this moment has been kept for long enough."""
        now = timezone.now()
        year, month = divmod(now.year * 12 + now.month - 1 - self.months, 12)
        return now.replace(
            year=year, month=month + 1, day=min(now.day, monthrange(year, month + 1)[1]), fold=0
        )


@dataclass(frozen=True)
class Keeping:
    """The rule for one kind of thing.

    Parameters
    ----------
    model
        The kind; it needs a rule of the policy with a reach for "operations.decide_retention".
    own
        The period that counts where nobody says another.
    over
        The condition that a row's own time was over before a moment.
    about
        The condition that a row is one of these things, or is about one of them: while a thing is under a
        legal hold, what is about it stays as well.
    what
        What the things are to whoever says how long they are kept ("access"); empty where nobody does.
    """

    model: type[Model]
    own: Period
    over: Callable[[datetime], Q]
    about: Callable[[Collection[UUID]], Q] = _itself
    what: str = ""

    @property
    def kind(self) -> str:
        """The name of the kind: "people.invitation"."""
        return self.model._meta.label_lower

    @property
    def label(self) -> str:
        """What the things are called, in the language of the reader."""
        return str(self.model._meta.verbose_name_plural)

    def period(self) -> Period:
        """The period that counts today: the longest that anybody says, else the rule's own."""
        said = periods_of(self.what) if self.what else []
        return max(said, key=lambda one: one.months, default=self.own)

    def before(self) -> datetime:
        """What was over before this moment has been kept for long enough."""
        return self.period().before()

    def rows(self, before: datetime) -> QuerySet[Any]:
        """Every row that may go."""
        return self.model._base_manager.filter(self.over(before))


Sayer = Callable[[str], Iterable[Period]]
_KEEPINGS: dict[str, Keeping] = {}
_SAYERS: list[Sayer] = []


def register_keeping(keeping: Keeping) -> None:
    """Say how long a kind is kept; called in AppConfig.ready()."""
    _KEEPINGS[keeping.kind] = keeping


def register_periods(sayer: Sayer) -> None:
    """Add somebody who says how long something is kept, by what it is; called in AppConfig.ready()."""
    if sayer not in _SAYERS:
        _SAYERS.append(sayer)


def keepings() -> dict[str, Keeping]:
    """Every rule, by kind."""
    return dict(_KEEPINGS)


def periods_of(what: str) -> list[Period]:
    """Every period that is said today of something."""
    return [period for sayer in _SAYERS for period in sayer(what)]
