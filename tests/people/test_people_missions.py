"""Tests that a membership limited to one mission gives its rights on that mission's things only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_people_policy import expected_places
from world import PLACE_OF, World, member, person, sign_in

from medevac.directory.models import Mission, MissionActor, MissionCountry
from medevac.people import services
from medevac.people.models import EmergencyAccess, Invitation, Membership, Organisation, User
from medevac.people.notices import Notice
from medevac.people.policy import NotAllowedError, may, visible
from medevac.people.policy.letting_in import missions_to_give, roles_to_give
from medevac.people.refusals import RefusedError
from medevac.people.roles import ACTIONS, WITHIN_A_MISSION, Role, grants_of
from medevac.people.selectors.access import Wanted, access_lines, access_rows
from medevac.people.selectors.organisations import members_of
from medevac.people.selectors.reviews import confirmers

TO_PEOPLE = sorted(
    action
    for action in WITHIN_A_MISSION & set(ACTIONS)
    if action.startswith("people.") and action != "people.break_glass"
)
MEMBER_ACTIONS = [action for action in TO_PEOPLE if action != "people.see_organisations"]


def mission(owner: Organisation, code: str, *actors: Organisation) -> Mission:
    """A mission with a country, and with the organisations that it names."""
    made = Mission.unscoped.create(
        code=code, name_en=code, name_nb=code, name_uk=code, owner=owner, first_day=date(2026, 1, 1)
    )
    begins = {"mission": made, "first_day": date(2026, 1, 1)}
    MissionCountry.unscoped.create(country="NO", **begins)
    for actor in actors:
        MissionActor.unscoped.create(organisation=actor, part="sends", **begins)
    return made


@pytest.fixture
def two(world: World) -> tuple[Mission, Mission]:
    """Two missions of the same owner."""
    return mission(world["owner"], "one", world["hospital"]), mission(world["owner"], "two")


def limited(world: World, role: Role, to: Mission, place: str = "") -> User:
    """Somebody whose only role is limited to a mission."""
    user = person(f"limited_{role.value}")
    held = member(user, world[place or PLACE_OF[role]], role)
    held.mission = to.pk
    held.save()
    return user


@pytest.mark.parametrize("role", list(Role))
def test_a_limited_role_opens_its_mission_only(
    world: World, two: tuple[Mission, Mission], role: Role
) -> None:
    """Tests for each role that missions and their parts open as without the limit, but of the one mission."""
    one, _other = two
    free, bound = world.people[role], limited(world, role, one)
    for model, of in ((Mission, lambda row: row.pk), (MissionCountry, lambda row: row.mission_id)):
        for action in ("directory.see", "directory.change_missions"):
            expected = {row for row in visible(free, model.unscoped.all(), action) if of(row) == one.pk}
            assert set(visible(bound, model.unscoped.all(), action)) == expected, (role, action)
            assert {row for row in model.unscoped.all() if may(bound, action, row)} == expected
    assert may(bound, "directory.see", one) == (role in grants_of("directory.see"))


@pytest.mark.parametrize("role", list(Role))
def test_what_belongs_to_no_mission_stays_closed(
    world: World, two: tuple[Mission, Mission], role: Role
) -> None:
    """Tests for each role that no action on an organisation or on the installation comes with the limit."""
    bound = limited(world, role, two[0])
    for action in ACTIONS:
        assert may(bound, action) == (role in ACTIONS[action] and action in WITHIN_A_MISSION), action
    assert not visible(bound, EmergencyAccess.objects.all(), "people.see_emergencies").exists()
    for action in ("people.change_organisations", "people.deactivate", "people.admit_organisations"):
        assert not visible(bound, Organisation.objects.all(), action).exists()


STANDINGS = st.lists(st.tuples(st.sampled_from(list(Role)), st.integers(0, 2)), max_size=4)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=STANDINGS, action=st.sampled_from(MEMBER_ACTIONS))
def test_any_roles_together(
    world: World, two: tuple[Mission, Mission], held: list[tuple[Role, int]], action: str
) -> None:
    """Tests that any roles with any limits open the memberships that each of them opens, and no other."""
    missions = (None, two[0].pk, two[1].pk)
    if not Membership.unscoped.filter(mission__isnull=False).exists():
        for row in list(Membership.unscoped.all()):
            for number in (1, 2):
                row.pk, row.mission = None, missions[number]
                row.save(force_insert=True)
    user = (
        person("anybody")
        if not User.objects.filter(email="anybody@example.org").exists()
        else (User.objects.get(email="anybody@example.org"))
    )
    user._standings = [(role, world[PLACE_OF[role]].pk, missions[limit]) for role, limit in held]
    expected = {
        row.pk
        for row in Membership.unscoped.select_related("organisation")
        for role, limit in held
        if row.organisation.name in expected_places(role, action) and missions[limit] in (None, row.mission)
    }
    found = set(visible(user, Membership.objects.all(), action).values_list("pk", flat=True))
    assert found == expected
    sample = Membership.unscoped.order_by("pk")[:5]
    assert {row.pk for row in sample if may(user, action, row)} == {row.pk for row in sample} & expected


def test_only_organisations_of_the_mission_are_named(world: World, two: tuple[Mission, Mission]) -> None:
    """Tests that the owner, those that the mission names, and the own organisation are seen, nobody else."""
    bound = limited(world, Role.RECEIVING_HOSPITAL, two[0])
    found = {row.name for row in visible(bound, Organisation.objects.all())}
    assert found == {"owner", "desk", "hospital", "receiver"}


def test_whoever_is_limited_lets_in_within_the_limit(
    world: World, two: tuple[Mission, Mission], told: list[Notice]
) -> None:
    """Tests that no limit is widened by inviting, granting, ending or confirming."""
    one, other = two
    bound, oblast = limited(world, Role.MINISTRY, one), world["oblast"]
    role, user = Role.OBLAST_COORDINATOR, person("new")
    assert roles_to_give(bound, oblast)
    assert set(missions_to_give(bound, oblast)) == {one.pk}
    assert set(missions_to_give(world.people[Role.MINISTRY], oblast)) == {None, one.pk, other.pk}
    for wider in (None, other.pk):
        with pytest.raises(NotAllowedError):
            services.grant(bound, user, oblast, role, mission=wider)
        with pytest.raises(NotAllowedError):
            services.invite(
                bound, email="a@example.org", organisation=oblast, role=role, language="en", mission=wider
            )
    held = services.grant(bound, user, oblast, role, mission=one.pk)
    services.confirm(bound, held)
    services.end_membership(bound, held)
    free = Membership.unscoped.get(user=world.people[role])
    for deed in (services.confirm, services.end_membership):
        with pytest.raises(NotAllowedError):
            deed(bound, free)
    with pytest.raises(NotAllowedError):
        services.deactivate(bound, user)
    with pytest.raises(NotAllowedError):
        services.change_organisation(bound, oblast, name="x", latin_name="x", country="UA")


def test_a_mission_must_be_one_that_the_organisation_takes_part_in(world: World, told: list[Notice]) -> None:
    """Tests that a role is not limited to a mission of strangers, to a closed one, or to none at all."""
    foreign = mission(world["stranger"], "foreign")
    closed = mission(world["owner"], "closed")
    Mission.unscoped.filter(pk=closed.pk).update(closed_at=timezone.now(), closed_reason="over")
    administrator = world.people[Role.ADMINISTRATOR]
    for number, wrong in enumerate((foreign.pk, closed.pk, world["owner"].pk)):
        user = person(f"x{number}")
        with pytest.raises(RefusedError, match="no open mission"):
            services.grant(administrator, user, world["oblast"], Role.OBLAST_COORDINATOR, mission=wrong)


def test_a_limited_administrator_is_not_the_last(world: World, two: tuple[Mission, Mission]) -> None:
    """Tests that an administrator of one mission does not count as somebody who administers the rest."""
    limited(world, Role.ADMINISTRATOR, two[0])
    last = Membership.unscoped.get(user=world.people[Role.ADMINISTRATOR])
    with pytest.raises(RefusedError, match="Nobody would be left"):
        services.end_membership(world.people[Role.ADMINISTRATOR], last)


def test_the_glass_breaks_within_the_mission(
    world: World, two: tuple[Mission, Mission], told: list[Notice]
) -> None:
    """Tests that emergency access reaches who takes part, and closes when the role is limited meanwhile."""
    reason = "Patient in the air is worse; the sending ward must be reached."
    bound = limited(world, Role.HUB_CREW, two[0])
    services.break_glass(bound, world["hospital"], reason)
    assert may(bound, "people.see_members", world["hospital"])
    assert members_of(bound, world["hospital"])
    with pytest.raises(NotAllowedError):
        services.break_glass(bound, world["receiver"], reason)  # not named by the mission
    free = world.people[Role.HUB_CREW]
    with pytest.raises(NotAllowedError):
        services.break_glass(free, world["stranger_hospital"], reason)  # takes part with another owner
    services.break_glass(free, world["receiver"], reason)
    assert may(free, "people.see_members", world["receiver"])
    Membership.unscoped.filter(user=free).update(mission=two[0].pk)
    assert not may(free, "people.see_members", world["receiver"])


def test_who_confirms_reaches_the_mission(world: World, two: tuple[Mission, Mission]) -> None:
    """Tests that somebody limited to a mission is named for memberships of that mission and no other."""
    bound = limited(world, Role.OBLAST_COORDINATOR, two[0])
    held = Membership.unscoped.get(user=world.people[Role.HOSPITAL_COORDINATOR])
    for limit, named in ((None, False), (two[1].pk, False), (two[0].pk, True)):
        held.mission = limit
        held.save()
        assert (bound in confirmers(held)) is named


def test_the_limit_is_shown_and_exported(world: World, two: tuple[Mission, Mission]) -> None:
    """Tests that "who can see what" and the page of a person name the mission."""
    bound = limited(world, Role.REGION, two[0])
    administrator = world.people[Role.ADMINISTRATOR]
    (line,) = access_lines(access_rows(administrator, Wanted(text="limited_region")))
    assert line.mission == "one"
    client = sign_in(Client(), administrator)
    assert "only in one" in client.get(f"/people/person/{bound.pk}/").content.decode()
    table = client.post("/people/access/export/", {"text": "limited_region"}).content.decode("utf-8-sig")
    assert ",one," in table.splitlines()[2]


def test_an_invitation_carries_the_limit(
    world: World, two: tuple[Mission, Mission], told: list[Notice]
) -> None:
    """Tests that the form of an invitation offers the missions, and the membership has the one chosen."""
    client = sign_in(Client(), world.people[Role.ADMINISTRATOR])
    address = f"/people/organisations/{world['region'].pk}/invite/"
    assert "All missions" in client.get(address).content.decode()
    form = {"email": "m@example.org", "role": "region", "language": "en", "mission": str(two[1].pk)}
    assert client.post(address, form).status_code == 302
    assert Invitation.unscoped.get(email="m@example.org").mission == two[1].pk
    assert "only in two" in client.get("/people/invitations/").content.decode()
    token = told[0].address.rstrip("/").rsplit("/", 1)[-1]
    account = services.NewAccount(name="M", latin_name="M", language="en", time_zone="Europe/Oslo")
    held = services.accept(token, account=account)
    assert held.mission == two[1].pk
    assert held.review_due > timezone.now() + timedelta(days=100)
