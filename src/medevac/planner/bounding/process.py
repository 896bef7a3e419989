"""Bounds from a process of their own: two threads of one interpreter would wait for each other.

The process reads a pickled problem from its standard input and writes a bound a line. It ends when its input
is closed, so that it never outlives whoever asked; `python -m medevac.planner.bounding` is its other side.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator

from medevac.planner.bounding.bounds import bounds
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.problem import Problem

COMMAND = ("-m", "medevac.planner.bounding")


class BoundsProcess:
    """The bounds of a problem, found in another process, which starts at once.

    Where that ends by a fault, a RuntimeWarning tells of it and no more bounds come: the plan does not depend
    on them.

    Parameters
    ----------
    problem, bonus
        As for `bounds`.
    """

    def __init__(self, problem: Problem, bonus: float) -> None:
        self._ended = False
        self._process = subprocess.Popen(
            [sys.executable, *COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
            start_new_session=True,  # Ctrl-C is for us; we end it
        )
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # ended already: what it said is told below
            pickle.dump((problem, bonus), self._process.stdin)
            self._process.stdin.flush()

    def __iter__(self) -> Iterator[float]:
        process = self._process
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stdout:
            yield float(line)
        if process.wait() != 0 and not self._ended:
            said = process.stderr.read().decode(errors="replace").strip().splitlines()
            warnings.warn(
                f"The search for bounds ended early with code {process.returncode} and said: "
                f"{said[-1] if said else 'nothing'}. The plan is as good, but less is known of how much "
                "better one could be.",
                RuntimeWarning,
                stacklevel=2,
            )

    def end(self) -> None:
        """End the process, whatever it is doing; whoever waits for its next bound waits no longer."""
        self._ended = True
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Let go of the ended process."""
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


def serve() -> None:
    """The process's own side: bounds of the problem from standard input, a line each."""
    problem, bonus = pickle.load(sys.stdin.buffer)  # from our own parent alone
    threading.Thread(target=_end_with_parent, daemon=True).start()
    instance = Instance(problem)
    never: Callable[[], bool] = lambda: False  # noqa: E731
    for bound in bounds(instance, Fleet(instance), bonus, never):
        print(float(bound), flush=True)


def _end_with_parent() -> None:
    while os.read(0, 4096):  # not by the buffered file, whose lock the end of the interpreter would wait for
        pass
    os._exit(0)
