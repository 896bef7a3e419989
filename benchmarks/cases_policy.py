"""Measures what the policy of cases costs in the database, by role, at a number of cases.

Starts a database of its own, loads cases, and runs EXPLAIN (ANALYZE, BUFFERS) on the queries
behind the list, the counts, a case page and the search, for a ministry (all cases), an oblast, a hospital
and a partner (what is published)::

    python3 -m uv run python benchmarks/cases_policy.py --cases 100000

Pages of the database read (8 KiB each) do not depend on what else the machine does; times do.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from access_log import migrated
from medevac.database import OWNER, running

RUNS = 3


@dataclass(frozen=True)
class Cost:
    """What one query cost: execution and planning in milliseconds, pages of the database, rows found."""

    query: str
    role: str
    milliseconds: float
    planning: float
    pages: int
    rows: int


def queries(user: Any) -> Iterator[tuple[str, Any]]:
    """The queries of one user, by what they are for."""
    from django.utils import timezone

    from medevac.cases.models import Case, CaseItem, CaseStep, Person
    from medevac.cases.rules import LIVE
    from medevac.cases.selectors.listing import ORDERS
    from medevac.people.policy import visible
    from medevac.people.roles import Right

    due = ORDERS["due"]
    every = visible(user, Case.objects.all())
    live = every.filter(state__in=[str(state) for state in LIVE])
    one = Case.unscoped.filter(requester__name="Hospital 1.1", state="returned").order_by("pk").first()
    named = Person._base_manager.filter(search_key__contains="шевченк").values("pk")
    since = timezone.now() - timedelta(days=1)
    yield "list, live, by due", live.order_by(*due)[:50]
    yield "list, P1 and burns", live.filter(priority="P1", category="burns").order_by(*due)[:50]
    yield "list, all, by change", every.order_by("-changed_at", "pk")[:50]
    yield "changed since a day", every.filter(changed_at__gte=since).order_by("changed_at", "pk")[:50]
    yield "count, live, to 5,001", live.order_by()[:5001].values("pk")
    yield "count, all", every.order_by().values("pk")
    yield "one case", visible(user, Case.objects.filter(pk=one.pk))
    yield "its person", visible(user, Person.objects.filter(pk=one.person_id))
    yield "its steps", visible(user, CaseStep.objects.filter(case=one))
    yield "its items", visible(user, CaseItem.objects.filter(case=one))
    opened = visible(user, Case.objects.filter(person__in=named), Right.PERSONAL)
    yield "search by name", opened.order_by(*due)[:50]


def cost(role: str, name: str, query: Any) -> Cost:
    """The quickest of a few runs; nothing where the policy needs no query to say no."""
    best = Cost(name, role, 0.0, 0.0, 0, 0)
    for run in range(RUNS):
        told = query.explain(format="json", analyze=True, buffers=True)
        if not told.strip():
            return best
        found = json.loads(told)[0]
        plan = found["Plan"]
        pages = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        made = Cost(
            name, role, found["Execution Time"], found["Planning Time"], pages, int(plan["Actual Rows"])
        )
        if run == 0 or made.milliseconds < best.milliseconds:
            best = made
    return best


def main() -> None:
    """Read the options, load and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--cases", type=int, default=100_000)
    count = parser.parse_args().cases
    home = Path(tempfile.mkdtemp(prefix="medevac-cases-", dir="/tmp"))
    home.rmdir()
    try:
        with running(home) as server:
            _measure(server.url(OWNER), count)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _measure(url: str, count: int) -> None:
    migrated(url)
    from case_world import build_world
    from load_cases import load

    begin = time.perf_counter()
    world = build_world()
    written = load(world, count)
    history = sum(number for table, number in written.items() if table.endswith("event"))
    print(f"{count:,} cases, {history:,} rows of history, loaded in {time.perf_counter() - begin:.0f} s\n")
    print("| query | role | ms | planning ms | pages | rows |\n|---|---|---|---|---|---|")
    for role, user in world.people.items():
        for name, query in queries(user):
            one = cost(role, name, query)
            print(
                f"| {name} | {role} | {one.milliseconds:.1f} | {one.planning:.1f} "
                f"| {one.pages:,} | {one.rows:,} |"
            )


if __name__ == "__main__":
    main()
