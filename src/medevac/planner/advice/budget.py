"""The time for all solves of one call, shared out so that the whole call ends when it was said to end."""

from __future__ import annotations

import time

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

    def left(self) -> float:
        """The seconds that are left; infinite without a limit."""
        if self._seconds is None:
            return float("inf")
        return self._seconds - (time.monotonic() - self._began)

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self.left() <= 0

    def share(self, solves: int) -> float | None:
        """The seconds for the next of so many solves; None is no limit."""
        if self._seconds is None:
            return None
        left = max(0.0, self.left())
        return max(min(LEAST_SECONDS, left), left / max(1, solves))
