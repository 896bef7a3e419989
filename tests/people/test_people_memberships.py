"""Tests that memberships begin, end and are confirmed by whom the table names; one always administers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from racing import race
from world import PLACE_OF, World, build, member, person, sign_in

from medevac.people import services
from medevac.people.models import Invitation, Membership
from medevac.people.policy import NotAllowedError, may
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role
from medevac.people.selectors.reviews import confirmers, may_confirm, reviews_for
from medevac.people.work_items import work_of


def membership_of(world: World, role: Role) -> Membership:
    return Membership.unscoped.get(user=world.people[role], role=role)


def test_ending_takes_the_rights_at_once(world: World) -> None:
    """Tests that a membership ends when somebody above ends it or its holder leaves, and by nobody else."""
    held = membership_of(world, Role.HOSPITAL_COORDINATOR)
    for stranger in (Role.REGION, Role.AUDITOR, Role.RECEIVING_HOSPITAL):
        with pytest.raises(NotAllowedError):
            services.end_membership(world.people[stranger], held)
    services.end_membership(world.people[Role.OBLAST_COORDINATOR], held)
    assert not may(held.user, "people.see_members", world["hospital"])
    with pytest.raises(RefusedError, match="already ended"):
        services.end_membership(world.people[Role.OBLAST_COORDINATOR], held)
    left = membership_of(world, Role.GROUND_CREW)
    assert services.end_membership(left.user, left).ended_by == left.user_id


def test_granting_fits_and_does_not_overlap(world: World) -> None:
    """Tests that a role is given once for a time, by somebody else, where it fits."""
    ministry, user = world.people[Role.MINISTRY], person("new")
    place, role = world["oblast"], Role.OBLAST_COORDINATOR
    now = timezone.now()
    services.grant(ministry, user, place, role, ends=now + timedelta(days=10))
    with pytest.raises(RefusedError, match="already has the role"):
        services.grant(ministry, user, place, role, starts=now + timedelta(days=9))
    services.grant(ministry, user, place, role, starts=now + timedelta(days=10))  # the end itself is outside
    with pytest.raises(RefusedError, match="before it begins"):
        services.grant(
            ministry, user, world["hospital"], Role.HOSPITAL_COORDINATOR, ends=now - timedelta(days=1)
        )
    with pytest.raises(RefusedError, match="themselves"):
        services.grant(ministry, ministry, place, role)
    with pytest.raises(NotAllowedError):
        services.grant(world.people[Role.OBLAST_COORDINATOR], user, world["ministry"], Role.MINISTRY)
    user.is_active = False
    with pytest.raises(RefusedError, match="deactivated"):
        services.grant(ministry, user, place, role)


@pytest.mark.any_postgresql
def test_the_database_refuses_an_overlap(world: World) -> None:
    """Tests that two equal memberships at one time are refused by the database, whatever writes them."""
    held = membership_of(world, Role.REGION)
    with pytest.raises(IntegrityError, match="people_membership_once"), transaction.atomic():
        member(held.user, held.organisation, Role.REGION)


@pytest.mark.django_db(transaction=True)
def test_the_last_administrators_do_not_leave_together() -> None:
    """Tests that of two administrators who leave at the same moment, one stays."""
    world = build()
    first = membership_of(world, Role.ADMINISTRATOR)
    second = member(person("second"), world["owner"], Role.ADMINISTRATOR)
    results = race(
        lambda: services.end_membership(first.user, first),
        lambda: services.end_membership(second.user, second),
    )
    assert sorted(isinstance(result, RefusedError) for result in results) == [False, True]
    assert Membership.unscoped.current().filter(role=Role.ADMINISTRATOR).count() == 1


def test_deactivation_ends_everything(world: World) -> None:
    """Tests that a deactivated user is signed out at once and has no role and no open invitation."""
    oblast, user = world.people[Role.OBLAST_COORDINATOR], world.people[Role.HOSPITAL_COORDINATOR]
    client = sign_in(Client(), user)
    assert client.get("/people/account/").status_code == 200
    Invitation.unscoped.create(
        email=user.email,
        organisation=world["region"],
        role=Role.REGION,
        token_digest=b"x",
        invited_by=oblast.pk,
        invited_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=1),
    )
    services.deactivate(oblast, user)
    assert client.get("/people/account/").status_code == 302
    assert not Membership.unscoped.not_ended().filter(user=user).exists()
    assert not Invitation.unscoped.filter(withdrawn_at__isnull=True).exists()
    services.reactivate(oblast, user)
    user.refresh_from_db()
    assert client.get("/people/account/").status_code == 302  # the old session does not come back
    assert not may(user, "people.see_members")


def test_deactivation_reaches_no_further_than_the_role(world: World) -> None:
    """Tests that nobody closes an account that is used outside their reach, or their own."""
    oblast, user = world.people[Role.OBLAST_COORDINATOR], world.people[Role.HOSPITAL_COORDINATOR]
    member(user, world["region"], Role.REGION)
    with pytest.raises(NotAllowedError):
        services.deactivate(oblast, user)
    with pytest.raises(NotAllowedError):
        services.deactivate(oblast, world.people[Role.REGION])
    with pytest.raises(RefusedError, match="their own account"):
        services.deactivate(oblast, oblast)
    user.refresh_from_db()
    assert user.is_active


def test_confirming_moves_the_day(world: World, settings) -> None:
    """Tests that a membership is confirmed by somebody else who reaches it, until the next review."""
    held = membership_of(world, Role.HOSPITAL_COORDINATOR)
    oblast = world.people[Role.OBLAST_COORDINATOR]
    confirmed = services.confirm(oblast, held)
    assert confirmed.confirmed_by == oblast.pk
    assert confirmed.review_due - confirmed.confirmed_at == timedelta(days=settings.REVIEW_DAYS)
    with pytest.raises(RefusedError, match="their own membership"):
        services.confirm(oblast, membership_of(world, Role.OBLAST_COORDINATOR))
    with pytest.raises(NotAllowedError):
        services.confirm(world.people[Role.REGION], held)
    auditor = member(person("auditor2"), world["oblast"], Role.AUDITOR)
    with pytest.raises(NotAllowedError):
        services.confirm(oblast, auditor)


def test_the_review_shows_what_is_due_and_overdue(world: World) -> None:
    """Tests that memberships show up 30 days before they must be confirmed, and as overdue afterwards."""
    ministry = world.people[Role.MINISTRY]
    assert reviews_for(ministry) == []
    held = membership_of(world, Role.HOSPITAL_COORDINATOR)
    for days, overdue in [(29, False), (-1, True)]:
        held.review_due = timezone.now() + timedelta(days=days)
        held.save()
        (line,) = reviews_for(ministry)
        assert (line.membership, line.overdue, line.mine) == (held, overdue, True)
        assert [person.name for person in line.confirmers] == ["Oblast_coordinator"]
        (item,) = work_of(ministry)
        assert item.sentence == "Confirm one membership."
        assert item.overdue is overdue
    held.review_due = timezone.now() + timedelta(days=31)
    held.save()
    assert reviews_for(ministry) == []
    assert len(reviews_for(ministry, everything=True)) == 3  # ministry, oblast, hospital


def test_who_confirms_is_who_may(world: World) -> None:
    """Tests for each membership that the people named as confirming it are people whom the policy lets."""
    for role, place in PLACE_OF.items():
        held = membership_of(world, role)
        named = confirmers(held)
        for other in named:
            assert may(other, "people.review", held), (role, other)
            assert may_confirm(other, held), (role, other)
        possible = [
            user
            for user in world.people.values()
            if may(user, "people.review", held) and may_confirm(user, held)
        ]
        assert bool(named) == bool(possible), (role, place)
