"""The databases of the tests on one server: an empty one, its copy, and one with the demonstration in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from medevac.database import OWNER, SUPERUSER, Server

TEST_DATABASE = "medevac_test"
EMPTY_COPY, DEMONSTRATION = "medevac_test_empty", "medevac_test_demonstration"
# What migrations wrote and no test changes.
KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission"}
# Nothing here must outlive a loss of power. What is tested to do so has a server of its own.
QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_wal_size = '4GB'")


@dataclass(frozen=True)
class Demonstration:
    """A database in which the demonstration was made twice, and how many rows each table had each time."""

    database: str
    keys: Path
    makers: tuple[str, ...]
    rows: tuple[dict[str, int], dict[str, int]]


def make_quick(server: Server) -> None:
    """Have the server of the tests wait for no disk."""
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        for setting in QUICK:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")


def copied(server: Server, source: str, name: str) -> None:
    """Copy a database that nobody is connected to, with its rights."""
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {source}")
    server.make_database(name)


def lead_to(server: Server, role: str, database: str = TEST_DATABASE) -> None:
    """Point Django's connection at a database of the tests, as a role."""
    from django.conf import settings
    from django.db import connections

    parts = {
        "NAME": database,
        "USER": role,
        "HOST": str(server.socket_folder),
        "PORT": "",
        "PASSWORD": "",
    }
    connections["default"].settings_dict.update(parts)
    settings.DATABASES["default"].update(parts)


@contextmanager
def pooled() -> Iterator[None]:
    """Lend the threads of a server in this process connections that are kept, as in earnest.

    A new one for each request takes the database longer than the request itself.
    """
    from django.db import connection

    connection.close()
    connection.settings_dict["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 10, "timeout": 60}
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()
        del connection.settings_dict["OPTIONS"]["pool"]


def empty_as_the_superuser(server: Server) -> None:
    """Have tests with real transactions emptied past all walls: the application's role may truncate nothing.

    Rows are deleted, of the few tables that have any: to truncate the rest, which means to make each of
    them and their indexes anew, takes twenty times as long.
    """
    from django.test import TransactionTestCase

    def empty(case: TransactionTestCase) -> None:
        with psycopg.connect(server.url(SUPERUSER, TEST_DATABASE)) as connection:
            rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            names = [sql.Identifier(name) for (name,) in rows if name not in KEPT_TABLES]
            # Whoever still writes is waited for.
            connection.execute(
                sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(sql.SQL(", ").join(names))
            )
            connection.execute("SET LOCAL session_replication_role = replica")  # neither triggers nor keys
            for name in names:
                connection.execute(sql.SQL("DELETE FROM {}").format(name))
            connection.execute(
                "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, start_value, false)"
                " FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
                " AND sequencename <> ALL (%s)",
                [[f"{name}_id_seq" for name in KEPT_TABLES]],
            )

    TransactionTestCase._fixture_teardown = empty


def rows_of_each_table(address: str) -> dict[str, int]:
    """How many rows each table has that people's deeds fill."""
    with psycopg.connect(address) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        counting = {
            name: sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))
            for (name,) in tables.fetchall()
        }
        counts = {name: connection.execute(query).fetchone() for name, query in counting.items()}
    return {name: row[0] for name, row in counts.items() if row is not None}
