"""Tests of paces, digests and quiet hours, on the clock of whoever receives."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone

from kill_service.mail_server import MailServer
from medevac.messages.models import Delivery, Message
from medevac.messages.rules import Pace, State, after_quiet, next_digest
from medevac.messages.services import mark_read, set_preferences, set_quiet_hours, tell
from medevac.messages.services.sending import bundle_digests, deliver_due
from medevac.people.models import User

KYIV, OSLO = ZoneInfo("Europe/Kyiv"), ZoneInfo("Europe/Oslo")
FACTS = {"hospital": "Haukeland", "name": "Тарас", "time": "08:00"}


@pytest.mark.parametrize(
    ("pace", "now", "zone", "due"),
    [
        (Pace.HOURLY, "2026-11-25T10:20", KYIV, "2026-11-25T11:00"),
        (Pace.DAILY, "2026-11-25T04:59", KYIV, "2026-11-25T05:00"),  # 07:00 in Kyiv is 05:00 UTC in winter
        (Pace.DAILY, "2026-11-25T05:00", KYIV, "2026-11-26T05:00"),
        (Pace.DAILY, "2026-03-28T12:00", OSLO, "2026-03-29T05:00"),  # that night the clock goes forward
    ],
)
def test_when_digests_leave(pace: Pace, now: str, zone: ZoneInfo, due: str) -> None:
    """Tests the full hour, and seven in the morning where the person lives, over a change of the clock."""
    assert next_digest(pace, utc(now), zone) == utc(due)


@pytest.mark.parametrize(
    ("moment", "starts", "ends", "due"),
    [
        ("2026-11-25T21:30", time(22), time(7), "2026-11-26T05:00"),  # 23:30 in Kyiv, until 07:00
        ("2026-11-25T01:00", time(22), time(7), "2026-11-25T05:00"),  # 03:00 in Kyiv
        ("2026-11-25T19:59", time(22), time(7), "2026-11-25T19:59"),  # 21:59 in Kyiv
        ("2026-11-25T05:00", time(22), time(7), "2026-11-25T05:00"),  # 07:00 in Kyiv: over
        ("2026-11-25T11:00", time(12), time(14), "2026-11-25T12:00"),  # 13:00 in Kyiv, until 14:00
        ("2026-11-25T11:00", time(8), time(8), "2026-11-25T11:00"),  # none
        (
            "2026-03-28T23:30",
            time(22),
            time(7),
            "2026-03-29T04:00",
        ),  # 07:00 is an hour earlier after the change
    ],
)
def test_quiet_hours(moment: str, starts: time, ends: time, due: str) -> None:
    """Tests hours over midnight and within a day, on Kyiv's clock."""
    assert after_quiet(utc(moment), starts, ends, KYIV) == utc(due)


def utc(text: str) -> datetime:
    """A moment."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def told(user: User, kind: str = "tests.offer_arrived") -> Message:
    """A message in a transaction of its own."""
    with transaction.atomic():
        return tell(user, kind, facts=FACTS, pseudonym="UA-4F7K")


@pytest.mark.django_db(transaction=True)
def test_a_digest_is_one_email(olena: User, mail_server: MailServer) -> None:
    """Tests that two messages leave as one letter, without the one that was read meanwhile, and once."""
    set_preferences(olena, {("tests.offer_arrived", "email"): Pace.DAILY})
    told(olena)
    mark_read(olena, told(olena))
    told(olena)
    assert set(Delivery.unscoped.values_list("state", flat=True)) == {State.GATHERED}
    assert bundle_digests() == 0  # not due yet
    Delivery.unscoped.update(due_at=timezone.now())
    assert bundle_digests() == 1
    assert bundle_digests() == 0
    assert deliver_due() == 1
    (taken,) = mail_server.taken
    assert "На вас чекають 2 повідомлення:" in taken.text
    assert taken.text.count("UA-4F7K") == 2
    states = list(Delivery.unscoped.order_by("state").values_list("state", flat=True))
    assert states == [State.BUNDLED, State.BUNDLED, State.NEEDLESS, State.SENT]
    assert Delivery.unscoped.filter(state=State.BUNDLED, sent_at__isnull=True).count() == 0


@pytest.mark.django_db
def test_quiet_hours_hold_back_all_but_urgent_ones(olena: User, mail_server: MailServer) -> None:
    """Tests both kinds in quiet hours that are now."""
    here = timezone.now().astimezone(KYIV)
    set_quiet_hours(olena, (here - timedelta(hours=1)).time(), (here + timedelta(hours=1)).time())
    told(olena)
    told(olena, "tests.flight_changed")
    later = Delivery.unscoped.get(kind="tests.offer_arrived")
    assert later.state == State.WAITING
    assert later.due_at > timezone.now() + timedelta(minutes=50)
    assert Delivery.unscoped.get(kind="tests.flight_changed").due_at <= timezone.now()


@pytest.mark.django_db(transaction=True)
def test_quiet_hours_hold_back_retries_and_late_digests(olena: User, mail_server: MailServer) -> None:
    """Tests that a try that failed, and a digest that a worker was too late for, wait for the morning."""
    mail_server.answer_to_data = "451 come back later"
    told(olena)
    told(olena, "tests.flight_changed")
    set_preferences(olena, {("tests.offer_arrived", "email"): Pace.DAILY})
    told(olena)
    gathered = Delivery.unscoped.filter(state=State.GATHERED)
    here = timezone.now().astimezone(KYIV)
    set_quiet_hours(olena, (here - timedelta(hours=1)).time(), (here + timedelta(hours=1)).time())
    gathered.update(due_at=timezone.now())
    assert bundle_digests() == 1
    assert deliver_due() == 0
    held = timezone.now() + timedelta(minutes=50)
    assert Delivery.unscoped.get(kind="tests.offer_arrived", state=State.WAITING).due_at > held
    assert Delivery.unscoped.get(kind="messages.digest").due_at > held
    assert Delivery.unscoped.get(kind="tests.flight_changed").due_at < held


@pytest.mark.django_db
def test_what_may_be_switched_off(olena: User, kari: User, mail_server: MailServer) -> None:
    """Tests that "not at all" is kept for a common kind, and not for one that must arrive."""
    set_preferences(olena, {("tests.offer_arrived", "email"): Pace.NEVER})
    set_preferences(kari, {("messages.channel_silent", "email"): Pace.NEVER})
    told(olena)
    assert Delivery.unscoped.count() == 0
    told_silent = {"channel": "E-post"}
    with transaction.atomic():
        tell(kari, "messages.channel_silent", facts=told_silent)
    assert Delivery.unscoped.get().state == State.WAITING
