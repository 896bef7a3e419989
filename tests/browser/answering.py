"""A service that answers: a real web process, and what a test knows of it."""

from __future__ import annotations

import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

import psycopg
from playwright.sync_api import Page

from medevac.cli.service import programs
from medevac.database import Addresses
from medevac.documents.keyring import make_ring

IDENTIFIER_KEY = "only-for-tests-" + "y" * 50  # with which the service reads what is kept encrypted


@dataclass(frozen=True)
class Service:
    """A service that answers.

    Parameters
    ----------
    address
        Where, without a slash at the end.
    database
        Its database, as the owner of the tables, for looking up what a test needs.
    notices
        The file with what it told, one notice a line.
    """

    address: str
    database: str
    notices: Path

    def value(self, query: str) -> str:
        """One value of the database, as text."""
        with psycopg.connect(self.database) as connection:
            row = connection.execute(query).fetchone()
        assert row is not None, query
        return str(row[0])


def switched(page: Page, service: Service, role: str) -> None:
    """Go on as the demonstration's account of a role."""
    page.goto(f"{service.address}/demonstration/")
    page.select_option("#demonstration-role", role)
    page.locator(".banner button").click()
    page.wait_for_url(f"{service.address}/")


@contextmanager
def answering(
    settings: str, addresses: Addresses, notices: Path, *, prepare: bool = False, **more: str
) -> Iterator[str]:
    """Run one web process, with more variables where given, and lead to it when it answers.

    To prepare is to make the demonstration before, in a database that has been migrated.
    """
    taken = programs.listening("127.0.0.1", 0)
    address = f"http://localhost:{taken.getsockname()[1]}"
    keys = notices.with_name("document-keys.json")
    if not keys.exists():
        make_ring(keys)
    given = {name: value for name, value in os.environ.items() if not name.startswith("MEDEVAC_")}
    variables = programs.environment(
        addresses,
        given
        | {
            "DJANGO_SETTINGS_MODULE": settings,
            "MEDEVAC_ADDRESS": address,
            "MEDEVAC_SECRET_KEY": "only-for-tests-" + "x" * 50,
            "MEDEVAC_IDENTIFIER_KEY": IDENTIFIER_KEY,
            "MEDEVAC_DOCUMENT_KEYS_FILE": str(keys),
            "NOTICES": str(notices),
            "PYTHONPATH": str(Path(__file__).parent),
            **more,
        },
    )
    if prepare:
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
