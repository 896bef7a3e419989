"""A real browser before the real service: uvicorn, PostgreSQL, the demonstration's data, Debian's Chromium.

Without Chromium these tests are skipped; where MEDEVAC_NEEDS_CHROMIUM is set, as by `.ci/run`, they fail.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import psycopg
import pytest
from answering import Service, answering
from playwright.sync_api import Browser, BrowserContext

from databases import Demonstration, copied
from medevac.database import APP, OWNER, Addresses, Server
from medevac.site.demonstration.own_database import mark
from real_browser import PATIENCE_MILLISECONDS, real_browser

DATABASE = "medevac_browser"


@pytest.fixture(scope="module")
def chromium(demonstration: Service) -> Iterator[Browser]:
    """One browser for the tests of a module, which look at the demonstration: that is made before."""
    with real_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def demonstration(
    demonstration_made: Demonstration, embedded_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """The demonstration, with its data and its switcher, on a copy that its tests may change."""
    copied(embedded_server, demonstration_made.database, DATABASE)
    owner = embedded_server.url(OWNER, DATABASE)
    addresses = Addresses(embedded_server.url(APP, DATABASE), owner, None)
    notices = tmp_path_factory.mktemp("notices") / "told.jsonl"
    notices.touch()
    shutil.copy(demonstration_made.keys, notices.with_name(demonstration_made.keys.name))
    with psycopg.connect(owner, autocommit=True) as connection:
        mark(connection, DATABASE)
    # What is still to be made are the messages of the switcher's own settings.
    with answering("demonstration_settings", addresses, notices, prepare=True) as address:
        yield Service(address, owner, notices)


@pytest.fixture(scope="session")
def service(demonstration: Service, embedded_server: Server) -> Iterator[Service]:
    """The service as it is in earnest, without a switcher, on the same database."""
    addresses = Addresses(embedded_server.url(APP, DATABASE), demonstration.database, None)
    with answering("service_settings", addresses, demonstration.notices) as address:
        yield Service(address, demonstration.database, demonstration.notices)


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
