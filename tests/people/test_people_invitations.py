"""Tests that an invitation opens the door once, to its address, while its giver may let people in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from racing import race
from world import World, build, member, person

from medevac.people import notices, services
from medevac.people.models import Invitation, Membership, Organisation, User
from medevac.people.notices import NoChannelError, Notice
from medevac.people.policy import NotAllowedError
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role

NEW = services.NewAccount(
    name="Олена", latin_name="Olena", language="uk", time_zone="Europe/Kyiv", password="rain over Lviv 26"
)


def invite(world: World, email: str = "olena@example.org", **changed: object) -> Invitation:
    words: dict[str, object] = {
        "organisation": world["hospital"],
        "role": Role.HOSPITAL_COORDINATOR,
        "language": "uk",
    }
    return services.invite(world.people[Role.OBLAST_COORDINATOR], email=email, **{**words, **changed})


def token_of(notice: Notice) -> str:
    return notice.address.rstrip("/").rsplit("/", 1)[1]


def test_an_invitation_becomes_a_membership_once(world: World, told: list[Notice]) -> None:
    """Tests that the link of the notice makes an account with the role, once; the table holds no token."""
    invitation = invite(world, " Olena@Example.org ")
    (notice,) = told
    token = token_of(notice)
    assert notice.email == "olena@example.org"
    assert notice.subject == "Вас запрошено до medevac"
    assert token not in str(vars(Invitation.unscoped.get()))
    membership = services.accept(token, account=NEW)
    assert membership.user.email == "olena@example.org"
    assert (membership.role, membership.organisation) == (Role.HOSPITAL_COORDINATOR, world["hospital"])
    assert membership.granted_by == world.people[Role.OBLAST_COORDINATOR].pk
    invitation.refresh_from_db()
    assert invitation.accepted_by == membership.user_id
    with pytest.raises(RefusedError, match="has been used"):
        services.accept(token, account=NEW)
    assert Membership.unscoped.filter(user=membership.user).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_invitation_accepted_twice_at_once(told: list[Notice]) -> None:
    """Tests that of two who accept with one link at the same moment, one is refused."""
    world = build()
    for number in range(3):
        invite(world, f"new{number}@example.org")
        token = token_of(told[-1])
        results = race(*[lambda token=token: services.accept(token, account=NEW)] * 2)
        assert sorted(isinstance(result, RefusedError) for result in results) == [False, True]
        assert User.objects.filter(email=f"new{number}@example.org").count() == 1
        assert Membership.unscoped.filter(user__email=f"new{number}@example.org").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_invitation_sent_twice_at_once(told: list[Notice]) -> None:
    """Tests that of two invitations to the same, sent at once, one stays open."""
    world = build()
    results = race(*[lambda: invite(world)] * 2)
    assert all(isinstance(result, Invitation) for result in results)
    assert Invitation.unscoped.filter(withdrawn_at__isnull=True).count() == 1


def test_invitations_that_no_longer_open(world: World, told: list[Notice]) -> None:
    """Tests that an invitation that is too old, withdrawn, replaced or made up is refused with what to do."""
    first = invite(world)
    invite(world)  # again: the first is withdrawn
    with pytest.raises(RefusedError, match=r"withdrawn\. Ask the person"):
        services.accept(token_of(told[0]), account=NEW)
    with pytest.raises(RefusedError, match="does not exist"):
        services.accept("made-up", account=NEW)
    Invitation.unscoped.exclude(pk=first.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(RefusedError, match="too old"):
        services.accept(token_of(told[1]), account=NEW)
    last = invite(world)
    services.withdraw(world.people[Role.OBLAST_COORDINATOR], last)
    with pytest.raises(RefusedError, match="withdrawn"):
        services.accept(token_of(told[2]), account=NEW)
    assert not User.objects.filter(email="olena@example.org").exists()


def test_an_invitation_is_worth_no_more_than_its_giver(world: World, told: list[Notice]) -> None:
    """Tests that an invitation lets nobody in once its giver has lost the role or the account."""
    invite(world)
    Membership.unscoped.filter(user=world.people[Role.OBLAST_COORDINATOR]).update(ends=timezone.now())
    with pytest.raises(RefusedError, match="may no longer do so"):
        services.accept(token_of(told[0]), account=NEW)


def test_who_may_invite_whom_to_what(world: World, told: list[Notice]) -> None:
    """Tests that the role must reach and fit the organisation, and some only an administrator gives."""
    oblast, administrator = world.people[Role.OBLAST_COORDINATOR], world.people[Role.ADMINISTRATOR]
    for place, role in [("other_hospital", Role.HOSPITAL_COORDINATOR), ("hospital", Role.AUDITOR)]:
        with pytest.raises(NotAllowedError):
            services.invite(
                oblast, email="x@example.org", organisation=world[place], role=role, language="en"
            )
    with pytest.raises(RefusedError, match="is no role in “hospital”"):
        invite(world, role=Role.FLIGHT_DESK)
    services.invite(
        administrator, email="x@example.org", organisation=world["hospital"], role=Role.AUDITOR, language="en"
    )
    with pytest.raises(NotAllowedError):
        services.invite(
            world.people[Role.HOSPITAL_COORDINATOR],
            email="x@example.org",
            organisation=world["hospital"],
            role=Role.HOSPITAL_COORDINATOR,
            language="en",
        )


def test_an_invitation_is_for_its_address(world: World, told: list[Notice]) -> None:
    """Tests that an account with the address accepts signed in as itself, and nobody else does."""
    known, other = person("olena"), person("other")
    invite(world)
    token = token_of(told[0])
    assert told[0].user == known.pk
    for account, user in [(NEW, None), (None, other)]:
        with pytest.raises(RefusedError, match="already an account"):
            services.accept(token, account=account, user=user)
    assert services.accept(token, user=known).user == known
    invite(world, "third@example.org")
    with pytest.raises(RefusedError, match="for another address"):
        services.accept(token_of(told[1]), user=other)
    with pytest.raises(RefusedError, match="already has the role"):
        invite(world)


def test_no_invitation_without_a_way_to_send_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that an invitation that nobody would hear of is not kept."""
    monkeypatch.setattr(notices, "_CHANNELS", {})
    with pytest.raises(NoChannelError):
        invite(world)
    assert not Invitation.unscoped.exists()


