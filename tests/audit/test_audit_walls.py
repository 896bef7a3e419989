"""Tests that the application's role can neither change nor forge the record, whatever it tries on a connection of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from medevac.audit import walls
from medevac.database import APP, OWNER, Server

TEST_DATABASE = "medevac_test"
HISTORY = "people_userevent"
LOG = "audit_look"
REGISTER = "audit_export"
DENIED = psycopg.errors.InsufficientPrivilege
Attacker = psycopg.Connection[Any]
pytestmark = pytest.mark.any_postgresql


@pytest.fixture
def attacker(django_db_setup: None, embedded_server: Server) -> Iterator[Attacker]:
    """The role of web and worker with SQL of its own choice; all that it does is rolled back in the end."""
    with psycopg.connect(embedded_server.url(APP, TEST_DATABASE)) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def user(attacker: Attacker) -> UUID:
    """Somebody with one line of history."""
    public_id = uuid4()
    attacker.execute(
        "INSERT INTO people_user (id, email, password, name, latin_name, phone, language, time_zone, is_active,"
        " session_number) VALUES (%s, 'vera@example.org', '!', 'Віра', 'Vira', '', 'uk', 'Europe/Kyiv', true, 1)",
        [public_id],
    )
    return public_id


@contextmanager
def denied(attacker: Attacker, match: str | None = None) -> Iterator[None]:
    """Expect a refusal, and go on afterwards."""
    with pytest.raises(DENIED, match=match), attacker.transaction():
        yield


def say(attacker: Attacker, **told: str) -> None:
    """Tell the database who acts."""
    attacker.execute("SELECT set_config('medevac.acting', %s, true)", [json.dumps(told)])


def one_of_each(attacker: Attacker, user: UUID) -> None:
    """One row in the access log and one in the register."""
    say(attacker, kind="user", actor=str(user))
    attacker.execute("SELECT audit_look('see.personal', 'people.user', ARRAY[gen_random_uuid()], NULL, NULL)")
    attacker.execute(
        "SELECT audit_seal_export(audit_begin_export('people.access', 'csv', '{}'), sha256('x'), 1)"
    )


@pytest.mark.parametrize("table", [HISTORY, LOG, REGISTER, "audit_lastexport"])
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM {}",
        "TRUNCATE {}",
        "DROP TABLE {}",
        "INSERT INTO {} SELECT * FROM {}",
        "COPY {} FROM STDIN",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "ALTER TABLE {} OWNER TO medevac_app",
        "CREATE TRIGGER mine BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "CREATE RULE mine AS ON INSERT TO {} DO INSTEAD NOTHING",
        "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE",
        "CREATE TABLE mine (LIKE {})",
    ],
)
def test_tables_are_closed(attacker: Attacker, user: UUID, table: str, statement: str) -> None:
    """Tests each way to write a table of the record; nothing of it changes."""
    one_of_each(attacker, user)
    before = attacker.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))).fetchall()
    said = sql.SQL(statement.replace("{}", table))
    with denied(attacker):
        attacker.execute(said)
    assert attacker.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))).fetchall() == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE people_userevent SET name = 'Nobody'",
        "UPDATE people_userevent SET pgh_created_at = now() - interval '1 day'",
        "UPDATE people_userevent SET pgh_context = '{}'",
        "UPDATE audit_look SET actor = gen_random_uuid()",
        "UPDATE audit_look SET at = now() - interval '1 day'",
        "UPDATE audit_export SET digest = NULL",
        "UPDATE audit_lastexport SET number = 0",
        "INSERT INTO people_userevent (pgh_label) VALUES ('update')",
        "INSERT INTO audit_look (at, actor) VALUES ('2020-01-01', gen_random_uuid())",
        "INSERT INTO audit_export (number) VALUES (7)",
        "MERGE INTO audit_look USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",
    ],
)
def test_rows_are_closed(attacker: Attacker, user: UUID, statement: str) -> None:
    """Tests changes of single columns: another name, another time, another actor, another number."""
    one_of_each(attacker, user)
    with denied(attacker):
        attacker.execute(statement.encode())


@pytest.mark.parametrize(
    "statement",
    [
        "SET session_replication_role = replica",
        "SET ROLE medevac_owner",
        "SET SESSION AUTHORIZATION medevac_owner",
        "ALTER TABLE people_user DISABLE TRIGGER ALL",
        "ALTER TABLE people_user DISABLE TRIGGER USER",
        "TRUNCATE people_user CASCADE",
        "DROP TABLE people_user CASCADE",
        "DROP FUNCTION audit_look(text, text, uuid[], uuid, bigint)",
        "DROP FUNCTION audit_acting() CASCADE",
        "CREATE OR REPLACE FUNCTION audit_acting() RETURNS jsonb LANGUAGE sql AS 'SELECT ''{}''::jsonb'",
        "CREATE FUNCTION audit_actor_ghost(uuid) RETURNS text LANGUAGE sql AS 'SELECT ''active''::text'",
        "ALTER FUNCTION audit_acting() SECURITY INVOKER",
        "ALTER ROLE medevac_app SUPERUSER",
        "GRANT medevac_owner TO medevac_app",
        "ALTER DATABASE medevac_test SET session_replication_role = replica",
        "CREATE SCHEMA mine",
        "CREATE TEMP TABLE mine (id int)",
        "SELECT audit_acting()",
        "SELECT audit_somebody()",
        "SELECT audit_actor_user(gen_random_uuid())",
        "COPY people_user TO PROGRAM 'true'",
        "COPY people_user FROM '/etc/passwd'",
    ],
)
def test_the_machinery_is_closed(attacker: Attacker, statement: str) -> None:
    """Tests what would switch the triggers off, borrow the owner's rights, or put other functions in their place."""
    with denied(attacker):
        attacker.execute(statement.encode())


