"""Repeats the races for places, choices and offers between real connections, and tells what came of them.

Starts two processes, which share the races, each with a database of its own. In each round of the first two
races fifty clients ask for the same: for the last place, each for another case, and for the choice of one
case. Whatever is not one winner and 49 clear refusals, or leaves the tables in disagreement, is counted as a
fault and gives exit code 1::

    python3 -m uv run python benchmarks/offers_races.py --document docs/reference/offers-races.md
    python3 -m uv run python benchmarks/offers_races.py --rounds 20 --race "expiry against choice"
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import shlex
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Any

from medevac.database import OWNER, running

TESTS = Path(__file__).parents[1] / "tests"
ROOMS = ("people", "directory", "cases", "offers")
sys.path[:0] = [str(TESTS), *(str(TESTS / room) for room in ROOMS)]

if TYPE_CHECKING:
    from offer_races import Races

    from medevac.database import Server

ROUNDS, PROCESSES, MOST_SENTENCES, TELLS_EVERY = 200, 2, 20, 10
LONGEST = ("offer the last place", "every deed at once")  # begun first, so that no process ends long after
_PAGE = """# Races for places, choices and offers

This page is written by `benchmarks/offers_races.py` from what came of it; nobody edits it. Each race is run
between real connections to an embedded PostgreSQL. In the first two, fifty clients ask for the same. A fault
is whatever is not the outcome that the race allows, a refusal that is no sentence for a person, or tables
that disagree afterwards: holds with what pages say, a place held twice, an offer without its hold.
"""
TABLE_HEAD = (
    "| race | rounds | won | refused with a sentence | faults | s a round | slowest |",
    "|---|---|---|---|---|---|---|",
)
NUMBER = re.compile(r"(?<=“place )\d+")  # each round has places of its own
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


@dataclass
class Tally:
    """What came of all rounds of one race."""

    rounds: int = 0
    wins: int = 0
    refused: int = 0
    sentences: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def row(self, name: str) -> str:
        """A line of the table."""
        slowest, mean = max(self.seconds, default=0.0), sum(self.seconds) / max(1, len(self.seconds))
        cells = [f"{self.rounds:,}", f"{self.wins:,}", f"{self.refused:,}", f"{len(self.faults)}"]
        return f"| {name} | {' | '.join(cells)} | {mean:.2f} | {slowest:.2f} |"


def repeat(races: Races, name: str, rounds: int) -> Tally:
    """Run one race so many times; a fault is kept and the next round begun. Tells of it every ten rounds."""
    from offer_races import RACES

    tally = Tally()
    for done in range(rounds):
        if done and done % TELLS_EVERY == 0:
            so_far = f"{done} of {rounds} rounds, {len(tally.faults)} faults, {sum(tally.seconds):.0f} s"
            print(f"{name}: {so_far}", file=sys.stderr, flush=True)
        begin = time.perf_counter()
        try:
            outcome = RACES[name](races)
        except Exception as fault:
            tally.faults.append(f"{type(fault).__name__}: {fault}")
        else:
            tally.wins += outcome.wins
            tally.refused += outcome.refused
            tally.sentences.update(outcome.refusals)
        tally.rounds += 1
        tally.seconds.append(time.perf_counter() - begin)
    return tally


def main() -> None:
    """Read the options, race, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--race", action="append", help="by its name; all of them unless told")
    parser.add_argument("--document", type=Path, help="the page to write, in Markdown")
    parser.add_argument(
        "--processes", type=int, default=PROCESSES, help="that race at once, each in a database of its own"
    )
    asked = parser.parse_args()
    sys.exit(1 if _raced(asked) else 0)


