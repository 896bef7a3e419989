"""Tests of backup and restore: everything comes back elsewhere, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from medevac.database import APP, OWNER, SUPERUSER, DatabaseError, Server
from medevac.database.backup import back_up, restore

pytestmark = pytest.mark.any_postgresql

CONTENT = """
CREATE TABLE hospital (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name citext NOT NULL UNIQUE);
CREATE TABLE hold (
    hospital bigint NOT NULL REFERENCES hospital, during tstzrange NOT NULL,
    EXCLUDE USING gist (hospital WITH =, during WITH &&)
);
CREATE TABLE record (at timestamptz NOT NULL, said text NOT NULL, data jsonb, raw bytea);
REVOKE UPDATE, DELETE ON record FROM medevac_app;
COMMENT ON TABLE record IS 'Nobody changes this.';
CREATE INDEX ON hospital USING gin ((name::text) gin_trgm_ops);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ BEGIN INSERT INTO record VALUES (now(), 'hospital ' || NEW.name, to_jsonb(NEW), '\\x00ff'); RETURN
    NEW; END $$;
CREATE TRIGGER noted AFTER INSERT ON hospital FOR EACH ROW EXECUTE FUNCTION note();
INSERT INTO hospital (name) SELECT 'Лікарня ' || number FROM generate_series(1, 300) number;
INSERT INTO hold VALUES (1, '[2026-01-01, 2026-02-01)'), (1, '[2026-02-01, 2026-03-01)');
"""
TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
)
RIGHTS = (
    "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = "
    "'medevac_app' ORDER BY 1, 2"
)
OWNERS = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"


@pytest.fixture
def source(embedded_server: Server) -> Iterator[str]:
    """The address of a database with tables, triggers, rights and rows, as its owner."""
    yield from _database(embedded_server, "source", CONTENT)


@pytest.fixture
def target(embedded_server: Server) -> Iterator[str]:
    """The address of an empty database, as its owner."""
    yield from _database(embedded_server, "target", "")


def _database(server: Server, name: str, content: str) -> Iterator[str]:
    server.make_database(name)
    with psycopg.connect(server.url(OWNER, name), autocommit=True) as connection:
        connection.execute(content.encode())
    yield server.url(OWNER, name)
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def everything(url: str) -> dict[str, object]:
    """Every row of every table, and the rights of the application's role."""
    with psycopg.connect(url) as connection:
        tables = [name for (name,) in connection.execute(TABLES)]
        rows: dict[str, object] = {
            name: connection.execute(
                sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(name))
            ).fetchall()
            for name in tables
        }
        rows["the rights"] = connection.execute(RIGHTS).fetchall()
        rows["the owners"] = connection.execute(OWNERS).fetchall()
        rows["the comment"] = connection.execute("SELECT obj_description('record'::regclass)").fetchone()
    return rows


def test_every_table_comes_back_elsewhere(source: str, target: str, tmp_path: Path) -> None:
    """Tests that rows, rights, owners and comments are the same, and that triggers and constraints work."""
    size = back_up(source, tmp_path / "day.backup")
    assert size == (tmp_path / "day.backup").stat().st_size
    restore(target, tmp_path / "day.backup", app_role=APP)
    kept = everything(source)
    assert everything(target) == kept
    assert len(kept["record"]) == 300  # type: ignore[arg-type]
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute("INSERT INTO hospital (name) VALUES ('New')")
        assert connection.execute("SELECT max(id) FROM hospital").fetchone() == (301,)
        assert connection.execute("SELECT count(*) FROM record").fetchone() == (301,)
        connection.execute("CREATE TABLE later (number integer)")  # the default rights are back, too
        assert [right for table, right in connection.execute(RIGHTS) if table == "later"] == [
            "DELETE",
            "INSERT",
            "SELECT",
            "UPDATE",
        ]
        with pytest.raises(psycopg.errors.ExclusionViolation):
            connection.execute("INSERT INTO hold VALUES (1, '[2026-01-15, 2026-01-16)')")


def test_only_the_owner_of_the_file_may_read_it(source: str, tmp_path: Path) -> None:
    """Tests that a backup, which holds personal data, is closed to others, and that no other file is left."""
    back_up(source, tmp_path / "day.backup")
    assert (tmp_path / "day.backup").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["day.backup"]


def test_a_file_that_is_there_stands(source: str, tmp_path: Path) -> None:
    """Tests that nothing is replaced unasked, and all of it when asked."""
    file = tmp_path / "day.backup"
    file.write_bytes(b"older")
    with pytest.raises(DatabaseError, match="expected no such file yet"):
        back_up(source, file)
    assert file.read_bytes() == b"older"
    back_up(source, file, overwrite=True)
    assert file.read_bytes().startswith(b"PGDMP")


def test_a_backup_that_fails_leaves_nothing(source: str, tmp_path: Path) -> None:
    """Tests that a table which the role may not read is told, and that the old file stands."""
    file = tmp_path / "day.backup"
    file.write_bytes(b"older")
    as_app = source.replace(OWNER, APP)
    with psycopg.connect(source, autocommit=True) as connection:
        connection.execute("REVOKE SELECT ON record FROM medevac_app")
    with pytest.raises(DatabaseError, match=r"no backup was made.*permission denied"):
        back_up(as_app, file, overwrite=True)
    assert file.read_bytes() == b"older"
    assert [path.name for path in tmp_path.iterdir()] == ["day.backup"]


def test_a_database_with_tables_is_refused(source: str, tmp_path: Path) -> None:
    """Tests that nobody restores over data, and that the message names some of it."""
    back_up(source, tmp_path / "day.backup")
    kept = everything(source)
    with pytest.raises(DatabaseError, match=r"expected an empty database.*public\.hold"):
        restore(source, tmp_path / "day.backup", app_role=APP)
    assert everything(source) == kept


def _cut(content: bytes) -> bytes:
    return content[:-1]


def _halved(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _changed(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize("damage", [_cut, _halved, _changed, lambda _: b""])
def test_a_damaged_backup_restores_nothing(
    source: str, target: str, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    """Tests that a file that lacks its last byte, or has one bit turned, is refused whole."""
    file = tmp_path / "day.backup"
    back_up(source, file)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(DatabaseError, match="expected a whole backup of medevac"):
        restore(target, file, app_role=APP)
    with psycopg.connect(target) as connection:
        assert connection.execute(TABLES).fetchall() == []


def test_a_role_that_is_missing_is_told(source: str, target: str, tmp_path: Path) -> None:
    """Tests that a right for a role which is unknown there is told, and changes nothing."""
    with psycopg.connect(source.replace(OWNER, SUPERUSER), autocommit=True) as connection:
        connection.execute("CREATE ROLE visitor")
        connection.execute("GRANT SELECT ON hold TO visitor")
        back_up(source, tmp_path / "day.backup")
        connection.execute("DROP OWNED BY visitor")
        connection.execute("DROP ROLE visitor")
    with pytest.raises(DatabaseError, match=r'nothing was restored.*role "visitor" does not exist'):
        restore(target, tmp_path / "day.backup", app_role=APP)
    with psycopg.connect(target) as connection:
        assert connection.execute(TABLES).fetchall() == []


def test_no_such_file(target: str, tmp_path: Path) -> None:
    """Tests that a wrong name is told as one."""
    with pytest.raises(DatabaseError, match="got no such file"):
        restore(target, tmp_path / "none.backup", app_role=APP)
