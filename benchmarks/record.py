"""What one run of the benchmark measured, and its way to and from JSON. Measures nothing itself."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

PACKAGES = ("numpy", "numba", "highspy")


class Point(NamedTuple):
    """Where the solver stood: seconds, best score and bound so far (None: none yet), the stage it told."""

    seconds: float
    score: float | None
    bound: float | None
    stage: str


@dataclass(frozen=True)
class Baseline:
    """What a baseline reached; `faults` are rules that its plan breaks in the second checker's eyes."""

    score: float
    seconds: float
    widest_gap: float
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """One library call in a fresh process. `call_seconds` contain `compile_seconds`, but not the import."""

    size: str
    seed: int
    cache: str  # "warm" or "empty": what numba had compiled before
    limit: float
    sha256: str
    patients: int
    hospitals: int
    flights_offered: int
    import_seconds: float
    call_seconds: float
    compile_seconds: float
    memory_mb: float
    status: str
    score: float
    bound: float | None
    placed: int
    flights: int
    method: str
    faults: tuple[str, ...]
    trail: tuple[Point, ...]
    stages: dict[str, float]
    evaluate_ms: float | None = None
    flight_by_flight: Baseline | None = None
    match_then_route: Baseline | None = None

    @property
    def gap(self) -> float:
        """(bound - score) / max(1, |score|); infinite without a bound."""
        return relative_gap(self.score, self.bound)

    def seconds_to_gap(self, gap: float) -> float | None:
        """When the gap was first this small; None: never during the call."""
        return next((p.seconds for p in self.trail if relative_gap(p.score, p.bound) <= gap), None)

    def gain(self, baseline: Baseline | None) -> float | None:
        """By what share of the baseline's score this score is higher."""
        return None if baseline is None or baseline.score <= 0 else self.score / baseline.score - 1.0


def relative_gap(score: float | None, bound: float | None) -> float:
    """The gap of FORMAT; infinite where score or bound is missing."""
    if score is None or bound is None:
        return float("inf")
    return max(0.0, bound - score) / max(1.0, abs(score))


@dataclass(frozen=True)
class Session:
    """Runs made by one command, with what a reader needs to repeat them."""

    command: str
    date: str
    commit: str
    machine: str
    runs: tuple[Run, ...]


def here() -> tuple[str, str]:
    """The commit and the class of machine, Python and package versions."""
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--exclude=*"],
        cwd=Path(__file__).parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    cores = len(os.sched_getaffinity(0))
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return told.stdout.strip() or "unknown", f"{cores} cores, {system}, {packages}"


def write(path: Path, session: Session) -> None:
    """Keep a session as JSON."""
    path.write_text(json.dumps(asdict(session), indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> Session:
    """A session that `write` kept."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Session(**{**data, "runs": tuple(run_of(one) for one in data["runs"])})


def run_of(data: dict[str, Any]) -> Run:
    """A run from plain data."""
    for key in ("flight_by_flight", "match_then_route"):
        if data[key] is not None:
            data[key] = Baseline(**{**data[key], "faults": tuple(data[key]["faults"])})
    trail = tuple(Point(*point) for point in data["trail"])
    return Run(**{**data, "trail": trail, "faults": tuple(data["faults"])})
