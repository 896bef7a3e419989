"""A demonstration and a service of their own, on one database that is gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from answering import Service, answering

from medevac.database import APP, OWNER, SUPERUSER, Addresses, running
from medevac.database.roles import prepare_database
from medevac.site.demonstration.own_database import mark

DATABASE = "medevac_pictures"
FIND_SAME = (
    "import django; django.setup();"
    "from datetime import UTC, datetime;"
    "from medevac.cases.services.likeness import suspect_changed_since;"
    "suspect_changed_since(datetime(2000, 1, 1, tzinfo=UTC))"
)
WORK_OUT = (
    "import django; django.setup();"
    "from medevac.offers.models import AdviceRun;"
    "from medevac.offers.services.advising import find_advice;"
    "[find_advice(pk) for pk in AdviceRun.unscoped.filter(state='waiting').values_list('pk', flat=True)]"
)


@dataclass(frozen=True)
class Site:
    """What pictures are taken of.

    Parameters
    ----------
    demonstration
        The demonstration, with its switcher of accounts.
    service
        The service as it is in earnest, on the same database.
    above_all
        The address of the database's superuser, for taking the database away.
    """

    demonstration: Service
    service: Service
    above_all: str

    def find_same_patients(self) -> None:
        """Do what the worker does every ten minutes: look for patients who were filed twice."""
        self._as_the_worker(FIND_SAME)

    def work_out_advice(self) -> None:
        """Do what the worker does when somebody asks for advice."""
        self._as_the_worker(WORK_OUT)

    def _as_the_worker(self, program: str) -> None:
        variables = os.environ | {
            "DJANGO_SETTINGS_MODULE": "medevac.site.demonstration.settings",
            "DATABASE_URL": self.demonstration.database,
            "MEDEVAC_ADDRESS": self.demonstration.address,
            "MEDEVAC_SECRET_KEY": "only-for-tests-" + "x" * 50,
            "MEDEVAC_IDENTIFIER_KEY": "only-for-tests-" + "y" * 50,
            "MEDEVAC_DOCUMENT_KEYS_FILE": str(self.demonstration.notices.with_name("document-keys.json")),
        }
        subprocess.run([sys.executable, "-c", program], env=variables, check=True)

    def as_owner(self, *statements: str) -> None:
        """Run statements as the owner of the tables."""
        with psycopg.connect(self.demonstration.database, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[call-overload]

    @contextmanager
    def without_database(self) -> Iterator[None]:
        """Have the database turn everybody away for a while."""
        with psycopg.connect(self.above_all, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS false")
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [DATABASE]
            )
            try:
                yield
            finally:
                connection.execute(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS true")


@contextmanager
def standing() -> Iterator[Site]:
    """PostgreSQL, the demonstration's data and both web processes; all of it ends with the block."""
    home = Path(tempfile.mkdtemp(prefix="medevac-pictures-", dir="/tmp"))
    home.rmdir()  # its own to make, with the modes it needs
    told = Path(tempfile.mkdtemp(prefix="medevac-told-")) / "told.jsonl"
    told.touch()
    try:
        with running(home) as server:
            server.make_database(DATABASE)
            owner = server.url(OWNER, DATABASE)
            addresses = Addresses(server.url(APP, DATABASE), owner, None)
            with psycopg.connect(owner, autocommit=True) as connection:
                prepare_database(connection)
                mark(connection, DATABASE)
            with (
                answering("demonstration_settings", addresses, told, prepare=True) as shown,
                answering("service_settings", addresses, told) as earnest,
            ):
                yield Site(
                    Service(shown, owner, told),
                    Service(earnest, owner, told),
                    server.url(SUPERUSER, "postgres"),
                )
    finally:
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(told.parent, ignore_errors=True)
