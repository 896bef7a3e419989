"""Tests with real connections that race: a delivery leaves once, the same thing is told once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from kill_service.mail_server import MailServer
from medevac.messages.models import Delivery, Event, Message
from medevac.messages.rules import State
from medevac.messages.services import deliver, tell
from medevac.messages.services.sending import bundle_digests
from medevac.people.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_postgresql]
FACTS = {"hospital": "Haukeland", "name": "Тарас"}
RACERS = 6


def race(deed: Callable[[], object]) -> None:
    """Do the same at once on connections of their own."""
    start = threading.Barrier(RACERS)
    faults: list[Exception] = []

    def run() -> None:
        try:
            start.wait()
            deed()
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(RACERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


@transaction.atomic
def told(user: User, key: str = "") -> Message:
    """A message in a transaction of its own."""
    return tell(user, "tests.offer_arrived", facts=FACTS, key=key)


def test_a_delivery_leaves_once(olena: User, mail_server: MailServer) -> None:
    """Tests six workers that try the same delivery: one does, and none counts a repeat."""
    told(olena)
    delivery = Delivery.unscoped.get()
    race(lambda: deliver(delivery.pk))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries, delivery.repeats) == (State.SENT, 1, 0)
    assert len(mail_server.taken) == 1


def test_the_same_thing_is_told_once(olena: User, mail_server: MailServer) -> None:
    """Tests six transactions that tell the same thing: one message, one delivery, one event."""
    race(lambda: told(olena, "offer 1"))
    assert Message.unscoped.count() == Delivery.unscoped.count() == Event.unscoped.count() == 1


def test_a_digest_is_made_once(olena: User, mail_server: MailServer) -> None:
    """Tests six workers that make digests at once."""
    for _ in range(3):
        told(olena)
    Delivery.unscoped.update(state=State.GATHERED)
    race(bundle_digests)
    states = sorted(Delivery.unscoped.values_list("state", flat=True))
    assert states == [State.BUNDLED, State.BUNDLED, State.BUNDLED, State.WAITING]


def test_positions_grow_as_transactions_commit(olena: User) -> None:
    """Tests that whoever commits last has the last position, however early it wrote."""
    early = threading.Event()
    late = threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                tell(olena, "tests.offer_arrived", facts=FACTS, key="slow")
                early.set()
                late.wait()
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    early.wait()
    quick = told(olena, "quick")
    late.set()
    thread.join()
    names = [event.content["message"] for event in Event.unscoped.order_by("position")]
    assert names[0] == str(quick.pk)
    assert len(names) == 2
