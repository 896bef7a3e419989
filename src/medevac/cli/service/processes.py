"""Keeps programs running: each that dies is started again, and all are stopped together.

It knows nothing of what the programs do.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from medevac.cli.service.kept import KEEPER_VARIABLE

LOOK_SECONDS = 0.1
YOUNG_SECONDS = 5.0  # who dies younger than this waits before the next start
LONGEST_PAUSE_SECONDS = 5.0
PATIENCE_SECONDS = 20.0  # for what a program wants to finish before it is killed


@dataclass(frozen=True)
class Program:
    """A program that is to run all the time.

    Parameters
    ----------
    name
        What it is called in messages.
    words
        The command and its arguments.
    environment
        All of its variables.
    handed
        Numbers of open files that it is given, such as a listening socket.
    """

    name: str
    words: Sequence[str]
    environment: Mapping[str, str]
    handed: Sequence[int] = ()


class _Kept:
    """One program and its present process."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.early_deaths = 0
        self.next_start = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(
            list(self.program.words),
            env={**self.program.environment, KEEPER_VARIABLE: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            pass_fds=tuple(self.program.handed),
            process_group=0,  # a Ctrl-C is for us, who then stop them in order
        )
        self.started = time.monotonic()

    def note_death(self) -> int:
        """Note that the process has ended, and when the next may start; returns its exit code."""
        assert self.process is not None
        code = self.process.wait()
        young = time.monotonic() - self.started < YOUNG_SECONDS
        self.early_deaths = self.early_deaths + 1 if young else 0
        # The first early death may be a kill: start again at once. Only who dies young again and again waits.
        pause = 0.0 if self.early_deaths < 2 else min(LONGEST_PAUSE_SECONDS, 0.1 * 2**self.early_deaths)
        self.next_start = time.monotonic() + pause
        self.process = None
        return code


class Processes:
    """Programs that are kept running.

    Parameters
    ----------
    programs
        What to run.
    say
        Told of each start and each death, in whole sentences.
    """

    def __init__(self, programs: Sequence[Program], say: Callable[[str], None]) -> None:
        self._kept = [_Kept(program) for program in programs]
        self._say = say
        self._ended = threading.Event()

    def end(self, *_: object) -> None:
        """Have everything stopped; may be called by a signal."""
        self._ended.set()

    def run(self) -> None:
        """Keep the programs running until `end` is called or a signal asks for it; then stop them."""
        before = {number: signal.signal(number, self.end) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self._ended.is_set():
                for kept in self._kept:
                    self._look_after(kept)
                self._ended.wait(LOOK_SECONDS)
        finally:
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _look_after(self, kept: _Kept) -> None:
        if kept.process is not None and kept.process.poll() is not None:
            self._say(f"{kept.program.name}: ended ({_manner(kept.note_death())}). It is started again.")
        if kept.process is None and time.monotonic() >= kept.next_start:
            kept.start()
            assert kept.process is not None
            self._say(f"{kept.program.name}: started (process {kept.process.pid}).")

    def _stop(self) -> None:
        running = [kept.process for kept in self._kept if kept.process is not None]
        for process in running:
            process.terminate()
        end = time.monotonic() + PATIENCE_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _manner(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    return f"killed by {signal.Signals(-code).name}"
