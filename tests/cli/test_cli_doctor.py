"""Tests of `medevac doctor` as an administrator meets it, with a real mail server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from aiosmtpd.smtp import AuthResult
from homes import copied_home, new_home
from test_cli_service import command

from kill_service.mail_server import FreePort
from medevac.database import APP, OWNER, running


@pytest.fixture(scope="module")
def home(home_at_rest: Path) -> Iterator[Path]:
    """A home whose database is migrated."""
    with copied_home(home_at_rest, "doctor") as path, running(path):
        yield path


@pytest.fixture(scope="module")
def mail_server() -> Iterator[FreePort]:
    """A mail server on this machine that lets one user in, without encryption."""

    def sign_in(*given: object) -> AuthResult:
        login = given[-1]
        known = (getattr(login, "login", b""), getattr(login, "password", b"")) == (b"medevac", b"ochre-42")
        return AuthResult(success=known, handled=known)  # a refusal is left to the server to send

    controller = FreePort(object(), authenticator=sign_in, auth_require_tls=False)
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()


def test_a_good_installation_is_well(home: Path) -> None:
    """Tests exit code 0, and that each check says something."""
    done = command("doctor", "--data", home)
    assert done.returncode == 0, done.stdout
    for name in (
        "database",
        "locale",
        "trigrams",
        "roles",
        "owner",
        "clock",
        "disk",
        "keys",
        "mail",
        "migrations",
    ):
        assert f" {name}: " in done.stdout
    assert "FAULT" not in done.stdout


def test_without_a_database_the_rest_is_examined(home: Path) -> None:
    """Tests that a server that is down is one finding among others, and that no password is shown."""
    place = "postgresql://medevac_app:hidden@127.0.0.1:1/medevac"
    done = command("doctor", DATABASE_URL=place)
    assert done.returncode == 1
    assert "medevac_app at 127.0.0.1, database medevac: the database does not let us in" in done.stdout
    assert " disk: " in done.stdout
    assert "hidden" not in done.stdout + done.stderr


def test_missing_settings_are_findings(home: Path) -> None:
    """Tests that Django, which does not start without a key, does not keep the doctor from answering."""
    done = command("doctor", "--data", home, MEDEVAC_SECRET_KEY="")
    assert done.returncode == 1
    assert "MEDEVAC_SECRET_KEY is not set" in done.stdout
    assert "trigrams" in done.stdout


def test_a_key_that_is_not_random_is_a_fault(home: Path) -> None:
    """Tests a key that is long enough and still can be guessed."""
    done = command("doctor", "--data", home, MEDEVAC_SECRET_KEY="ab" * 40)
    assert done.returncode == 1
    assert "MEDEVAC_SECRET_KEY has fewer than 16 different characters" in done.stdout


def test_missing_migrations_are_a_fault() -> None:
    """Tests an empty database, and what to run."""
    with new_home() as empty:
        done = command("doctor", "--data", empty)
    assert done.returncode == 1
    assert "migrations." in done.stdout
    assert "Run `medevac migrate`." in done.stdout


def test_a_newer_database_is_a_fault(home: Path) -> None:
    """Tests a migration that this version does not know."""
    with running(home) as server:
        with psycopg.connect(server.url(OWNER), autocommit=True) as connection:
            connection.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('people', '9999_x', now())"
            )
        done = command("doctor", "--data", home)
        with psycopg.connect(server.url(OWNER), autocommit=True) as connection:
            connection.execute("DELETE FROM django_migrations WHERE name = '9999_x'")
    assert done.returncode == 1
    assert "such as people.9999_x: it was used by a newer version" in done.stdout


@pytest.mark.parametrize(
    ("password", "sentence", "code"),
    [("ochre-42", "takes us in.", 0), ("umber-43", "does not take us in: 535", 1)],
)
def test_mail_is_tried_to_the_login(
    home: Path, mail_server: FreePort, password: str, sentence: str, code: int
) -> None:
    """Tests a right and a wrong password against a real server, and the warning about mail in the clear."""
    done = command(
        "doctor",
        "--data",
        home,
        MEDEVAC_MAIL_HOST="127.0.0.1",
        MEDEVAC_MAIL_PORT=str(mail_server.port),
        MEDEVAC_MAIL_USER="medevac",
        MEDEVAC_MAIL_PASSWORD=password,
        MEDEVAC_MAIL_TLS="no",
    )
    assert sentence in done.stdout
    assert done.returncode == code
    assert password not in done.stdout


def test_a_mail_server_without_encryption_is_a_fault(home: Path, mail_server: FreePort) -> None:
    """Tests that encryption which was asked for is not left out in silence."""
    done = command(
        "doctor", "--data", home, MEDEVAC_MAIL_HOST="127.0.0.1", MEDEVAC_MAIL_PORT=str(mail_server.port)
    )
    assert done.returncode == 1
    assert "STARTTLS" in done.stdout


def test_the_doctor_sees_a_right_too_many(home: Path) -> None:
    """Tests a real fault end to end: the application's role may empty the record."""
    with running(home) as server, psycopg.connect(server.url(OWNER), autocommit=True) as connection:
        connection.execute(f"GRANT TRUNCATE ON procrastinate_jobs TO {APP}".encode())
        done = command("doctor", "--data", home)
        connection.execute(f"REVOKE TRUNCATE ON procrastinate_jobs FROM {APP}".encode())
    assert done.returncode == 1
    assert "The role medevac_app of web and worker may empty tables or add triggers." in done.stdout
