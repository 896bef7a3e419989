"""How the command line speaks: plain sentences on stderr, results on stdout, and its exit codes.

Nothing that comes from a file is read as markup, and no control character of it reaches the terminal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import NoReturn

import typer
from rich.console import Console
from rich.text import Text

from medevac.planner.faults import Fault, FaultsError


class ExitCode(IntEnum):
    """What a command's end means to a script."""

    PLAN = 0
    RULES_BROKEN = 1
    BAD_INPUT = 2
    INFEASIBLE = 3
    NOTHING_FOUND = 4
    ABORTED = 130


def output() -> Console:
    """A console on stdout, for results. 80 columns where the width is unknown."""
    return Console(highlight=False, markup=False, emoji=False)


def errors() -> Console:
    """A console on stderr, for progress, warnings and faults."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def shown(text: str) -> str:
    """The text with everything that is not printable written as an escape."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def line(console: Console, text: str, style: str = "") -> None:
    """Print one line and leave its wrapping to the terminal, so that it can be searched."""
    console.print(Text(shown(text), style=style), soft_wrap=True)


def fail(message: str, code: ExitCode = ExitCode.BAD_INPUT) -> NoReturn:
    """Say what is wrong and end."""
    line(errors(), message, "bold red")
    raise typer.Exit(code)


@contextmanager
def aborting() -> Iterator[None]:
    """Turn an abort by Ctrl-C into a sentence and an exit code.

    The process ends at once: the solver's thread cannot be interrupted, so nothing is waited for.
    """
    try:
        yield
    except KeyboardInterrupt:
        line(errors(), "Aborted. Nothing was written.", "bold red")
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ExitCode.ABORTED)


def print_faults(file: object, error: FaultsError) -> None:
    """Print every fault of a file."""
    console = errors()
    total = len(error.faults) + error.more
    line(console, f"{file}: {total} fault{'' if total == 1 else 's'}. Nothing was written.", "bold red")
    for fault in error.faults:
        line(console, f"  {fault}")
    if error.more:
        line(console, f"  … and {error.more} more.")


def print_warnings(file: object, warnings: Iterable[Fault]) -> None:
    """Print what is odd but legal, in the form of faults."""
    kept = tuple(warnings)
    if not kept:
        return
    console = errors()
    line(console, f"{file}: {len(kept)} warning{'' if len(kept) == 1 else 's'}.", "bold yellow")
    for fault in kept:
        line(console, f"  {fault}")
