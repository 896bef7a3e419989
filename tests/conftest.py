"""What tests of several rooms have in common: one embedded PostgreSQL for each process that runs tests.

The whole suite is shared out between processes, file by file (CONTRIBUTING.md). Each has a server, browsers
and ports of its own, so that none knows of another.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import psycopg
import pytest
from xdist.remote import Producer
from xdist.scheduler.loadfile import LoadFileScheduling

from databases import (
    DEMONSTRATION,
    EMPTY_COPY,
    TEST_DATABASE,
    Demonstration,
    copied,
    empty_as_the_superuser,
    lead_to,
    make_quick,
    rows_of_each_table,
)
from long_files import WITH_A_HOME, WITH_THE_DEMONSTRATION, is_unmeasured, rank
from measuring import MEASURING
from medevac.database import APP, DATABASE, OWNER, SUPERUSER, Server, running
from medevac.database.binaries import programs
from medevac.database.home import Home
from medevac.database.roles import make_roles

# The folder of the sockets of a server that CI has started: Debian's PostgreSQL, the oldest supported.
SOCKETS_VARIABLE = "MEDEVAC_TEST_SOCKETS"
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


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """Share the tests out file by file; those that look at one thing go together, to make it once."""
    return _Scheduling(config, log) if config.getvalue("dist") == "loadfile" else None


class _Scheduling(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        name = file.removeprefix("tests/")
        if name.startswith(WITH_THE_DEMONSTRATION):
            return "demonstration"
        return "home" if name.startswith(WITH_A_HOME) else file


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure no coverage in the tests that are named for it, nor in repeats that show nothing new."""
    measured = not is_unmeasured(item.path, item.name)
    MEASURING.on(measured)
    if not measured or not hasattr(item, "callspec"):
        return (yield)
    with MEASURING.repeat(item.nodeid.partition("[")[0]):
        return (yield)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep what a process has measured before it is told to end: on a busy machine it is killed first."""
    if hasattr(session.config, "workerinput"):
        MEASURING.keep()


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
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    make_quick(embedded_server)
    embedded_server.make_database(TEST_DATABASE)
    lead_to(embedded_server, OWNER)
    with django_db_blocker.unblock(), MEASURING.going():
        call_command("migrate", verbosity=0)
        connection.close()
        import_module(settings.ROOT_URLCONF)
    copied(embedded_server, TEST_DATABASE, EMPTY_COPY)
    lead_to(embedded_server, APP)
    empty_as_the_superuser(embedded_server)


@pytest.fixture(scope="session")
def demonstration_made(
    django_db_setup: None,
    embedded_server: Server,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Demonstration:
    """The demonstration in a database of its own, once for all who look at it and change nothing."""
    from django.db import connection
    from django.test import override_settings

    from medevac.documents.keyring import make_ring
    from medevac.people.demonstration import make_demonstration

    keys = tmp_path_factory.mktemp("demonstration") / "document-keys.json"
    make_ring(keys)
    copied(embedded_server, EMPTY_COPY, DEMONSTRATION)
    connection.close()
    lead_to(embedded_server, APP, DEMONSTRATION)
    counts = []
    try:
        with django_db_blocker.unblock(), override_settings(DOCUMENT_KEYS_FILE=str(keys)), MEASURING.going():
            for _time in range(2):
                makers = make_demonstration()
                counts.append(rows_of_each_table(embedded_server.url(OWNER, DEMONSTRATION)))
    finally:
        connection.close()
        lead_to(embedded_server, APP)
    return Demonstration(DEMONSTRATION, keys, tuple(makers), (counts[0], counts[1]))


@pytest.fixture
def _in_the_demonstration(demonstration_made: Demonstration, embedded_server: Server) -> Iterator[None]:
    """Django's connection leads to the demonstration."""
    from django.db import connection

    connection.close()
    lead_to(embedded_server, APP, demonstration_made.database)
    yield
    connection.close()
    lead_to(embedded_server, APP)


@pytest.fixture
def demonstrated(_in_the_demonstration: None, demonstration_made: Demonstration, db: None) -> Demonstration:
    """The demonstration's rows, in a transaction that is taken back; not for tests marked django_db."""
    return demonstration_made
