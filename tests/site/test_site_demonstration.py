"""Tests that the demonstration's switcher exists in `medevac demo` and cannot exist elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from medevac.database import APP, OWNER, Server
from medevac.people.models import Membership, Organisation
from medevac.people.organisation_kinds import ROLES_OF, Kind
from medevac.people.roles import Role
from medevac.people.services.demonstration import ACCOUNTS, account_of, make_people
from medevac.site.demonstration.own import OwnOnlyMiddleware, from_here
from medevac.site.demonstration.own_database import is_demonstration, is_empty, mark


def test_the_service_has_no_switcher() -> None:
    """Tests that the settings of the service name neither the application, nor its addresses."""
    assert "medevac.site.demonstration" not in settings.INSTALLED_APPS
    assert not hasattr(settings, "DEMONSTRATION")
    with pytest.raises(NoReverseMatch):
        reverse("demonstration:switch")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/demonstration/", "/demonstration/switch/"])
def test_the_service_does_not_know_the_address(path: str) -> None:
    """Tests that neither page is there, however it is asked for."""
    assert Client().get(path).status_code == 404
    assert Client().post(path, {"role": "administrator"}).status_code == 404


def started(variables: dict[str, str], code: str) -> subprocess.CompletedProcess[str]:
    """Django set up in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MEDEVAC_")}
    made = {
        "MEDEVAC_SECRET_KEY": "only-for-tests-" + "x" * 50,
        "MEDEVAC_IDENTIFIER_KEY": "only-for-tests-" + "y" * 50,
        "DATABASE_URL": "postgresql://medevac_app@localhost/medevac",
        "PYTHONPATH": str(Path(__file__).parent),
    }
    words = [sys.executable, "-c", f"import django; django.setup(); {code}"]
    return subprocess.run(words, env=kept | made | variables, capture_output=True, text=True)


def test_no_other_settings_can_name_it() -> None:
    """Tests that the application refuses to be ready in settings that are not the demonstration's."""
    code = "pass"
    done = started({"DJANGO_SETTINGS_MODULE": "settings_with_switcher"}, code)
    assert done.returncode != 0
    assert "lets anybody in as anybody" in done.stderr


def test_it_answers_at_localhost_only() -> None:
    """Tests that its settings refuse the address of a real service."""
    settings_module = "medevac.site.demonstration.settings"
    address = "https://medevac.example.org"
    done = started({"DJANGO_SETTINGS_MODULE": settings_module, "MEDEVAC_ADDRESS": address}, "pass")
    assert done.returncode != 0
    assert "at localhost only" in done.stderr


@pytest.mark.django_db
def test_it_refuses_a_database_that_is_not_its_own() -> None:
    """Tests that no request comes through beside a database without the mark, such as the tests' own."""
    with connection.cursor() as cursor:
        assert not is_demonstration(cursor)
    through = OwnOnlyMiddleware(lambda request: pytest.fail("came through"))
    assert through(RequestFactory().get("/", REMOTE_ADDR="127.0.0.1")).status_code == 403


@pytest.mark.parametrize(
    ("address", "here"), [("127.0.0.1", True), ("::1", True), ("192.0.2.7", False), ("", False)]
)
def test_only_this_machine(address: str, here: bool) -> None:
    """Tests that other machines are refused, and who cannot be told."""
    assert from_here(RequestFactory().get("/", REMOTE_ADDR=address)) is here


def test_the_mark_is_the_owners(embedded_server: Server) -> None:
    """Tests that an empty database can be marked by its owner, and by nobody else."""
    embedded_server.make_database("marked")
    with psycopg.connect(embedded_server.url(OWNER, "marked"), autocommit=True) as owner:
        assert is_empty(owner)
        assert not is_demonstration(owner)
        owner.execute("GRANT CONNECT ON DATABASE marked TO medevac_app")
        app = psycopg.connect(embedded_server.url(APP, "marked"), autocommit=True)
        with app, pytest.raises(psycopg.errors.InsufficientPrivilege):
            mark(app, "marked")
        mark(owner, "marked")
        assert is_demonstration(owner)


@pytest.mark.django_db
def test_one_account_for_each_role() -> None:
    """Tests that every role has an account that counts, in a fitting place, which nobody can sign in to."""
    make_people()
    assert {role for role, *_ in ACCOUNTS} == set(Role)
    for role in Role:
        user = account_of(role)
        assert user is not None
        assert not user.has_usable_password()
        (membership,) = Membership.unscoped.current().filter(user=user)
        assert membership.role == role
        assert role in ROLES_OF[Kind(membership.organisation.kind)]


@pytest.mark.django_db
def test_made_once() -> None:
    """Tests that running the maker again changes nothing."""
    make_people()
    before = Organisation.unscoped.count(), Membership.unscoped.count()
    make_people()
    assert (Organisation.unscoped.count(), Membership.unscoped.count()) == before
