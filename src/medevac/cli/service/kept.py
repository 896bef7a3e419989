"""What a kept process does for its keeper: it ends when that one was killed and can stop nothing any more."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

KEEPER_VARIABLE = "MEDEVAC_KEPT_BY"
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux's prctl


def end_with_keeper() -> None:
    """On Linux, have the system ask this process to stop when the process that keeps it dies.

    Elsewhere, and for a process that nobody keeps, this does nothing.
    """
    keeper = os.environ.get(KEEPER_VARIABLE)
    if sys.platform != "linux" or not keeper:
        return
    ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != int(keeper):
        sys.exit("The process that keeps this one ended before it had begun.")
