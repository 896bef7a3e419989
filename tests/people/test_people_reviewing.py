"""Tests that the periodic review goes by itself: who confirms is reminded, and what nobody confirms ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.utils import timezone
from world import World

from medevac.messages.models import Message
from medevac.people import services, tasks
from medevac.people.models import Membership
from medevac.people.notices import Notice
from medevac.people.policy import may
from medevac.people.roles import Role
from medevac.people.services.reviewing import end_what_nobody_confirmed, remind_of_reviews


def due(world: World, role: Role, days: int) -> Membership:
    """The membership of a role, to be confirmed in so many days from now."""
    held = Membership.unscoped.get(user=world.people[role], role=role)
    held.review_due = timezone.now() + timedelta(days=days)
    held.save()
    return held


def test_whoever_confirms_is_reminded_once_a_week(world: World) -> None:
    """Tests that the nearest person above gets one message for all that waits, however often the job runs."""
    due(world, Role.HOSPITAL_COORDINATOR, 13)
    due(world, Role.REGION, 15)  # too early to be reminded of
    for _ in range(2):
        assert remind_of_reviews() == 1
    (message,) = Message.unscoped.filter(kind="people.reviews_due")
    assert message.user == world.people[Role.OBLAST_COORDINATOR]
    assert "One membership waits" in message.sentences[0]
    assert "30 days" in message.sentences[1]
    assert message.address == "/people/review/"


def test_what_nobody_confirms_ends(world: World, told: list[Notice], settings: LazySettings) -> None:
    """Tests that a membership ends after the days of grace, and holder and confirmer are told."""
    settings.REVIEW_GRACE_DAYS = 10
    late, still = due(world, Role.HOSPITAL_COORDINATOR, -11), due(world, Role.GROUND_CREW, -9)
    assert end_what_nobody_confirmed() == 1
    for held in (late, still):
        held.refresh_from_db()
    assert late.has_ended()
    assert late.ended_by is None  # nobody did
    assert not may(late.user, "people.see_members", world["hospital"])
    assert not still.has_ended()
    assert [(notice.kind, notice.user) for notice in told] == [
        ("membership_ended", late.user_id),
        ("review_missed", world.people[Role.OBLAST_COORDINATOR].pk),
    ]
    assert end_what_nobody_confirmed() == 0


def test_confirming_in_time_keeps_it(world: World, told: list[Notice]) -> None:
    """Tests that an overdue membership goes on when somebody confirms it before the grace is over."""
    held = due(world, Role.HOSPITAL_COORDINATOR, -29)
    services.confirm(world.people[Role.OBLAST_COORDINATOR], held)
    assert end_what_nobody_confirmed() == 0


def test_the_last_administrator_stays(world: World) -> None:
    """Tests that the installation is not left without anybody who could mend it."""
    held = due(world, Role.ADMINISTRATOR, -400)
    assert end_what_nobody_confirmed() == 0
    held.refresh_from_db()
    assert not held.has_ended()


def test_the_worker_does_both(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests the job that runs every morning, with the messages as they leave."""
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)  # the test's own has what it wrote
    due(world, Role.HOSPITAL_COORDINATOR, -31)
    due(world, Role.GROUND_CREW, -1)
    tasks.review.func(0)
    kinds = set(Message.unscoped.values_list("kind", "user"))
    assert ("people.membership_ended", world.people[Role.HOSPITAL_COORDINATOR].pk) in kinds
    assert ("people.review_missed", world.people[Role.OBLAST_COORDINATOR].pk) in kinds
    assert ("people.reviews_due", world.people[Role.REGION].pk) in kinds
