"""Backs up a database into one file, and restores it into an empty one, with the wheel's own pg_dump and
pg_restore.

A backup holds rows, tables, rights, functions and triggers. It does not hold keys: what is encrypted stays
so, and whoever restores needs the keys from where they are kept.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from medevac.database.address import connect, shown
from medevac.database.binaries import programs
from medevac.database.cluster import plain_environment
from medevac.database.errors import DatabaseError
from medevac.database.roles import prepare_database, rights_withdrawn
from medevac.database.seal import has_whole_seal, put_seal

KEYS_ARE_NOT_IN_IT = (
    "Keys are not in a backup. Keep MEDEVAC_SECRET_KEY, MEDEVAC_IDENTIFIER_KEY and the keys for encrypted "
    "values and documents elsewhere: without them nobody can read what is encrypted."
)

# pg_dump of 17 and later writes settings that an older server does not know and does not need.
_UNKNOWN_TO_OLDER = re.compile(rb"^SET transaction_timeout = 0;$")
# Extensions are made before; the schema itself is there in every new database.
_LEFT_OUT = re.compile(
    r"^\d+; \d+ \d+ (?:EXTENSION|COMMENT - EXTENSION|SCHEMA - public|COMMENT - SCHEMA public)\b"
)
_ENTRY = re.compile(r"^(?P<entry>\d+; \d+ \d+ .*)$")


def back_up(owner_url: str, file: Path, *, overwrite: bool = False) -> int:
    """Write a whole backup or nothing.

    Parameters
    ----------
    owner_url
        The database, as the owner of its tables.
    file
        Where to write. Only its owner may read it.
    overwrite
        Whether a file that is there may be replaced.

    Returns
    -------
    How many bytes were written.

    Raises
    ------
    DatabaseError
        When it cannot be made; a file that was there stands.
    """
    if file.exists() and not overwrite:
        raise DatabaseError(
            f"{file}: expected no such file yet, got one. Nothing was written. Add --overwrite to replace it."
        )
    connect(owner_url).close()  # a sentence of ours, before pg_dump's
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".backup-")  # 0600
    except OSError as error:
        raise DatabaseError(
            f"{file.parent}: cannot be written to ({error.strerror}). Choose another folder."
        ) from error
    os.close(handle)
    half = Path(name)
    try:
        # pg_dump must open the file itself: into an open one it writes its table of contents a second time.
        _dump(owner_url, half)
        _read_through(half)
        put_seal(half)
        size = half.stat().st_size
        os.replace(half, file)
        return size
    except OSError as error:
        raise DatabaseError(f"{file}: cannot be written ({error.strerror}). Nothing was written.") from error
    finally:
        with suppress(FileNotFoundError):
            half.unlink()


def restore(owner_url: str, file: Path, *, app_role: str) -> None:
    """Restore a backup into an empty database, whole or not at all.

    Parameters
    ----------
    owner_url
        The empty database, as its owner.
    file
        A backup that `back_up` wrote.
    app_role
        The role of web and worker there.

    Raises
    ------
    DatabaseError
        When the file is no backup, the database is not empty, or something in it cannot be restored; then
        nothing is.
    """
    entries = _entries(file)
    with connect(owner_url) as connection:
        refuse_non_empty(connection, owner_url)
        prepare_database(connection, app_role)
        before = rights_withdrawn(connection, app_role)
    with tempfile.NamedTemporaryFile("w", suffix=".list", encoding="utf-8") as kept:
        kept.write("\n".join(entries))
        kept.flush()
        _play(before.encode(), file, Path(kept.name), owner_url)


def refuse_non_empty(connection: psycopg.Connection, url: str) -> None:
    """Refuse a database in which anybody has made a table."""
    rows = connection.execute(
        "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = "
        "c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND n.nspname !~ '^pg_' AND "
        "n.nspname <> 'information_schema' AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid "
        "AND d.deptype = 'e') ORDER BY 1"
    ).fetchall()
    if rows:
        named = ", ".join(name for (name,) in rows[:3]) + (" and others" if len(rows) > 3 else "")
        raise DatabaseError(
            f"{shown(url)}: expected an empty database, got one with {len(rows)} tables, views or sequences "
            f"({named}). Nothing was changed. Restore into a new database."
        )


def _entries(file: Path) -> list[str]:
    """What is in a backup and is to be restored, as pg_restore lists it."""
    if not file.is_file():
        raise DatabaseError(f"{file}: expected a backup, got no such file. Correct the name.")
    if not has_whole_seal(file):
        raise _damaged(file, "its seal is missing or broken, so it was cut or changed")
    done = subprocess.run(
        [str(_program("pg_restore")), "--list", str(file)],
        capture_output=True,
        text=True,
        errors="replace",
        env=plain_environment(),
    )
    if done.returncode:
        raise _damaged(file, done.stderr)
    found = [match["entry"] for match in map(_ENTRY.match, done.stdout.splitlines()) if match]
    return [entry for entry in found if not _LEFT_OUT.match(entry)]


def _read_through(file: Path) -> None:
    """Read every byte of a backup: one that cannot be read is known now, not on the day it is needed."""
    done = subprocess.run(
        [str(_program("pg_restore")), "--file=/dev/null", str(file)],
        capture_output=True,
        text=True,
        errors="replace",
        env=plain_environment(),
    )
    if done.returncode:
        raise _damaged(file, done.stderr)


def _play(before: bytes, file: Path, listed: Path, owner_url: str) -> None:
    """Send the backup's statements to psql in one transaction, without what an older server does not know.

    New tables must have no rights of the application's role when they are made: the backup only adds those
    that it had, and would not take away more, such as to change the record. The backup's own defaults come
    back at its end.
    """
    words = [str(_program("pg_restore")), "--file=-", "--no-owner", f"--use-list={listed}", str(file)]
    sender = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=plain_environment(), bufsize=1 << 20
    )
    options = ["--quiet", "--no-psqlrc", "--no-password", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    receiver = subprocess.Popen(
        [str(_program("psql")), *options, "--output=/dev/null"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(owner_url),
    )
    assert sender.stdout is not None
    assert sender.stderr is not None
    assert receiver.stdin is not None
    assert receiver.stderr is not None
    with sender, receiver:
        with suppress(BrokenPipeError):
            receiver.stdin.write(before)
            for line in sender.stdout:
                if not _UNKNOWN_TO_OLDER.match(line.rstrip(b"\n")):
                    receiver.stdin.write(line)
            if sender.wait():  # psql must not commit the half that came
                receiver.kill()
        with suppress(BrokenPipeError):
            receiver.stdin.close()
        said = receiver.stderr.read().decode(errors="replace")
        if sender.poll() is None:
            sender.kill()
        told = sender.stderr.read().decode(errors="replace")
    if receiver.returncode or sender.returncode:
        if receiver.returncode > 0:
            raise DatabaseError(f"{shown(owner_url)}: nothing was restored. {_first_error(said)}")
        raise _damaged(file, told)


def _dump(url: str, file: Path) -> None:
    words = [str(_program("pg_dump")), "--format=custom", "--no-password", f"--file={file}"]
    done = subprocess.run(words, capture_output=True, text=True, errors="replace", env=_environment(url))
    if done.returncode:
        raise DatabaseError(f"{shown(url)}: no backup was made. {_first_error(done.stderr)}")


def _program(name: str) -> Path:
    return programs(None) / name  # they run as we do; only the server needs the copy for its system user


def _environment(url: str) -> dict[str, str]:
    """The address as variables: a password among the words of a command could be read by everybody."""
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "dbname": "PGDATABASE",
        "user": "PGUSER",
        "password": "PGPASSWORD",
    }
    names |= {
        "sslmode": "PGSSLMODE",
        "sslrootcert": "PGSSLROOTCERT",
        "sslcert": "PGSSLCERT",
        "sslkey": "PGSSLKEY",
    }
    names |= {
        "passfile": "PGPASSFILE",
        "service": "PGSERVICE",
        "options": "PGOPTIONS",
        "hostaddr": "PGHOSTADDR",
    }
    parts = conninfo_to_dict(url)
    home = {"HOME": os.environ["HOME"]} if "HOME" in os.environ else {}
    given = {
        name: value for name, value in os.environ.items() if name.startswith("PGSSL") or name == "PGPASSFILE"
    }
    return (
        plain_environment()
        | home
        | given
        | {names[key]: str(value) for key, value in parts.items() if key in names}
    )


def _first_error(said: str) -> str:
    lines = [
        line.strip() for line in said.splitlines() if "error" in line.lower()
    ] or said.strip().splitlines()
    return f"PostgreSQL said: {lines[0] if lines else 'nothing'}. Mend this, then try again."


def _damaged(file: Path, said: str) -> DatabaseError:
    return DatabaseError(
        f"{file}: expected a whole backup of medevac, got something else "
        f"({' '.join(said.split())}). Nothing was changed. Use another backup."
    )
