"""What a run of `cases_under_load.py` measured, and the tables of it. Measures nothing itself."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from page_load.requests_of import BASELINE, SHARES

TARGET_MILLISECONDS = 250.0  # issue 5: for 95 of 100 answers of each kind of page


@dataclass(frozen=True)
class Measured:
    """One size.

    Parameters
    ----------
    cases, history
        How many were loaded.
    load_seconds
        How long the loader took.
    paced, fast
        What the asking process told: milliseconds by kind, failures, seconds.
    memory
        MiB of each process by its kind, after the measurement.
    """

    cases: int
    history: int
    load_seconds: float
    paced: dict[str, Any]
    fast: dict[str, Any]
    memory: dict[str, list[float]]

    @property
    def failed(self) -> list[str]:
        """The requests that were not answered as they should be."""
        return [*self.paced["failed"], *self.fast["failed"]]

    @property
    def too_slow(self) -> list[str]:
        """The kinds of page whose p95 at a pace is beyond the target."""
        times = self.paced["milliseconds"]
        return [kind for kind in SHARES if kind in times and share(times[kind], 95) > TARGET_MILLISECONDS]

    @property
    def rate(self) -> float:
        """Answers a second without pause."""
        return sum(map(len, self.fast["milliseconds"].values())) / max(self.fast["seconds"], 1e-9)


def share(times: Sequence[float], percent: float) -> float:
    """The time within which so many of a hundred answers came (the nearest rank)."""
    return sorted(times)[max(0, math.ceil(len(times) * percent / 100) - 1)]


def table_of(measured: Measured) -> list[str]:
    """Each kind of page at a pace."""
    lines = [
        "| page | answers | p50 ms | p95 ms | p99 ms | max ms | p95 to the baseline's | KiB at most |",
        "|---|---|---|---|---|---|---|---|",
    ]
    times, sizes = measured.paced["milliseconds"], measured.paced["bytes_read"]
    base = share(times[BASELINE], 95) if times.get(BASELINE) else math.nan
    kinds = [(kind, times[kind], sizes[kind]) for kind in SHARES if times.get(kind)]
    every = [time for _kind, some, _size in kinds for time in some]
    for kind, some, size in [*kinds, ("all of them", every, max(sizes.values(), default=0))]:
        cells = [f"{share(some, percent):.0f}" for percent in (50, 95, 99)]
        ratio = f"{share(some, 95) / base:.1f}"
        cells += [f"{max(some):.0f}", ratio, f"{size / 1024:.0f}"]
        lines.append(_row(kind, [f"{len(some):,}", *cells]))
    return lines


def growth_of(several: Sequence[Measured]) -> list[str]:
    """How the p95 of each kind grows with the number of cases, and what else does."""
    heads = [f"{one.cases:,} cases" for one in several]
    lines = [f"| p95 ms | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    for kind in SHARES:
        some = [one.paced["milliseconds"].get(kind) for one in several]
        lines.append(_row(kind, (f"{share(times, 95):.0f}" if times else "–" for times in some)))
    lines.append(_row("rate without pause, answers a second", (f"{one.rate:.1f}" for one in several)))
    fast = [[time for times in one.fast["milliseconds"].values() for time in times] for one in several]
    lines.append(_row("p95 without pause", (f"{share(times, 95):.0f}" if times else "–" for times in fast)))
    lines.append(_row("seconds of the loader", (f"{one.load_seconds:.0f}" for one in several)))
    lines.append(_row("rows of history", (f"{one.history:,}" for one in several)))
    for kind in ("web", "worker", "PostgreSQL"):
        held = (" + ".join(f"{mib:.0f}" for mib in one.memory.get(kind, ())) for one in several)
        lines.append(_row(f"memory of {kind}, MiB", held))
    lines.append(_row("requests that failed", (f"{len(one.failed)}" for one in several)))
    return lines


def _row(name: str, cells: Iterable[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"