@pytest.mark.django_db
def test_a_grant_to_oneself_grants_nothing(attacker: Attacker) -> None:
    """Tests what PostgreSQL answers with a warning only."""
    attacker.execute("GRANT ALL ON people_userevent, audit_look, audit_export TO medevac_app")
    attacker.commit()
    assert walls.open_rights() == []


def test_reset_role_leads_nowhere(attacker: Attacker, user: UUID) -> None:
    """Tests that the role signed in as itself, so that there is no other to go back to."""
    attacker.execute("RESET ROLE")
    attacker.execute("RESET SESSION AUTHORIZATION")
    assert attacker.execute("SELECT current_user, session_user").fetchone() == (APP, APP)
    with denied(attacker):
        attacker.execute("DELETE FROM people_userevent")


@pytest.mark.parametrize("setting", ["pgtrigger.ignore", "pghistory.context_metadata"])
def test_settings_of_the_libraries_change_nothing(attacker: Attacker, user: UUID, setting: str) -> None:
    """Tests that a change is recorded though the library's own switch for triggers is thrown."""
    names = [name for (name,) in attacker.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")]
    attacker.execute("SELECT set_config(%s, %s, false)", [setting, "{" + ",".join(names) + "}"])
    attacker.execute("UPDATE people_user SET name = 'Інша' WHERE id = %s", [user])
    assert labels(attacker, user) == ["insert", "update"]


def test_a_borrowed_trigger_writes_nothing(attacker: Attacker, embedded_server: Server) -> None:
    """Tests that a trigger function works neither for another role nor on another table, even a temporary one.

    An installation of its own may have left temporary tables to everybody.
    """
    with psycopg.connect(embedded_server.url(OWNER, TEST_DATABASE), autocommit=True) as owner:
        functions = [
            name
            for (name,) in owner.execute(
                "SELECT DISTINCT p.oid::regproc::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
                " WHERE t.tgrelid = 'people_user'::regclass AND NOT t.tgisinternal"
            )
        ]
        assert functions
        try:
            owner.execute("GRANT TEMPORARY ON DATABASE medevac_test TO medevac_app")
            attacker.execute("CREATE TEMP TABLE people_user AS SELECT * FROM public.people_user WITH NO DATA")
            for function in functions:
                trigger = sql.SQL(
                    "CREATE TRIGGER mine AFTER INSERT ON pg_temp.people_user FOR EACH ROW EXECUTE FUNCTION {}()"
                ).format(sql.Identifier(function))
                with denied(attacker):
                    attacker.execute(trigger)
        finally:
            owner.execute("REVOKE TEMPORARY ON DATABASE medevac_test FROM medevac_app")
        with owner.transaction(force_rollback=True):
            owner.execute("CREATE TABLE mine AS SELECT * FROM people_user WITH NO DATA")
            owner.execute(
                sql.SQL("CREATE TRIGGER mine AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION {}()").format(
                    sql.Identifier(functions[0])
                )
            )
            with pytest.raises(DENIED, match='Expected the table "people_user", got mine'):
                owner.execute("INSERT INTO mine (id) VALUES (gen_random_uuid())")


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"kind": "nobody"},
        {"kind": "user"},
        {"kind": "user", "actor": str(UUID(int=7))},
        {"kind": "service", "actor": str(UUID(int=7))},
        {"kind": "ghost", "actor": str(UUID(int=7))},
        {"kind": "user(uuid); --", "actor": str(UUID(int=7))},
    ],
)
def test_nobody_looks_as_somebody_unknown(attacker: Attacker, told: dict[str, str]) -> None:
    """Tests that a look needs an actor whom the database knows, and that the refused look leaves no row."""
    say(attacker, **told)
    with denied(attacker):
        attacker.execute(
            "SELECT audit_look('see.personal', 'people.user', ARRAY[gen_random_uuid()], NULL, NULL)"
        )
    with denied(attacker):
        attacker.execute("SELECT audit_begin_export('people.access', 'csv', '{}')")
    assert attacker.execute("SELECT count(*) FROM audit_look").fetchone() == (0,)


