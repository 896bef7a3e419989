"""Real connections that do something at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection

Deed = Callable[[], object]
_kept: ThreadPoolExecutor | None = None


def race(*deeds: Deed) -> list[object]:
    """Start every deed at once in a thread of its own; returns what each gave, or its exception."""
    ready = threading.Barrier(len(deeds))
    if _kept is not None:
        return [one.result() for one in [_kept.submit(_do, ready, deed) for deed in deeds]]
    with ThreadPoolExecutor(len(deeds)) as runners:
        return [one.result() for one in [runners.submit(_alone, ready, deed) for deed in deeds]]


@contextmanager
def kept_connections(most: int) -> Iterator[None]:
    """Let the races within go on with the connections of those before, of so many deeds at most.

    A new connection reads what the database knows of its tables; in hundreds of races that is most of the
    time, and the processes of the service keep theirs as well.
    """
    global _kept
    _kept = ThreadPoolExecutor(most)
    try:
        yield
    finally:
        race(*[connection.close] * most)
        _kept.shutdown()
        _kept = None


def _do(ready: threading.Barrier, deed: Deed) -> object:
    try:
        ready.wait(timeout=60)
        return deed()
    except Exception as error:
        return error


def _alone(ready: threading.Barrier, deed: Deed) -> object:
    try:
        return _do(ready, deed)
    finally:
        connection.close()
