"""From a problem file to a plan in a folder: what `plan` and `demo` have in common.

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

from medevac.cli.progress import Display, display_for
from medevac.cli.screen import ExitCode, aborting, errors, fail, output, print_faults, print_warnings
from medevac.cli.writing import CannotWriteError, prepared_folder, write_all
from medevac.planner.faults import Fault, FaultsError

if TYPE_CHECKING:
    from medevac.planner.plan import Plan
    from medevac.planner.problem import Problem
    from medevac.planner.reading import ProblemDocument

PROBLEM_FILE = "problem.json"
PLAN_FILE = "plan.json"


@dataclass(frozen=True)
class Limits:
    """When a search ends, and the seed it starts from."""

    seconds: float | None
    gap: float
    seed: int


def read_problem_file(source: Path) -> ProblemDocument:
    """Read a problem, telling what is odd; end with every fault if it cannot be used."""
    from medevac.planner.reading import read_problem

    try:
        document = read_problem(source)
    except FaultsError as error:
        print_faults(source, error)
        raise typer.Exit(ExitCode.BAD_INPUT) from None
    print_warnings(source, document.warnings)
    return document


def read_plan_file(source: Path, problem: Problem) -> Plan:
    """Read a plan for a problem; end with every fault if it cannot be used."""
    from medevac.planner.reading import read_plan

    try:
        return read_plan(source, problem)
    except FaultsError as error:
        print_faults(source, error)
        raise typer.Exit(ExitCode.BAD_INPUT) from None


def read_plan_of(source: Path, problem: Path, document: ProblemDocument) -> Plan:
    """Read a plan for a problem file, telling when it was made for other bytes; end with every fault."""
    plan = read_plan_file(source, document.problem)
    if plan.problem_sha256 != document.sha256:
        remedy = f"The plan was made for other bytes than those of {problem}; it is judged against these."
        odd = Fault("problem.sha256", document.sha256, plan.problem_sha256, remedy, "warning")
        print_warnings(source, [odd])
    return plan


def plan_into(folder: Path, source: Path, limits: Limits, *, quiet: bool) -> None:
    """Plan a problem file and write problem and plan into a folder; ends with the exit code that fits."""
    with aborting():
        document = read_problem_file(source)
        try:
            with prepared_folder(folder):
                plan = search(document, limits, quiet=quiet)
                if plan is None:
                    fail(_nothing_found(limits), ExitCode.NOTHING_FOUND)
                _write(folder, document, plan)
        except CannotWriteError as error:
            fail(f"{error} Nothing was written.")
    _report(document.problem, plan, quiet=quiet)
    if plan.status == "infeasible":
        raise typer.Exit(ExitCode.INFEASIBLE)


def _nothing_found(limits: Limits) -> str:
    ending = "The search was stopped" if limits.seconds is None else "Time ended, or the search was stopped,"
    return (
        f"{ending} before there was a plan, or a proof that there is none. Nothing was written. "
        "Give it more time with --seconds."
    )


def _write(folder: Path, document: ProblemDocument, plan: Plan) -> None:
    from medevac.planner.reading import plan_to_bytes

    write_all(folder, {PROBLEM_FILE: document.raw, PLAN_FILE: plan_to_bytes(plan)})


def _report(problem: Problem, plan: Plan, *, quiet: bool) -> None:
    from medevac.cli.tables import print_conflicts, print_plan

    if plan.status == "infeasible":
        print_conflicts(errors(), plan)
    elif not quiet:
        print_plan(output(), problem, plan)


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
