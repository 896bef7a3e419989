"""What a run of `offers_under_load.py` measured, its table, and docs/reference/benchmarks-offers.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kill_service.page import commit, machine
from offer_load.pages import ORDER
from page_load.figures import TARGET_MILLISECONDS, share

_HEAD = f"""# The pages of places and offers under load

This page is written by `benchmarks/offers_under_load.py` from what it measured; nobody edits it. The script
loads invented cases, places and offers with their history into an embedded PostgreSQL of its own, runs
`medevac serve` with two web processes and a worker in its production settings, signs in twenty people of
centres, regions, receiving hospitals, a ministry and sending hospitals with password and one-time code, and
asks for pages from a process of its own on the same machine.

- **At a pace**: each user sends one request every two seconds, at an uneven moment, whatever has become of
  the earlier ones. A time counts from the moment when the request was due.
- **Without pause**: each user sends the next request as soon as an answer is there.
- Held to: 95 of 100 answers of each kind of page at a pace within {TARGET_MILLISECONDS:.0f} ms.
- Each user asks for the pages that are open to them, in their shares.
"""


@dataclass(frozen=True)
class Measured:
    """What was loaded, by the name of the table, and what the asking process told."""

    written: dict[str, int]
    load_seconds: float
    paced: dict[str, Any]
    fast: dict[str, Any]
    memory: dict[str, list[float]] = field(default_factory=dict)

    @property
    def failed(self) -> list[str]:
        """The requests that were not answered as they should be."""
        return [*self.paced["failed"], *self.fast["failed"]]

    @property
    def kinds(self) -> list[str]:
        """The kinds of page that were asked for, in their order."""
        return [name for name in ORDER if self.paced["milliseconds"].get(name)]

    @property
    def too_slow(self) -> list[str]:
        """Those whose p95 at a pace is beyond the target."""
        times = self.paced["milliseconds"]
        return [name for name in self.kinds if share(times[name], 95) > TARGET_MILLISECONDS]

    @property
    def rate(self) -> float:
        """Answers a second without pause."""
        return sum(map(len, self.fast["milliseconds"].values())) / max(self.fast["seconds"], 1e-9)


def table_of(measured: Measured) -> list[str]:
    """Each kind of page at a pace."""
    lines = [
        "| page | answers | p50 ms | p95 ms | p99 ms | max ms | KiB at most |",
        "|---|---|---|---|---|---|---|",
    ]
    times, sizes = measured.paced["milliseconds"], measured.paced["bytes_read"]
    every = [time for name in measured.kinds for time in times[name]]
    rows = [(name, times[name], sizes[name]) for name in measured.kinds]
    for name, some, size in [*rows, ("all of them", every, max(sizes.values(), default=0))]:
        if some:
            cells = [f"{len(some):,}", *(f"{share(some, percent):.0f}" for percent in (50, 95, 99))]
            lines.append(f"| {name} | {' | '.join(cells)} | {max(some):.0f} | {size / 1024:.0f} |")
    return lines


def page_of(measured: Measured, arguments: Sequence[str], remark: str, load: float) -> str:
    """The page, whole; `load` is the machine's before it, `remark` what else the machine did."""
    command = " ".join(["python3 -m uv run python benchmarks/offers_under_load.py", *arguments])
    slow = ", ".join(measured.too_slow)
    verdict = f"Beyond the target: {slow}." if slow else "Every kind of page is within the target."
    loaded = [
        f"| {table} | {number:,} |"
        for table, number in measured.written.items()
        if table.startswith(("offers_", "cases_case")) and not table.endswith("event")
    ]
    history = sum(number for table, number in measured.written.items() if table.endswith("event"))
    held = [
        f"| {kind} | {' + '.join(f'{one:.0f}' for one in some)} |" for kind, some in measured.memory.items()
    ]
    lines = [
        _HEAD,
        f"{date.today().isoformat()}, commit `{commit()}`, {machine()}, load average before it {load:.1f}:",
        f"`{command}`",
        *(["", remark] if remark else []),
        "",
        f"**{verdict}** Without pause: {measured.rate:.1f} answers a second. "
        f"Requests that failed: {len(measured.failed)}.",
        "",
        *table_of(measured),
        "",
        "## What was loaded",
        "",
        "| table | rows |",
        "|---|---|",
        *loaded,
        f"| history of all tables | {history:,} |",
        "",
        f"Loading took {measured.load_seconds:.0f} s.",
        "",
        "## Memory, MiB",
        "",
        "| processes | each |",
        "|---|---|",
        *held,
    ]
    return "\n".join(lines) + "\n"
