"""Tests that the doctor sees what is wrong, and says how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from medevac.database import APP, OWNER, SUPERUSER, Addresses, Server
from medevac.doctor import Examined, Finding, Installation, Weight, examine, register, registered
from medevac.doctor.examining import healthy
from medevac.doctor.registry import _CHECKS


@pytest.fixture
def administrator(embedded_server: Server) -> Iterator[psycopg.Connection]:
    """A superuser's connection to the service's database."""
    with psycopg.connect(embedded_server.url(SUPERUSER), autocommit=True) as connection:
        yield connection


def found(server: Server, tmp_path: Path, database: str = "medevac") -> dict[str, list[Finding]]:
    """What the doctor finds, by the check's name."""
    addresses = Addresses(server.url(APP, database), server.url(OWNER, database), server.home)
    every: dict[str, list[Finding]] = {}
    for one in examine(Installation({}, addresses, tmp_path)):
        every.setdefault(one.name, []).append(one.finding)
    return every


def the(findings: list[Finding]) -> Finding:
    """The only finding."""
    assert len(findings) == 1, findings
    return findings[0]


def test_a_new_database_is_well(embedded_server: Server, tmp_path: Path) -> None:
    """Tests that the embedded database has no fault, as every check of it says."""
    every = found(embedded_server, tmp_path)
    assert {"database", "locale", "trigrams", "roles", "owner", "clock", "disk"} <= set(every)
    for name in ("database", "locale", "trigrams", "roles", "owner"):
        assert the(every[name]).weight is Weight.WELL


def test_a_locale_without_cyrillic_is_a_fault(
    embedded_server: Server, administrator: psycopg.Connection, tmp_path: Path
) -> None:
    """Tests a database with LOCALE 'C', in which lower case and trigrams know only Latin letters."""
    administrator.execute(
        "CREATE DATABASE deaf OWNER medevac_owner TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'"
    )
    try:
        embedded_server.make_database("deaf")
        every = found(embedded_server, tmp_path, "deaf")
    finally:
        administrator.execute("DROP DATABASE deaf WITH (FORCE)")
    assert the(every["locale"]).weight is Weight.FAULT
    assert "lower('ХАРКІВ') stays as it is" in the(every["locale"]).sentence
    assert "show_trgm('Харків') is empty" in the(every["trigrams"]).sentence
    assert "LOCALE 'C.UTF-8'" in the(every["trigrams"]).remedy


def test_missing_extensions_are_a_fault(
    embedded_server: Server, administrator: psycopg.Connection, tmp_path: Path
) -> None:
    """Tests a database that somebody made without the extensions."""
    administrator.execute("CREATE DATABASE bare OWNER medevac_owner TEMPLATE template0")
    try:
        every = found(embedded_server, tmp_path, "bare")
    finally:
        administrator.execute("DROP DATABASE bare WITH (FORCE)")
    assert the(every["trigrams"]).sentence == (
        "The database lacks the extensions pg_trgm, btree_gist, unaccent, citext."
    )
    assert "medevac migrate" in the(every["trigrams"]).remedy


@pytest.mark.parametrize(
    ("deed", "undo", "sentence"),
    [
        ("ALTER ROLE medevac_app CREATEDB", "ALTER ROLE medevac_app NOCREATEDB", "has CREATEDB"),
        ("ALTER ROLE medevac_app BYPASSRLS", "ALTER ROLE medevac_app NOBYPASSRLS", "has BYPASSRLS"),
        ("ALTER ROLE medevac_app SUPERUSER", "ALTER ROLE medevac_app NOSUPERUSER", "has SUPERUSER"),
        (
            "GRANT medevac_owner TO medevac_app",
            "REVOKE medevac_owner FROM medevac_app",
            "can become medevac_owner",
        ),
        (
            "CREATE TABLE its_own (n integer); ALTER TABLE its_own OWNER TO medevac_app",
            "DROP TABLE its_own",
            "owns 1 objects",
        ),
        (
            "GRANT CREATE ON SCHEMA public TO medevac_app",
            "REVOKE CREATE ON SCHEMA public FROM medevac_app",
            "may make tables",
        ),
        (
            "CREATE TABLE open_to_all (n integer); GRANT TRUNCATE ON open_to_all TO medevac_app",
            "DROP TABLE open_to_all",
            "may empty tables or add triggers",
        ),
    ],
)
def test_a_role_with_too_much_is_a_fault(
    embedded_server: Server,
    administrator: psycopg.Connection,
    tmp_path: Path,
    deed: str,
    undo: str,
    sentence: str,
) -> None:
    """Tests each way in which the application's role can have more than rows."""
    for statement in deed.split("; "):
        administrator.execute(statement.encode())
    try:
        findings = found(embedded_server, tmp_path)["roles"]
    finally:
        administrator.execute(undo.encode())
    assert any(sentence in finding.sentence for finding in findings), findings
    assert all(finding.weight is Weight.FAULT and finding.remedy for finding in findings)
    assert the(found(embedded_server, tmp_path)["roles"]).weight is Weight.WELL


def test_one_role_for_both_is_a_fault(embedded_server: Server, tmp_path: Path) -> None:
    """Tests that the owner must not serve the web."""
    url = embedded_server.url(OWNER)
    found_here = list(examine(Installation({}, Addresses(url, url, None), tmp_path)))
    sentences = [one.finding.sentence for one in found_here if one.name == "owner"]
    assert sentences == ["Migrations and the service sign in as the same role medevac_owner."]
    assert not healthy(found_here)


def test_a_remedy_names_roles_as_sql_wants_them(
    embedded_server: Server, administrator: psycopg.Connection, tmp_path: Path
) -> None:
    """Tests that a role with an odd name is quoted in the statement that mends it."""
    odd = sql.Identifier('a "b"')
    administrator.execute(sql.SQL("CREATE ROLE {}").format(odd))
    administrator.execute(sql.SQL("GRANT {} TO medevac_app").format(odd))
    try:
        finding = the(found(embedded_server, tmp_path)["roles"])
    finally:
        administrator.execute(sql.SQL("DROP ROLE {}").format(odd))
    assert 'REVOKE "a ""b""" FROM "medevac_app"' in finding.remedy


def test_rooms_add_checks_and_a_broken_one_is_a_finding(tmp_path: Path) -> None:
    """Tests that a registered check is run, that one which raises is told, and that a name is used once."""

    @register("test: broken")
    def broken(installation: Installation) -> Iterator[Finding]:
        yield Finding.well("So far so good.")
        raise RuntimeError("a\nfault")

    try:
        assert registered()["test: broken"] is broken
        told = [one for one in examine(Installation({}, None, tmp_path)) if one.name == "test: broken"]
        with pytest.raises(ValueError, match="a second time"):
            register("test: broken")(lambda _: [])
    finally:
        del _CHECKS["test: broken"]
    assert [one.finding.sentence for one in told] == [
        "So far so good.",
        "This check broke down (RuntimeError: a fault).",
    ]
    assert not healthy(told)


def test_a_fault_needs_a_remedy() -> None:
    """Tests that nobody can tell what is wrong without telling what to do."""
    with pytest.raises(ValueError, match="Expected a remedy with a fault"):
        Finding.fault("Something is wrong.", "")


def test_warnings_alone_are_healthy() -> None:
    """Tests what makes the exit code 1: faults, and nothing else."""
    warned = Examined("x", Finding.warning("Look at this.", "Do so."))
    assert healthy([warned, Examined("x", Finding.well("Fine."))])
    assert not healthy([warned, Examined("x", Finding.fault("Broken.", "Mend it."))])
