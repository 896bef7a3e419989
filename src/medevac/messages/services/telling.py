"""Telling somebody something: a message in the inbox, and its deliveries in the outbox.

All of it happens in the transaction of the change that is told, so that neither goes without the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from medevac.messages.channels import Channel, channel_of, channels
from medevac.messages.events import publish
from medevac.messages.kinds import Kind, kind_of
from medevac.messages.models import Delivery, Message, Preference, QuietHours
from medevac.messages.outside import Fields
from medevac.messages.rules import Pace, State, after_quiet, next_digest
from medevac.messages.tasks import deliver_soon
from medevac.people.models import User
from medevac.people.notices import Notice

ASKED = "messages.ask_in_person"


class GraveNewsError(ValueError):
    """A machine was about to bring the worst news."""


def tell(
    user: User,
    kind_name: str,
    *,
    facts: Mapping[str, object] | None = None,
    pseudonym: str = "",
    address: str = "",
    key: str = "",
) -> Message:
    """Tell a user something, in the transaction of the change.

    Parameters
    ----------
    user
        Who is told.
    kind_name
        A registered kind with a text of its own.
    facts
        What fills the placeholders of the text inside.
    pseudonym
        Of the case; the only thing about it that may leave the house.
    address
        The path of the page to open, within the service.
    key
        Names what is told, so that telling it again changes nothing; empty where every telling counts.

    Raises
    ------
    GraveNewsError
        Where the kind is the worst news: use `ask_in_person`.
    """
    kind = kind_of(kind_name)
    if kind.grave:
        raise GraveNewsError(
            f'Expected a kind that a machine may tell, got "{kind_name}". '
            "Use ask_in_person and name who is to tell it."
        )
    words = {} if facts is None else facts
    with translation.override(user.language):
        subject = str(kind.subject) % words
        sentences = [str(sentence) % words for sentence in kind.sentences]
    return _keep(user, kind, subject, sentences, pseudonym=pseudonym, address=address, key=key)


def ask_in_person(
    person: User, kind_name: str, *, pseudonym: str, address: str = "", key: str = ""
) -> Message:
    """Ask a named person to bring news that no machine may bring; it waits until they say it is done.

    Parameters
    ----------
    person
        Who is asked, by name: a nurse, a coordinator, never the family itself.
    kind_name
        The grave kind.
    pseudonym, address, key
        As in `tell`.
    """
    grave, asking = kind_of(kind_name), kind_of(ASKED)
    if not grave.grave:
        raise ValueError(f'Expected a grave kind, got "{kind_name}". Use tell.')
    with translation.override(person.language):
        words = {"what": str(grave.label), "pseudonym": pseudonym}
        subject = str(asking.subject) % words
        sentences = [str(sentence) % words for sentence in asking.sentences]
    return _keep(
        person, asking, subject, sentences, pseudonym=pseudonym, address=address, key=key, to_do=True
    )


def take_notice(notice: Notice) -> None:
    """Take a notice of the room `people` over; registered as its channel."""
    kind = kind_of(f"people.{notice.kind}")
    user = User.objects.filter(pk=notice.user).first() if notice.user else None
    if user is None or kind.secret:
        _keep_for_address(notice, kind, user)
        return
    path = urlsplit(notice.address)
    _keep(user, kind, notice.subject, list(notice.sentences), address=path.path, key=notice.key)


def _keep(
    user: User,
    kind: Kind,
    subject: str,
    sentences: list[str],
    *,
    pseudonym: str = "",
    address: str = "",
    key: str = "",
    to_do: bool = False,
) -> Message:
    _demand_transaction(kind)
    Fields(kind.name, pseudonym)  # refuses now what could not leave later
    if address and not address.startswith("/"):
        raise ValueError(f'Expected a path within the service for "{kind.name}", got another address.')
    message = Message(
        user=user,
        kind=kind.name,
        subject=subject,
        sentences=sentences,
        address=address,
        pseudonym=pseudonym,
        language=user.language,
        key=key,
        to_do=to_do,
    )
    # Two who tell the same thing at once: the second waits for the first, and finds it told.
    Message.unscoped.bulk_create([message], ignore_conflicts=bool(key))
    if key:
        kept: Message = Message.unscoped.get(user=user, key=key)
        if kept.pk != message.pk:
            return kept
    publish(user.pk, "unread", {"message": str(message.pk)})
    for channel in channels():
        if channel.is_set_up():
            _post_by(channel, message, user, kind)
    return message


def _post_by(channel: Channel, message: Message, user: User, kind: Kind) -> None:
    """Put the message into the outbox for one channel, for when the person wants it."""
    pace = pace_of(user, kind, channel.name)
    if pace is Pace.NEVER:
        return
    now = timezone.now()
    zone = ZoneInfo(user.time_zone)
    due = now if pace is Pace.AT_ONCE else next_digest(pace, now, zone)
    due = out_of_quiet(user, kind, due)
    for recipient in channel.recipients(user):
        number = uuid4()
        delivery = Delivery.unscoped.create(
            id=number,
            message=message,
            user=user,
            channel=channel.name,
            kind=kind.name,
            recipient=recipient,
            reference=reference_of(str(number)),
            state=State.WAITING if pace is Pace.AT_ONCE else State.GATHERED,
            due_at=due,
        )
        if delivery.state == State.WAITING and due <= now:
            deliver_soon(delivery.pk)


def out_of_quiet(user: User, kind: Kind, moment: datetime) -> datetime:
    """The moment itself, or the end of the person's quiet hours where it falls into them and may wait."""
    if kind.urgent or kind.secret:
        return moment
    quiet = QuietHours.unscoped.filter(user=user).first()
    if quiet is None:
        return moment
    return after_quiet(moment, quiet.starts, quiet.ends, ZoneInfo(user.time_zone))


