"""What the service's processes are: their commands, and the variables that each may see."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from medevac.cli.service.processes import Program

if TYPE_CHECKING:
    from medevac.database import Addresses

SETTINGS_MODULE = "medevac.site.settings"
METRICS_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client's own
OWNER_VARIABLE = "DATABASE_OWNER_URL"
KEYS_VARIABLE = "MEDEVAC_DOCUMENT_KEYS_FILE"
KEYS_FILE_NAME = "document-keys.json"  # beside the embedded database, never in it
# -P: no module is looked for in the present folder, where anybody may have put one.
PYTHON = (sys.executable, "-P", "-m")


def environment(addresses: Addresses, given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The variables of web and worker: the application's address, and never the owner's."""
    kept = {name: value for name, value in given.items() if name != OWNER_VARIABLE}
    kept.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS_MODULE)
    if addresses.home is not None:
        kept.setdefault(KEYS_VARIABLE, str(addresses.home / KEYS_FILE_NAME))
    return kept | {"DATABASE_URL": addresses.app}


def provide_document_keys(addresses: Addresses, variables: Mapping[str, str]) -> None:
    """Make the key ring of documents beside a database of our own, where there is none yet."""
    path = variables.get(KEYS_VARIABLE, "")
    if addresses.home is not None and path == str(addresses.home / KEYS_FILE_NAME):
        from medevac.documents.keyring import make_ring

        make_ring(Path(path))


def owner_environment(
    addresses: Addresses, deed: str, given: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """The variables of a command that works as the owner of the tables."""
    return environment(addresses, given) | {"DATABASE_URL": addresses.for_owner(deed)}


def listening(host: str, port: int) -> socket.socket:
    """The socket that every web process is handed.

    It stays open while a web process is started again, so that nobody is refused meanwhile.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    taken = socket.socket(family, kind, protocol)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
        taken.listen(1024)
    except OSError:
        taken.close()
        raise
    return taken


def web(number: int, variables: Mapping[str, str], taken: socket.socket) -> Program:
    """One web process."""
    words = [*PYTHON, "medevac.cli.service.web_process", str(taken.fileno())]
    return Program(f"web {number}", words, variables, [taken.fileno()])


@contextmanager
def counted_together(variables: dict[str, str], processes: int) -> Iterator[None]:
    """A folder into which several web processes count their requests, so that each can tell the sum."""
    if processes == 1 or METRICS_VARIABLE in variables:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="medevac-metrics-") as folder:
        variables[METRICS_VARIABLE] = folder
        yield


def worker(number: int, variables: Mapping[str, str]) -> Program:
    """One worker process."""
    words = [*PYTHON, "medevac.cli.service.worker_process"]
    return Program(f"worker {number}", words, variables)


def run_django(words: Sequence[str], variables: Mapping[str, str]) -> int:
    """Run one of Django's commands to its end; returns its exit code."""
    return subprocess.run(_django(*words), env=dict(variables), stdin=subprocess.DEVNULL).returncode


def _django(*words: str) -> list[str]:
    return [*PYTHON, "medevac.cli.service.django_process", *words]
