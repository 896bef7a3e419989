"""What the planner must and should reach by size, and whether what was measured does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from record import Run

BASELINES = {"flight by flight": "flight_by_flight", "match-then-route": "match_then_route"}
OVERRUN = 1.02  # a call may end this much after its limit, for the plan must still be written down
SIX_GIGABYTES = 6 * 1024.0


@dataclass(frozen=True)
class Target:
    """One promise on the runs of one size, with numba's cache as it says; `worst` tells what was found."""

    size: str
    cache: str
    kind: str
    text: str
    holds: Callable[[Run], bool]
    worst: Callable[[Sequence[Run]], str]


@dataclass(frozen=True)
class Verdict:
    """Whether a target is met on every seed, and what was found."""

    met: bool
    found: str


def verdict(target: Target, runs: Sequence[Run]) -> Verdict | None:
    """Judge a target over all runs that it is about; None where there are none."""
    of = [run for run in runs if run.size == target.size and run.cache == target.cache]
    if not of:
        return None
    missed = [run.seed for run in of if not target.holds(run)]
    found = f"{target.worst(of)}, {len(of)} seed{'s' if len(of) > 1 else ''}"
    if missed:
        found += "; missed on seed " + ", ".join(str(seed) for seed in missed)
    return Verdict(not missed, found)


def proven_in(seconds: float) -> Callable[[Run], bool]:
    """Proven optimal within so many seconds of the whole call."""
    return lambda run: run.status == "optimal" and run.call_seconds <= seconds


def proven_once_compiled(seconds: float) -> Callable[[Run], bool]:
    """Proven optimal within so many seconds of the call, what numba spent on compiling not counted."""
    return lambda run: run.status == "optimal" and run.call_seconds - run.compile_seconds <= seconds


def gap_in(gap: float, seconds: float) -> Callable[[Run], bool]:
    """Gap reached within so many seconds."""
    return lambda run: run.gap <= gap and run.call_seconds <= OVERRUN * seconds


def not_below_baselines(run: Run) -> bool:
    """Both baselines were made, and neither is better."""
    made = [getattr(run, key) for key in BASELINES.values()]
    return all(one is not None and run.score >= one.score - 1e-6 for one in made)


def better_than_greedy(run: Run) -> bool:
    """A valid plan above flight by flight, with a bound, in time and memory."""
    greedy = run.flight_by_flight
    in_limits = run.call_seconds <= OVERRUN * 300 and run.memory_mb < SIX_GIGABYTES
    good = greedy is not None and run.score > greedy.score
    return in_limits and good and run.bound is not None and not run.faults


def slowest(runs: Sequence[Run]) -> str:
    """The slowest call, and how much of it was compilation or loading what was compiled."""
    run = max(runs, key=lambda r: r.call_seconds)
    without = run.call_seconds - run.compile_seconds
    return f"slowest {run.call_seconds:.2f} s; {without:.2f} s without compiling"


def widest(runs: Sequence[Run]) -> str:
    """The widest gap."""
    gap = max(run.gap for run in runs)
    return "no bound" if gap == float("inf") else f"widest gap {100 * gap:.2f} %"


def least_gain(runs: Sequence[Run]) -> str:
    """The least gain over each baseline."""
    found = []
    for name, key in BASELINES.items():
        gains = [gain for run in runs if (gain := run.gain(getattr(run, key))) is not None]
        found.append(f"least gain over {name} " + (f"{100 * min(gains):+.2f} %" if gains else "unknown"))
    return ", ".join(found)


def largest(runs: Sequence[Run]) -> str:
    """Gain, gap and memory of the largest size."""
    return f"{least_gain(runs)}, {widest(runs)}, {max(run.memory_mb for run in runs):,.0f} MB"


TARGETS = (
    Target("W", "warm", "must", "proven optimal in 5 s, caches warm", proven_in(5), slowest),
    Target("W", "empty", "must", "proven optimal in 15 s with empty caches, compiling beside",
           proven_once_compiled(15), slowest),
    Target("W", "warm", "aim", "proven optimal in 1 s, caches warm", proven_in(1), slowest),
    Target("W", "empty", "aim", "proven optimal in 5 s with empty caches, compiling beside",
           proven_once_compiled(5), slowest),
    Target("M", "warm", "must", "gap ≤ 6 % in 120 s", gap_in(0.06, 120), widest),
    Target("M", "warm", "must", "below neither baseline", not_below_baselines, least_gain),
    Target("M", "warm", "aim", "gap ≤ 2 % in 120 s", gap_in(0.02, 120), widest),
    Target("L", "warm", "must", "gap ≤ 5 % in 180 s", gap_in(0.05, 180), widest),
    Target("L", "warm", "aim", "gap ≤ 2 % in 180 s", gap_in(0.02, 180), widest),
    Target("XL", "warm", "must", "valid, better than flight by flight, bounded, in 300 s, under 6 GB",
           better_than_greedy, largest),
    Target("XL", "warm", "aim", "gap ≤ 5 % in 300 s", gap_in(0.05, 300), widest),
)  # fmt: skip
