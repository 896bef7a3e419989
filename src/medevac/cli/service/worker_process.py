"""A process that works on jobs, and ends when the database session breaks.

A job that ends while the database is away can never be noted as ended: it would stay "doing", and its
worker, being alive, would keep others from taking it. So a worker does not outlive its session. The keeper
of the processes starts another, and the job is queued again.
"""

from __future__ import annotations

import os
import signal
import sys
import threading

import psycopg

from medevac.cli.service.django_process import run
from medevac.database.address import connect
from medevac.database.errors import DatabaseError

FAILED = 1


def _end_with(session: psycopg.Connection) -> None:
    """Wait until the session breaks, then ask this process to stop in good order."""
    try:
        for _ in session.notifies():
            pass  # nobody notifies this session; waiting is all it is for
    except psycopg.OperationalError:
        print("The database session broke; this worker ends, and another is started.", file=sys.stderr)
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> int:
    """Work until asked to stop, or until the database session breaks."""
    try:
        session = connect(os.environ["DATABASE_URL"])
    except DatabaseError as error:
        print(error, file=sys.stderr)
        return FAILED
    threading.Thread(target=_end_with, args=(session,), daemon=True).start()
    return run(["procrastinate", "worker"])


if __name__ == "__main__":
    sys.exit(main())
