"""Tests the command that founds an installation: once, by a link that works once, nothing half-written."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from medevac.people.models import Invitation, Membership, Organisation
from medevac.people.roles import Role

pytestmark = pytest.mark.django_db


def found(name: str = "Helsedirektoratet", **given: str) -> str:
    """What the command prints."""
    options = {"country": "no", "email": " First@example.org ", **given}
    out = StringIO()
    call_command("found_installation", name, **options, stdout=out)
    return out.getvalue()


def test_it_prints_a_link_that_works_once() -> None:
    """Tests that the link leads the first administrator in, and founding again is refused."""
    printed = found("Міністерство")
    link = printed.splitlines()[-1]
    (owner,) = Organisation.unscoped.all()
    assert (owner.name, owner.latin_name, owner.country) == ("Міністерство", "Ministerstvo", "NO")
    client = Client()
    client.get(link.removeprefix(link.split("/people/")[0]))
    form = {"name": "A", "latin_name": "A", "language": "en", "time_zone": "Europe/Oslo", "way": "passkey"}
    assert client.post("/people/invitation/accept/", form).status_code == 302
    held = Membership.unscoped.get()
    assert (held.role, held.user.email) == (Role.ADMINISTRATOR, "first@example.org")
    again = Client()
    again.get(link.removeprefix(link.split("/people/")[0]))
    assert again.get("/people/invitation/accept/").status_code == 410
    with pytest.raises(CommandError, match="founded already"):
        found()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"country": "Norge"}, "country"),
        ({"email": "nobody"}, "--email: expected an e-mail address"),
        ({"language": "de"}, "expected one of en, nb, uk"),
        ({"name": "  "}, "name"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(given: dict[str, str], told: str) -> None:
    """Tests that bad words are refused in a sentence, and nothing is left behind."""
    with pytest.raises(CommandError, match=told):
        found(**given)
    assert not Organisation.unscoped.exists()
    assert not Invitation.unscoped.exists()
