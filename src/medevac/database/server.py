"""Holds an embedded PostgreSQL: starts it if nobody has, and lets it stop when nobody needs it any more."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from medevac.database.address import make_url
from medevac.database.binaries import programs
from medevac.database.cluster import make_cluster
from medevac.database.errors import DatabaseError
from medevac.database.home import Home, Lock, holders_lock, keeper_lives, start_lock
from medevac.database.roles import DATABASE, OWNER, SUPERUSER, make_database, make_roles, prepare_database
from medevac.database.system_user import SystemUser, database_user

LOOK_SECONDS = 0.05
GUARD_SECONDS = 0.5
MOST_FAILURES = 8  # the pauses between them grow; together they take about ten seconds
LOG_LINES = 4

_KEEPERS: set[int] = set()  # the numbers of those that this process has started


@dataclass(frozen=True)
class Server:
    """A running server, for as long as it is held.

    Parameters
    ----------
    home
        Where it lives.
    socket_folder
        The folder of its socket, which only this user may enter.
    programs
        The folder with its own pg_dump, pg_restore and psql.
    """

    home: Path
    socket_folder: Path
    programs: Path
    keeper_state: Home = field(repr=False)

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address for a role, as `DATABASE_URL` is written."""
        return make_url(role, database, self.socket_folder)

    def state(self) -> dict[str, object]:
        """What the keeper last said: the state, and the numbers of its own process and the server's."""
        return self.keeper_state.read_state()

    def make_database(self, name: str) -> None:
        """Make a database with extensions, owner and rights, if it is missing."""
        with psycopg.connect(self.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            make_database(connection, name)
        with psycopg.connect(self.url(OWNER, name), autocommit=True) as connection:
            prepare_database(connection)  # as the owner, so that the extensions are the owner's as well


@contextlib.contextmanager
def running(home: Path) -> Iterator[Server]:
    """Hold the server of a home, and start it if nobody has; it stops when its last holder ends.

    A server that dies while it is held is started again, and so is its keeper. Recovery is waited for
    without limit.

    Parameters
    ----------
    home
        A folder, made if it is missing. As root it must be one that other users can pass through.

    Raises
    ------
    DatabaseError
        When the server cannot be started; the message says why and what to do.
    """
    place = Home(home.absolute())
    user = database_user()
    place.make(user)
    held = holders_lock(place)
    guard = _Guard(place)
    try:
        held.shared()  # waits while a keeper is stopping
        server = _started(place, user)
        guard.start()
        yield server
    finally:
        guard.stop()
        _let_go(place, held)


def _started(place: Home, user: SystemUser | None) -> Server:
    folder = programs(user)
    with start_lock(place):
        if not keeper_lives(place):
            make_cluster(place, folder, user)
            place.socket_folder(user)
            _start_keeper(place)
    server = Server(place.path, place.socket_folder(user), folder, place)
    while True:
        _wait(place)
        try:
            _prepare(server)
        except psycopg.OperationalError:
            time.sleep(LOOK_SECONDS)  # it died under our hands; the keeper brings it back
            continue
        return server


def _prepare(server: Server) -> None:
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        make_roles(connection)
    server.make_database(DATABASE)


def _start_keeper(place: Home) -> None:
    """Start the keeper in a session of its own, which no Ctrl-C reaches, and wait for its lock."""
    place.write_state({"state": "starting", "failures": 0})
    log = os.open(place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    try:
        number = os.posix_spawn(
            sys.executable,
            [sys.executable, "-P", "-m", "medevac.database.keeper", str(place.path)],
            dict(os.environ),
            file_actions=[
                (os.POSIX_SPAWN_DUP2, nothing, 0),
                (os.POSIX_SPAWN_DUP2, log, 1),
                (os.POSIX_SPAWN_DUP2, log, 2),
            ],
            setsid=True,
        )
    finally:
        os.close(log)
        os.close(nothing)
    _KEEPERS.add(number)
    while not keeper_lives(place):
        _reap()
        if number in _KEEPERS:
            time.sleep(LOOK_SECONDS)
            continue
        raise DatabaseError(f"The keeper of {place.path} did not start. {_log_end(place)}")


def _reap() -> None:
    """Note which of our keepers have ended, so that none stays a zombie."""
    ended = set()
    for number in _KEEPERS:
        try:
            if os.waitpid(number, os.WNOHANG)[0] == number:
                ended.add(number)
        except ChildProcessError:
            ended.add(number)
    _KEEPERS.difference_update(ended)


def _wait(place: Home) -> None:
    """Wait until the server is ready, for as long as recovery takes; give up only when it keeps failing."""
    while True:
        state = place.read_state()
        if state.get("state") == "ready":
            return
        if int(state.get("failures", 0)) >= MOST_FAILURES:
            raise DatabaseError(f"PostgreSQL in {place.path} does not start. {_log_end(place)}")
        time.sleep(LOOK_SECONDS)


def _log_end(place: Home) -> str:
    try:
        lines = place.log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:]
    except OSError:
        lines = []
    said = "\n".join(f"  {line}" for line in lines)
    return f"Mend what its log says, then start again ({place.log}):\n{said}"


def _let_go(place: Home, held: Lock) -> None:
    """Let go; the last one waits until the server has stopped, so that its files are at rest afterwards."""
    held.close()
    while keeper_lives(place) and _nobody_holds(place):
        time.sleep(LOOK_SECONDS)
    _reap()


def _nobody_holds(place: Home) -> bool:
    """Whether no holder is left: nobody has the lock, or the keeper has it alone, about to stop the server.

    The keeper has it before its state says so, which is why the state is not asked.
    """
    look = holders_lock(place)
    try:
        return look.try_alone() or not look.try_shared()
    finally:
        look.close()


class _Guard:
    """A thread that starts the keeper again should it be killed while the server is held."""

    def __init__(self, place: Home) -> None:
        self._place = place
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, name="medevac-database-guard", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(GUARD_SECONDS):
            if keeper_lives(self._place):
                continue
            _reap()
            # What cannot be started now (a full disk, say) is tried again at the next look.
            with contextlib.suppress(DatabaseError, OSError), start_lock(self._place):
                if not keeper_lives(self._place):
                    _start_keeper(self._place)
