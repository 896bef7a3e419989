"""Kills web, worker and database at random under a load of writes, and counts what was lost.

`python benchmarks/kill_under_load.py` runs `medevac serve` on an embedded database of its own, sends 2,000
writes from four threads, and ends a random process with kill -9 again and again. A write counts as
acknowledged when its answer came; then it must be there in the end, and its job must have had its effect
once. Nobody helps the service back.

Each write tells somebody: the message must be in the inbox exactly once, and its e-mail must have reached
a real mail server. An e-mail may come twice, then with the same Message-ID, and counted in the outbox.
"""

from __future__ import annotations

import argparse
import http.client
import os
import queue
import random
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from kill_service.mail_server import MailServer
from medevac.database import APP, OWNER, running
from medevac.database.home import Home

TABLES = """
CREATE TABLE IF NOT EXISTS kill_written (number bigint PRIMARY KEY);
CREATE TABLE IF NOT EXISTS kill_tried (number bigint);
CREATE TABLE IF NOT EXISTS kill_delivered (number bigint PRIMARY KEY);
"""
STARTED = re.compile(r"^(?P<name>\w+) \d+: started \(process (?P<process>\d+)\)")
ANSWERS = re.compile(r"answers at http://127\.0\.0\.1:(?P<port>\d+)/")
LONGEST_SECONDS = 180.0  # for coming back after the last kill; only a fault comes near it
CLIENTS = 4


@dataclass
class Outcome:
    """What happened.

    Parameters
    ----------
    acknowledged
        Numbers whose answer came.
    repeated
        How often a write was sent again because no answer came.
    killed
        How often each kind of process was killed.
    lost
        Acknowledged numbers that are not in the database.
    undelivered
        Written numbers whose job had no effect.
    tries
        How often jobs ran in all.
    not_told_once
        Written numbers whose message is not in the inbox exactly once.
    emails
        How many e-mails the mail server took.
    emails_lost
        Message-IDs in the outbox that the mail server never saw, or that are not noted as sent.
    emails_twice
        How many of the e-mails were repeats.
    emails_uncounted
        Message-IDs that came more often than the outbox counted, or that it does not know.
    states
        How many jobs ended in which state.
    seconds
        From the first write to the last job.
    """

    acknowledged: int = 0
    repeated: int = 0
    killed: dict[str, int] = field(default_factory=dict)
    lost: list[int] = field(default_factory=list)
    undelivered: list[int] = field(default_factory=list)
    tries: int = 0
    not_told_once: list[int] = field(default_factory=list)
    emails: int = 0
    emails_lost: list[str] = field(default_factory=list)
    emails_twice: int = 0
    emails_uncounted: list[str] = field(default_factory=list)
    states: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        """Whether everything that was promised holds."""
        faults = (self.lost, self.undelivered, self.not_told_once, self.emails_lost, self.emails_uncounted)
        return not any(faults)


class Service:
    """`medevac serve` with the kill test's settings, and the numbers of its processes."""

    def __init__(self, home: Path, mail_port: int) -> None:
        self._home = Home(home)
        self.processes: dict[str, int] = {}
        self.port = 0
        self._ready = threading.Event()
        self._environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "kill_service.settings",
            "MEDEVAC_SECRET_KEY": secrets.token_urlsafe(50),
            "MEDEVAC_IDENTIFIER_KEY": secrets.token_urlsafe(50),
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]),
            "PYTHONUNBUFFERED": "1",
            "MEDEVAC_MAIL_HOST": "127.0.0.1",
            "MEDEVAC_MAIL_PORT": str(mail_port),
            "MEDEVAC_MAIL_TLS": "no",
        }
        self._environment.pop("DATABASE_URL", None)
        self.said: list[str] = []

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serve meanwhile; the database is migrated before."""
        words = [sys.executable, "-m", "medevac.cli", "migrate", "--data", str(self._home.path)]
        subprocess.run(words, env=self._environment, check=True, capture_output=True)
        words = [*words[:3], "serve", "--data", str(self._home.path), "--port", "0"]
        served = subprocess.Popen(words, env=self._environment, stderr=subprocess.PIPE, text=True)
        reader = threading.Thread(target=self._read, args=(served,))
        reader.start()
        try:
            if not self._ready.wait(LONGEST_SECONDS):
                raise RuntimeError(f"The service did not start: {self.said}")
            yield
        finally:
            served.terminate()
            served.wait()
            reader.join()

    def _read(self, served: subprocess.Popen[str]) -> None:
        assert served.stderr is not None
        with served.stderr:
            for line in served.stderr:
                self.said.append(line)
                if match := STARTED.match(line):
                    self.processes[match["name"]] = int(match["process"])
                if match := ANSWERS.search(line):
                    self.port = int(match["port"])
                if self.port and {"web", "worker"} <= set(self.processes):
                    self._ready.set()

    def kill(self, kind: str) -> bool:
        """End one process as nothing can prevent; whether there was one."""
        number = (
            self._home.read_state().get(kind) if kind in ("server", "keeper") else self.processes.get(kind)
        )
        if not number:
            return False
        try:
            os.kill(int(number), signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True


def send(port: int, number: int) -> bool:
    """Send one write; whether it was acknowledged."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    try:
        connection.request("POST", f"/write/{number}")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def load_and_kill(service: Service, outcome: Outcome, operations: int, kills: Sequence[str]) -> set[int]:
    """Send every write until it is acknowledged, and kill in between; the acknowledged numbers."""
    waiting: queue.Queue[int] = queue.Queue()
    for number in range(operations):
        waiting.put(number)
    acknowledged: set[int] = set()
    lock = threading.Lock()

    def client() -> None:
        while True:
            try:
                number = waiting.get_nowait()
            except queue.Empty:
                return
            while not send(service.port, number):
                with lock:
                    outcome.repeated += 1
                time.sleep(0.05)
            with lock:
                acknowledged.add(number)

    clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for one in clients:
        one.start()
    for turn, kind in enumerate(kills, start=1):
        goal = turn * operations // (len(kills) + 1)
        while len(acknowledged) < goal and any(one.is_alive() for one in clients):
            time.sleep(0.005)
        if service.kill(kind):
            outcome.killed[kind] = outcome.killed.get(kind, 0) + 1
    for one in clients:
        one.join()
    return acknowledged


