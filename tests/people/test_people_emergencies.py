"""Tests that the glass breaks for a reason and a time, that the owner hears of it, and that it closes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from racing import race
from world import World, build, member, person, sign_in

from medevac.people import notices, services
from medevac.people.models import EmergencyAccess, Membership
from medevac.people.notices import NoChannelError, Notice
from medevac.people.policy import NotAllowedError, may
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role
from medevac.people.work_items import work_of

REASON = "Patient in the air is worse; the sending ward must be reached."


def test_breaking_the_glass_opens_one_row_for_a_time(world: World, told: list[Notice], settings) -> None:
    """Tests that exactly the row named opens, for as long as is set, and closes by itself."""
    crew = world.people[Role.HUB_CREW]
    assert not may(crew, "people.see_members", world["hospital"])
    access = services.break_glass(crew, world["hospital"], REASON)
    assert may(crew, "people.see_members", world["hospital"])
    assert not may(crew, "people.see_members", world["other_hospital"])
    assert not may(crew, "people.invite", world["hospital"])
    assert access.expires_at - access.opened_at == timedelta(minutes=settings.EMERGENCY_MINUTES)
    EmergencyAccess.unscoped.update(
        opened_at=timezone.now() - timedelta(hours=2), expires_at=timezone.now() - timedelta(seconds=1)
    )
    assert not may(crew, "people.see_members", world["hospital"])


def test_the_owner_and_the_auditors_are_told(world: World, told: list[Notice]) -> None:
    """Tests that the people of the owner and the auditors above hear of it, without name or reason."""
    services.break_glass(world.people[Role.HUB_CREW], world["hospital"], REASON)
    assert {notice.user for notice in told} == {
        world.people[Role.HOSPITAL_COORDINATOR].pk,
        world.people[Role.AUDITOR].pk,
    }
    for notice in told:
        text = " ".join((notice.subject, *notice.sentences, str(notice.facts)))
        assert REASON not in text
        assert "Hub_crew" not in text
        assert "hospital" not in text


def test_somebody_is_told_where_the_owner_has_nobody(world: World, told: list[Notice]) -> None:
    """Tests that the nearest organisation above is told where the owner has nobody who answers."""
    services.break_glass(world.people[Role.HUB_CREW], world["other_hospital"], REASON)
    assert world.people[Role.MINISTRY].pk in {notice.user for notice in told}


def test_no_emergency_that_nobody_hears_of(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that the glass stays whole where no notice can leave."""
    monkeypatch.setattr(notices, "_CHANNELS", {})
    with pytest.raises(NoChannelError):
        services.break_glass(world.people[Role.HUB_CREW], world["hospital"], REASON)
    assert not EmergencyAccess.unscoped.exists()


@pytest.mark.any_postgresql
def test_who_may_break_the_glass_and_for_what(world: World, told: list[Notice]) -> None:
    """Tests that it takes a role on the patients' way, a reason in words, and something that offers it."""
    for role in (
        Role.DONOR,
        Role.READER,
        Role.ADMINISTRATOR,
        Role.AUDITOR,
        Role.GROUND_CREW,
        Role.MUNICIPALITY,
    ):
        with pytest.raises(NotAllowedError):
            services.break_glass(world.people[role], world["hospital"], REASON)
    with pytest.raises(RefusedError, match="at least 20 letters, got 6"):
        services.break_glass(world.people[Role.HUB_CREW], world["hospital"], "urgent   " + " " * 40)
    with pytest.raises(RefusedError, match="not offered"):
        services.break_glass(world.people[Role.HUB_CREW], Membership.unscoped.first(), REASON)
    with pytest.raises(IntegrityError, match="people_emergency_reason"), transaction.atomic():
        EmergencyAccess.unscoped.create(
            user=world.people[Role.HUB_CREW],
            subject_kind="people.organisation",
            subject_id=world["hospital"].pk,
            owner=world["hospital"],
            reason="urgent",
            opened_at=timezone.now(),
            expires_at=timezone.now() + timedelta(hours=1),
        )


