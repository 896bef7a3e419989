"""Homes for servers that a test starts, kills and throws away, and what tests ask of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from medevac.database.home import Home, keeper_lives

HOLDER = """
import sys
from pathlib import Path
from medevac.database import running
with running(Path(sys.argv[1])) as server:
    print("ready", flush=True)
    sys.stdin.read()
"""
LONGEST_SECONDS = 120  # only a hanging test comes near it


@contextmanager
def new_home(name: str = "home") -> Iterator[Path]:
    """A path directly in /tmp where no folder is yet; PostgreSQL's system user can get there, too."""
    path = Path(tempfile.mkdtemp(prefix=f"medevac-{name}-", dir="/tmp"))
    path.rmdir()
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def copied_home(kept: Path, name: str) -> Iterator[Path]:
    """A copy of a home that is at rest."""
    with new_home(name) as home:
        subprocess.run(["cp", "-a", kept, home], check=True)  # with its owners and modes
        yield home


@contextmanager
def holder(home: Path) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that holds the server until it is told to end, or is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said == "ready\n", process.communicate()[1]
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


def until(true: Callable[[], bool], what: str) -> None:
    """Wait until something is so; a test that waits too long fails and says for what."""
    end = time.monotonic() + LONGEST_SECONDS
    while not true():
        assert time.monotonic() < end, f"waited in vain until {what}"
        time.sleep(0.05)


def stopped(home: Path) -> bool:
    """Whether neither keeper nor server runs."""
    number = server_number(home)
    return not keeper_lives(Home(home)) and (number is None or not alive(number))


def server_number(home: Path) -> int | None:
    """The number of the server's process, as its keeper tells."""
    return Home(home).read_state().get("server")


def alive(number: int) -> bool:
    """Whether a process of this number runs."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def answers(url: str) -> bool:
    """Whether the server answers a question."""
    try:
        with psycopg.connect(url) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False
