"""Where the personal values of a person lie: a registry that every room fills, for `medevac forget`.

::

    @register_traces("people.user")
    def traces(person: Person) -> Iterator[Trace]: ...

What a room keeps beside its rows, such as the keys of documents, it destroys itself and says how many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model, Q

from medevac.audit.history import recordings

FORGOTTEN = "[forgotten by request]"  # no name, and long enough wherever a reason in words is demanded
PERSONAL_RIGHTS = ("see.personal", "people.see_members")


@dataclass(frozen=True)
class Person:
    """Whom to forget.

    Parameters
    ----------
    kind
        The model that a person is a row of: "people.user".
    pk
        The number of the row, which stays.
    """

    kind: str
    pk: UUID


@dataclass(frozen=True)
class Emptied:
    """Rows that stay, with other values in some fields; their history likewise.

    Parameters
    ----------
    model
        The kind of row.
    rows
        Which, by fields of the row itself: the same condition is asked of the history.
    values
        What stands there afterwards, by field.
    lines_alone
        Whether only what meets the condition itself is changed, since the field may have been somebody else's
        at another time; else all history of every row that ever met it.
    """

    model: type[Model]
    rows: Q
    values: Mapping[str, object]
    lines_alone: bool = False


@dataclass(frozen=True)
class Removed:
    """Rows that go, with their history."""

    model: type[Model]
    rows: Q


@dataclass(frozen=True)
class Destroyed:
    """What the room itself has destroyed while it was asked, within the transaction.

    Parameters
    ----------
    what
        A name without personal values: "keys of documents", "sessions".
    count
        How many.
    """

    what: str
    count: int


Trace = Emptied | Removed | Destroyed
Traces = Callable[[Person], Iterator[Trace]]


@dataclass(frozen=True)
class Kind:
    """A kind of person that can be forgotten.

    Parameters
    ----------
    model
        Whose rows they are; it needs a rule of the policy with a reach for "operations.forget".
    values
        Names, addresses and numbers that the person is known by, former ones as well: they are also looked
        for in reasons that others have written.
    refusal
        Why a person cannot be forgotten yet, as a whole sentence; None where nothing is in the way.
    """

    model: type[Model]
    values: Callable[[UUID], frozenset[str]]
    refusal: Callable[[UUID], str | None]


_KINDS: dict[str, Kind] = {}
_TRACES: dict[str, list[Traces]] = {}
_TEXTS: list[tuple[type[Model], str]] = []
_WITHOUT: dict[str, str] = {}


def register_person(kind: Kind) -> None:
    """Add a kind of person; called in AppConfig.ready()."""
    _KINDS[kind.model._meta.label_lower] = kind


def register_traces(kind: str) -> Callable[[Traces], Traces]:
    """Say where a room keeps personal values of persons of a kind."""

    def add(traces: Traces) -> Traces:
        if traces not in _TRACES.setdefault(kind, []):
            _TRACES[kind].append(traces)
        return traces

    return add


def register_text(model: type[Model], field: str) -> None:
    """Name a field in which people write freely, so that somebody may be named there."""
    if (model, field) not in _TEXTS:
        _TEXTS.append((model, field))


def without_traces(label: str, reason: str) -> None:
    """Say why a kind of row with fields under a personal right has nothing to forget."""
    _WITHOUT[label] = reason


def person_kinds() -> dict[str, Kind]:
    """Every kind of person, by its name."""
    return dict(_KINDS)


def texts() -> list[tuple[type[Model], str]]:
    """Every field in which people write freely."""
    return list(_TEXTS)


def traces_of(person: Person) -> Iterator[Trace]:
    """Everything that the rooms say of the person."""
    for traces in _TRACES.get(person.kind, []):
        yield from traces(person)


def untraced(known: set[str]) -> set[str]:
    """The recorded kinds with fields under a personal right that are neither known nor exempt.

    A test holds that there is none, so that no room forgets to forget.
    """
    personal = {
        kind
        for kind, recording in recordings().items()
        if any(right in PERSONAL_RIGHTS for right in recording.guarded.values())
    }
    return personal - known - set(_WITHOUT)
