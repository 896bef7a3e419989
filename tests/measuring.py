"""Coverage that stands still while tests run whose lines other tests measure.

Python 3.11 runs nearly half as fast while it is measured, all libraries included.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import coverage

VARIABLES = ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")  # what has a child process measured


ENOUGH_REPEATS = 3  # in a row that have reached no line or branch that was not reached before


class Measuring:
    """The measurement of this process, where there is one, and of the processes that it starts."""

    def __init__(self) -> None:
        self._stopped: coverage.Coverage | None = None
        self._variables: dict[str, str] = {}
        self._in_vain: Counter[str] = Counter()

    def on(self, wanted: bool, *, children: bool | None = None) -> None:
        """Have it go on, or stand still; that of child processes likewise, unless told otherwise."""
        running = coverage.Coverage.current()
        if running is None and self._stopped is None:
            return
        if wanted if children is None else children:
            os.environ.update(self._variables)
            self._variables = {}
        else:
            self._variables |= {name: os.environ.pop(name) for name in VARIABLES if name in os.environ}
        if wanted and self._stopped is not None:
            self._stopped.start()
            self._stopped = None
        elif not wanted and running is not None:
            running.stop()
            self._stopped = running

    @contextmanager
    def repeat(self, test: str) -> Iterator[None]:
        """Measure one of the repeats of a test with parameters, until some in a row have shown nothing new.

        What the others of them reach in processes of their own is measured nevertheless.
        """
        if self._in_vain[test] >= ENOUGH_REPEATS:
            self.on(False, children=True)
            yield
            return
        before = self._reached()
        yield
        self._in_vain[test] = 0 if self._reached() > before else self._in_vain[test] + 1

    @staticmethod
    def _reached() -> int:
        """How many branches have been reached in this process so far."""
        running = coverage.Coverage.current()
        # There is no public way to ask without writing down all that was measured.
        return 0 if running is None else sum(map(len, running._collector.data.values()))

    @contextmanager
    def going(self) -> Iterator[None]:
        """Measure what is within, whatever test it is done for: it is done once for all."""
        stood_still = self._stopped is not None
        self.on(True)
        try:
            yield
        finally:
            self.on(not stood_still)

    def keep(self) -> None:
        """Write down what was measured."""
        measured = self._stopped or coverage.Coverage.current()
        if measured is not None:
            measured.stop()
            measured.save()


MEASURING = Measuring()
