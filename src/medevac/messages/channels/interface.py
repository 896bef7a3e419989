"""What a channel is, and which there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from medevac.messages.outside import Letter

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from medevac.people.models import User


class TryAgainError(Exception):
    """The letter could not be handed over now; it is tried again later."""


class RefusedForGoodError(Exception):
    """The letter is refused and would be again; a person must look at it."""


class GoneError(Exception):
    """Whoever should receive it is no longer there, by their own will; the letter is no longer needed."""


class Channel(Protocol):
    """One way out of the house."""

    @property
    def name(self) -> str:
        """One word, for the outbox."""

    @property
    def label(self) -> str | _StrPromise:
        """Translated, for pages."""

    def is_set_up(self) -> bool:
        """Whether the settings say how to use it."""

    def recipients(self, user: User) -> Sequence[str]:
        """Where it reaches the user; each address gets a delivery of its own."""

    def send(self, letter: Letter) -> None:
        """Hand one letter over.

        Raises
        ------
        TryAgainError, RefusedForGoodError, GoneError
            Where it was not taken. Any other error counts as one that may pass.
        """


_CHANNELS: dict[str, Channel] = {}


def register_channel(channel: Channel) -> None:
    """Add a channel; called in AppConfig.ready()."""
    _CHANNELS[channel.name] = channel


def forget_channel(name: str) -> None:
    """Take a channel away again, for tests."""
    _CHANNELS.pop(name, None)


def channel_of(name: str) -> Channel:
    """The channel of a name.

    Raises
    ------
    KeyError
        Where nothing is called so.
    """
    if name not in _CHANNELS:
        raise KeyError(f'Expected a registered channel, got "{name}". Add it with register_channel.')
    return _CHANNELS[name]


def channels() -> list[Channel]:
    """Every channel that there is, set up or not."""
    return list(_CHANNELS.values())
