"""Tests the page on which somebody who has an account is given another role."""

from __future__ import annotations

from django.test import Client
from world import World, sign_in

from medevac.audit.history import recordings
from medevac.people.models import Membership
from medevac.people.notices import Notice
from medevac.people.roles import Role


def test_another_role_is_given(world: World, told: list[Notice]) -> None:
    """Tests that first the organisation and then the role is chosen, and the person is told."""
    ministry, user = world.people[Role.MINISTRY], world.people[Role.HOSPITAL_COORDINATOR]
    client = sign_in(Client(), ministry)
    address = f"/people/person/{user.pk}/role/"
    assert address in client.get(f"/people/person/{user.pk}/").content.decode()
    page = client.get(address).content.decode()
    assert ">other_hospital<" in page
    assert ">receiver<" not in page  # abroad, out of reach
    place = f"{address}?organisation={world['other_hospital'].pk}"
    assert "Hospital coordinator" in client.get(place).content.decode()
    answer = client.post(place, {"role": "hospital_coordinator", "member_until": "2099-01-01"})
    assert answer.headers["Location"] == f"/people/person/{user.pk}/"
    held = Membership.unscoped.get(user=user, organisation=world["other_hospital"])
    assert (held.granted_by, held.ends is not None) == (ministry.pk, True)
    (notice,) = told
    assert (notice.kind, notice.user) == ("membership_granted", user.pk)
    event = recordings()["people.membership"].events.objects.get(pgh_obj_id=held.pk)
    assert event.pgh_context["actor"] == str(ministry.pk)
    again = client.post(place, {"role": "hospital_coordinator"}).content.decode()
    assert "already has the role" in again


def test_nobody_gives_past_the_own_reach(world: World) -> None:
    """Tests that a place, a person or a role out of reach is not offered and not taken."""
    oblast, user = world.people[Role.OBLAST_COORDINATOR], world.people[Role.HOSPITAL_COORDINATOR]
    client = sign_in(Client(), oblast)
    address = f"/people/person/{user.pk}/role/"
    for place in (world["receiver"].pk, "nonsense"):
        page = client.post(f"{address}?organisation={place}", {"role": "receiving_hospital"})
        assert "In which organisation" in page.content.decode()
    stranger = world.people[Role.REGION]
    assert client.get(f"/people/person/{stranger.pk}/role/").status_code == 404
    here = f"{address}?organisation={world['hospital'].pk}"
    assert "Auditor" not in client.get(here).content.decode()
    refused = client.post(here, {"role": "auditor"}).content.decode()
    assert "auditor is not one of the available choices" in refused
    assert Membership.unscoped.filter(user=user).count() == 1


def test_oneself(world: World) -> None:
    """Tests that nobody gives a role to themselves on this page either."""
    ministry = world.people[Role.MINISTRY]
    client = sign_in(Client(), ministry)
    assert (
        f"/people/person/{ministry.pk}/role/"
        not in client.get(f"/people/person/{ministry.pk}/").content.decode()
    )
    page = client.post(
        f"/people/person/{ministry.pk}/role/?organisation={world['oblast'].pk}",
        {"role": "oblast_coordinator"},
    )
    assert "Nobody gives a role to themselves" in page.content.decode()