def tell_address(email: str, kind_name: str, *, link: str, language: str, pseudonym: str = "") -> None:
    """Tell somebody without an account something, by e-mail only, in the transaction of the change.

    Parameters
    ----------
    email
        Where to write to.
    kind_name
        A registered kind that is secret: its link opens a door by itself, and is deleted when it has left.
    link
        The full address of the page to open.
    language
        Of the receiver; one that the sentences of the kind are translated into.
    pseudonym
        Of the case; the only thing about it that may leave the house.
    """
    kind = kind_of(kind_name)
    if not kind.secret:
        raise ValueError(f'Expected a secret kind, got "{kind_name}". Use tell, or mark the kind as secret.')
    Fields(kind.name, pseudonym)  # refuses now what could not leave later
    _post_to_address(kind, email, link, language, pseudonym=pseudonym)


def _keep_for_address(notice: Notice, kind: Kind, user: User | None) -> None:
    """A notice whose link opens a door, or for somebody without an account: by e-mail only, at once."""
    to = notice.email or (user.email if user else "")
    _post_to_address(kind, to, notice.address, notice.language, user=user)


def _post_to_address(
    kind: Kind, email: str, link: str, language: str, *, user: User | None = None, pseudonym: str = ""
) -> None:
    _demand_transaction(kind)
    message = Message.unscoped.create(
        user=user, kind=kind.name, language=language, pseudonym=pseudonym, in_inbox=False
    )
    number = uuid4()
    Delivery.unscoped.create(
        id=number,
        message=message,
        user=user,
        channel=channel_of("email").name,
        kind=kind.name,
        recipient=email,
        secret_link=link,
        reference=reference_of(str(number)),
        state=State.WAITING,
        due_at=timezone.now(),
    )
    deliver_soon(number)


def pace_of(user: User, kind: Kind, channel: str) -> Pace:
    """How soon the person gets this kind by this channel: what they chose, within what the kind allows."""
    if kind.urgent and kind.compulsory:
        return Pace.AT_ONCE
    chosen = Preference.unscoped.filter(user=user, kind=kind.name, channel=channel).first()
    pace = Pace(chosen.pace) if chosen else default_pace(kind, channel)
    if kind.compulsory and pace is Pace.NEVER and channel == "email":
        return default_pace(kind, channel)
    return Pace.AT_ONCE if kind.urgent and pace is not Pace.NEVER else pace


def default_pace(kind: Kind, channel: str) -> Pace:
    """What counts where nobody has chosen: e-mail as the kind says, a telephone for urgent kinds only."""
    if channel == "gateway":
        return Pace.AT_ONCE if kind.urgent else Pace.NEVER
    return kind.pace if channel == "email" else Pace.AT_ONCE


def reference_of(number: str) -> str:
    """The Message-ID of a delivery, made once and kept."""
    host = urlsplit(settings.ADDRESS).hostname or "localhost"
    return f"<{number}@{host}>"


def _demand_transaction(kind: Kind) -> None:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            f'Expected the message "{kind.name}" inside the transaction of its change, got none. '
            "Use transaction.atomic."
        )
