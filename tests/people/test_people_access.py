"""Tests the page "who can see what": what it shows, how it is narrowed, and that it leaves with a number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from medevac.people.exporting import forget_numberer, register_numberer
from world import World, member, person, sign_in

from medevac.people.models import User
from medevac.people.roles import Reach, Right, Role
from medevac.people.selectors.access import Wanted, access_lines, access_rows


@pytest.fixture
def numbered() -> Iterator[list[tuple]]:
    """What was numbered."""
    kept: list[tuple] = []

    def number(user: User, kind: str, conditions: dict[str, str], rows: int) -> str:
        kept.append((user, kind, dict(conditions), rows))
        return "2026-0001"

    register_numberer(number)
    yield kept
    forget_numberer()


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


def test_the_export_is_numbered(world: World, numbered: list[tuple]) -> None:
    """Tests that the list leaves under a number with its conditions, and no cell of it is computed."""
    user = world.people[Role.ADMINISTRATOR]
    User.objects.filter(pk=world.people[Role.DONOR].pk).update(name="=1+1")
    answer = sign_in(Client(), user).post("/people/access/export/", {"role": "donor"})
    assert numbered == [(user, "people.access", {"role": "donor"}, 1)]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="access-2026-0001.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Export,2026-0001,")
    assert lines[2].startswith("donor,'=1+1,")


def test_nothing_leaves_without_a_number(world: World) -> None:
    """Tests that the export is refused where nobody records it."""
    forget_numberer()
    client = sign_in(Client(), world.people[Role.ADMINISTRATOR])
    assert client.post("/people/access/export/").headers["Location"] == "/people/access/"
    assert "Exports are not recorded here yet" in client.get("/people/access/").content.decode()
