"""The kinds of messages: a registry that every room fills, so that nothing leaves without having a kind.

A kind has two texts. What is shown inside, behind the sign-in, may be written by the room that tells it.
What leaves the house is fixed here: one sentence that can name a pseudonym and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from medevac.messages.rules import Pace

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise


@dataclass(frozen=True)
class Kind:
    """One kind of message.

    Parameters
    ----------
    name
        The room and a word: "cases.offer_arrived".
    label
        A few translated words, for the subject of an e-mail and the page of preferences. No placeholders.
    outside
        The one translated sentence that leaves the house. It may have the placeholder %(pseudonym)s and no
        other.
    subject, sentences
        The text inside, with placeholders that the room fills when it tells; empty where the room hands
        over finished text.
    pace
        How soon an e-mail leaves unless the person has chosen otherwise.
    urgent
        Passes quiet hours and leaves at once.
    compulsory
        Cannot be switched off.
    secret
        Its link opens a door by itself: it goes by e-mail only, at once, and the link is deleted when it has
        left.
    grave
        The worst news. It is never told by a machine: a named person is asked to tell it.
    """

    name: str
    label: Text
    outside: Text
    subject: Text = ""
    sentences: tuple[Text, ...] = ()
    pace: Pace = Pace.AT_ONCE
    urgent: bool = False
    compulsory: bool = False
    secret: bool = False
    grave: bool = False

    def __post_init__(self) -> None:
        room, dot, word = self.name.partition(".")
        if not (room and dot and word):
            raise ValueError(f'Expected the name of a kind as "room.word", got "{self.name}".')
        if self.grave and (self.secret or self.subject or self.sentences):
            raise ValueError(
                f'Expected no text for the grave kind "{self.name}": nobody but a person tells it.'
            )


_KINDS: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Add a kind; called in AppConfig.ready()."""
    known = _KINDS.get(kind.name)
    if known is not None and known != kind:
        raise ValueError(f'Expected one kind of the name "{kind.name}", got two that differ.')
    _KINDS[kind.name] = kind


def forget_kind(name: str) -> None:
    """Take a kind away again, for tests."""
    _KINDS.pop(name, None)


def kind_of(name: str) -> Kind:
    """The kind of a name.

    Raises
    ------
    KeyError
        Where no room has registered it: what has no kind has no text that may leave.
    """
    if name not in _KINDS:
        raise KeyError(f'Expected a registered kind of message, got "{name}". Add it with register_kind.')
    return _KINDS[name]


def registered_kinds() -> list[Kind]:
    """Every kind, by its name."""
    return [_KINDS[name] for name in sorted(_KINDS)]
