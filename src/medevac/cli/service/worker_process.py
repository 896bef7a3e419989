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
import time

import psycopg

from medevac.cli.service.django_process import run
from medevac.cli.service.kept import end_with_keeper
from medevac.database.address import connect
from medevac.database.errors import DatabaseError
from medevac.site.log_lines import take_process

ASK_SECONDS = 30.0
PATIENCE_SECONDS = 20.0  # for jobs that are running and can still end
FAILED = 1


def _end_with(session: psycopg.Connection) -> None:
    """Wait until the session breaks, then have this process stop in good order, or else at once."""
    try:
        while True:
            for _ in session.notifies(timeout=ASK_SECONDS):
                pass  # nobody notifies this session; what counts is that a broken one raises at once
            session.execute("SELECT 1")  # a network that fails in silence shows only when something is sent
    except psycopg.OperationalError:
        print("The database session broke; this worker ends, and another is started.", file=sys.stderr)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE_SECONDS)
    os._exit(FAILED)


def main() -> int:
    """Work until asked to stop, or until the database session breaks."""
    end_with_keeper()
    take_process()
    try:
        session = connect(os.environ["DATABASE_URL"])
    except DatabaseError as error:
        print(error, file=sys.stderr)
        return FAILED
    threading.Thread(target=_end_with, args=(session,), daemon=True).start()
    return run(["procrastinate", "worker"])


if __name__ == "__main__":
    sys.exit(main())
