"""From a problem file to a plan in a folder: what `plan` and `demo --week` have in common.

The search runs in a thread of its own, so that Ctrl-C is heard while the solver is deep in its work.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import typer

from medevac.cli.plan_folder import plan_folder, write_plan
from medevac.cli.progress import Display, display_for
from medevac.cli.reading import read_problem_file
from medevac.cli.screen import ExitCode, aborting, errors, fail, line, output

if TYPE_CHECKING:
    from medevac.planner.plan import Plan
    from medevac.planner.problem import Problem
    from medevac.planner.reading import ProblemDocument


NOBODY_YET = "The search ended before it placed anybody. Give it more time with --seconds."


@dataclass(frozen=True)
class Limits:
    """When a search ends, and the seed it starts from."""

    seconds: float | None
    gap: float
    seed: int


def plan_into(folder: Path, source: Path, limits: Limits, *, quiet: bool, language: str = "en") -> None:
    """Plan a problem file, write problem, plan and page into a folder, and end with a fitting exit code."""
    with aborting():
        document = read_problem_file(source)
        with plan_folder(folder):
            plan = search(document, limits, quiet=quiet)
            if plan is None:
                fail(_nothing_found(limits), ExitCode.NOTHING_FOUND)
            write_plan(folder, document, plan, language=language)
    _report(document.problem, plan, quiet=quiet)
    if plan.status == "infeasible":
        raise typer.Exit(ExitCode.INFEASIBLE)


def _nothing_found(limits: Limits) -> str:
    ending = "The search was stopped" if limits.seconds is None else "Time ended, or the search was stopped,"
    return (
        f"{ending} before there was a plan, or a proof that there is none. Nothing was written. "
        "Give it more time with --seconds."
    )


def _report(problem: Problem, plan: Plan, *, quiet: bool) -> None:
    from medevac.cli.tables import print_conflicts, print_plan

    if plan.status == "infeasible":
        print_conflicts(errors(), plan)
    elif not quiet:
        print_plan(output(), problem, plan)
    if plan.status == "feasible" and plan.unplaced and not plan.placements:
        line(errors(), NOBODY_YET, "bold yellow")


def search(document: ProblemDocument, limits: Limits, *, quiet: bool) -> Plan | None:
    """Let the planner search, showing how it goes; Ctrl-C ends with the best plan so far."""
    stop = threading.Event()
    found: list[Plan | None] = []
    raised: list[BaseException] = []
    with display_for(errors(), quiet=quiet) as display, _interrupts(stop, display):
        worker = threading.Thread(
            target=_solve, args=(document, limits, display, stop, found, raised), daemon=True
        )
        worker.start()
        while worker.is_alive():
            worker.join(0.1)
    if raised:
        raise raised[0]
    return found[0]


def _solve(
    document: ProblemDocument,
    limits: Limits,
    display: Display,
    stop: threading.Event,
    found: list[Plan | None],
    raised: list[BaseException],
) -> None:
    try:
        from medevac.planner import solve  # loads the solver, which takes seconds

        found.append(
            solve(
                document.problem,
                sha256=document.sha256,
                seconds=limits.seconds,
                gap=limits.gap,
                seed=limits.seed,
                progress=display.tell,
                stop=stop,
            )
        )
    except BaseException as error:  # handed over to the main thread
        raised.append(error)


@contextmanager
def _interrupts(stop: threading.Event, display: Display) -> Iterator[None]:
    """While this lasts, the first Ctrl-C asks the search to end and the second aborts the program."""

    def heard(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        display.stopping()

    before: Callable[[int, FrameType | None], object] | int | None = signal.signal(signal.SIGINT, heard)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
