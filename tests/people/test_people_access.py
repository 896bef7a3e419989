"""Tests the page "who can see what": what it shows, how it is narrowed, and that it leaves with a number."""

from __future__ import annotations

import pytest
from django.test import Client
from world import World, member, person, sign_in

from medevac.audit.selectors import exports_for
from medevac.people.models import User
from medevac.people.roles import Reach, Right, Role
from medevac.people.selectors.access import Wanted, access_lines, access_rows


def names(user: User, wanted: Wanted) -> list[str]:
    return [line.membership.user.name for line in access_lines(access_rows(user, wanted))]


def test_the_list_is_what_the_user_answers_for(world: World) -> None:
    """Tests that a region sees its own people and those below, and an auditor those of all partners."""
    below = {"Ground_crew", "Receiving_hospital", "Region"}
    assert set(names(world.people[Role.REGION], Wanted())) == below
    assert len(names(world.people[Role.AUDITOR], Wanted())) == len(Role)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(text="HOSPITAL_c"), {"Hospital_coordinator"}),
        (Wanted(text="region@example"), {"Region"}),
        (Wanted(role=Role.DONOR), {"Donor"}),
        (
            Wanted(right=Right.PERSONAL, text="ground"),
            set(),
        ),
        (Wanted(right=Right.OPERATIONAL, text="ground"), {"Ground_crew"}),
    ],
)
def test_the_list_is_narrowed(world: World, wanted: Wanted, expected: set[str]) -> None:
    """Tests each condition of the list."""
    assert set(names(world.people[Role.ADMINISTRATOR], wanted)) == expected


def test_the_list_is_narrowed_to_a_branch(world: World) -> None:
    """Tests that an organisation stands for itself and its parts."""
    found = names(world.people[Role.ADMINISTRATOR], Wanted(organisation=world["oblast"].pk))
    assert set(found) == {"Oblast_coordinator", "Hospital_coordinator"}


def test_a_line_says_what_is_open(world: World) -> None:
    """Tests that a line names the reach of each right, and whether a second factor is set up."""
    rows = access_rows(world.people[Role.ADMINISTRATOR], Wanted(role=Role.RECEIVING_HOSPITAL))
    (line,) = access_lines(rows)
    assert list(line.reaches.values()) == [Reach.MISSION, Reach.ASKED, Reach.CHOSEN, Reach.CHOSEN]
    assert line.reach_words[0] == "all cases of its missions"
    assert [line.second_factor, line.in_emergency, line.overdue] == [False, False, False]


def test_the_page_costs_a_bounded_number_of_queries(world: World, django_assert_max_num_queries) -> None:
    """Tests that the list's queries do not grow with its rows."""
    for number in range(20):
        member(person(f"more{number}"), world["region"], Role.REGION)
    client = sign_in(Client(), world.people[Role.ADMINISTRATOR])
    with django_assert_max_num_queries(45):
        assert client.get("/people/access/").status_code == 200


def test_the_export_is_numbered(world: World) -> None:
    """Tests that the list leaves under a number with its conditions, and no cell of it is computed."""
    user = world.people[Role.ADMINISTRATOR]
    User.objects.filter(pk=world.people[Role.DONOR].pk).update(name="=1+1")
    answer = sign_in(Client(), user).post("/people/access/export/", {"role": "donor"})
    (kept,) = exports_for(user)
    assert (kept.actor, kept.title) == (user.pk, "people.access")
    assert kept.contents == {"rows": 1, "conditions": {"role": "donor"}}
    assert answer.headers["Content-Disposition"] == f'attachment; filename="access-{kept.number}.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith(f"Export,{kept.number},")
    assert lines[2].startswith("donor,'=1+1,")
