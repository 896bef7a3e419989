"""A real browser before the real service: uvicorn, PostgreSQL, the demonstration's data, Debian's Chromium.

Without Chromium these tests are skipped; where MEDEVAC_NEEDS_CHROMIUM is set, as by `.ci/run`, they fail.
"""

from __future__ import annotations

import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

import psycopg
import pytest
from answering import Service
from playwright.sync_api import Browser, BrowserContext

from medevac.cli.service import programs
from medevac.database import APP, OWNER, Addresses, Server
from medevac.database.roles import prepare_database
from medevac.documents.keyring import make_ring
from medevac.site.demonstration.own_database import mark
from real_browser import real_browser

DATABASE = "medevac_browser"
PATIENCE_MILLISECONDS = 120_000  # a busy machine is slow, which is no fault


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a module."""
    with real_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def demonstration(embedded_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The demonstration, with its data and its switcher."""
    embedded_server.make_database(DATABASE)
    owner = embedded_server.url(OWNER, DATABASE)
    addresses = Addresses(embedded_server.url(APP, DATABASE), owner, None)
    notices = tmp_path_factory.mktemp("notices") / "told.jsonl"
    notices.touch()
    with psycopg.connect(owner, autocommit=True) as connection:
        prepare_database(connection)
        mark(connection, DATABASE)
    with answering("demonstration_settings", addresses, notices, prepare=True) as address:
        yield Service(address, owner, notices)


@pytest.fixture(scope="session")
def service(demonstration: Service, embedded_server: Server) -> Iterator[Service]:
    """The service as it is in earnest, without a switcher, on the same database."""
    addresses = Addresses(embedded_server.url(APP, DATABASE), demonstration.database, None)
    with answering("service_settings", addresses, demonstration.notices) as address:
        yield Service(address, demonstration.database, demonstration.notices)


@contextmanager
def answering(settings: str, addresses: Addresses, notices: Path, *, prepare: bool = False) -> Iterator[str]:
    """Run one web process and lead to it, when it answers."""
    taken = programs.listening("127.0.0.1", 0)
    address = f"http://localhost:{taken.getsockname()[1]}"
    keys = notices.with_name("document-keys.json")
    make_ring(keys)
    given = {name: value for name, value in os.environ.items() if not name.startswith("MEDEVAC_")}
    variables = programs.environment(
        addresses,
        given
        | {
            "DJANGO_SETTINGS_MODULE": settings,
            "MEDEVAC_ADDRESS": address,
            "MEDEVAC_SECRET_KEY": "only-for-tests-" + "x" * 50,
            "MEDEVAC_DOCUMENT_KEYS_FILE": str(keys),
            "NOTICES": str(notices),
            "PYTHONPATH": str(Path(__file__).parent),
        },
    )
    if prepare:
        owner = programs.owner_environment(addresses, "migrate", variables)
        assert programs.run_django(["migrate", "--no-input", "--verbosity", "0"], owner) == 0
        assert programs.run_django(["make_demonstration"], variables) == 0
    web = programs.web(1, variables, taken)
    with Popen(list(web.words), env=dict(web.environment), pass_fds=tuple(web.handed)) as process:
        try:
            _wait_for(f"{address}/about/", process)
            yield address
        finally:
            process.terminate()
            process.wait()
            taken.close()


def _wait_for(address: str, process: Popen[bytes]) -> None:
    while True:
        assert process.poll() is None, "The web process ended before it answered."
        try:
            with urllib.request.urlopen(address, timeout=30):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser of somebody who was never here."""
    context = chromium.new_context(locale="en-GB")
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    yield context
    context.close()


@pytest.fixture
def somebody_else(chromium: Browser) -> Iterator[BrowserContext]:
    """The browser of somebody else."""
    context = chromium.new_context(locale="en-GB")
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    yield context
    context.close()