def test_a_deactivated_user_looks_no_more(attacker: Attacker, user: UUID) -> None:
    """Tests that the account must be active at the moment of the look."""
    attacker.execute("UPDATE people_user SET is_active = false, deactivated_at = now() WHERE id = %s", [user])
    say(attacker, kind="user", actor=str(user))
    with denied(attacker, "Expected an active actor"):
        attacker.execute(
            "SELECT audit_look('see.personal', 'people.user', ARRAY[gen_random_uuid()], NULL, NULL)"
        )


def test_a_change_under_a_forged_actor_is_refused(attacker: Attacker, user: UUID) -> None:
    """Tests that a change whose actor the database does not know is not made at all."""
    say(attacker, kind="user", actor=str(uuid4()))
    with denied(attacker, "Expected an actor that the database knows"):
        attacker.execute("UPDATE people_user SET name = 'Інша' WHERE id = %s", [user])
    assert labels(attacker, user) == ["insert"]


def test_time_and_role_are_the_databases_own(attacker: Attacker, user: UUID) -> None:
    """Tests that a told time and a told role are not believed, in history as in the access log."""
    say(attacker, kind="user", actor=str(user), role="postgres", at="2020-01-01", pgh_created_at="2020-01-01")
    attacker.execute("UPDATE people_user SET name = 'Інша' WHERE id = %s", [user])
    attacker.execute("SELECT audit_look('see.personal', 'people.user', ARRAY[gen_random_uuid()], NULL, NULL)")
    for recent in (
        "SELECT pgh_created_at > now() - interval '1 minute', pgh_context ->> 'role' FROM people_userevent"
        " WHERE pgh_label = 'update'",
        "SELECT at > now() - interval '1 minute', session_role FROM audit_look",
    ):
        assert attacker.execute(recent.encode()).fetchone() == (True, APP)


def test_an_export_without_its_hash_does_not_end(attacker: Attacker, user: UUID) -> None:
    """Tests that a number is kept only together with the hash, is sealed once, and leaves no gap when it fails."""
    say(attacker, kind="user", actor=str(user))
    begin = "SELECT audit_begin_export('people.access', 'csv', '{}')"
    with pytest.raises(psycopg.errors.CheckViolation), attacker.transaction():  # noqa: PT012
        lost = attacker.execute(begin).fetchone()
        attacker.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as the end of the transaction does
    given = attacker.execute(begin).fetchone()
    assert given == lost
    attacker.execute("SELECT audit_seal_export(%s, sha256('x'), 1)", given)
    attacker.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with denied(attacker):
        attacker.execute("SELECT audit_seal_export(%s, sha256('y'), 1)", given)


@pytest.mark.django_db
def test_no_right_is_left_open() -> None:
    """Tests every table of the record, also those of rooms that came later, in the catalogue of the database."""
    assert {HISTORY, LOG, REGISTER} <= set(walls.record_tables())
    assert walls.open_rights() == []


def labels(connection: Attacker, user: UUID) -> list[str]:
    """The kinds of change in the user's history, in their order."""
    rows = connection.execute(
        "SELECT pgh_label FROM people_userevent WHERE pgh_obj_id = %s ORDER BY pgh_id", [user]
    )
    return [label for (label,) in rows]
