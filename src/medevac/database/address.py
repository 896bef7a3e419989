"""Addresses of databases: how they are written, where they come from, and which database they lead to.

`DATABASE_URL` is for web and worker, `DATABASE_OWNER_URL` for migrations, backup and restore. Without them
the embedded server is used.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from medevac.database.errors import DatabaseError
from medevac.database.home import Home
from medevac.database.roles import APP, OWNER
from medevac.database.system_user import ROOT_FOLDER

APP_VARIABLE = "DATABASE_URL"
OWNER_VARIABLE = "DATABASE_OWNER_URL"
HOME_VARIABLE = "MEDEVAC_DATA"
OLDEST_SERVER = 15
EXAMPLE = "postgresql://medevac_app:PASSWORD@db.example.org:5432/medevac"


@dataclass(frozen=True)
class Addresses:
    """How to reach the service's database.

    Parameters
    ----------
    app
        The address for web and worker.
    owner
        The address for the owner of the tables; None where nobody gave it.
    home
        The home of the embedded server; None where the server is somebody else's.
    """

    app: str
    owner: str | None
    home: Path | None

    @property
    def app_role(self) -> str:
        """The role that web and worker sign in as."""
        return str(conninfo_to_dict(self.app).get("user") or "")

    def for_owner(self, deed: str) -> str:
        """The owner's address.

        Parameters
        ----------
        deed
            What it is wanted for, such as "migrate"; it stands in the message.

        Raises
        ------
        DatabaseError
            Where nobody gave it.
        """
        if self.owner is None:
            raise DatabaseError(
                f"To {deed}, {OWNER_VARIABLE} is needed beside {APP_VARIABLE}: the same database, as the "
                f"role that owns the tables. Set it for this command only; web and worker must not have it."
            )
        return self.owner


def make_url(role: str, database: str, socket_folder: Path) -> str:
    """The address of a database over a socket."""
    return f"postgresql://{quote(role)}@/{quote(database)}?host={quote(str(socket_folder), safe='')}"


def checked(variable: str, text: str) -> str:
    """An address as it was given, if it can be one; no password of it is ever repeated."""
    try:
        parts = conninfo_to_dict(text)
    except psycopg.ProgrammingError:
        parts = {}
    begins = text.startswith(("postgresql://", "postgres://"))
    if not (begins and parts.get("dbname") and parts.get("user")):
        raise DatabaseError(
            f"{variable}: expected an address with a role and a database, such as {EXAMPLE}, got something "
            f"else (not shown, since it may hold a password). Correct the variable."
        )
    return text


def default_home(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the embedded database lives unless it is told."""
    if environment.get(HOME_VARIABLE):
        return Path(environment[HOME_VARIABLE])
    if os.geteuid() == 0:
        return ROOT_FOLDER / "data"
    kept = environment.get("XDG_DATA_HOME")
    return (Path(kept) if kept else Path.home() / ".local" / "share") / "medevac"


@contextlib.contextmanager
def using_database(
    home: Path | None = None, environment: Mapping[str, str] = os.environ
) -> Iterator[Addresses]:
    """Lead to the database that the environment names, or hold the embedded one meanwhile.

    Parameters
    ----------
    home
        The home of the embedded database, where it is not the usual one; then no variable counts.
    environment
        Where the variables are looked up.

    Raises
    ------
    DatabaseError
        When a variable is no address, or the embedded server cannot be started.
    """
    from medevac.database.server import running

    if home is None and environment.get(APP_VARIABLE):
        owner = environment.get(OWNER_VARIABLE)
        yield Addresses(
            checked(APP_VARIABLE, environment[APP_VARIABLE]),
            checked(OWNER_VARIABLE, owner) if owner else None,
            None,
        )
        return
    if home is None and environment.get(OWNER_VARIABLE):
        raise DatabaseError(
            f"{OWNER_VARIABLE} is set, but {APP_VARIABLE} is not. Set both, or neither for the embedded "
            f"database."
        )
    place = home or default_home(environment)
    with running(place) as server:
        yield Addresses(server.url(APP), server.url(OWNER), Home(place.absolute()).path)


def connect(url: str) -> psycopg.Connection:
    """Sign in, in autocommit.

    Raises
    ------
    DatabaseError
        When nobody answers there, the role is refused, or the server is too old.
    """
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise DatabaseError(
            f"{shown(url)}: the database does not let us in ({' '.join(str(error).split())}). Check that it "
            f"runs, and that address, role and password are right."
        ) from error
    version = connection.info.server_version // 10_000
    if version < OLDEST_SERVER:
        connection.close()
        raise DatabaseError(
            f"{shown(url)}: expected PostgreSQL {OLDEST_SERVER} or later, got {version}. Upgrade the server."
        )
    return connection


def shown(url: str) -> str:
    """An address without its password, for messages."""
    parts = conninfo_to_dict(url)
    place = parts.get("host") or "this machine"
    return f"{parts.get('user')} at {place}, database {parts.get('dbname')}"
