"""Runs the service's demonstration: a database of its own, invented people, and no way in from outside."""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from medevac.cli.database_options import opened
from medevac.cli.opening import open_address
from medevac.cli.screen import errors, fail, line, output

if TYPE_CHECKING:
    from medevac.database import Addresses

SETTINGS_MODULE = "medevac.site.demonstration.settings"
USUAL_PORT = 8000
HOST = "127.0.0.1"
NAME = "localhost"  # passkeys are tied to a name, and take none but this without encryption
LOOK_SECONDS = 0.1


def run_demonstration(data: Path | None, port: int | None, *, open_it: bool) -> None:
    """Prepare the demonstration's database, answer, and say where; until Ctrl-C."""
    from medevac.cli.service import programs
    from medevac.cli.service.processes import Processes

    started = time.monotonic()
    line(errors(), "Starting the demonstration with a database of its own …")
    with opened(data or demonstration_home()) as addresses, _listening(port) as taken:
        address = f"http://{NAME}:{taken.getsockname()[1]}/"
        variables = programs.environment(
            addresses, _variables(address, addresses.home or demonstration_home())
        )
        programs.provide_document_keys(addresses, variables)
        _claim(addresses)
        _prepare(addresses, variables)
        processes = Processes(
            [programs.web(1, variables, taken), programs.worker(1, variables)],
            lambda sentence: line(errors(), sentence),
        )
        teller = threading.Thread(target=_tell, args=(address, started, open_it), daemon=True)
        teller.start()
        processes.run()
    line(errors(), "Stopped. What you entered is kept for the next time.")


def demonstration_home() -> Path:
    """Where the demonstration's database lives: beside the service's own, never in it."""
    from medevac.database.address import default_home

    usual = default_home({})
    return usual.parent / ("demo" if usual.name == "data" else f"{usual.name}-demo")


def _variables(address: str, home: Path) -> dict[str, str]:
    """The variables of the demonstration: nothing of a real installation's, and secrets of its own."""
    given: Mapping[str, str] = os.environ
    kept = {name: value for name, value in given.items() if not name.startswith(("MEDEVAC_", "DATABASE_"))}
    return kept | {
        "DJANGO_SETTINGS_MODULE": SETTINGS_MODULE,
        "MEDEVAC_ADDRESS": address.rstrip("/"),
        "MEDEVAC_SECRET_KEY": secrets.token_urlsafe(50),
        "MEDEVAC_IDENTIFIER_KEY": _kept_key(home / "identifier.key"),
        "MEDEVAC_LOG_LEVEL": "warning",  # the terminal is for whoever tries it
    }


def _kept_key(path: Path) -> str:
    """The key of what the demonstration's database holds encrypted: made once, and kept beside it."""
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii")
    key = secrets.token_urlsafe(50)
    with os.fdopen(made, "w", encoding="ascii") as file:
        file.write(key)
    return key


def _listening(port: int | None) -> socket.socket:
    """The socket to answer on: of this machine alone; any free one where the usual is taken."""
    from medevac.cli.service import programs

    try:
        return programs.listening(HOST, port or USUAL_PORT)
    except OSError as error:
        if port is not None:
            fail(f"Port {port}: cannot be listened on ({error.strerror}). Choose another with --port.")
        return programs.listening(HOST, 0)


def _claim(addresses: Addresses) -> None:
    """Mark an empty database as the demonstration's; refuse one that is somebody's."""
    from medevac.database import DATABASE, connect
    from medevac.site.demonstration.own_database import is_demonstration, is_empty, mark

    with connect(addresses.for_owner("make a demonstration")) as connection:
        if is_demonstration(connection):
            return
        if not is_empty(connection):
            fail(
                f"{addresses.home}: expected a folder of the demonstration or a new one, got the database of "
                "a service, which was left as it is. Choose another folder with --data."
            )
        mark(connection, DATABASE)


def _prepare(addresses: Addresses, variables: dict[str, str]) -> None:
    """Bring the tables up to this version as their owner, and fill them."""
    from medevac.cli.service import programs
    from medevac.database import connect
    from medevac.database.roles import prepare_database

    with connect(addresses.for_owner("migrate")) as connection:
        prepare_database(connection, addresses.app_role)
    owner = programs.owner_environment(addresses, "migrate", variables)
    for words, environment in (
        (["migrate", "--no-input", "--verbosity", "0"], owner),
        (["make_demonstration"], variables),
    ):
        if programs.run_django(words, environment):
            fail("The demonstration is not started. What stopped it is said above.")


def _tell(address: str, started: float, open_it: bool) -> None:
    """Wait until the service answers, say where and after how long, and open it."""
    while True:
        try:
            with urllib.request.urlopen(f"{address}about/", timeout=10):
                break
        except (urllib.error.URLError, OSError):
            time.sleep(LOOK_SECONDS)
    seconds = time.monotonic() - started
    line(output(), f"The demonstration is at {address} (after {seconds:.0f} s). Ctrl-C ends it.")
    if open_it:
        open_address(address)
