"""Tests the truth table: every role × page × right, generated from the policy, on the real site."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cache
from uuid import uuid4

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from rights_page import PAGE, written
from world import World, person, sign_in

from medevac.people.pages import Access, registered_pages
from medevac.people.roles import RIGHTS, SECOND_FACTOR_ROLES, Right, Role, grants_of

UNKNOWN = {
    "public_id": uuid4(),
    "kind": "people.organisation",
    "token": "none",
    "pk": 0,
    "uidb36": "0",
    "key": "0-0",
}
ENDS_THE_SESSION = {"account_logout", "people:sign_out_everywhere"}


def addresses(
    patterns: list[URLPattern | URLResolver], space: str = "", above: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name and the parameters of every address of the site."""
    for pattern in patterns:
        parameters = (*above, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inside = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inside, parameters)
        elif pattern.name:
            yield f"{space}{pattern.name}", parameters


@cache
def address_of(name: str) -> str:
    """An address of the page, with parameters that name nothing."""
    wanted = dict(addresses(get_resolver().url_patterns))[name]
    for unknown in (UNKNOWN, UNKNOWN | {"kind": "none"}):  # a kind of row, or of a part, by a word
        with contextlib.suppress(NoReverseMatch):
            return reverse(name, kwargs={key: unknown.get(key, "none") for key in wanted})
    raise AssertionError(f"Expected an address of {name} with the parameters {wanted}, got none.")


def reached(client: Client, name: str) -> bool:
    """Whether the page lets the client in: neither refused nor sent to sign in."""
    answer = client.get(address_of(name))
    if answer.status_code == 302:
        target = answer.headers["Location"]
        return not target.startswith(("/sign-in/login/?next=", "/people/second-factor/"))
    return answer.status_code != 403


PAGES = sorted(name for name, access in registered_pages().items() if access is not Access.CLOSED)
# Pages of the sign-in library that ask to sign in once more, or belong to a step of signing in.
STEPS = {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_authenticate"}


@pytest.mark.parametrize("role", list(Role))
def test_every_page_for_every_role(world: World, role: Role) -> None:
    """Tests that each page opens to a role exactly where the policy says so."""
    client = sign_in(Client(), world.people[role])
    for name in PAGES:
        access = registered_pages()[name]
        if name in STEPS | ENDS_THE_SESSION or access is Access.TOKEN:
            continue
        allowed = isinstance(access, Access) or role in grants_of(access)
        assert reached(client, name) == allowed, (role, name)
        if SESSION_KEY not in client.session:  # a page of the sign-in library that ended it
            client = sign_in(Client(), world.people[role])


@pytest.mark.django_db
def test_strangers_reach_only_what_is_for_everybody() -> None:
    """Tests that whoever is not signed in is sent to sign in from every page that is not for everybody."""
    for name in PAGES:
        access = registered_pages()[name]
        if access is Access.TOKEN or name in STEPS:
            continue
        answer = Client().get(address_of(name))
        sent = answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/login/?next=")
        assert sent == (access is not Access.EVERYBODY), name


def test_whoever_has_no_role_reaches_only_the_own_account(world: World) -> None:
    """Tests that an account without any membership opens no page that asks for an action."""
    client = sign_in(Client(), person("nobody"))
    for name in PAGES:
        if not isinstance(registered_pages()[name], Access):
            assert not reached(client, name), name


@pytest.mark.parametrize("role", list(Role))
def test_every_page_without_a_second_factor(world: World, role: Role) -> None:
    """Tests that a role that needs a second factor reaches no page of a room without one, and others do."""
    client = sign_in(Client(), world.people[role], strongly=False)
    for name in PAGES:
        if name.startswith("people:") and name not in ENDS_THE_SESSION | {"people:second_factor"}:
            access = registered_pages()[name]
            answer = client.get(address_of(name))
            sent = answer.status_code == 302 and answer.headers["Location"] == "/people/second-factor/"
            assert sent == (role in SECOND_FACTOR_ROLES), (role, name, access)


def test_personal_data_never_without_a_second_factor() -> None:
    """Tests that every role that ever sees personal or clinical data needs a second factor."""
    for right in (Right.PERSONAL, Right.CLINICAL):
        assert set(RIGHTS[right]) <= SECOND_FACTOR_ROLES


def test_donors_funders_and_readers_see_nothing_of_patients() -> None:
    """Tests that no right over patients is given to roles that have no part in their way."""
    outside = {Role.DONOR, Role.PARTNER, Role.FUNDER, Role.READER, Role.ADMINISTRATOR, Role.AUDITOR}
    for right in Right:
        assert not outside & set(RIGHTS[right])


def test_the_written_table_is_the_policy() -> None:
    """Tests that the page that people read is the policy; `tests/people/rights_page.py` writes it."""
    assert PAGE.read_text(encoding="utf-8") == written()


def test_the_decision_is_the_policy() -> None:
    """Tests that the table of ADR 0006 says the same as the policy, role by role."""
    page = (PAGE.parents[1] / "adr" / "0006-roles-and-rights.md").read_text(encoding="utf-8")
    columns = [*Right, "people.invite"]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page.splitlines()
        if line.startswith("| ")
    ][1:]
    said = {name: cells for names, *cells in rows for name in names.split(" (")[0].split(", ")}
    for role in Role:
        label = str(role.label).lower()
        expected = [str(grants_of(name).get(role, "–")) for name in columns]
        assert said[label] == expected, role
