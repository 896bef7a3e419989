"""Tests of the way out: a real mail server, refusals, repeats after a crash, and letters given up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from kill_service.mail_server import MailServer
from medevac.messages.models import ChannelState, Delivery
from medevac.messages.rules import MOST_TRIES, State, pause_after
from medevac.messages.services import deliver, send_again, take_notice, tell
from medevac.messages.services.sending import deliver_due
from medevac.people.models import User
from medevac.people.notices import Notice
from medevac.people.policy import NotAllowedError

FACTS = {"hospital": "Haukeland", "name": "Тарас Мельник"}


def told(user: User, kind: str = "tests.offer_arrived", **facts: object) -> Delivery:
    """A delivery that is due."""
    with transaction.atomic():
        tell(user, kind, facts=FACTS | facts, pseudonym="UA-4F7K")
    return Delivery.unscoped.latest("created_at")


@pytest.mark.django_db(transaction=True)
def test_an_email_leaves_once(olena: User, mail_server: MailServer) -> None:
    """Tests what the mail server gets: pseudonym and link, no name; and that a second job sends nothing."""
    delivery = told(olena)
    assert deliver(delivery.pk)
    assert not deliver(delivery.pk)
    (taken,) = mail_server.taken
    assert taken.recipient == "olena@example.org"
    assert taken.reference == delivery.reference
    assert taken.mail["Auto-Submitted"] == "auto-generated"
    assert "An offer has come for UA-4F7K." in taken.text
    assert f"http://localhost:8000/messages/{delivery.message_id}/" in taken.text
    assert "Haukeland" not in taken.mail.as_string()
    assert "Тарас" not in taken.text
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries, delivery.repeats, delivery.begun_at) == (State.SENT, 1, 0, None)
    assert ChannelState.objects.get(channel="email").last_sent_at == delivery.sent_at


@pytest.mark.django_db(transaction=True)
def test_a_secret_link_is_gone_when_it_has_left(mail_server: MailServer) -> None:
    """Tests that an invitation carries its link, and that nobody can read it in the database afterwards."""
    link = "http://localhost:8000/people/invitation/SECRET/"
    with transaction.atomic():
        take_notice(Notice("invitation", "S", ("Kari Nordmann",), link, "nb", email="new@example.org"))
    assert deliver_due() == 1
    assert link in mail_server.taken[0].text
    assert "Kari" not in mail_server.taken[0].mail.as_string()
    assert Delivery.unscoped.get().secret_link == ""


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_away_is_tried_again_later(olena: User, mail_server: MailServer) -> None:
    """Tests that a refusal that may pass keeps the delivery waiting, for longer each time."""
    mail_server.answer_to_data = "451 come back later"
    delivery = told(olena)
    for tries in (1, 2, 3):
        before = timezone.now()
        assert not deliver(delivery.pk)
        delivery.refresh_from_db()
        assert (delivery.state, delivery.tries, delivery.repeats) == (State.WAITING, tries, 0)
        assert delivery.last_error == "451 come back later"
        assert delivery.due_at >= before + pause_after(tries)
        assert not deliver(delivery.pk)  # not due yet
        Delivery.unscoped.update(due_at=timezone.now())
    mail_server.answer_to_data = ""
    assert deliver_due() == 1
    assert [taken.reference for taken in mail_server.taken] == [delivery.reference]


@pytest.mark.django_db(transaction=True)
def test_a_server_that_does_not_answer_loses_nothing(olena: User, settings, mail_server: MailServer) -> None:
    """Tests that nobody listening is a try like another, and that tries end with a letter given up."""
    delivery = told(olena)
    settings.EMAIL_PORT = 9  # nobody listens there
    Delivery.unscoped.update(tries=MOST_TRIES - 1)
    assert not deliver(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == (State.DEAD, MOST_TRIES)
    assert "Refused" in delivery.last_error


@pytest.mark.django_db(transaction=True)
def test_a_refusal_for_good_is_given_up_and_sent_again_by_hand(
    olena: User, kari: User, mail_server: MailServer
) -> None:
    """Tests that only who may sends it again, and that it keeps its Message-ID."""
    mail_server.answer_to_recipient = "550 no such user"
    delivery = told(olena)
    assert not deliver(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == (State.DEAD, "550 no such user")
    with pytest.raises(NotAllowedError):
        send_again(olena, delivery)
    mail_server.answer_to_recipient = ""
    send_again(kari, delivery)
    assert deliver_due() == 1
    assert mail_server.taken[0].reference == delivery.reference


@pytest.mark.django_db(transaction=True)
def test_a_try_whose_end_is_unknown_is_repeated_and_counted(olena: User, mail_server: MailServer) -> None:
    """Tests that after a kill between the mail server's yes and our note the same Message-ID leaves again."""
    delivery = told(olena)
    assert deliver(delivery.pk)
    Delivery.unscoped.update(
        state=State.WAITING, sent_at=None, begun_at=timezone.now()
    )  # as a kill leaves it
    assert deliver_due() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries, delivery.repeats) == (State.SENT, 2, 1)
    first, second = mail_server.taken
    assert first.reference == second.reference == delivery.reference


@pytest.mark.django_db(transaction=True)
def test_who_has_left_gets_nothing(olena: User, mail_server: MailServer) -> None:
    """Tests that what waits for somebody who is deactivated meanwhile does not leave."""
    delivery = told(olena)
    User.objects.filter(pk=olena.pk).update(is_active=False, deactivated_at=timezone.now())
    assert not deliver(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.state == State.NEEDLESS
    assert mail_server.taken == []


def test_pauses_grow_to_six_hours() -> None:
    """Tests the table of pauses: 30 s, 1 min, 2 min … 6 h; all of them together last about two days."""
    pauses = [pause_after(tries) for tries in range(1, MOST_TRIES)]
    assert pauses[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert max(pauses) == timedelta(hours=6)
    assert timedelta(days=1) < sum(pauses, timedelta()) < timedelta(days=3)


@pytest.mark.django_db(transaction=True)
def test_an_invitation_waits_until_mail_is_set_up(mail_server: MailServer, settings) -> None:
    """Tests that without a mail server nothing is tried at a guessed one, and that the reason is told."""
    port, settings.EMAIL_HOST = settings.EMAIL_PORT, ""
    link = "http://localhost:8000/people/invitation/SECRET/"
    with transaction.atomic():
        take_notice(Notice("invitation", "S", ("Sentence",), link, "nb", email="new@example.org"))
    assert deliver_due() == 0
    assert Delivery.unscoped.get().last_error.startswith("This channel is not set up.")
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    Delivery.unscoped.update(due_at=timezone.now())
    assert deliver_due() == 1
