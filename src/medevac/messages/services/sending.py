"""The way out of the house: one delivery is tried, and what came of it is written down.

Two processes never try the same delivery at once: whoever tries holds an advisory lock of the session, which
the database takes away from a process that is killed. Before each try its beginning is written down and
committed; a try that begins while another's end is unknown is a repeat, and is counted.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from medevac.messages.channels import GoneError, RefusedForGoodError, TryAgainError, channel_of
from medevac.messages.kinds import kind_of
from medevac.messages.models import ChannelState, Delivery
from medevac.messages.outside import Fields, Letter, write_letter
from medevac.messages.rules import MOST_TRIES, State, pause_after
from medevac.messages.services.telling import out_of_quiet, reference_of
from medevac.messages.tasks import deliver_soon
from medevac.people.models import User
from medevac.people.policy import demand

DIGEST = "messages.digest"
BUNDLING = 7_238_513  # an advisory lock


def deliver(number: UUID) -> bool:
    """Try one delivery if it is due and nobody else is trying it; whether it left.

    Called outside a transaction: each step must stay even where the next one fails.
    """
    with _alone(number) as alone:
        if not alone or not _begin(number):
            return False
        delivery = Delivery.unscoped.select_related("message", "user").get(pk=number)
        if delivery.user is not None and not delivery.user.is_active:
            return _end_needless(delivery, "The user is no longer active.")
        try:
            channel = channel_of(delivery.channel)
            if not channel.is_set_up():
                raise TryAgainError("This channel is not set up. Set it up, and start the worker again.")
            channel.send(letter_of(delivery))
        except GoneError as error:
            return _end_needless(delivery, str(error))
        except RefusedForGoodError as error:
            return _note_failure(delivery, str(error), for_good=True)
        except TryAgainError as error:
            return _note_failure(delivery, str(error), for_good=False)
        except Exception as error:  # whatever it is, the delivery must not be lost with it
            return _note_failure(delivery, f"{type(error).__name__}: {error}", for_good=False)
        return _note_sent(delivery)


@contextlib.contextmanager
def _alone(number: UUID) -> Iterator[bool]:
    """Hold the lock of a delivery for this session, or say that somebody else does."""
    key = int.from_bytes(number.bytes[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        row = cursor.fetchone()
    try:
        yield bool(row and row[0])
    finally:
        if row and row[0]:
            # A session that is gone holds no lock any more.
            with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _begin(number: UUID) -> bool:
    """Write down that a try begins; whether the delivery is due at all."""
    now = timezone.now()
    due = Delivery.unscoped.filter(pk=number, state=State.WAITING, due_at__lte=now)
    with transaction.atomic():
        repeated = due.filter(begun_at__isnull=False).update(
            begun_at=now, tries=F("tries") + 1, repeats=F("repeats") + 1
        )
        return bool(repeated) or bool(
            due.filter(begun_at__isnull=True).update(begun_at=now, tries=F("tries") + 1)
        )


def letter_of(delivery: Delivery) -> Letter:
    """What leaves for a delivery: by kind and pseudonym, never by the text inside."""
    parts = Delivery.unscoped.filter(digest=delivery.pk).select_related("message").order_by("created_at")
    user = delivery.user
    return write_letter(
        delivery=delivery.pk,
        reference=delivery.reference,
        recipient=delivery.recipient,
        language=user.language if user else _language_of_stranger(delivery),
        link=delivery.secret_link or _link(delivery),
        fields=fields_of(delivery),
        digest=[fields_of(part) for part in parts],
    )


def _language_of_stranger(delivery: Delivery) -> str:
    return delivery.message.language if delivery.message else settings.LANGUAGE_CODE


def fields_of(delivery: Delivery) -> Fields:
    """What a delivery may tell outside."""
    return Fields(delivery.kind, delivery.message.pseudonym if delivery.message else "")


def _link(delivery: Delivery) -> str:
    if delivery.message is None:
        return f"{settings.ADDRESS}{reverse('messages:inbox')}"
    return f"{settings.ADDRESS}{reverse('messages:message', args=[delivery.message.pk])}"


@transaction.atomic
def _note_sent(delivery: Delivery) -> bool:
    now = timezone.now()
    Delivery.unscoped.filter(pk=delivery.pk).update(
        state=State.SENT, sent_at=now, begun_at=None, secret_link="", last_error=""
    )
    Delivery.unscoped.filter(digest=delivery.pk).update(sent_at=now)
    ChannelState.objects.update_or_create(
        channel=delivery.channel, defaults={"last_sent_at": now, "silent_since": None}
    )
    return True


@transaction.atomic
def _note_failure(delivery: Delivery, error: str, *, for_good: bool) -> bool:
    now = timezone.now()
    given_up = for_good or delivery.tries >= MOST_TRIES
    Delivery.unscoped.filter(pk=delivery.pk).update(
        state=State.DEAD if given_up else State.WAITING,
        due_at=_after_quiet_hours(delivery, now + pause_after(delivery.tries)),
        begun_at=None,
        last_error=_one_line(error),
    )
    ChannelState.objects.update_or_create(
        channel=delivery.channel, defaults={"last_failed_at": now, "last_error": _one_line(error)}
    )
    return False


def _after_quiet_hours(delivery: Delivery, moment: datetime) -> datetime:
    """Not in quiet hours: a letter that should have left before them does not come in the night."""
    if delivery.user is None:
        return moment
    return out_of_quiet(delivery.user, kind_of(delivery.kind), moment)


def _end_needless(delivery: Delivery, why: str) -> bool:
    Delivery.unscoped.filter(pk=delivery.pk).update(
        state=State.NEEDLESS, begun_at=None, secret_link="", last_error=_one_line(why)
    )
    return False


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]


@transaction.atomic
def send_again(actor: User, delivery: Delivery) -> None:
    """Give a delivery that was given up a new start, under its old Message-ID."""
    demand(actor, "messages.send_again")
    now = timezone.now()
    rows = Delivery.unscoped.filter(pk=delivery.pk, state=State.DEAD)
    if rows.update(state=State.WAITING, due_at=now, tries=F("repeats"), last_error=""):
        deliver_soon(delivery.pk)


def deliver_due(limit: int = 200) -> int:
    """Try everything that is due, oldest first; returns how many left.

    What has a job of its own is usually gone by now; this is for retries, quiet hours, digests, and for
    whatever a killed worker left behind.
    """
    due = Delivery.unscoped.filter(state=State.WAITING, due_at__lte=timezone.now()).order_by("due_at")
    return sum(deliver(number) for number in list(due.values_list("pk", flat=True)[:limit]))


@transaction.atomic
def bundle_digests() -> int:
    """Make one delivery of all that was gathered for a person and is due; returns how many were made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [BUNDLING])
        row = cursor.fetchone()
    if not (row and row[0]):
        return 0  # somebody else makes them now; two would make two digests of one
    now = timezone.now()
    gathered = (
        Delivery.unscoped.filter(state=State.GATHERED, due_at__lte=now)
        .order_by("created_at", "pk")
        .select_related("message", "user")
    )
    bundles: dict[tuple[UUID, str, str], list[Delivery]] = {}
    for part in gathered:
        if part.message.read_at is not None:
            _end_needless(part, "It was read before the digest left.")
            continue
        bundles.setdefault((part.user_id, part.channel, part.recipient), []).append(part)
    for (user, channel, recipient), parts in bundles.items():
        number = uuid4()
        digest = Delivery.unscoped.create(
            id=number,
            user_id=user,
            channel=channel,
            kind=DIGEST,
            recipient=recipient,
            reference=reference_of(str(number)),
            state=State.WAITING,
            due_at=_after_quiet_hours(parts[0], now),
        )
        Delivery.unscoped.filter(pk__in=[part.pk for part in parts]).update(
            state=State.BUNDLED, digest=digest
        )
        deliver_soon(number)
    return len(bundles)
