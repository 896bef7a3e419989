"""Tests that a message and its deliveries stand or fall with the change that they tell of."""

from __future__ import annotations

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from kill_service.mail_server import MailServer
from medevac.messages import selectors
from medevac.messages.models import Delivery, Message
from medevac.messages.rules import State
from medevac.messages.services import GraveNewsError, ask_in_person, mark_done, mark_read, take_notice, tell
from medevac.people.models import User
from medevac.people.notices import Notice
from medevac.people.work_items import work_of

FACTS = {"hospital": "Haukeland", "name": "Тарас"}


class GoneWrongError(Exception):
    """What breaks a change."""


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_told(olena: User) -> None:
    """Tests that telling without the change's transaction is refused with a sentence."""
    with pytest.raises(transaction.TransactionManagementError, match=r"Expected the message .* inside"):
        tell(olena, "tests.offer_arrived", facts=FACTS)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_fails_tells_nobody(olena: User, mail_server: MailServer) -> None:
    """Tests that message, delivery and job vanish together with the change."""

    @transaction.atomic
    def change() -> None:
        tell(olena, "tests.offer_arrived", facts=FACTS)
        assert ProcrastinateJob.objects.count() == 1
        raise GoneWrongError

    with pytest.raises(GoneWrongError):
        change()
    assert Message.unscoped.count() == Delivery.unscoped.count() == ProcrastinateJob.objects.count() == 0


@pytest.mark.django_db
def test_a_message_is_shown_and_waits_to_leave(olena: User, mail_server: MailServer) -> None:
    """Tests that one telling is one message inside, with its full text, and one e-mail in the outbox."""
    message = tell(olena, "tests.offer_arrived", facts=FACTS, pseudonym="UA-4F7K", address="/cases/1/")
    assert message.subject == "Haukeland offers a place"
    assert message.sentences == ["Haukeland offers Тарас a place."]
    delivery = Delivery.unscoped.get()
    assert (delivery.channel, delivery.state, delivery.recipient) == ("email", State.WAITING, olena.email)
    assert delivery.reference == f"<{delivery.pk}@localhost>"
    assert selectors.unread_count(olena.pk) == 1


@pytest.mark.django_db
def test_the_same_thing_is_told_once(olena: User, mail_server: MailServer) -> None:
    """Tests that a key makes a repeated telling change nothing."""
    first = tell(olena, "tests.offer_arrived", facts=FACTS, key="offer 1")
    again = tell(olena, "tests.offer_arrived", facts=FACTS, key="offer 1")
    other = tell(olena, "tests.offer_arrived", facts=FACTS, key="offer 2")
    assert first.pk == again.pk != other.pk
    assert Delivery.unscoped.count() == 2


@pytest.mark.django_db
def test_no_machine_brings_the_worst_news(olena: User, kari: User, mail_server: MailServer) -> None:
    """Tests that a grave kind is refused, and that a named person is asked until they say it is done."""
    with pytest.raises(GraveNewsError, match="Use ask_in_person and name who"):
        tell(olena, "tests.death", pseudonym="UA-4F7K")
    assert Message.unscoped.count() == 0
    asked = ask_in_person(kari, "tests.death", pseudonym="UA-4F7K")
    assert asked.kind == "messages.ask_in_person"
    assert asked.to_do
    assert [item.address for item in work_of(kari)] == [f"/messages/{asked.pk}/"]
    assert work_of(olena) == []
    mark_read(kari, asked)
    assert len(work_of(kari)) == 1  # reading it is not doing it
    mark_done(kari, asked)
    assert work_of(kari) == []


@pytest.mark.django_db
def test_an_invitation_goes_to_an_address_without_an_account(mail_server: MailServer) -> None:
    """Tests that its link is kept in the outbox only, and that no inbox shows it."""
    link = "http://localhost:8000/people/invitation/SECRET/"
    take_notice(Notice("invitation", "Subject", ("Sentence",), link, "uk", email="new@example.org"))
    delivery = Delivery.unscoped.get()
    assert (delivery.recipient, delivery.secret_link) == ("new@example.org", link)
    assert (delivery.message.in_inbox, delivery.message.sentences, delivery.message.address) == (
        False,
        [],
        "",
    )


@pytest.mark.django_db
def test_a_notice_to_a_user_is_a_message(olena: User, mail_server: MailServer) -> None:
    """Tests that the text of the room is shown inside, with the path of its page."""
    address = "http://localhost:8000/people/emergency/"
    take_notice(Notice("emergency_opened", "Subject", ("Sentence",), address, "uk", user=olena.pk))
    message = Message.unscoped.get()
    assert (message.subject, message.sentences, message.address) == (
        "Subject",
        ["Sentence"],
        "/people/emergency/",
    )


@pytest.mark.django_db
def test_a_name_cannot_be_handed_over_as_a_pseudonym(olena: User) -> None:
    """Tests that what looks like a name is refused at once, and not repeated in the error."""
    with pytest.raises(ValueError, match="may be a name") as refusal:
        tell(olena, "tests.offer_arrived", facts=FACTS, pseudonym="Taras Melnyk")
    assert "Taras" not in str(refusal.value)
