"""Makes PostgreSQL's data directory, and says who may sign in to it.

The locale is libc's C.UTF-8: with C or with the builtin provider, lower case and trigrams silently know no
Cyrillic.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from medevac.database.errors import DatabaseError
from medevac.database.home import Home, write_whole
from medevac.database.roles import SUPERUSER
from medevac.database.system_user import SystemUser, own_name

LOCALE = "C.UTF-8"


def make_cluster(home: Home, programs: Path, user: SystemUser | None) -> None:
    """Make the data directory if it is missing: whole, or not at all. Called under the start lock."""
    if not home.cluster.exists():
        half = home.path / "cluster.new"
        shutil.rmtree(half, ignore_errors=True)  # left by a start that was killed
        half.mkdir(mode=0o700)
        if user:
            os.chown(half, user.uid, user.gid)
        _initdb(half, programs, user)
        half.rename(home.cluster)
    _write_sign_in(home.cluster, user)


def _initdb(cluster: Path, programs: Path, user: SystemUser | None) -> None:
    words = [str(programs / "initdb"), f"--pgdata={cluster}", f"--username={SUPERUSER}", "--encoding=UTF8"]
    words += [f"--locale={LOCALE}", "--locale-provider=libc", "--data-checksums", "--no-instructions"]
    words += ["--auth-local=peer", "--auth-host=reject"]
    try:
        done = subprocess.run(
            words,
            capture_output=True,
            text=True,
            errors="replace",
            cwd="/",
            env=plain_environment(),
            **as_user(user),
        )
    except OSError as error:
        raise DatabaseError(f"{words[0]}: cannot be run ({error.strerror}). Install medevac anew.") from error
    if done.returncode:
        raise DatabaseError(
            f"{cluster}: PostgreSQL could not make its data directory: {done.stderr.strip()} Mend this, "
            f"then start again."
        )


def _write_sign_in(cluster: Path, user: SystemUser | None) -> None:
    """Over the socket alone, only the user who starts the server, whom the system itself vouches for."""
    _write_as(cluster / "pg_hba.conf", "local all all peer map=medevac\n", user)
    _write_as(cluster / "pg_ident.conf", f'medevac "{own_name()}" all\n', user)


def _write_as(path: Path, text: str, user: SystemUser | None) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        write_whole(path, text, user)


def plain_environment() -> dict[str, str]:
    """An environment in which nobody's PG variables or locale change what PostgreSQL does."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"LC_ALL": LOCALE, "TZ": "UTC"}


def as_user(user: SystemUser | None) -> dict[str, Any]:
    """What makes `subprocess` run a program as the system user, and as no group but its own."""
    if user is None:
        return {}
    return {"user": user.uid, "group": user.gid, "extra_groups": []}
