"""Tests that the search finds what is open to the user in either script, with mistakes, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client
from world import sign_in

from medevac.audit.models import Look
from medevac.people.models import Membership, User
from medevac.people.roles import Role
from medevac.people.searching import search
from medevac.people.services.demonstration import account_of, make_people


@pytest.fixture
def people(db: None) -> None:
    """The demonstration's organisations and people."""
    make_people()


def found(role: Role, text: str) -> list[str]:
    """The names that the demonstration account of a role finds, people first."""
    user = account_of(role)
    assert isinstance(user, User)
    return [hit.label for group in search(user, text) for hit in group.hits]


@pytest.mark.parametrize(
    "text",
    ["Мельничук", "melnychuk", "МЕЛЬНИЧУК Тарас", "Melnichuk", "taras@demo.invalid"],
)
def test_a_person_in_either_script(people: None, text: str) -> None:
    """Tests Cyrillic, Latin, capital letters, the Russian way of writing the name, and the address."""
    assert found(Role.ADMINISTRATOR, text)[0] == "Тарас Мельничук"


@pytest.mark.parametrize("text", ["Kharkiv", "Харків", "Kharkov"])
def test_an_organisation_in_either_script(people: None, text: str) -> None:
    """Tests that a place finds what is called after it, by its Russian name too."""
    assert "Харківський обласний департамент (приклад)" in found(Role.ADMINISTRATOR, text)


def test_a_look_at_people_is_on_record(people: None) -> None:
    """Tests that whoever finds a person by name is in that person's own log, with the owner of the data."""
    administrator, taras = account_of(Role.ADMINISTRATOR), User.objects.get(latin_name="Taras Melnychuk")
    assert isinstance(administrator, User)
    answer = sign_in(Client(), administrator).get("/search/?q=Мельничук")
    assert "taras@demo.invalid" in answer.content.decode()
    look = Look.unscoped.get(things__contains=[taras.pk])
    assert (look.actor, look.right, look.page) == (administrator.pk, "people.see_members", "search")
    assert look.owner == Membership.unscoped.get(user=taras).organisation_id


def test_nothing_that_is_not_open(people: None) -> None:
    """Tests that a donor finds organisations that take part, and none of their people."""
    assert found(Role.DONOR, "Мельничук") == []
    assert found(Role.DONOR, "Kharkivskyi") != []


@pytest.mark.parametrize("text", ["", " ", "х", "%%", "_ _", "'; drop table", "x" * 5000])
def test_odd_texts_find_nothing(people: None, text: str) -> None:
    """Tests that too little, signs of patterns and very long texts break nothing."""
    assert found(Role.ADMINISTRATOR, text) == []
