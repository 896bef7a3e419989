"""How much memory processes hold, as Linux counts it: what several share is divided among them (PSS)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def mebibytes(number: int) -> float:
    """What one process holds; 0 where it has ended or cannot be looked at."""
    try:
        told = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) / 1024


def with_children(number: int) -> list[int]:
    """A process and those that it started itself."""
    try:
        told = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii")
    except OSError:
        return [number]
    return [number, *(int(word) for word in told.split())]


def by_kind(numbers: dict[str, list[int]]) -> dict[str, list[float]]:
    """The memory of each process of each kind in MiB; PostgreSQL's processes count as one."""
    held = {kind: [mebibytes(one) for one in some] for kind, some in numbers.items() if kind != "server"}
    return {**held, "PostgreSQL": [_sum(numbers.get("server", ()))]}


def _sum(servers: Iterable[int]) -> float:
    return sum(mebibytes(one) for server in servers for one in with_children(server))
