"""The benchmark of the planner: runs problems of every size and writes docs/reference/benchmarks.md.

`python benchmarks/planner.py` runs all sizes. Parts can be run apart, each with `--records FILE`, and
put on one page by `--render FILE FILE …`. Every run has a process of its own (`measure`).
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from figures import RECIPES
from record import Point, Run, Session, here, read, relative_gap, run_of, write
from table import page, summary

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "benchmarks.md"
MEASURE = Path(__file__).with_name("measure.py")
SECONDS = {"W": 60.0, "M": 120.0, "L": 180.0, "XL": 300.0}
PRIVATE = ("--output", "--records")  # paths are nobody's business on the page


class Order(NamedTuple):
    """One run to be made."""

    size: str
    seed: int
    cache: str


class FailedError(Exception):
    """A run that ended without a record."""


def orders(options: argparse.Namespace) -> list[Order]:
    """All runs; each W twice, once with numba's cache as it is and once with an empty one."""
    found = []
    for size in options.sizes:
        for seed in options.seeds_large if size in ("L", "XL") else options.seeds:
            found.append(Order(size, seed, "warm"))
            if size == "W":
                found.append(Order(size, seed, "empty"))
    return found


def run(order: Order, options: argparse.Namespace, say: Progress, task: TaskID) -> Run:
    """Make one run in a process of its own and show where it stands."""
    seconds = getattr(options, f"seconds_{order.size}")
    command = [sys.executable, str(MEASURE), order.size, str(order.seed), "--seconds", str(seconds)]
    command += ["--cache", order.cache, "--seconds-per-flight", str(options.seconds_per_flight)]
    if order.cache == "empty" or options.no_baselines:
        command.append("--no-baselines")
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryFile("w+") as errors:
        surroundings = dict(os.environ)
        if order.cache == "empty":
            surroundings |= {"NUMBA_CACHE_DIR": empty, "XDG_CACHE_HOME": empty}
        with subprocess.Popen(
            command, env=surroundings, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as child:
            for told in lines(child):
                if "run" in told:
                    return run_of(told["run"])
                text = sentence(Point(*told["point"]))
                say.update(task, description=f"{order.size} seed {order.seed} ({order.cache}): {text}")
                if options.trace:
                    say.console.print(
                        f"{order.size} seed {order.seed}: {text}", highlight=False, soft_wrap=True
                    )
        errors.seek(0)
        raise FailedError(f"{order.size} seed {order.seed} failed:\n{errors.read()[-3000:]}")


def lines(child: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    """What a run prints, line by line."""
    assert child.stdout is not None
    return (json.loads(one) for one in child.stdout if one.startswith("{"))


def sentence(point: Point) -> str:
    """Where the solver stands, for people."""
    score = "no plan yet" if point.score is None else f"score {point.score:,.2f}"
    bound = "no bound yet" if point.bound is None else f"bound {point.bound:,.2f}"
    gap = relative_gap(point.score, point.bound)
    return f"{point.seconds:7.2f} s  {score}  {bound}  gap {100 * gap:.3f} %  {point.stage}"


def shown_command(arguments: Sequence[str]) -> str:
    """The command that a reader types to repeat this, without local paths."""
    kept: list[str] = []
    rest = iter(arguments)
    for one in rest:
        if one in PRIVATE:
            next(rest, None)
        elif not one.startswith(tuple(f"{name}=" for name in PRIVATE)):
            kept.append(one)
    return shlex.join(["python3", "-m", "uv", "run", "python", "benchmarks/planner.py", *kept])


def options_from(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Measure the planner.")
    parser.add_argument("--sizes", nargs="+", choices=list(RECIPES), default=list(RECIPES))
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3, 4, 5], help="for W and M")
    parser.add_argument("--seeds-large", nargs="+", type=int, default=[1], help="for L and XL")
    for size, seconds in SECONDS.items():
        parser.add_argument(
            f"--seconds-{size}", type=float, default=seconds, help=f"unless given {seconds:g}"
        )
    parser.add_argument("--seconds-per-flight", type=float, default=20.0, help="most for a baseline's flight")
    parser.add_argument("--no-baselines", action="store_true")
    parser.add_argument("--trace", action="store_true", help="print how score and bound went")
    parser.add_argument("--quick", action="store_true", help="W and M, one seed, M for 15 seconds")
    parser.add_argument("--output", type=Path, help="the page to write; docs/reference/benchmarks.md is it")
    parser.add_argument("--records", type=Path, help="a JSON file to keep what was measured")
    parser.add_argument("--render", nargs="+", type=Path, help="measure nothing, make the page of such files")
    options = parser.parse_args(arguments)
    if options.quick:
        options.sizes, options.seeds, options.seconds_M = ["W", "M"], [1], 15.0
    return options


def make_runs(options: argparse.Namespace, console: Console, command: str) -> tuple[Session, list[str]]:
    """Make all runs; what is measured is kept after each of them."""
    runs: list[Run] = []
    failures: list[str] = []
    commit, machine = here()
    todo = orders(options)
    session = Session(command, date.today().isoformat(), commit, machine, ())
    columns = (BarColumn(20), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console) as say:
        task = say.add_task("", total=len(todo))
        for order in todo:
            try:
                runs.append(run(order, options, say, task))
                console.print(summary(runs[-1]), highlight=False, markup=False, soft_wrap=True)
            except FailedError as failure:
                failures.append(str(failure))
                console.print(str(failure), style="red", markup=False, soft_wrap=True)
            say.advance(task)
            session = Session(command, session.date, commit, machine, tuple(runs))
            if options.records:
                write(options.records, session)
    return session, failures


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the page; 1 when a run failed."""
    options = options_from(arguments)
    console = Console(stderr=True)
    failures: list[str] = []
    if options.render:
        sessions = [read(path) for path in options.render]
    else:
        session, failures = make_runs(options, console, shown_command(arguments or sys.argv[1:]))
        sessions = [session]
    text = page(sessions)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
        console.print(f"Written: {options.output}")
    else:
        print(text)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
