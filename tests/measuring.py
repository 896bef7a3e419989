"""Coverage that stands still while tests run whose lines other tests measure.

Python 3.11 runs nearly half as fast while it is measured, all libraries included.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import coverage

VARIABLES = ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")  # what has a child process measured


class Measuring:
    """The measurement of this process, where there is one, and of the processes that it starts."""

    def __init__(self) -> None:
        self._stopped: coverage.Coverage | None = None
        self._variables: dict[str, str] = {}

    def on(self, wanted: bool) -> None:
        """Have it go on, or stand still."""
        running = coverage.Coverage.current()
        if wanted and self._stopped is not None:
            os.environ.update(self._variables)
            self._stopped.start()
            self._stopped = None
        elif not wanted and self._stopped is None and running is not None:
            self._variables = {name: os.environ.pop(name) for name in VARIABLES if name in os.environ}
            running.stop()
            self._stopped = running

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
