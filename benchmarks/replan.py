"""Measures how long a changed plan takes, beside a full solve of the changed problem in the same run.

`python benchmarks/replan.py` prints a table for W with five seeds and several changes. The first call of each
change is shown by itself: in a fresh process it also loads what numba has compiled earlier. With
`--document docs/reference/benchmarks-replan.md` the page about it is written anew from what was measured.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from instances import RECIPES, canonical_bytes, make
from medevac.planner import Changes, Plan, Replanned, read_problem, replan, solve
from medevac.planner.reading import ProblemDocument
from record import here

TARGET_SECONDS = 1.0


@dataclass(frozen=True)
class Measured:
    """One change: seconds of each call, and of one full solve of the changed problem."""

    name: str
    first: float
    calls: tuple[float, ...]
    touched: int
    fewest: bool
    score: float
    full_seconds: float
    full_score: float
    full_touched: int


def changes_of(plan: Plan) -> Iterator[tuple[str, Changes]]:
    """The changes that are measured."""
    names = [one.patient for one in plan.placements]
    flight = plan.flights[0]
    yield "one withdraws", Changes(without=(names[0],))
    yield "three withdraw", Changes(without=tuple(names[:3]))
    yield "one is held", Changes(hold=tuple(names[1:2]))
    yield "an airport closes", Changes(close=(flight.legs[1].destination,))
    at_hub = flight.legs[0].arrives + timedelta(minutes=5)
    yield "one withdraws at the hub", Changes(without=(names[0],), now=at_hub)
    in_the_air = flight.legs[1].departs + timedelta(minutes=20)
    yield "an airport closes in mid-air", Changes(close=(flight.legs[1].destination,), now=in_the_air)


def touched_by(old: Plan, new: Plan, named: frozenset[str]) -> int:
    """How many others a plan touches."""
    before, after = places(old), places(new)
    return sum(name not in named and after.get(name) != place for name, place in before.items())


def places(plan: Plan) -> dict[str, tuple[object, ...]]:
    """Hospital, flight and drop of everybody who is placed."""
    flights = {one.id: (one.aircraft, one.date) for one in plan.flights}
    return {one.patient: (one.hospital, flights[one.flight], one.leaves_at) for one in plan.placements}


def measure(document: ProblemDocument, plan: Plan, name: str, changes: Changes, repeats: int) -> Measured:
    """Change a plan several times, then solve the changed problem in full."""
    seconds: list[float] = []
    result: Replanned | None = None
    for _ in range(repeats + 1):
        began = time.perf_counter()
        result = replan(document, plan, changes)
        seconds.append(time.perf_counter() - began)
    if result is None:
        raise SystemExit(f"Expected a plan after {name}, got none.")
    began = time.perf_counter()
    full = solve(result.problem, seconds=60)
    full_seconds = time.perf_counter() - began
    if full is None or full.score is None or result.plan.score is None:
        raise SystemExit(f"Expected a full plan after {name}, got none.")
    return Measured(
        name,
        seconds[0],
        tuple(seconds[1:]),
        len(result.touched),
        result.fewest,
        result.plan.score,
        full_seconds,
        full.score,
        touched_by(plan, full, changes.named),
    )


def table_of(rows: Sequence[tuple[str, Measured]]) -> Table:
    """Everything that was measured."""
    table = Table(box=None)
    for header in ("problem", "change", "first s", "median s", "slowest s", "touched", "score",
                   "full solve s", "its score", "it touches"):  # fmt: skip
        table.add_column(header)
    for problem, one in rows:
        table.add_row(
            problem,
            one.name,
            f"{one.first:.2f}",
            f"{statistics.median(one.calls):.3f}",
            f"{max(one.calls):.3f}",
            f"{one.touched}{'' if one.fewest else ' (not proven)'}",
            f"{one.score:,.2f}",
            f"{one.full_seconds:.2f}",
            f"{one.full_score:,.2f}",
            str(one.full_touched),
        )
    return table


def verdict_of(size: str, rows: Sequence[tuple[str, Measured]]) -> tuple[bool, str]:
    """Whether the target is met, which is set for W, and the sentence that says so."""
    slowest = max(max(one.calls) for _, one in rows)
    first = max(one.first for _, one in rows)
    calls = sum(len(one.calls) for _, one in rows)
    text = f"Slowest of {calls} calls {slowest:.3f} s; slowest first call {first:.2f} s"
    if size != "W":
        return True, f"{text}."
    met = slowest < TARGET_SECONDS
    return met, f"{text}; under {TARGET_SECONDS:g} s: {'met' if met else 'missed'}."


def page_of(rows: Sequence[tuple[str, Measured]], verdict: str, arguments: Sequence[str]) -> str:
    """The page in docs/reference, whole."""
    commit, machine = here()
    command = " ".join(["python3 -m uv run python benchmarks/replan.py", *arguments])
    table = table_of(rows)
    cells = [list(column.cells) for column in table.columns]
    lines = [
        "# Benchmark of a changed plan",
        "",
        "This page is written by `benchmarks/replan.py` from what it measured; nobody edits it. Each row is",
        "one change of one plan, a library call of `medevac.planner.replan`; *first* is its first call,",
        "*median* and *slowest* are of those after it. *Full solve* plans the changed problem anew, with no",
        "thought of who is touched.",
        "",
        f"{date.today().isoformat()}, commit `{commit}`, {machine}:",
        f"`{command}`",
        "",
        f"**{verdict}**",
        "",
        f"| {' | '.join(str(column.header) for column in table.columns)} |",
        f"|{' --- |' * len(table.columns)}",
        *(f"| {' | '.join(str(cell) for cell in row)} |" for row in zip(*cells, strict=True)),
    ]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a call, the first ones aside, takes longer than the target."""
    parser = argparse.ArgumentParser(description="Measure how long a changed plan takes.")
    parser.add_argument("--size", choices=list(RECIPES), default="W")
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3, 4, 5])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60.0, help="for the plan that is changed")
    parser.add_argument("--document", type=Path, help="the page to write, in Markdown")
    options = parser.parse_args(arguments)
    console = Console(width=140)
    rows: list[tuple[str, Measured]] = []
    for seed in options.seeds:
        document = read_problem(canonical_bytes(make(options.size, seed)))
        plan = solve(document.problem, sha256=document.sha256, seconds=options.seconds)
        if plan is None or not plan.flights:
            raise SystemExit(f"Expected a plan of {options.size} with seed {seed}, got none.")
        for name, changes in changes_of(plan):
            rows.append((f"{options.size} {seed}", measure(document, plan, name, changes, options.repeats)))
    met, verdict = verdict_of(options.size, rows)
    console.print(table_of(rows))
    console.print(verdict)
    if options.document is not None:
        given = sys.argv[1:] if arguments is None else arguments
        options.document.write_text(page_of(rows, verdict, given), encoding="utf-8")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