@pytest.mark.django_db(transaction=True)
def test_a_double_click_opens_one(told: list[Notice]) -> None:
    """Tests that two requests at the same moment give one access and one notice for each who is told."""
    world = build()
    crew = world.people[Role.HUB_CREW]
    results = race(*[lambda: services.break_glass(crew, world["hospital"], REASON)] * 2)
    assert results[0] == results[1]
    assert EmergencyAccess.unscoped.count() == 1
    assert len(told) == len({notice.user for notice in told})


def test_it_ends_before_its_time(world: World, told: list[Notice]) -> None:
    """Tests that whoever opened it closes it, and so does the owner, but nobody else."""
    crew = world.people[Role.HUB_CREW]
    for closing, closes in [
        (crew, True),
        (world.people[Role.OBLAST_COORDINATOR], True),
        (person("x"), False),
    ]:
        access = services.break_glass(crew, world["hospital"], REASON)
        if not closes:
            with pytest.raises(NotAllowedError):
                services.end_emergency(closing, access)
            continue
        services.end_emergency(closing, access)
        assert not may(crew, "people.see_members", world["hospital"])


def test_losing_the_role_ends_it(world: World, told: list[Notice]) -> None:
    """Tests that emergency access goes with the role that allowed it."""
    crew = world.people[Role.HUB_CREW]
    services.break_glass(crew, world["hospital"], REASON)
    Membership.unscoped.filter(user=crew).update(ends=timezone.now())
    assert not may(crew, "people.see_members", world["hospital"])


def test_the_owner_answers_once(world: World, told: list[Notice]) -> None:
    """Tests that the owner is asked to look, answers once, and nobody judges themselves."""
    crew, coordinator = world.people[Role.HUB_CREW], world.people[Role.HOSPITAL_COORDINATOR]
    access = services.break_glass(crew, world["hospital"], REASON)
    assert [item.sentence.split(".")[0] for item in work_of(coordinator)] == [
        "Somebody opened data of your organisation in an emergency"
    ]
    member(crew, world["hospital"], Role.HOSPITAL_COORDINATOR)
    with pytest.raises(RefusedError, match="their own"):
        services.acknowledge(crew, access, "fine")
    with pytest.raises(NotAllowedError):
        services.acknowledge(world.people[Role.REGION], access, "fine")
    assert services.acknowledge(coordinator, access, "Right.").seen_by == coordinator.pk
    with pytest.raises(RefusedError, match="already answered"):
        services.acknowledge(world.people[Role.OBLAST_COORDINATOR], access, "Wrong.")
    assert work_of(coordinator) == []


def test_the_pages_of_an_emergency(world: World, told: list[Notice]) -> None:
    """Tests that the people of a hospital are hidden, opened with a reason, and its owner reads it."""
    client = sign_in(Client(), world.people[Role.HUB_CREW])
    address = f"/people/organisations/{world['hospital'].pk}/"
    assert "hospital_coordinator@example.org" not in client.get(address).content.decode()
    opening = f"/people/emergency/open/people.organisation/{world['hospital'].pk}/"
    assert opening in client.get(address).content.decode()
    assert client.post(opening, {"reason": "short"}).status_code == 200
    assert client.post(opening, {"reason": REASON}).headers["Location"] == "/people/emergency/"
    assert "hospital_coordinator@example.org" in client.get(address).content.decode()
    owner = sign_in(Client(), world.people[Role.HOSPITAL_COORDINATOR])
    assert REASON in owner.get("/people/emergency/").content.decode()
    outside = sign_in(Client(), world.people[Role.REGION])
    assert REASON not in outside.get("/people/emergency/").content.decode()
    held = Membership.unscoped.first()
    assert client.get(f"/people/emergency/open/people.membership/{held.pk}/").status_code == 404
