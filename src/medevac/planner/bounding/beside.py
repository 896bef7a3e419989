"""Bounds that a second thread finds while flights are exchanged, counted so that nothing depends on speed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Protocol

Stop = Callable[[], bool]
WAIT_SECONDS = 0.1  # between looks at the clock


class Source(Protocol):
    """Where bounds come from."""

    def __iter__(self) -> Iterator[float]:
        """Bounds, one after the other."""

    def end(self) -> None:
        """Make the iteration end soon, from another thread."""

    def close(self) -> None:
        """Let go of what the source holds; called once nobody iterates."""


class BoundsHere:
    """Bounds found in this process."""

    def __init__(self, find: Callable[[Stop], Iterator[float]]) -> None:
        self._find = find
        self._ended = False

    def __iter__(self) -> Iterator[float]:
        return self._find(lambda: self._ended)

    def end(self) -> None:
        """Make the iteration end soon, from another thread."""
        self._ended = True

    def close(self) -> None:
        """Nothing is held."""


class BoundsBeside:
    """Takes bounds from a source in a thread of its own.

    Use it as a context; leaving ends the source. What the source raises is raised again by whoever asks next.

    Parameters
    ----------
    source
        Gives the bounds.
    stop
        Whether time is out.
    """

    def __init__(self, source: Source, stop: Stop) -> None:
        self._source, self._stop = source, stop
        self._found: list[float] = []
        self._over = False
        self._fault: BaseException | None = None
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="bounds", daemon=True)

    def __enter__(self) -> BoundsBeside:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._source.end()
        self._thread.join()
        self._source.close()

    def best_of(self, count: int) -> tuple[float | None, bool]:
        """The smallest of the first `count` bounds, and whether there are fewer.

        Waits for them, unless time is out or no more will come.
        """
        with self._news:
            while len(self._found) < count and not self._over and not self._stop():
                self._news.wait(WAIT_SECONDS)
            self._raise()
            fewer = self._over and len(self._found) < count
            return min(self._found[:count], default=None), fewer

    def best(self) -> float | None:
        """The smallest bound so far."""
        with self._news:
            self._raise()
            return min(self._found, default=None)

    def _raise(self) -> None:
        if self._fault is not None:
            raise self._fault

    def _run(self) -> None:
        try:
            for bound in self._source:
                with self._news:
                    self._found.append(bound)
                    self._news.notify_all()
        except BaseException as fault:
            self._fault = fault
        finally:
            with self._news:
                self._over = True
                self._news.notify_all()