def _raced(asked: argparse.Namespace) -> bool:
    """Whether anything went otherwise than it must."""
    _set_up("postgresql://nobody@/nothing")  # here the races are only named
    from offer_races import RACES

    names = asked.race or list(RACES)
    print("\n".join(TABLE_HEAD), flush=True)
    tallies, deadlocks = {}, 0
    for name, tally, ended in _shared(names, asked.rounds, min(asked.processes, len(names))):
        tallies[name], deadlocks = tally, deadlocks + ended
        print(tally.row(name), flush=True)
    tallies = {name: tallies[name] for name in names}
    print("\n".join(told := _told(tallies, deadlocks)))
    if asked.document is not None:
        rows = [*TABLE_HEAD, *(tally.row(name) for name, tally in tallies.items())]
        asked.document.write_text("\n".join([_PAGE, _measured(), "", *rows, *told, ""]), encoding="utf-8")
    for name, tally in tallies.items():
        for fault in tally.faults[:5]:
            print(f"\nFault in “{name}”: {fault}", file=sys.stderr)
    return bool(deadlocks) or any(tally.faults for tally in tallies.values())


def _shared(names: list[str], rounds: int, processes: int) -> Iterator[tuple[str, Tally, int]]:
    """What came of each race and how many deadlocks there were in it, as soon as it is over."""
    context = multiprocessing.get_context("spawn")
    waiting, told = context.Queue(), context.Queue()
    for name in sorted(names, key=lambda one: one not in LONGEST):
        waiting.put(name)
    runners = [context.Process(target=_race_on, args=(waiting, told, rounds)) for _ in range(processes)]
    for runner in runners:
        runner.start()
    for _ in names:
        yield _next(told, runners)
    for runner in runners:
        runner.join()


def _next(told: Any, runners: list[Any]) -> tuple[str, Tally, int]:
    while True:
        try:
            return told.get(timeout=5)
        except Empty:
            if failed := [runner.exitcode for runner in runners if runner.exitcode]:
                sys.exit(f"A process that raced has ended with {failed[0]}; what it said stands above.")


def _race_on(waiting: Any, told: Any, rounds: int) -> None:
    """Race in a database of one's own for as long as a race waits."""
    home = Path(tempfile.mkdtemp(prefix="medevac-races-", dir="/tmp"))
    home.rmdir()  # its own to make, with the modes it needs
    try:
        with running(home) as server:
            _race_in(server, waiting, told, rounds)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _set_up(database: str) -> None:
    os.environ["DATABASE_URL"] = database
    os.environ["DJANGO_SETTINGS_MODULE"] = "site_settings"  # without a pool: each thread closes what it opens
    import django

    django.setup()


def _race_in(server: Server, waiting: Any, told: Any, rounds: int) -> None:
    _set_up(server.url(OWNER))
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)

    from offer_races import CLIENTS, Races
    from racing import kept_connections

    races, before = Races(), 0
    with kept_connections(CLIENTS):
        while True:
            try:
                name = waiting.get(timeout=1)
            except Empty:
                break
            tally = repeat(races, name, rounds)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_stat_clear_snapshot()")
                cursor.execute(DEADLOCKS)
                deadlocks = cursor.fetchone()[0]
            told.put((name, tally, deadlocks - before))
            before = deadlocks
    connection.close()


def _told(tallies: dict[str, Tally], deadlocks: int) -> list[str]:
    """Deadlocks, and the sentences with which clients were refused, the most frequent first."""
    sentences: Counter[str] = Counter()
    for tally in tallies.values():
        for sentence, number in tally.sentences.items():
            sentences[NUMBER.sub("…", sentence)] += number
    rows = [f"- {number:,} × {sentence}" for sentence, number in sentences.most_common(MOST_SENTENCES)]
    return ["", f"Deadlocks that PostgreSQL had to end: {deadlocks}.", "", "With these sentences:", "", *rows]


def _measured() -> str:
    from kill_service.page import commit, machine

    words = f"python3 -m uv run python benchmarks/offers_races.py {shlex.join(sys.argv[1:])}"
    return f"{date.today().isoformat()}, commit `{commit()}`, {machine()}: `{words}`"


if __name__ == "__main__":
    main()