def judge_messages(url: str, outcome: Outcome, came: list[str]) -> None:
    """Compare inbox and outbox with what was written, and with what the mail server took."""
    with psycopg.connect(url) as connection:
        untold = connection.execute(
            "SELECT number FROM kill_written LEFT JOIN messages_message ON key = number::text"
            " GROUP BY number HAVING count(id) <> 1"
        )
        outcome.not_told_once = sorted(number for (number,) in untold)
        rows = connection.execute("SELECT reference, state, repeats FROM messages_delivery").fetchall()
    counts = Counter(came)
    counted = {reference: 1 + repeats for reference, _, repeats in rows}
    outcome.emails = len(came)
    outcome.emails_twice = len(came) - len(counts)
    outcome.emails_lost = [
        reference for reference, state, _ in rows if state != "sent" or not counts[reference]
    ]
    outcome.emails_uncounted = [
        reference for reference, count in counts.items() if count > counted.get(reference, 0)
    ]


def judge(url: str, outcome: Outcome, acknowledged: set[int]) -> None:
    """Wait until no job is left, then compare what was promised with what is there."""
    end = time.monotonic() + LONGEST_SECONDS
    left = None
    while left != 0 and time.monotonic() < end:
        left = _jobs_left(url)
        time.sleep(0.2)
    with psycopg.connect(url) as connection:
        written = {number for (number,) in connection.execute("SELECT number FROM kill_written")}
        delivered = {number for (number,) in connection.execute("SELECT number FROM kill_delivered")}
        row = connection.execute("SELECT count(*) FROM kill_tried").fetchone()
        outcome.states = dict(
            connection.execute(
                "SELECT status::text, count(*) FROM procrastinate_jobs WHERE task_name LIKE '%deliver' "
                "GROUP BY 1"
            ).fetchall()
        )
    outcome.acknowledged = len(acknowledged)
    outcome.lost = sorted(acknowledged - written)
    outcome.undelivered = sorted(written - delivered)
    outcome.tries = row[0] if row else 0


def _jobs_left(url: str) -> int | None:
    query = (
        "SELECT (SELECT count(*) FROM procrastinate_jobs"
        " WHERE task_name LIKE '%deliver' AND status IN ('todo', 'doing'))"
        " + (SELECT count(*) FROM messages_delivery WHERE state = 'waiting')"
    )
    try:
        with psycopg.connect(url) as connection:
            row = connection.execute(query).fetchone()
    except psycopg.OperationalError:
        return None
    return row[0] if row else None


def run(operations: int, kills: int, seed: int) -> Outcome:
    """Run the whole test on a home of its own, which is deleted afterwards.

    Parameters
    ----------
    operations
        How many writes.
    kills
        How many processes are killed; each kind in turn first, then at random.
    seed
        Of the order of kills.
    """
    kinds = ["web", "worker", "server", "keeper"]
    chosen = random.Random(seed)
    order = [kinds[turn] if turn < len(kinds) else chosen.choice(kinds) for turn in range(kills)]
    chosen.shuffle(order)
    home = Path(tempfile.mkdtemp(prefix="medevac-kills-", dir="/tmp"))
    home.rmdir()  # its own to make, with the modes it needs
    outcome = Outcome()
    try:
        with running(home) as server, MailServer() as mail_server:
            with psycopg.connect(server.url(OWNER), autocommit=True) as connection:
                connection.execute(TABLES)
            service = Service(home, mail_server.port)
            with service.running():
                begin = time.monotonic()
                acknowledged = load_and_kill(service, outcome, operations, order)
                judge(server.url(APP), outcome, acknowledged)
                judge_messages(server.url(APP), outcome, [taken.reference for taken in mail_server.taken])
                outcome.seconds = time.monotonic() - begin
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return outcome


def main() -> None:
    """Run it and print what came out; exit code 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--operations", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    outcome = run(given.operations, given.kills, given.seed)
    print(f"writes: {outcome.acknowledged} acknowledged, {outcome.repeated} sent again without an answer")
    print("killed: " + ", ".join(f"{kind} {count}" for kind, count in sorted(outcome.killed.items())))
    print(f"lost: {len(outcome.lost)}; jobs without effect: {len(outcome.undelivered)}")
    print(f"job runs: {outcome.tries}, that is {outcome.tries - outcome.acknowledged} repeats")
    print("jobs: " + ", ".join(f"{state} {count}" for state, count in sorted(outcome.states.items())))
    print(f"messages not shown exactly once: {len(outcome.not_told_once)}")
    print(
        f"e-mails: {outcome.emails} taken, {outcome.emails_twice} of them repeats with the same Message-ID; "
        f"lost: {len(outcome.emails_lost)}; repeats not counted: {len(outcome.emails_uncounted)}"
    )
    print(f"seconds: {outcome.seconds:.1f}")
    sys.exit(0 if outcome.good else 1)


if __name__ == "__main__":
    main()
