"""Measures the pages of cases as twenty users ask for them, at 1,000, 10,000 and 100,000 cases.

Each size has an embedded PostgreSQL of its own, filled by the committed loader; `medevac serve` runs on it
with two web processes and a worker. A process of its own signs the users in and asks for lists, searches,
the board and case pages: one request each every two seconds, and then without pause::

    python3 -m uv run python benchmarks/cases_under_load.py --document docs/reference/benchmarks-pages.md

A quick look at one size, without the growth::

    python3 -m uv run python benchmarks/cases_under_load.py --cases 1000 --seconds 30

It ends by itself, with exit code 1 where a kind of page is beyond the target or a request failed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from kill_service.serving import Service
from medevac.database import OWNER, running
from page_load import memory
from page_load.figures import Measured, growth_of, table_of
from page_load.page import page_of

SIZES = (1_000, 10_000, 100_000)
WEB_PROCESSES = 2
PAUSE_SECONDS = 2.0
WARMING = 5  # requests of each user before anything counts: templates and catalogues are read then
NO_MAIL_PORT = 1  # nothing is sent
SETTLING_SECONDS, MOST_WAITED_SECONDS = 20.0, 240.0


def measure(count: int, asked: argparse.Namespace, say: Callable[[str], None]) -> Measured:
    """Load so many cases, serve them and ask; everything is taken away again."""
    home = Path(tempfile.mkdtemp(prefix="medevac-pages-", dir="/tmp"))
    home.rmdir()  # its own to make, with the modes it needs
    try:
        with running(home) as server:
            service = Service(
                home, NO_MAIL_PORT, web=WEB_PROCESSES, workers=1, settings="medevac.site.settings"
            )
            say(f"{count:,} cases: the tables are made")
            service.migrate()
            say(f"{count:,} cases: they are loaded")
            owner = service.environment | {"DATABASE_URL": server.url(OWNER)}
            filled = _told_by("page_load.filling", ["--cases", str(count), "--seed", str(asked.seed)], owner)
            history = sum(n for table, n in filled["written"].items() if table.endswith("event"))
            took = f"loaded in {filled['seconds']:.0f} s, missing counted in {filled['counted']:.0f} s"
            say(f"{count:,} cases, {history:,} rows of history: {took}")
            with service.running():
                waited = _until_idle(server.url(OWNER))
                say(f"the worker has done in {waited:.0f} s what the loader left it")
                plan = filled | {
                    "port": service.port, "seconds": asked.seconds, "pause": PAUSE_SECONDS,
                    "closed_seconds": asked.closed_seconds, "warming": WARMING,
                }  # fmt: skip
                told = _told_by("page_load.asking", [], service.environment, json.dumps(plan))
                held = memory.by_kind(service.numbers())
            if asked.keep_server:
                say(f"The database answers at {server.url(OWNER)}; it ends with Enter.")
                input()
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return Measured(count, history, filled["seconds"], told["paced"], told["fast"], held)


def _until_idle(address: str) -> float:
    """Wait until the worker has compared and chased what was loaded, as it had long before such a day."""
    begin = time.monotonic()
    time.sleep(SETTLING_SECONDS)
    query = (
        "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND scheduled_at IS NULL"
    )
    with psycopg.connect(address, autocommit=True) as connection:
        while time.monotonic() < begin + MOST_WAITED_SECONDS:
            if connection.execute(query).fetchone() == (0,):
                break
            time.sleep(1)
    return time.monotonic() - begin


def _told_by(module: str, words: list[str], variables: dict[str, str], given: str = "") -> Any:
    """What a part of this script tells that runs in a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-m", module, *words],
        env=variables, input=given, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(ended.stdout)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, nargs="+", default=list(SIZES), help="the sizes, one or several")
    parser.add_argument("--seconds", type=float, default=120.0, help="how long at a pace, for each size")
    parser.add_argument("--closed-seconds", type=float, default=30.0, help="how long without pause")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--document", type=Path, help="the page to write, in Markdown")
    parser.add_argument("--remark", default="", help="what else the machine does, for the page")
    parser.add_argument("--results", type=Path, help="a file for every single time, as JSON")
    parser.add_argument("--keep-server", action="store_true", help="keep the database to look at it")
    return parser.parse_args()


def main() -> None:
    """Measure each size, print, and write the page where one is wanted."""
    asked = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended before its time."))  # nothing is left behind
    begin, load = time.monotonic(), os.getloadavg()[1]

    def say(what: str) -> None:
        print(f"{time.monotonic() - begin:7.1f} s: {what}", file=sys.stderr, flush=True)

    several: list[Measured] = []
    for count in sorted(asked.cases):
        several.append(one := measure(count, asked, say))
        print("\n".join(["", f"{count:,} cases", "", *table_of(one), "", *growth_of(several)]), flush=True)
        print("\n".join(one.failed[:20]))
    if asked.results is not None:
        asked.results.write_text(json.dumps([vars(one) for one in several]), encoding="utf-8")
    if asked.document is not None:
        words = [word for word in sys.argv[1:] if word not in ("--remark", asked.remark)]
        asked.document.write_text(page_of(several, words, asked.remark, load), encoding="utf-8")
    sys.exit(1 if any(one.too_slow or one.failed for one in several) else 0)


if __name__ == "__main__":
    main()
