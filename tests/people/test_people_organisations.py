"""Tests that organisations form trees of any depth without a circle, and that services ask the policy."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from racing import race
from world import World, build, sign_in

from medevac.people import services
from medevac.people.models import Organisation, OrganisationPath
from medevac.people.organisation_kinds import Kind
from medevac.people.policy import NotAllowedError, may
from medevac.people.refusals import RefusedError
from medevac.people.roles import Role
from medevac.people.selectors.organisations import flat, tree_for


def above(organisation: Organisation) -> list[str]:
    """The names of what an organisation is part of, itself first."""
    rows = OrganisationPath.objects.filter(descendant=organisation).order_by("depth")
    return [row.ancestor.name for row in rows.select_related("ancestor")]


def make(name: str, parent: Organisation | None) -> Organisation:
    return Organisation.unscoped.create(
        name=name, latin_name=name, kind=Kind.OTHER, country="NO", parent=parent
    )


@pytest.mark.django_db
def test_paths_of_a_deep_tree() -> None:
    """Tests that each of a chain of 40 has a path to all above, also after the middle has moved."""
    chain = [make("0", None)]
    for number in range(1, 40):
        chain.append(make(str(number), chain[-1]))
    assert above(chain[-1]) == [str(number) for number in range(39, -1, -1)]
    assert OrganisationPath.objects.count() == 40 * 41 // 2
    elsewhere = make("elsewhere", None)
    chain[20].parent = elsewhere
    chain[20].save()
    assert above(chain[-1]) == [*[str(number) for number in range(39, 19, -1)], "elsewhere"]
    assert above(chain[19])[-1] == "0"
    chain[20].parent = None
    chain[20].save()
    assert above(chain[21]) == ["21", "20"]


@pytest.mark.any_postgresql
@pytest.mark.django_db
def test_the_database_refuses_a_circle() -> None:
    """Tests that nothing can become part of what is part of it, whoever writes."""
    top = make("top", None)
    middle = make("middle", top)
    bottom = make("bottom", middle)
    for parent in (top, middle, bottom):
        with pytest.raises(IntegrityError, match="one that is part of it"), transaction.atomic():
            Organisation.unscoped.filter(pk=top.pk).update(parent=parent)
    assert above(bottom) == ["bottom", "middle", "top"]


@pytest.mark.any_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM people_organisationpath",
        "UPDATE people_organisationpath SET depth = 9",
        "INSERT INTO people_organisationpath (ancestor_id, descendant_id, depth) "
        "SELECT ancestor_id, descendant_id, 9 FROM people_organisationpath",
    ],
)
def test_paths_cannot_be_written_by_hand(statement: str) -> None:
    """Tests that nobody gives an organisation a place in the tree past the tree."""
    make("top", None)
    with (
        pytest.raises(ProgrammingError, match="the tree itself"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.any_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_close_no_circle() -> None:
    """Tests that of two moves that together would close a circle, one is refused."""
    for number in range(5):
        left, right = make(f"left {number}", None), make(f"right {number}", None)
        results = race(
            lambda left=left, right=right: Organisation.unscoped.filter(pk=left.pk).update(parent=right),
            lambda left=left, right=right: Organisation.unscoped.filter(pk=right.pk).update(parent=left),
        )
        # The trigger refuses the second; where each waits for the other, the database ends one of them.
        assert sorted(isinstance(result, DatabaseError) for result in results) == [False, True], results


def test_adding_asks_for_the_parent(world: World) -> None:
    """Tests that an organisation is added only below one that the role reaches."""
    oblast = world.people[Role.OBLAST_COORDINATOR]
    words = {"name": "Клініка", "latin_name": "Klinika", "kind": Kind.SENDING_HOSPITAL, "country": "UA"}
    added = services.add_organisation(oblast, parent=world["oblast"], **words)
    assert above(added) == ["Клініка", "oblast", "ministry"]
    with pytest.raises(NotAllowedError):
        services.add_organisation(oblast, parent=world["other_oblast"], **words)
    with pytest.raises(RefusedError, match="already an organisation “Клініка”"):
        services.add_organisation(oblast, parent=world["oblast"], **words)
    with pytest.raises(NotAllowedError):
        services.add_organisation(oblast, admitted_by=world["owner"], **words)
    with pytest.raises(NotAllowedError):  # a new owner below would bring administrators of its own
        services.add_organisation(
            oblast, parent=world["oblast"], **{**words, "name": "x", "kind": Kind.OWNER}
        )


def test_nobody_founds_rights_that_they_lack(world: World) -> None:
    """Tests that an oblast adds no flight desk below itself, whose members would reach further."""
    oblast, administrator = world.people[Role.OBLAST_COORDINATOR], world.people[Role.ADMINISTRATOR]
    words = {"name": "Нове", "latin_name": "Nove", "country": "UA", "parent": world["oblast"]}
    for kind in set(Kind) - {Kind.OBLAST, Kind.SENDING_HOSPITAL, Kind.OTHER, Kind.OWNER}:
        with pytest.raises(RefusedError, match="no part that you may add"):
            services.add_organisation(oblast, kind=kind, **words)
    assert services.add_organisation(administrator, kind=Kind.HUB, **words).parent == world["oblast"]
    page = sign_in(Client(), oblast).get(f"/people/organisations/{world['oblast'].pk}/add/").content.decode()
    assert 'value="sending_hospital"' in page
    assert 'value="flight_desk"' not in page


def test_an_owner_administers_what_it_admits(world: World) -> None:
    """Tests that what an owner admits is in its reach, and not in that of another owner."""
    administrator = world.people[Role.ADMINISTRATOR]
    added = services.add_organisation(
        administrator,
        name="RKI",
        latin_name="RKI",
        kind=Kind.CENTRE,
        country="DE",
        admitted_by=world["owner"],
    )
    assert may(administrator, "people.invite", added)
    assert not may(administrator, "people.invite", world["stranger_hospital"])
    with pytest.raises(NotAllowedError):
        services.add_organisation(
            administrator,
            name="x",
            latin_name="x",
            kind=Kind.CENTRE,
            country="SE",
            admitted_by=world["stranger"],
        )


def test_moving_asks_for_both_ends(world: World) -> None:
    """Tests that an organisation moves only where the role reaches it, what it leaves and what it joins."""
    ministry, oblast = world.people[Role.MINISTRY], world.people[Role.OBLAST_COORDINATOR]
    with pytest.raises(NotAllowedError):
        services.move_organisation(oblast, world["hospital"], parent=world["other_oblast"])
    with pytest.raises(NotAllowedError):  # an oblast cannot leave its ministry
        services.move_organisation(oblast, world["oblast"], parent=world["hospital"])
    moved = services.move_organisation(ministry, world["hospital"], parent=world["other_oblast"])
    assert above(moved) == ["hospital", "other_oblast", "ministry"]
    assert not may(oblast, "people.see_members", moved)
    with pytest.raises(RefusedError, match="is itself part of"):
        services.move_organisation(ministry, world["other_oblast"], parent=world["hospital"])


def test_closing_takes_the_roles_inside(world: World) -> None:
    """Tests that a closed organisation and its parts give no role, and the founder cannot be closed."""
    hospital = world.people[Role.HOSPITAL_COORDINATOR]
    with pytest.raises(NotAllowedError):
        services.close_organisation(world.people[Role.OBLAST_COORDINATOR], world["oblast"])
    services.close_organisation(world.people[Role.MINISTRY], world["oblast"])
    assert not may(hospital, "people.see_members", world["hospital"])
    with pytest.raises(RefusedError, match="founder"):
        services.close_organisation(world.people[Role.ADMINISTRATOR], world["owner"])


def test_the_tree_that_a_user_sees(world: World) -> None:
    """Tests that everybody who takes part sees the tree of the partners, and nobody that of a stranger."""
    rows = [(depth, row.name) for depth, row in flat(tree_for(world.people[Role.HUB_CREW]))]
    assert (2, "hospital") in rows
    assert (0, "ministry") in rows
    assert "stranger" not in {name for _, name in rows}
    assert [row.name for _, row in flat(tree_for(world.people[Role.HUB_CREW], search="OTHER_"))] == [
        "other_oblast",
        "other_hospital",
    ]


@pytest.mark.django_db
def test_the_tree_costs_one_query(django_assert_max_num_queries: object) -> None:
    """Tests that the tree is read with the roles in two queries, however many organisations it has."""
    world = build()
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        list(flat(tree_for(world.people[Role.MINISTRY])))
