"""Tests that an address changes when the new one has answered, that the old one is told, and who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from racing import race
from world import World, build, member, person, sign_in

from medevac.audit.history import recordings
from medevac.people import services
from medevac.people.models import AddressChange, User
from medevac.people.notices import Notice
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role

NEW = "new@example.org"


def token_of(notice: Notice) -> str:
    return notice.address.rstrip("/").rsplit("/", 1)[-1]


def test_an_administrator_changes_an_address(world: World, told: list[Notice]) -> None:
    """Tests the whole way on the pages: asked, told, confirmed, every session over, told again."""
    user, old = world.people[Role.HOSPITAL_COORDINATOR], world.people[Role.HOSPITAL_COORDINATOR].email
    theirs = sign_in(Client(), user)
    ministry = sign_in(Client(), world.people[Role.MINISTRY])
    assert f"/people/person/{user.pk}/address/" in ministry.get(f"/people/person/{user.pk}/").content.decode()
    ministry.post(f"/people/person/{user.pk}/address/", {"email": "New@Example.org"})
    link, warning = told
    assert (link.kind, link.email) == ("address_confirm", NEW)
    assert (warning.kind, warning.email) == ("address_asked", old)
    assert NEW not in " ".join(warning.sentences)
    assert User.objects.get(pk=user.pk).email == old
    anybody = Client()
    answer = anybody.get(f"/people/address/{token_of(link)}/")
    assert answer.headers["Location"] == "/people/address/confirm/"
    assert NEW in anybody.get("/people/address/confirm/").content.decode()
    assert User.objects.get(pk=user.pk).email == old  # a look at the page changes nothing
    assert anybody.post("/people/address/confirm/").headers["Location"] == "/sign-in/login/"
    user.refresh_from_db()
    assert user.email == NEW
    (kept,) = EmailAddress.objects.filter(user=user)
    assert (kept.email, kept.primary, kept.verified) == (NEW, True, True)
    assert theirs.get("/people/account/").status_code == 302
    assert (told[2].kind, told[2].email, told[2].user) == ("address_changed", old, None)
    anybody.get(f"/people/address/{token_of(link)}/")
    assert anybody.get("/people/address/confirm/").status_code == 410
    events = recordings()["people.user"].events.objects.filter(pgh_obj_id=user.pk)
    assert {old, NEW} <= set(events.values_list("email", flat=True))


def test_who_may_change_whose_address(world: World, told: list[Notice]) -> None:
    """Tests that the actor must reach every role of the user: an address is the key to a new password."""
    user = world.people[Role.HOSPITAL_COORDINATOR]
    oblast = world.people[Role.OBLAST_COORDINATOR]
    for role in (Role.REGION, Role.DONOR, Role.AUDITOR, Role.HOSPITAL_COORDINATOR):
        if world.people[role] != user:
            with pytest.raises(NotAllowedError):
                services.ask_for_address(world.people[role], user, NEW)
    services.ask_for_address(oblast, user, NEW)
    member(user, world["ministry"], Role.MINISTRY)
    with pytest.raises(NotAllowedError):
        services.ask_for_address(oblast, user, NEW)
    with pytest.raises(NotAllowedError):
        services.ask_for_address(oblast, world.people[Role.ADMINISTRATOR], NEW)
    auditor = member(person("auditor2"), world["oblast"], Role.AUDITOR).user
    with pytest.raises(NotAllowedError):
        services.ask_for_address(oblast, auditor, NEW)


def test_the_owner_of_an_account_withdraws(world: World, told: list[Notice]) -> None:
    """Tests that the old address can stop a change, after which its link opens nothing."""
    user = world.people[Role.HOSPITAL_COORDINATOR]
    services.ask_for_address(world.people[Role.MINISTRY], user, NEW)
    client = sign_in(Client(), user)
    assert NEW in client.get("/people/account/").content.decode()
    client.post("/people/account/address/withdraw/")
    assert NEW not in client.get("/people/account/").content.decode()
    with pytest.raises(RefusedError, match="withdrawn"):
        services.confirm_address(token_of(told[0]))


def test_one_changes_the_own_address(world: World, told: list[Notice]) -> None:
    """Tests that the own address is asked for on the own page, by whoever has signed in just now."""
    user = world.people[Role.DONOR]
    client = sign_in(Client(), user)
    assert client.post("/people/account/address/", {"email": NEW}).headers["Location"] == "/people/account/"
    assert services.confirm_address(token_of(told[0])).email == NEW
    stale = Client()
    stale.force_login(
        User.objects.get(pk=user.pk), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert "reauthenticate" in stale.get("/people/account/address/").headers["Location"]


def test_what_is_refused(world: World, told: list[Notice]) -> None:
    """Tests addresses that are taken, links that are old, replaced or invented, accounts that are closed."""
    user, ministry = world.people[Role.HOSPITAL_COORDINATOR], world.people[Role.MINISTRY]
    with pytest.raises(RefusedError, match="already an account"):
        services.ask_for_address(ministry, user, ministry.email.upper())
    first = services.ask_for_address(ministry, user, NEW)
    services.ask_for_address(ministry, user, "newer@example.org")
    first.refresh_from_db()
    assert first.withdrawn_by == ministry.pk
    with pytest.raises(RefusedError, match="withdrawn"):
        services.confirm_address(token_of(told[0]))
    with pytest.raises(RefusedError, match="does not exist"):
        services.confirm_address("invented")
    person("newer")  # somebody else is there with that address meanwhile
    with pytest.raises(RefusedError, match="already an account"):
        services.confirm_address(token_of(told[2]))
    AddressChange.unscoped.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(RefusedError, match="too old"):
        services.confirm_address(token_of(told[2]))
    services.deactivate(ministry, user)
    assert not AddressChange.unscoped.filter(user=user, withdrawn_at__isnull=True).exists()
    waiting = AddressChange.unscoped.filter(user=user)
    with pytest.raises(IntegrityError, match="people_address_change_open_once"), transaction.atomic():
        waiting.update(withdrawn_at=None)


@pytest.mark.django_db(transaction=True)
def test_two_who_want_the_same_address(told: list[Notice]) -> None:
    """Tests that of two who confirm the same address at the same moment one gets it."""
    world = build()
    ministry = world.people[Role.MINISTRY]
    for role in (Role.HOSPITAL_COORDINATOR, Role.OBLAST_COORDINATOR):
        services.ask_for_address(ministry, world.people[role], NEW)
    tokens = [token_of(notice) for notice in told if notice.kind == "address_confirm"]
    results = race(*[lambda token=token: services.confirm_address(token) for token in tokens])
    assert sorted(type(result).__name__ for result in results) == ["RefusedError", "User"]
    assert User.objects.filter(email=NEW).count() == 1
