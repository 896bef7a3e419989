"""The page docs/reference/benchmarks-pages.md, written from what `cases_under_load.py` measured."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kill_service.page import commit, machine
from page_load.figures import TARGET_MILLISECONDS, Measured, growth_of, table_of

_HEAD = f"""# The pages of cases under load

This page is written by `benchmarks/cases_under_load.py` from what it measured; nobody edits it. The script
loads invented cases with their history into an embedded PostgreSQL of its own, runs `medevac serve` with two
web processes and a worker in its production settings, signs in twenty people of five roles with password and
one-time code, and asks for pages from a process of its own on the same machine.

- **At a pace**: each user sends one request every two seconds, at an uneven moment, whatever has become of
  the earlier ones. A time counts from the moment when the request was due.
- **Without pause**: each user sends the next request as soon as an answer is there.
- **The baseline** is a page that reads nothing of cases, asked for in between in the same run.
- Held to: 95 of 100 answers of each kind of page at a pace within {TARGET_MILLISECONDS:.0f} ms.
- Memory is what Linux counts as a process's own, with what is shared divided among those who share it (PSS).
"""


def page_of(several: Sequence[Measured], arguments: Sequence[str], remark: str, load: float) -> str:
    """The page, whole.

    Parameters
    ----------
    several
        What was measured, the smallest size first.
    arguments
        Of the command.
    remark
        What else the machine did meanwhile, in words.
    load
        The load average of the machine before the measurement began.
    """
    command = " ".join(["python3 -m uv run python benchmarks/cases_under_load.py", *arguments])
    last = several[-1]
    slow = ", ".join(last.too_slow)
    verdict = f"Beyond the target: {slow}." if slow else "Every kind of page is within the target."
    lines = [
        _HEAD,
        f"{date.today().isoformat()}, commit `{commit()}`, {machine()}, load average before it {load:.1f}:",
        f"`{command}`",
        *(["", remark] if remark else []),
        "",
        f"## {last.cases:,} cases, {last.history:,} rows of history",
        "",
        f"**{verdict}** Without pause: {last.rate:.1f} answers a second. "
        f"Requests that failed: {len(last.failed)}.",
        "",
        *table_of(last),
        "",
        "## Growth",
        "",
        *growth_of(several),
    ]
    return "\n".join(lines) + "\n"
