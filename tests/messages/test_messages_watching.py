"""Tests of the alarm: a channel that is silent though things wait, who is told, and when it is over."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone

from kill_service.mail_server import MailServer
from medevac.messages.models import ChannelState, Delivery, Event, Message
from medevac.messages.rules import State
from medevac.messages.services import set_quiet_hours, tell
from medevac.messages.services.sending import deliver_due
from medevac.messages.services.watching import delete_old, watch_channels
from medevac.people.models import User

FACTS = {"hospital": "Haukeland", "name": "Тарас"}


@pytest.mark.django_db(transaction=True)
def test_a_silent_channel_is_told_once_and_the_alarm_ends(
    olena: User, kari: User, mail_server: MailServer
) -> None:
    """Tests that administrators are told in the inbox once, and that the first letter sent ends it."""
    with transaction.atomic():
        tell(olena, "tests.offer_arrived", facts=FACTS)
    assert watch_channels() == []  # nothing has waited for long
    Delivery.unscoped.update(due_at=timezone.now() - timedelta(minutes=20))
    assert watch_channels() == ["email"]
    assert watch_channels() == ["email"]
    alarm = Message.unscoped.get(kind="messages.channel_silent")
    assert (alarm.user, alarm.subject) == (kari, "Ingen meldinger sendes gjennom denne kanalen: E-post")
    assert ChannelState.objects.get(channel="email").silent_since is not None
    assert deliver_due() == 2  # the offer, and the alarm itself
    assert watch_channels() == []
    assert ChannelState.objects.get(channel="email").silent_since is None


@pytest.mark.django_db
def test_a_letter_that_fails_again_and_again_is_silence_too(olena: User, mail_server: MailServer) -> None:
    """Tests that being tried again later does not hide that nothing leaves."""
    tell(olena, "tests.offer_arrived", facts=FACTS)
    long_ago = timezone.now() - timedelta(minutes=20)
    Delivery.unscoped.update(tries=4, due_at=timezone.now() + timedelta(minutes=4), created_at=long_ago)
    assert watch_channels() == ["email"]


@pytest.mark.django_db
def test_quiet_hours_are_no_silence(olena: User, kari: User, mail_server: MailServer) -> None:
    """Tests that a second try which waits for the morning is no alarm, and that one of an urgent kind is."""
    here = timezone.now().astimezone(ZoneInfo(olena.time_zone))
    set_quiet_hours(olena, (here - timedelta(hours=1)).time(), (here + timedelta(hours=1)).time())
    tell(olena, "tests.offer_arrived", facts=FACTS)
    long_ago, morning = timezone.now() - timedelta(minutes=20), timezone.now() + timedelta(hours=1)
    Delivery.unscoped.update(tries=1, due_at=morning, created_at=long_ago)
    assert watch_channels() == []
    tell(olena, "tests.flight_changed", facts={"time": "08:00"})
    Delivery.unscoped.update(tries=1, due_at=morning, created_at=long_ago)
    assert watch_channels() == ["email"]


@pytest.mark.django_db
def test_what_is_deleted_at_night(olena: User, mail_server: MailServer) -> None:
    """Tests that events go after a day, and secret links of letters given up after thirty."""
    tell(olena, "tests.offer_arrived", facts=FACTS)
    Delivery.unscoped.update(state=State.DEAD, secret_link="http://localhost:8000/secret/")
    delete_old()
    assert Event.unscoped.count() == 1
    assert Delivery.unscoped.get().secret_link
    Event.unscoped.update(created_at=timezone.now() - timedelta(hours=25))
    Delivery.unscoped.update(created_at=timezone.now() - timedelta(days=31))
    delete_old()
    assert Event.unscoped.count() == 0
    assert (Delivery.unscoped.get().secret_link, Delivery.unscoped.get().state) == ("", State.NEEDLESS)
