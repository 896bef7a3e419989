"""Tests of the pages: the inbox, one's own messages only, choices, channels and letters given up."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from invented import browser_of

from kill_service.mail_server import MailServer
from medevac.messages.models import Delivery, Message, Preference, QuietHours
from medevac.messages.rules import State
from medevac.messages.selectors import unread_count
from medevac.messages.services import ask_in_person, tell
from medevac.people.models import User

FACTS = {"hospital": "Haukeland", "name": "Тарас"}


def told(user: User) -> Message:
    """A message."""
    with transaction.atomic():
        return tell(user, "tests.offer_arrived", facts=FACTS, pseudonym="UA-4F7K", address="/people/account/")


@pytest.mark.django_db
def test_the_inbox_of_somebody_new_says_what_will_come(olena: User) -> None:
    """Tests the empty state, in the person's own language."""
    page = browser_of(olena).get("/messages/")
    assert "Вам ще нічого не повідомляли." in page.content.decode()


@pytest.mark.django_db
def test_messages_are_read_one_by_one_and_all(olena: User, django_assert_max_num_queries) -> None:
    """Tests the count in the head, opening a message's page, and noting all as read."""
    for _ in range(30):
        message = told(olena)
    browser = browser_of(olena)
    browser.get("/messages/preferences/")  # the first page of a session keeps where somebody came in
    with django_assert_max_num_queries(14):
        page = browser.get("/messages/").content.decode()
    assert page.count("Haukeland offers a place") == 25
    assert 'data-unread aria-hidden="true">30</span>' in page
    answer = browser.post(f"/messages/{message.pk}/read/", {"then": "open"})
    assert answer.headers["Location"] == "/people/account/"
    assert unread_count(olena.pk) == 29
    assert browser.get("/messages/?unread=yes&page=2").content.decode().count("Haukeland offers a place") == 4
    browser.post("/messages/read-all/")
    assert unread_count(olena.pk) == 0
    assert "Ви прочитали все." in browser.get("/messages/?unread=yes").content.decode()


@pytest.mark.django_db
def test_nobody_reads_what_others_are_told(olena: User, kari: User) -> None:
    """Tests that not even an administrator finds somebody else's message, and that strangers must sign in."""
    message = told(olena)
    browser = browser_of(kari)
    assert browser.get(f"/messages/{message.pk}/").status_code == 404
    for deed in ("read", "done"):
        assert browser.post(f"/messages/{message.pk}/{deed}/").status_code == 404
    assert "Haukeland" not in browser.get("/messages/").content.decode()
    assert Client().get("/messages/").status_code == 302
    message.refresh_from_db()
    assert message.read_at is None


@pytest.mark.django_db
def test_looking_changes_nothing(olena: User) -> None:
    """Tests that only a button notes something as read, since programs fetch links by themselves."""
    message = told(olena)
    browser = browser_of(olena)
    assert "Тарас" in browser.get(f"/messages/{message.pk}/").content.decode()
    assert unread_count(olena.pk) == 1
    assert browser.get(f"/messages/{message.pk}/read/").status_code == 405


@pytest.mark.django_db
def test_what_is_asked_in_person_is_noted_as_done(kari: User) -> None:
    """Tests the button, and that the page says so afterwards."""
    message = ask_in_person(kari, "tests.death", pseudonym="UA-4F7K")
    browser = browser_of(kari)
    assert "Jeg har fortalt det" in browser.get(f"/messages/{message.pk}/").content.decode()
    browser.post(f"/messages/{message.pk}/done/")
    assert "Du noterte dette som gjort" in browser.get(f"/messages/{message.pk}/").content.decode()


@pytest.mark.django_db
def test_choices_are_kept(olena: User, mail_server: MailServer) -> None:
    """Tests a pace and quiet hours, half of them refused with a sentence, and secret kinds not offered."""
    browser = browser_of(olena)
    page = browser.get("/messages/preferences/").content.decode()
    assert 'name="email:tests.offer_arrived"' in page
    assert "people.invitation" not in page
    assert "Europe/Kyiv" in page
    given = {"email:tests.offer_arrived": "daily", "email:tests.flight_changed": "at_once", "starts": "22:00"}
    answer = browser.post("/messages/preferences/", given)
    assert "Потрібно вказати обидва значення часу" in answer.content.decode()
    assert not QuietHours.unscoped.exists()
    answer = browser.post("/messages/preferences/", given | {"ends": "07:00"})
    assert answer.status_code == 302, answer.content.decode()
    assert Preference.unscoped.get(kind="tests.offer_arrived").pace == "daily"
    assert str(QuietHours.unscoped.get()) == "22:00:00-07:00:00"


@pytest.mark.django_db
def test_letters_given_up_are_seen_and_sent_again(olena: User, kari: User, mail_server: MailServer) -> None:
    """Tests that addresses are masked, that the button gives a new start, and who may not even look."""
    told(olena)
    Delivery.unscoped.update(state=State.DEAD, tries=3, last_error="550 no such user")
    browser = browser_of(kari)
    page = browser.get("/messages/channels/").content.decode()
    assert "550 no such user" in page
    assert "o…@example.org" in page
    assert "olena@example.org" not in page
    letter = Delivery.unscoped.get()
    assert browser_of(olena).get("/messages/channels/").status_code == 403
    assert browser_of(olena).post(f"/messages/channels/{letter.pk}/send-again/").status_code == 403
    assert browser.post(f"/messages/channels/{letter.pk}/send-again/").status_code == 302
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (State.WAITING, 0)
    assert "Ingenting er gitt opp." in browser.get("/messages/channels/").content.decode()