def test_a_closed_organisation_takes_nobody(world: World, told: list[Notice]) -> None:
    """Tests that an invitation to an organisation that has closed since is refused."""
    invite(world)
    Organisation.unscoped.filter(pk=world["hospital"].pk).update(closed_at=timezone.now())
    with pytest.raises(RefusedError, match="closed"):
        services.accept(token_of(told[0]), account=NEW)
    assert not User.objects.filter(email="olena@example.org").exists()


@pytest.mark.any_postgresql
def test_the_database_holds_one_open_invitation(world: World, told: list[Notice]) -> None:
    """Tests that a second open invitation to the same is refused by the database as well."""
    kept = invite(world)
    kept.pk, kept.token_digest, kept.email = None, b"other", "OLENA@example.org"
    with pytest.raises(IntegrityError, match="people_invitation_open_once"), transaction.atomic():
        kept.save(force_insert=True)


@pytest.mark.django_db
def test_founding_happens_once(told: list[Notice]) -> None:
    """Tests that an empty installation gets its owner and the invitation of its first administrator, once."""
    words = {
        "name": "Helsedirektoratet",
        "latin_name": "Helsedirektoratet",
        "country": "NO",
        "language": "nb",
    }
    services.found(email="first@example.org", **words)
    membership = services.accept(token_of(told[0]), account=NEW)
    assert membership.role == Role.ADMINISTRATOR
    with pytest.raises(RefusedError, match="founded already"):
        services.found(email="second@example.org", **words)


def test_the_pages_of_an_invitation(world: World, told: list[Notice]) -> None:
    """Tests that the link leaves no token in the address, and a second factor is set up next."""
    invite(world)
    client = Client()
    answer = client.get(f"/people/invitation/{token_of(told[0])}/")
    assert answer.headers["Location"] == "/people/invitation/accept/"
    assert "olena@example.org" in client.get("/people/invitation/accept/").content.decode()
    form = {
        "name": "Олена",
        "latin_name": "Olena",
        "language": "uk",
        "time_zone": "Europe/Kyiv",
        "way": "passkey",
    }
    answer = client.post("/people/invitation/accept/", form)
    assert answer.headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/people/second-factor/"
    assert "Потрібен другий фактор" in client.get("/people/second-factor/").content.decode()
    assert client.get("/sign-in/2fa/webauthn/add/").status_code == 200
    used = Client()
    assert used.get(f"/people/invitation/{token_of(told[0])}/").status_code == 410
    assert "sessionid" not in used.cookies  # a stranger who guesses fills no table
    assert used.get("/people/invitation/accept/").status_code == 410
    weak = {**form, "way": "password", "password": "password1234"}
    invite(world, "weak@example.org")
    client = Client()
    client.get(f"/people/invitation/{token_of(told[-1])}/")
    assert "too common" in client.post("/people/invitation/accept/", weak).content.decode()


def test_memberships_of_users_with_roles_elsewhere(world: World, told: list[Notice]) -> None:
    """Tests that somebody may be several things in several places."""
    user = person("several")
    member(user, world["region"], Role.REGION)
    invite(world, user.email)
    services.accept(token_of(told[0]), user=user)
    assert Membership.unscoped.current().filter(user=user).count() == 2
