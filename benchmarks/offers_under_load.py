"""Measures the pages of places and offers as twenty users ask for them, at 20,000 places and 50,000 offers.

An embedded PostgreSQL of its own is filled by the committed loader; `medevac serve` runs on it with two web
processes and a worker. A process of its own signs the users in and asks for places, asks, the national view
and case pages: one request each every two seconds, and then without pause::

    python3 -m uv run python benchmarks/offers_under_load.py --document docs/reference/benchmarks-offers.md

A quick look::

    python3 -m uv run python benchmarks/offers_under_load.py --cases 1000 --places 2000 --offers 5000

It ends by itself, with exit code 1 where a kind of page is beyond the target or a request failed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cases_under_load import NO_MAIL_PORT, PAUSE_SECONDS, WARMING, WEB_PROCESSES, _told_by, _until_idle
from kill_service.serving import Service
from load_offers import CASES, OFFERS, PLACES
from medevac.database import OWNER, running
from offer_load.page import Measured, page_of, table_of
from page_load import memory


def measure(asked: argparse.Namespace, say: Callable[[str], None]) -> Measured:
    """Load, serve and ask; everything is taken away again."""
    home = Path(tempfile.mkdtemp(prefix="medevac-offers-", dir="/tmp"))
    home.rmdir()  # its own to make, with the modes it needs
    try:
        with running(home) as server:
            service = Service(
                home, NO_MAIL_PORT, web=WEB_PROCESSES, workers=1, settings="medevac.site.settings"
            )
            say("the tables are made")
            service.migrate()
            say(f"{asked.cases:,} cases, {asked.places:,} places and {asked.offers:,} offers are loaded")
            owner = service.environment | {"DATABASE_URL": server.url(OWNER)}
            wanted = ("cases", "places", "offers", "seed")
            words = [word for name in wanted for word in (f"--{name}", str(getattr(asked, name)))]
            filled = _told_by("offer_load.filling", words, owner)
            say(f"loaded in {filled['seconds']:.0f} s")
            with service.running():
                say(f"the worker has done in {_until_idle(server.url(OWNER)):.0f} s what the loader left it")
                plan = filled | {
                    "port": service.port, "seconds": asked.seconds, "pause": PAUSE_SECONDS,
                    "closed_seconds": asked.closed_seconds, "warming": WARMING,
                }  # fmt: skip
                told = _told_by("offer_load.asking", [], service.environment, json.dumps(plan))
                held = memory.by_kind(service.numbers())
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return Measured(filled["written"], filled["seconds"], told["paced"], told["fast"], held)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--places", type=int, default=PLACES)
    parser.add_argument("--offers", type=int, default=OFFERS)
    parser.add_argument("--seconds", type=float, default=120.0, help="how long at a pace")
    parser.add_argument("--closed-seconds", type=float, default=30.0, help="how long without pause")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--document", type=Path, help="the page to write, in Markdown")
    parser.add_argument("--remark", default="", help="what else the machine does, for the page")
    return parser.parse_args()


def main() -> None:
    """Measure, print, and write the page where one is wanted."""
    asked = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended before its time."))  # nothing is left behind
    begin, load = time.monotonic(), os.getloadavg()[1]

    def say(what: str) -> None:
        print(f"{time.monotonic() - begin:7.1f} s: {what}", file=sys.stderr, flush=True)

    measured = measure(asked, say)
    print("\n".join(table_of(measured)), flush=True)
    print(f"\nWithout pause: {measured.rate:.1f} answers a second. Failed: {len(measured.failed)}.")
    print("\n".join(measured.failed[:20]))
    if asked.document is not None:
        words = [word for word in sys.argv[1:] if word not in ("--remark", asked.remark)]
        asked.document.write_text(page_of(measured, words, asked.remark, load), encoding="utf-8")
    sys.exit(1 if measured.too_slow or measured.failed else 0)


if __name__ == "__main__":
    main()
