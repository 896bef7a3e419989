"""What tests of several rooms have in common: one embedded PostgreSQL for the whole session."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from medevac.database import Server, running


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[Server]:
    """A real server of its own, started when the first test asks for it, and gone after the last.

    Its folder lies directly in /tmp: pytest's own folders are closed to the system user that PostgreSQL runs
    as when the tests are run as root.
    """
    home = Path(tempfile.mkdtemp(prefix="medevac-tests-", dir="/tmp"))
    home.rmdir()  # its own to make, with the modes it needs
    try:
        with running(home) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)
