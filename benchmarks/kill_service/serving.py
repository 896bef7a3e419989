"""`medevac serve` as a measurement needs it: with the settings asked for, and its processes' numbers."""

from __future__ import annotations

import os
import re
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from medevac.database.home import Home

STARTED = re.compile(r"^(?P<name>\w+) (?P<number>\d+): started \(process (?P<process>\d+)\)")
ANSWERS = re.compile(r"answers at http://127\.0\.0\.1:(?P<port>\d+)/")
START_SECONDS = 180.0
STOP_SECONDS = 60.0
LINES_KEPT = 50
MEDEVAC = (sys.executable, "-m", "medevac.cli")
KINDS = ("web", "worker", "server", "keeper")


class Service:
    """`medevac serve` on a home of its own.

    Parameters
    ----------
    home
        The folder of the embedded database.
    mail_port
        Where e-mail is taken on this machine.
    web, workers
        How many processes of each kind.
    settings
        The module of the settings.
    """

    def __init__(
        self,
        home: Path,
        mail_port: int,
        *,
        web: int = 1,
        workers: int = 1,
        settings: str = "kill_service.settings",
    ) -> None:
        self._home = Home(home)
        self._wanted = {"web": web, "worker": workers}
        self._processes: dict[str, dict[str, int]] = {"web": {}, "worker": {}}
        self._ended: set[int] = set()
        self.port = 0
        self._ready = threading.Event()
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": settings,
            "MEDEVAC_SECRET_KEY": secrets.token_urlsafe(50),
            "MEDEVAC_IDENTIFIER_KEY": secrets.token_urlsafe(50),
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]),
            "PYTHONUNBUFFERED": "1",
            "MEDEVAC_MAIL_HOST": "127.0.0.1",
            "MEDEVAC_MAIL_PORT": str(mail_port),
            "MEDEVAC_MAIL_TLS": "no",
        }
        self.environment.pop("DATABASE_URL", None)
        self.said: list[str] = []

    def migrate(self) -> None:
        """Make the tables of the database."""
        words = [*MEDEVAC, "migrate", "--data", str(self._home.path)]
        subprocess.run(words, env=self.environment, check=True, capture_output=True)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serve meanwhile, from a database that is migrated."""
        words = [*MEDEVAC, "serve", "--data", str(self._home.path), "--port", "0"]
        words += ["--web", str(self._wanted["web"]), "--workers", str(self._wanted["worker"])]
        served = subprocess.Popen(words, env=self.environment, stderr=subprocess.PIPE, text=True)
        reader = threading.Thread(target=self._read, args=(served,))
        reader.start()
        try:
            if not self._ready.wait(START_SECONDS):
                raise RuntimeError(f"The service did not start: {self.said}")
            yield
        finally:
            served.terminate()
            try:
                served.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                served.kill()
                served.wait()
            reader.join()

    def _read(self, served: subprocess.Popen[str]) -> None:
        assert served.stderr is not None
        with served.stderr:
            for line in served.stderr:
                self.said = [*self.said[-LINES_KEPT:], line]
                if match := STARTED.match(line):
                    self._processes[match["name"]][match["number"]] = int(match["process"])
                if match := ANSWERS.search(line):
                    self.port = int(match["port"])
                if self.port and all(
                    len(started) >= self._wanted[kind] for kind, started in self._processes.items()
                ):
                    self._ready.set()

    def numbers(self) -> dict[str, list[int]]:
        """The numbers of the processes that run, by their kind."""
        return {kind: [number for number in self._numbers(kind) if number] for kind in KINDS}

    def kill(self, kind: str) -> bool:
        """End one process as nothing can prevent; False where each was killed and is not there again yet."""
        for number in self._numbers(kind):
            if not number or number in self._ended:
                continue
            try:
                os.kill(number, signal.SIGKILL)
            except ProcessLookupError:
                continue
            self._ended.add(number)
            return True
        return False

    def _numbers(self, kind: str) -> list[int]:
        if kind in ("server", "keeper"):
            return [int(self._home.read_state().get(kind) or 0)]
        return list(self._processes[kind].values())
