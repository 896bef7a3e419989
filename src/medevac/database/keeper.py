"""The process that keeps an embedded PostgreSQL running for as long as anybody holds it.

Started by `medevac.database.server`, once for each home, detached from every terminal. It starts PostgreSQL
as its child, starts it again when it dies, and stops it when the last holder has ended, however that one
ended. Holders are known by a lock on a file, which the system itself takes away from a process that is
killed.
It knows nothing of roles and tables.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from medevac.database.binaries import programs
from medevac.database.cluster import as_user, plain_environment
from medevac.database.home import Home, Lock, holders_lock, keeper_lock
from medevac.database.system_user import database_user

LOOK_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 2.0
TRIES_FOR_THE_LOCK = 20
LARGEST_LOG_BYTES = 10_000_000
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux's prctl

# 1. No network: the socket's folder is the wall. 2. One zone in storage. 3. jit costs more than it gives on
# small queries. 4. The server's own log quotes neither statements nor rows, which hold personal data:
# errors go to whoever asked, and of the server's own affairs the first line is kept.
SETTINGS = (
    "listen_addresses=",
    "timezone=UTC",
    "log_timezone=UTC",
    "jit=off",
    "unix_socket_permissions=0700",
    "log_min_messages=log",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
)


class Keeper:
    """Looks after one server.

    Parameters
    ----------
    home
        The home, whose cluster is made.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._user = database_user()
        self._postgres = programs(self._user) / "postgres"
        self._socket = home.socket_folder(self._user)
        self._failures = 0
        self._starts = 0

    def run(self) -> None:
        """Keep the server until the last holder has ended.

        A request to end is for the holders, who get it too when the machine shuts down; the server goes
        after them.
        """
        alone = keeper_lock(self._home)
        if not _taken(alone):
            return  # another keeper was faster
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        os.chdir("/")  # holds no disk back from being taken away
        holders = holders_lock(self._home)
        server = self._start()
        while not holders.try_alone():
            if server.poll() is None:
                self._note_when_ready(server)
                time.sleep(LOOK_SECONDS)
                continue
            self._failures += 1
            self._tell("failing")
            time.sleep(min(LONGEST_PAUSE_SECONDS, LOOK_SECONDS * 2**self._failures))
            server = self._start()
        self._stop(server)

    def _start(self) -> subprocess.Popen[bytes]:
        words = [str(self._postgres), "-D", str(self._home.cluster), "-k", str(self._socket)]
        for setting in SETTINGS:
            words += ["-c", setting]
        self._set_long_log_aside()
        with self._home.log.open("ab") as log:
            server = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=plain_environment() | self._grandparent(),
                preexec_fn=_before_it_starts(),
                **as_user(self._user),
            )
        self._starts += 1
        self._tell("starting", server.pid)
        return server

    def _grandparent(self) -> dict[str, str]:
        """Tell PostgreSQL when the number in a stale pid file now belongs to something else.

        It refuses to start while a process of that number lives, unless the number is its grandparent's. We
        say so only of a process that does not stand in the cluster as every server does; PostgreSQL's own
        look at the shared memory still guards the data.
        """
        number = _first_line(self._home.cluster / "postmaster.pid")
        if not number.isdecimal():
            return {}
        try:
            stands_in = os.readlink(f"/proc/{number}/cwd")
        except OSError:
            return {}  # no such process, or no /proc here: PostgreSQL decides
        if Path(stands_in) == self._home.cluster.resolve():
            return {}
        return {"PG_GRANDPARENT_PID": number}

    def _note_when_ready(self, server: subprocess.Popen[bytes]) -> None:
        if self._home.read_state().get("state") == "ready":
            return
        lines = _lines(self._home.cluster / "postmaster.pid")
        if len(lines) > 7 and lines[0].strip() == str(server.pid) and lines[7].strip() == "ready":
            self._failures = 0
            self._tell("ready", server.pid)

    def _stop(self, server: subprocess.Popen[bytes]) -> None:
        """Stop in good order; however long the last checkpoint takes, it is waited for."""
        self._tell("stopping", server.pid)
        if server.poll() is None:
            server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            server.wait()
        self._tell("stopped")

    def _tell(self, state: str, server: int | None = None) -> None:
        told: dict[str, Any] = {"state": state, "keeper": os.getpid(), "server": server}
        told |= {"starts": self._starts, "failures": self._failures, "socket": str(self._socket)}
        self._home.write_state(told)

    def _set_long_log_aside(self) -> None:
        log = self._home.log
        if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
            os.replace(log, log.with_suffix(".log.1"))


def _taken(lock: Lock) -> bool:
    """Take the keeper's lock. Those who only look hold it for a moment; another keeper holds it for long."""
    for _ in range(TRIES_FOR_THE_LOCK):
        if lock.try_alone():
            return True
        time.sleep(LOOK_SECONDS)
    return False


def _before_it_starts() -> Callable[[], None]:
    """PostgreSQL hears what the keeper ignores, and on Linux is stopped by the system if the keeper dies."""
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def prepare() -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        if prctl:
            prctl(PARENT_DEATH_SIGNAL, signal.SIGINT, 0, 0, 0)  # its fast shutdown, in good order

    return prepare


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _first_line(path: Path) -> str:
    lines = _lines(path)
    return lines[0].strip() if lines else ""


if __name__ == "__main__":
    Keeper(Home(Path(sys.argv[1]))).run()
