"""One run of the benchmark in a process of its own, so that start-up and memory are its own.

`python benchmarks/measure.py W 1 --seconds 60` prints JSON lines: where the solver stands, then the run.
`planner` starts it; imports stand inside functions because their time is measured.
"""

from __future__ import annotations

import argparse
import importlib
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from record import Baseline, Point, Run

if TYPE_CHECKING:
    from baselines import Outcome
    from medevac.planner import Plan, Problem, Progress

TESTS = Path(__file__).parents[1] / "tests"
SECONDS_BETWEEN_BOUNDS = 0.1
SECONDS_BETWEEN_POINTS = 2.0
EVALUATIONS = 100
PROCESSES = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)  # the planner's, and the one for bounds


class Trail:
    """What the solver told. A stage lasts until it is told; `kept` has no more bounds than ten a second."""

    def __init__(self, tell: Callable[[Point], None]) -> None:
        self.tell = tell
        self.kept: list[Point] = []
        self.spent: dict[str, float] = {}
        self.last = Point(0.0, None, None, "")

    def __call__(self, progress: Progress) -> None:
        """Take note of where the solver stands."""
        point = Point(round(progress.seconds, 3), progress.score, progress.bound, progress.stage)
        self.spent[point.stage] = self.spent.get(point.stage, 0.0) + point.seconds - self.last.seconds
        self.last = point
        before = self.kept[-1] if self.kept else None
        if before is None or (before.score, before.stage) != (point.score, point.stage):
            news = True
        else:
            pause = SECONDS_BETWEEN_BOUNDS if point.bound != before.bound else SECONDS_BETWEEN_POINTS
            news = point.seconds - before.seconds >= pause
        if news:
            self.kept.append(point)
            self.tell(point)


def measure(size: Any, seed: int, *, seconds: float, cache: str, seconds_per_flight: float | None,
            baselines: bool, tell: Callable[[Point], None]) -> Run:  # fmt: skip
    """Solve one problem, then check the plan, time `evaluate`, and make both baselines."""
    began = time.perf_counter()
    planner = importlib.import_module("medevac.planner")
    import_seconds = time.perf_counter() - began
    instances = importlib.import_module("instances")
    document = instances.make(size, seed)
    posed = planner.read_problem(instances.canonical_bytes(document))
    trail, compiling = Trail(tell), listen_to_compilation()
    began = time.perf_counter()
    plan = planner.solve(posed.problem, sha256=posed.sha256, seconds=seconds, progress=trail)
    call_seconds, compile_seconds = time.perf_counter() - began, compiling()
    memory = sum(resource.getrusage(who).ru_maxrss for who in PROCESSES) / 1024
    if plan is None:
        raise SystemExit(f"Expected a plan of {size} with seed {seed} in {seconds} s, got none.")
    last = Point(round(call_seconds, 3), plan.score, plan.bound, "writing down")
    trail.spent[last.stage] = last.seconds - trail.last.seconds
    made = {}
    if baselines:
        recipes = importlib.import_module("baselines")
        for name in ("flight_by_flight", "match_then_route"):
            made[name] = time_baseline(posed.problem, document, getattr(recipes, name), seconds_per_flight)
    return Run(
        size=size, seed=seed, cache=cache, limit=seconds, sha256=posed.sha256,
        patients=len(posed.problem.patients), hospitals=len(posed.problem.hospitals),
        flights_offered=sum(min(a.max_flights, len(a.days)) for a in posed.problem.aircraft),
        import_seconds=import_seconds, call_seconds=call_seconds, compile_seconds=compile_seconds,
        memory_mb=memory, status=plan.status, score=plan.score, bound=plan.bound,
        placed=len(plan.placements), flights=len(plan.flights),
        method=plan.solver.method if plan.solver else "",
        faults=faults_of(document, plan) + own_faults(posed.problem, plan),
        trail=(*trail.kept, last), stages=trail.spent,
        evaluate_ms=time_evaluate(posed.problem, plan) if size == "W" else None, **made,
    )  # fmt: skip


def listen_to_compilation() -> Callable[[], float]:
    """Begin to add up what numba spends on compiling or loading; returns what ends and reads the sum."""
    events = importlib.import_module("numba.core.event")

    class Seconds(events.Listener):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            self.total, self.depth, self.began = 0.0, 0, 0.0

        def on_start(self, event: object) -> None:
            self.began = self.began if self.depth else time.perf_counter()
            self.depth += 1

        def on_end(self, event: object) -> None:
            self.depth -= 1
            self.total += 0.0 if self.depth else time.perf_counter() - self.began

    listener = Seconds()
    events.register("numba:compiler_lock", listener)

    def read() -> float:
        events.unregister("numba:compiler_lock", listener)
        return listener.total

    return read


def time_baseline(
    problem: Problem, document: dict[str, Any], make: Callable[..., Outcome], seconds_per_flight: float | None
) -> Baseline:
    """Make one baseline; the time is that of its decision, writing it down is not counted."""
    assemble = importlib.import_module("medevac.planner.assemble")
    plans = importlib.import_module("medevac.planner.plan")
    began = time.perf_counter()
    outcome = make(problem, seconds_per_flight=seconds_per_flight)
    seconds = time.perf_counter() - began
    record = plans.SolverRecord(make.__name__, "1", "baseline", seconds, 0)
    plan = assemble.build_plan(
        problem, "0" * 64, outcome.decision.flights, outcome.decision.assignments, bound=None,
        status="feasible", solver_record=record,
    )  # fmt: skip
    return Baseline(plan.score, seconds, outcome.widest_gap, faults_of(document, plan))


def faults_of(document: dict[str, Any], plan: Plan) -> tuple[str, ...]:
    """Rules that a plan breaks by the second checker of the tests, which shares no code with the planner."""
    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))
    reading = importlib.import_module("medevac.planner.reading")
    return tuple(importlib.import_module("oracle.checker").check(document, reading.plan_to_dict(plan)))


def own_faults(problem: Problem, plan: Plan) -> tuple[str, ...]:
    """Rules that a plan breaks by the planner's own evaluator."""
    found = importlib.import_module("medevac.planner").evaluate(problem, plan)
    return tuple(f"evaluate: {one}" for one in found.broken)


def time_evaluate(problem: Problem, plan: Plan) -> float:
    """Median milliseconds of `evaluate`, warm."""
    evaluate = importlib.import_module("medevac.planner").evaluate
    spent = []
    for _ in range(EVALUATIONS + 1):
        began = time.perf_counter()
        evaluate(problem, plan)
        spent.append(1000 * (time.perf_counter() - began))
    return statistics.median(spent[1:])


def main() -> None:
    """Print where the solver stands and then the run, one JSON object per line."""
    parser = argparse.ArgumentParser(description="Measure one run.")
    parser.add_argument("size")
    parser.add_argument("seed", type=int)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--cache", choices=["warm", "empty"], default="warm")
    parser.add_argument("--seconds-per-flight", type=float)
    parser.add_argument("--no-baselines", action="store_true")
    told = parser.parse_args()
    run = measure(
        told.size, told.seed, seconds=told.seconds, cache=told.cache, baselines=not told.no_baselines,
        seconds_per_flight=told.seconds_per_flight,
        tell=lambda point: print(json.dumps({"point": point}), flush=True),
    )  # fmt: skip
    print(json.dumps({"run": asdict(run)}), flush=True)


if __name__ == "__main__":
    main()
