"""Tests that sessions are shown in plain words and end: one, all others, with a role, by an administrator."""

from __future__ import annotations

import pytest
from django.test import Client
from world import PASSWORD, World, person, sign_in

from medevac.audit.history import recordings
from medevac.people import services
from medevac.people.devices import browser_and_system, device_words
from medevac.people.models import Membership, SignIn, User
from medevac.people.notices import Notice
from medevac.people.policy import NotAllowedError
from medevac.people.roles import Role
from medevac.people.selectors.sessions import sessions_of

FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36"
EDGE = f"{CHROME} Edg/141.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"


def browsing(user: User, agent: str) -> Client:
    """A browser in which the user has signed in and opened a page."""
    client = sign_in(Client(headers={"User-Agent": agent}), user)
    assert client.get("/people/account/").status_code == 200
    return client


def is_in(client: Client) -> bool:
    return client.get("/people/account/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Android"),
        (CHROME, "Chrome on Windows"),
        (EDGE, "Edge on Windows"),
        (SAFARI, "Safari on iPhone"),
        ("curl/8", "A device that does not say what it is"),
        ("", "A device that does not say what it is"),
    ],
)
def test_devices_have_plain_names(agent: str, words: str) -> None:
    """Tests that a device is called what its user calls it."""
    assert device_words(*browser_and_system(agent)) == words


def test_the_page_shows_and_ends_sessions(world: World) -> None:
    """Tests that every session stands there, one ends and the rest go on, and it is on record."""
    user = world.people[Role.REGION]
    here, lost, third = (browsing(user, agent) for agent in (CHROME, FIREFOX, SAFARI))
    page = here.get("/people/account/sessions/").content.decode()
    for device in ("Chrome on Windows", "Firefox on Android", "Safari on iPhone"):
        assert device in page
    assert page.count("this one") == 1
    row = SignIn.unscoped.get(user=user, system="Android")
    here.post(f"/people/account/sessions/{row.pk}/end/")
    assert [is_in(client) for client in (here, lost, third)] == [True, False, True]
    events = recordings()["people.signin"].events.objects.filter(pgh_obj_id=row.pk).order_by("pgh_id")
    assert [event.ended_by for event in events] == [None, user.pk]
    assert not hasattr(events[0], "session_key")
    again = here.post(f"/people/account/sessions/{row.pk}/end/", follow=True).content.decode()
    assert "has ended already" in again


def test_nobody_ends_a_session_of_somebody_else_there(world: World) -> None:
    """Tests that the page of the own sessions ends no other's."""
    user, other = world.people[Role.REGION], world.people[Role.DONOR]
    here, theirs = browsing(user, CHROME), browsing(other, FIREFOX)
    row = SignIn.unscoped.get(user=other)
    here.post(f"/people/account/sessions/{row.pk}/end/")
    assert is_in(theirs)
    with pytest.raises(NotAllowedError):
        services.end_session(user, row)


def test_all_others_end_and_this_one_goes_on(world: World) -> None:
    """Tests that one click leaves the session in which it was made."""
    user = world.people[Role.REGION]
    here, one, two = (browsing(user, agent) for agent in (CHROME, FIREFOX, SAFARI))
    here.post("/people/account/sessions/end-others/")
    assert [is_in(client) for client in (here, one, two)] == [True, False, False]
    (left,) = sessions_of(User.objects.get(pk=user.pk), this=here.session.session_key)
    assert left.is_this
    assert left.device == "Chrome on Windows"
    assert "here only" in here.get("/people/account/sessions/").content.decode()


def test_a_role_that_changes_ends_the_sessions(world: World, told: list[Notice]) -> None:
    """Tests that whoever is given a role or loses one signs in anew, and that deactivation ends all."""
    ministry, user = world.people[Role.MINISTRY], world.people[Role.HOSPITAL_COORDINATOR]
    client = browsing(user, CHROME)
    held = services.grant(ministry, user, world["oblast"], Role.OBLAST_COORDINATOR)
    assert not is_in(client)
    client = browsing(User.objects.get(pk=user.pk), CHROME)
    services.end_membership(ministry, held)
    assert not is_in(client)
    assert [notice.kind for notice in told] == ["membership_granted", "membership_ended"]
    client = browsing(User.objects.get(pk=user.pk), CHROME)
    services.deactivate(ministry, user)
    assert not is_in(client)
    assert not SignIn.unscoped.filter(user=user, ended_at__isnull=True).exists()
    assert set(SignIn.unscoped.filter(user=user).values_list("ended_by", flat=True)) == {ministry.pk}


def test_whoever_leaves_stays_signed_in(world: World) -> None:
    """Tests that ending one's own role by oneself does not throw one out of the page."""
    user = world.people[Role.REGION]
    client = browsing(user, CHROME)
    held = Membership.unscoped.get(user=user)
    client.post(f"/people/memberships/{held.pk}/end/")
    held.refresh_from_db()
    assert held.has_ended()
    assert is_in(client)


def test_administrators_end_sessions(world: World) -> None:
    """Tests that whoever answers for somebody ends that person's sessions, and nobody else does."""
    user = world.people[Role.HOSPITAL_COORDINATOR]
    theirs = browsing(user, FIREFOX)
    address = f"/people/person/{user.pk}/end-sessions/"
    for role, answer in ((Role.REGION, 404), (Role.DONOR, 403)):
        assert browsing(world.people[role], CHROME).post(address).status_code == answer
    assert is_in(theirs)
    oblast = browsing(world.people[Role.OBLAST_COORDINATOR], CHROME)
    assert "Firefox on Android" in oblast.get(f"/people/person/{user.pk}/").content.decode()
    assert oblast.post(address).status_code == 302
    assert not is_in(theirs)


def test_signing_in_by_the_page_keeps_a_session(world: World) -> None:
    """Tests that a real sign-in stands in the list, whatever the session's key became on the way."""
    user = person("plain")
    client = Client(headers={"User-Agent": CHROME})
    client.post("/sign-in/login/", {"login": user.email, "password": PASSWORD})
    client.get("/people/account/")
    client.post(
        "/sign-in/password/change/",
        {"oldpassword": PASSWORD, "password1": "another rain 27", "password2": "another rain 27"},
    )
    client.get("/people/account/")
    (one,) = sessions_of(user, this=client.session.session_key)
    assert one.is_this
    client.post("/sign-in/logout/")
    assert sessions_of(user) == []
