"""The time for all solves of one call, shared out so that the whole call ends when it was said to end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

LEAST_SECONDS = 3.0  # a solve that is given less finds little: fewer are tried instead


class Budget:
    """The seconds of a call; what one solve leaves over goes to the next.

    Parameters
    ----------
    seconds
        For all solves together; None is no limit.
    """

    def __init__(self, seconds: float | None) -> None:
        if seconds is not None and seconds <= 0:
            raise ValueError(f"Expected seconds > 0, got {seconds:g}.")
        self._began = time.monotonic()
        self._seconds = seconds
        self._late = 0.0

    def left(self) -> float:
        """The seconds that are left; infinite without a limit."""
        if self._seconds is None:
            return float("inf")
        return self._seconds - (time.monotonic() - self._began)

    @property
    def spent(self) -> bool:
        """Whether less is left than a solve has been late by: the next would end too late."""
        return self.left() <= self._late

    def share(self, solves: int) -> float | None:
        """The seconds for the next of so many solves; None is no limit."""
        if self._seconds is None:
            return None
        left = max(0.0, self.left())
        return max(min(LEAST_SECONDS, left), (left - self._late) / max(1, solves))

    @contextmanager
    def solving(self, solves: int) -> Iterator[float | None]:
        """Give the next of so many solves its share, and note by how much it ends too late.

        On large problems a solve may be late by more than its share, as it ends only where it can.
        """
        share, began = self.share(solves), time.monotonic()
        yield share
        if share is not None:
            self._late = max(self._late, time.monotonic() - began - share)
