"""Compares what a kill test was promised with what is there in the end."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

import psycopg

from kill_service.outcome import Outcome

PATIENCE_SECONDS = 600.0  # without any progress; a worker of a starved machine takes minutes to start
LOOK_SECONDS = 0.5

_LEFT = """
    SELECT (SELECT count(*) FROM procrastinate_jobs
            WHERE task_name LIKE 'kill_service%' AND status IN ('todo', 'doing')),
           (SELECT count(*) FROM messages_delivery WHERE state IN ('waiting', 'gathered'))
"""


def wait_for_jobs(url: str, outcome: Outcome, end: float, say: Callable[[str], None]) -> None:
    """Wait until no job and no e-mail is left, for as long as they become fewer.

    Parameters
    ----------
    url
        The database.
    outcome
        Told what is left where the time was too short.
    end
        When to give up, on the clock of `time.monotonic`.
    say
        Told of the progress.
    """
    left: tuple[int, ...] | None = None
    moved = time.monotonic()
    while left != (0, 0):
        now = time.monotonic()
        if now > end or now > moved + PATIENCE_SECONDS:
            outcome.unfinished.append(f"jobs and e-mails that wait: {left}")
            return
        seen = _left(url)
        if seen is not None and seen != left:
            say(f"{seen[0]} jobs and {seen[1]} e-mails wait")
            left, moved = seen, now
        time.sleep(LOOK_SECONDS)


def _left(url: str) -> tuple[int, ...] | None:
    try:
        with psycopg.connect(url) as connection:
            return connection.execute(_LEFT).fetchone()
    except psycopg.OperationalError:
        return None


def judge(url: str, outcome: Outcome, acknowledged: set[int], came: list[str]) -> None:
    """Fill in what is missing, and what is there too often.

    Parameters
    ----------
    url
        The database, in which nothing moves any more.
    outcome
        What is filled in.
    acknowledged
        The numbers whose answer came.
    came
        The Message-IDs of the e-mails that the mail server took.
    """
    with psycopg.connect(url) as connection:
        written = {number for (number,) in connection.execute("SELECT number FROM kill_written")}
        delivered = {number for (number,) in connection.execute("SELECT number FROM kill_delivered")}
        row = connection.execute("SELECT count(*) FROM kill_tried").fetchone()
        outcome.states = dict(
            connection.execute(
                "SELECT status::text, count(*) FROM procrastinate_jobs"
                " WHERE task_name LIKE 'kill_service%' GROUP BY 1"
            ).fetchall()
        )
        untold = connection.execute(
            "SELECT number FROM kill_written LEFT JOIN messages_message ON key = number::text"
            " GROUP BY number HAVING count(id) <> 1"
        )
        outcome.not_told_once = sorted(number for (number,) in untold)
        rows = connection.execute("SELECT reference, state, repeats FROM messages_delivery").fetchall()
    outcome.lost = sorted(acknowledged - written)
    outcome.undelivered = sorted(written - delivered)
    outcome.tries = row[0] if row else 0
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
