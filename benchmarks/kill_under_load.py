"""Kills web, worker and database at random under a load of writes, and counts what was lost.

`python benchmarks/kill_under_load.py` runs `medevac serve` with two web processes and two workers on an
embedded database of its own, sends 2,000 writes from four threads, and ends a random process with kill -9
again and again. A write counts as acknowledged when its answer came; then it must be there in the end, and
its job must have had its effect once. Nobody helps the service back.

Each write tells somebody: the message must be in the inbox exactly once, and its e-mail must have reached
a real mail server. An e-mail may come twice, then with the same Message-ID, and counted in the outbox.

With `--document docs/reference/kill-test.md` the page about it is written anew.

It ends by itself: after --seconds it says what was not at its end, and that is a failure.
"""

from __future__ import annotations

import argparse
import http.client
import queue
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg

from kill_service.judging import judge, wait_for_jobs
from kill_service.mail_server import MailServer
from kill_service.outcome import Outcome
from kill_service.page import page_of
from kill_service.serving import KINDS, Service
from medevac.database import APP, OWNER, running

TABLES = """
CREATE TABLE IF NOT EXISTS kill_written (number bigint PRIMARY KEY);
CREATE TABLE IF NOT EXISTS kill_tried (number bigint);
CREATE TABLE IF NOT EXISTS kill_delivered (number bigint PRIMARY KEY);
"""
CLIENTS = 4
SAY_EVERY = 5.0


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


class Load:
    """Clients that send every write until it is acknowledged, or the time is over.

    Parameters
    ----------
    port
        Where the service answers.
    operations
        How many writes.
    end
        When to give up, on the clock of `time.monotonic`.
    """

    def __init__(self, port: int, operations: int, end: float) -> None:
        self._port = port
        self._end = end
        self._waiting: queue.Queue[int] = queue.Queue()
        for number in range(operations):
            self._waiting.put(number)
        self._lock = threading.Lock()
        self.acknowledged: set[int] = set()
        self.answers: list[tuple[float, float]] = []  # when each was sent, and when its answer came
        self.repeated = 0
        self._clients = [threading.Thread(target=self._send_all, daemon=True) for _ in range(CLIENTS)]

    def start(self) -> None:
        """Begin to send."""
        for one in self._clients:
            one.start()

    def goes_on(self) -> bool:
        """Whether anything is still being sent."""
        return any(one.is_alive() for one in self._clients)

    def _send_all(self) -> None:
        while time.monotonic() < self._end:
            try:
                number = self._waiting.get_nowait()
            except queue.Empty:
                return
            while time.monotonic() < self._end:
                sent = time.monotonic()
                if send(self._port, number):
                    with self._lock:
                        self.acknowledged.add(number)
                        self.answers.append((sent, time.monotonic()))
                    break
                with self._lock:
                    self.repeated += 1
                time.sleep(0.05)

    def pause_after(self, moment: float) -> float | None:
        """The seconds from a moment to the first answer to a write that was sent after it."""
        later = [came for sent, came in self.answers if sent >= moment]
        return min(later) - moment if later else None


def load_and_kill(
    service: Service,
    outcome: Outcome,
    kills: Sequence[tuple[int, str]],
    end: float,
    say: Callable[[str], None],
) -> set[int]:
    """Send every write, and kill a process whenever so many are acknowledged; the acknowledged numbers."""
    load = Load(service.port, outcome.operations, end)
    begin = time.monotonic()
    load.start()
    due = list(kills)
    killed: list[tuple[float, str]] = []
    said = begin
    while load.goes_on():
        if due and len(load.acknowledged) >= due[0][0] and (kind := kill_one(service, due[0][1])):
            killed.append((time.monotonic(), kind))
            due.pop(0)
        if time.monotonic() > said + SAY_EVERY:
            said = time.monotonic()
            say(f"{len(load.acknowledged)} writes acknowledged, {len(killed)} processes killed")
        time.sleep(0.005)
    outcome.writing_seconds = time.monotonic() - begin
    outcome.acknowledged = len(load.acknowledged)
    outcome.repeated = load.repeated
    for moment, kind in killed:
        outcome.killed[kind] = outcome.killed.get(kind, 0) + 1
        if (pause := load.pause_after(moment)) is not None:
            outcome.pauses.setdefault(kind, []).append(pause)
    if outcome.acknowledged < outcome.operations:
        outcome.unfinished.append(f"writes: the service said at last {service.said[-4:]}")
    outcome.unfinished += [f"the kill of a {kind} after {count} writes" for count, kind in due]
    return load.acknowledged


def kill_one(service: Service, wanted: str) -> str | None:
    """Kill a process of the kind, or of another where none of it is there now; which, or None."""
    return next((kind for kind in (wanted, *KINDS) if service.kill(kind)), None)


def choose_kills(operations: int, kills: int, seed: int) -> list[tuple[int, str]]:
    """After how many writes which kind of process is killed: each kind once, then at random."""
    chosen = random.Random(seed)
    kinds = [KINDS[turn] if turn < len(KINDS) else chosen.choice(KINDS) for turn in range(kills)]
    chosen.shuffle(kinds)
    # Not among the last writes, which may be answered before the process is there that is to be killed.
    moments = sorted(chosen.sample(range(1, operations - operations // 10), kills))
    return list(zip(moments, kinds, strict=True))


def run(
    operations: int,
    kills: int,
    seed: int,
    *,
    web: int = 1,
    workers: int = 1,
    seconds: float = 3600.0,
    say: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Run the whole test on a home of its own, which is deleted afterwards.

    Parameters
    ----------
    operations
        How many writes.
    kills
        How many processes are killed.
    seed
        Of what is killed and when.
    web, workers
        How many processes of each kind there are.
    seconds
        After which it is given up.
    say
        Told of the progress.
    """
    home = Path(tempfile.mkdtemp(prefix="medevac-kills-", dir="/tmp"))
    home.rmdir()  # its own to make, with the modes it needs
    outcome = Outcome(operations=operations)
    try:
        with running(home) as server, MailServer() as mail_server:
            with psycopg.connect(server.url(OWNER), autocommit=True) as connection:
                connection.execute(TABLES)
            service = Service(home, mail_server.port, web=web, workers=workers)
            service.migrate()
            with service.running():
                begin = time.monotonic()
                end = begin + seconds
                acknowledged = load_and_kill(
                    service, outcome, choose_kills(operations, kills, seed), end, say
                )
                wait_for_jobs(server.url(APP), outcome, end, say)
                outcome.seconds = time.monotonic() - begin
                came = [taken.reference for taken in mail_server.taken]
                judge(server.url(APP), outcome, acknowledged, came)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return outcome


def main() -> None:
    """Run it and print what came out; exit code 1 where anything was lost or not at its end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--operations", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--web", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=3600.0)
    parser.add_argument("--document", type=Path, help="the page to write, in Markdown")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended before its time."))  # nothing is left behind
    begin = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - begin:7.1f} s: {what}", file=sys.stderr, flush=True)

    outcome = run(
        given.operations,
        given.kills,
        given.seed,
        web=given.web,
        workers=given.workers,
        seconds=given.seconds,
        say=say,
    )
    print("\n".join(outcome.lines()))
    if given.document is not None:
        given.document.write_text(page_of(outcome, sys.argv[1:]), encoding="utf-8")
    sys.exit(0 if outcome.good else 1)


if __name__ == "__main__":
    main()
