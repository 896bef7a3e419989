"""What tests of several rooms have in common: one embedded PostgreSQL for each process that runs tests.

The whole suite is shared out between processes, file by file (CONTRIBUTING.md). Each has a server, browsers
and ports of its own, so that none knows of another.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import coverage
import psycopg
import pytest
from psycopg import sql

from long_files import rank
from medevac.database import APP, DATABASE, OWNER, SUPERUSER, Server, running
from medevac.database.binaries import programs
from medevac.database.home import Home
from medevac.database.roles import make_roles

# The folder of the sockets of a server that CI has started: Debian's PostgreSQL, the oldest supported.
SOCKETS_VARIABLE = "MEDEVAC_TEST_SOCKETS"
TEST_DATABASE = "medevac_test"
# What migrations wrote and no test changes.
KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission"}
MOST_PROCESSES = 4  # each starts a database, compiles the planner and opens browsers


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """How many processes share the tests; none but this one for a part, which is done before they started."""
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    # Two of them are the cache's, which a run may leave out.
    chosen = any(config.getoption(name, None) for name in ("keyword", "lf", "stepwise"))
    if not whole or chosen or os.environ.get(SOCKETS_VARIABLE):
        return 0  # on a server that somebody else started there is one database for tests
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_PROCESSES) if cores > 1 else 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files, so that no process is left with one when the others have ended."""
    items.sort(key=lambda item: rank(item.path))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep what a process has measured before it is told to end: on a busy machine it is killed first."""
    measured = coverage.Coverage.current()
    if hasattr(session.config, "workerinput") and measured is not None:
        measured.stop()
        measured.save()


@pytest.fixture(autouse=True)
def language_of_the_test() -> None:
    """Each test begins in English, whatever language the last request of the one before was answered in."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[Server]:
    """A real server of its own, started when the first test asks for it, and gone after the last.

    Its folder lies directly in /tmp: pytest's own folders are closed to the system user that PostgreSQL runs
    as when the tests are run as root.
    """
    if elsewhere := os.environ.get(SOCKETS_VARIABLE):
        yield _server_elsewhere(Path(elsewhere))
        return
    home = Path(tempfile.mkdtemp(prefix="medevac-tests-", dir="/tmp"))
    home.rmdir()  # its own to make, with the modes it needs
    try:
        with running(home) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _server_elsewhere(sockets: Path) -> Server:
    """A server that somebody else started, for tests marked any_postgresql."""
    server = Server(sockets, sockets, programs(None), Home(sockets))
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        make_roles(connection)
    server.make_database(DATABASE)
    return server


@pytest.fixture(scope="session")
def django_db_setup(embedded_server: Server, django_db_blocker: pytest.FixtureRequest) -> None:
    """A database that the owner role has migrated; tests use it as the role of the web."""
    from django.core.management import call_command
    from django.db import connection

    embedded_server.make_database(TEST_DATABASE)
    _lead_to(embedded_server, OWNER)
    with django_db_blocker.unblock():
        call_command("migrate", verbosity=0)
        connection.close()
    _lead_to(embedded_server, APP)
    _empty_as_the_owner(embedded_server)


def _lead_to(server: Server, role: str) -> None:
    """Point Django's connection at the test database, as a role."""
    from django.conf import settings
    from django.db import connections

    parts = {
        "NAME": TEST_DATABASE,
        "USER": role,
        "HOST": str(server.socket_folder),
        "PORT": "",
        "PASSWORD": "",
    }
    connections["default"].settings_dict.update(parts)
    settings.DATABASES["default"].update(parts)


def _empty_as_the_owner(server: Server) -> None:
    """Have tests with real transactions emptied by the owner: the application's role may truncate nothing."""
    from django.test import TransactionTestCase

    def empty(case: TransactionTestCase) -> None:
        with psycopg.connect(server.url(OWNER, TEST_DATABASE), autocommit=True) as connection:
            rows = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()
            names = [sql.Identifier(name) for (name,) in rows if name not in KEPT_TABLES]
            connection.execute(
                sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(sql.SQL(", ").join(names))
            )

    TransactionTestCase._fixture_teardown = empty
