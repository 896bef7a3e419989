"""Notices of this room, such as invitations and emergency access: a registry that the room `messages` fills.

A notice is handed over inside the transaction of the change that it tells of, so that neither goes without
the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction


@dataclass(frozen=True)
class Notice:
    """Something that somebody must be told.

    Parameters
    ----------
    kind
        What it is about: "invitation", "emergency_opened", "membership_ended" …
    subject
        One translated line, in the language of whoever receives it.
    sentences
        The body: whole translated sentences.
    address
        The full address of the page to open; the only place where a secret link may stand.
    user
        The user who is told; None for somebody who has no account yet.
    email
        Where to write to, for somebody who has no account yet.
    language
        The language of the receiver.
    facts
        For the record: ids and words, never names or diagnoses.
    key
        Names what is told, so that telling it again to the same user changes nothing; empty where every
        telling counts.
    """

    kind: str
    subject: str
    sentences: tuple[str, ...]
    address: str
    language: str
    user: UUID | None = None
    email: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    key: str = ""


Channel = Callable[[Notice], None]
_CHANNELS: dict[str, Channel] = {}


class NoChannelError(RuntimeError):
    """No room has said how notices leave, so what depends on one must not happen."""


def register_channel(name: str, channel: Channel) -> None:
    """Say how notices leave; the channel writes them to the outbox and sends nothing itself."""
    _CHANNELS[name] = channel


def forget_channel(name: str) -> None:
    """Take a channel away again, for tests."""
    _CHANNELS.pop(name, None)


def give(notice: Notice) -> None:
    """Hand a notice to every channel, within the transaction of the change.

    Raises
    ------
    NoChannelError
        Where nobody would be told.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            f'Expected the notice "{notice.kind}" inside the transaction of its change, got none. '
            "Use transaction.atomic."
        )
    if not _CHANNELS:
        raise NoChannelError(
            f'Expected a channel for the notice "{notice.kind}", got none. '
            "The room `messages` registers one with people.notices.register_channel."
        )
    for channel in _CHANNELS.values():
        channel(notice)
