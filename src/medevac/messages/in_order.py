"""What this room tells the room `operations`: how long the outbox waits, and where somebody's values lie."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Min, Q
from django.utils import timezone

from medevac.messages.models import Delivery, Event, Message, Preference, PushSubscription, QuietHours
from medevac.messages.rules import State
from medevac.operations.forgetting import (
    Person,
    Removed,
    Trace,
    person_kinds,
    register_text,
    register_traces,
)
from medevac.operations.readiness import Answer, register_check

WAITS_AT_MOST = timedelta(minutes=30)


def tell_operations() -> None:
    """Add the check of the outbox, the traces of users, and the fields in which others may name them."""
    register_check("outbox")(outbox)
    register_traces("people.user")(traces)
    register_text(Message, "subject")
    register_text(Message, "sentences")
    register_text(Delivery, "last_error")


def outbox() -> Answer:
    """How long the oldest row of the outbox has been due."""
    now = timezone.now()
    waiting = Delivery.unscoped.filter(state=State.WAITING, due_at__lte=now)
    oldest = waiting.aggregate(oldest=Min("due_at"))["oldest"]
    age = timedelta() if oldest is None else now - oldest
    figures = (("oldest_age_seconds", age.total_seconds()), ("waiting_count", float(waiting.count())))
    if age > WAITS_AT_MOST:
        minutes = age // timedelta(minutes=1)
        return Answer(False, f"A message has been due for {minutes} minutes and has not left.", figures)
    return Answer(True, "No message has waited for long.", figures)


def traces(person: Person) -> Iterator[Trace]:
    """What was told to a user goes whole, with the addresses that it went to."""
    known = person_kinds()[person.kind].values(person.pk)
    own = Q(user_id=person.pk)
    yield Removed(Event, Q(user=person.pk))  # an id, no foreign key
    # By numbers: the history keeps no address to ask for.
    addressed = list(Delivery.unscoped.filter(recipient__in=known).values_list("id", flat=True))
    yield Removed(Delivery, own | Q(id__in=addressed))
    yield Removed(Message, own)
    yield Removed(Preference, own)
    yield Removed(QuietHours, own)
    yield Removed(PushSubscription, own)
