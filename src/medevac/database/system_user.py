"""Who PostgreSQL runs as when medevac is started as root: a system user of its own, never root."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from medevac.database.errors import DatabaseError

NAME = "medevac"
ROOT_FOLDER = Path("/var/lib/medevac")


@dataclass(frozen=True)
class SystemUser:
    """A user of the machine, by name and numbers."""

    name: str
    uid: int
    gid: int

    def may_enter(self, folder: Path) -> bool:
        """Whether this user may pass through a folder, by owner, group or everybody's right."""
        seen = folder.stat()
        if seen.st_uid == self.uid:
            return bool(seen.st_mode & stat.S_IXUSR)
        if seen.st_gid == self.gid:
            return bool(seen.st_mode & stat.S_IXGRP)
        return bool(seen.st_mode & stat.S_IXOTH)


def database_user() -> SystemUser | None:
    """The system user for PostgreSQL when we are root, made if it is missing; else None: it runs as we do."""
    if os.geteuid() != 0:
        return None
    try:
        found = pwd.getpwnam(NAME)
    except KeyError:
        _add_user()
        found = pwd.getpwnam(NAME)
    if found.pw_uid == 0:
        raise DatabaseError(
            f"The system user {NAME} is root. PostgreSQL needs a user of its own; rename that one."
        )
    return SystemUser(found.pw_name, found.pw_uid, found.pw_gid)


def own_name() -> str:
    """The name of the user who runs this process, as PostgreSQL will look it up."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise DatabaseError(
            f"The user number {os.geteuid()} has no name on this machine, and PostgreSQL wants one. Add a "
            f"line for it to /etc/passwd, or set DATABASE_URL to a PostgreSQL server elsewhere."
        ) from None


def _is_there() -> bool:
    try:
        pwd.getpwnam(NAME)
    except KeyError:
        return False
    return True


def _add_user() -> None:
    command = shutil.which("useradd") or "/usr/sbin/useradd"
    words = [command, "--system", "--user-group", "--no-create-home", "--home-dir", str(ROOT_FOLDER)]
    try:
        subprocess.run(
            [*words, "--shell", "/usr/sbin/nologin", NAME],
            check=True,
            capture_output=True,
            text=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        if _is_there():
            return  # another first start was quicker
        said = error.stderr.strip() if isinstance(error, subprocess.CalledProcessError) else str(error)
        raise DatabaseError(
            f"PostgreSQL does not run as root, and the system user {NAME} could not be made ({said}). Make a "
            f"system user of that name, or start medevac as another user than root."
        ) from error
