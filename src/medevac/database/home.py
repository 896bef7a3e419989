"""The home of an embedded database: which folders there are, whose they are, and its locks.

HOME/cluster is PostgreSQL's own; HOME/run holds its socket; HOME/control holds locks, state and the log.
Modes are given when a folder is made. A folder that is there already keeps the mode it has.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medevac.database.errors import DatabaseError
from medevac.database.system_user import SystemUser

LONGEST_SOCKET_PATH = 100  # a socket's path has 107 bytes on Linux and 103 on macOS
SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Home:
    """The folders and files of one embedded database.

    Parameters
    ----------
    path
        An absolute path. It need not exist yet.
    """

    path: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's data directory."""
        return self.path / "cluster"

    @property
    def control(self) -> Path:
        """Locks, state and log, of the user who starts the database."""
        return self.path / "control"

    @property
    def log(self) -> Path:
        """What PostgreSQL says."""
        return self.control / "postgresql.log"

    @property
    def state(self) -> Path:
        """What the keeper says about the server."""
        return self.control / "state.json"

    @property
    def socket_link(self) -> Path:
        """A file with the socket folder's path, where HOME/run would be too long for a socket."""
        return self.control / "socket-folder"

    def make(self, user: SystemUser | None) -> None:
        """Make the folders that are missing; `user` is who PostgreSQL runs as when we are root."""
        # As root others must pass through HOME to reach cluster and run, so it is 0711; else it is ours
        # alone.
        _make_folder(self.path, 0o711 if user else 0o700)
        _refuse_foreign(self.path)
        _make_folder(self.control, 0o700)
        _refuse_foreign(self.control)
        if user:
            self._refuse_unreachable(user)

    def socket_folder(self, user: SystemUser | None) -> Path:
        """The folder of the socket: HOME/run, or a new one in /tmp where that path is too long."""
        near = self.path / "run"
        if len(os.fsencode(near / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            make_private(near, user)
            return near
        if self.socket_link.exists():
            kept = Path(self.socket_link.read_text(encoding="utf-8"))
            if _is_private(kept, user):
                return kept
        far = Path(tempfile.mkdtemp(prefix="medevac-", dir="/tmp"))  # 0700, with a name nobody can guess
        if user:
            os.chown(far, user.uid, user.gid)
        write_whole(self.socket_link, str(far))
        return far

    def read_state(self) -> dict[str, Any]:
        """What the keeper last wrote; empty when it never did."""
        try:
            return dict(json.loads(self.state.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return {}

    def write_state(self, state: dict[str, Any]) -> None:
        """Say how the server is, whole or not at all."""
        write_whole(self.state, json.dumps(state))

    def _refuse_unreachable(self, user: SystemUser) -> None:
        """Refuse a home that PostgreSQL's own user cannot reach; no existing folder is opened up for it."""
        for folder in self.path.parents:
            if not user.may_enter(folder):
                raise DatabaseError(
                    f"{self.path}: expected a folder that the system user {user.name} can reach, but "
                    f"{folder} is closed to others. Choose a folder under /var/lib/medevac, or start as "
                    f"another user than root."
                )


def _is_private(folder: Path, user: SystemUser | None) -> bool:
    """Whether a folder in /tmp is still the one that was made: nobody else's, and closed to others."""
    try:
        seen = folder.lstat()
    except OSError:
        return False
    owner = user.uid if user else os.geteuid()
    return stat.S_ISDIR(seen.st_mode) and seen.st_uid == owner and not seen.st_mode & 0o077


def _make_folder(path: Path, mode: int) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700)
        path.chmod(mode)  # only now that it is ours: mkdir's mode is cut by the umask
    except FileExistsError:
        if not path.is_dir():
            raise DatabaseError(f"{path}: expected a folder, got a file. Choose another folder.") from None
    except OSError as error:
        raise DatabaseError(
            f"{path}: cannot be made ({error.strerror}). Choose another folder, or have it made for you."
        ) from error


def _refuse_foreign(path: Path) -> None:
    owner = path.stat().st_uid
    if owner != os.geteuid():
        raise DatabaseError(
            f"{path}: expected a folder of the user who starts the database (number {os.geteuid()}), got "
            f"one of user number {owner}. Start as that user, or choose another folder."
        )


def make_private(path: Path, user: SystemUser | None) -> None:
    """Make a folder that only PostgreSQL's user may enter, if it is missing."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        return
    if user:
        os.chown(path, user.uid, user.gid)


def write_whole(path: Path, text: str, user: SystemUser | None = None) -> None:
    """Write a file in one step, so that nobody reads half of it; it belongs to `user`, or to us."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        file.write(text)
        if user:
            os.fchown(file.fileno(), user.uid, user.gid)
    os.replace(file.name, path)


class Lock:
    """A lock on a file. The system lets go of it when its process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a")

    def shared(self) -> None:
        """Wait until nobody has it alone, and take it together with others."""
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def alone(self) -> None:
        """Wait until nobody has it, and take it alone."""
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def try_shared(self) -> bool:
        """Take it together with others if nobody has it alone."""
        return self._try(fcntl.LOCK_SH)

    def try_alone(self) -> bool:
        """Take it alone if nobody has it."""
        return self._try(fcntl.LOCK_EX)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self._file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        """Let go."""
        self._file.close()


@contextlib.contextmanager
def start_lock(home: Home) -> Iterator[None]:
    """Only one process at a time makes or starts the server."""
    lock = Lock(home.control / "start.lock")
    try:
        lock.alone()
        yield
    finally:
        lock.close()


def holders_lock(home: Home) -> Lock:
    """Shared by everyone who needs the server; taken alone by the keeper when nobody does."""
    return Lock(home.control / "holders.lock")


def keeper_lock(home: Home) -> Lock:
    """Taken by the keeper for as long as it lives."""
    return Lock(home.control / "keeper.lock")


def keeper_lives(home: Home) -> bool:
    """Whether a keeper looks after the server."""
    lock = keeper_lock(home)
    try:
        return not lock.try_shared()
    finally:
        lock.close()
