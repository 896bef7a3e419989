"""Measures an access log that has grown: how long a look takes to write and to find, and how much room it takes.

Starts a database of its own, migrates it, fills the log with invented looks over two years, and prints a table
for docs/explanation/record.md::

    python3 -m uv run python benchmarks/access_log.py --rows 1000000
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from medevac.database import OWNER, running

PEOPLE, CASES, OWNERS = 400, 20_000, 60
FILL = f"""
    INSERT INTO audit_look (at, actor_kind, actor, "right", kind, things, owner, reason, page, request_id, session_role)
    SELECT now() - interval '730 days' * (1 - n::float / %(rows)s), 'user', md5('p' || n %% {PEOPLE})::uuid,
        (ARRAY['see.summary', 'see.clinical', 'see.personal'])[1 + n %% 3], 'cases.case',
        ARRAY(SELECT md5('c' || (n::bigint * 7919 + part * 104729) %% {CASES})::uuid
            FROM generate_series(1, CASE WHEN n %% 20 = 0 THEN 50 ELSE 1 END) AS part),
        md5('o' || n %% {OWNERS})::uuid, '', 'cases:case', md5(n::text), 'medevac_app'
    FROM generate_series(1, %(rows)s) AS n
"""
PAGES: dict[str, str] = {
    "latest 50 of everything": "SELECT * FROM audit_look ORDER BY id DESC LIMIT 50",
    "latest 50 of one data owner": "SELECT * FROM audit_look WHERE owner = md5('o7')::uuid ORDER BY id DESC LIMIT 50",
    "latest 50 of one actor": "SELECT * FROM audit_look WHERE actor = md5('p7')::uuid ORDER BY id DESC LIMIT 50",
    "everybody who looked at one case": (
        "SELECT * FROM audit_look WHERE things @> ARRAY[md5('c77')::uuid] AND kind = 'cases.case' ORDER BY id DESC LIMIT 50"
    ),
    "one day a year ago": (
        "SELECT * FROM audit_look WHERE at >= now() - interval '366 days' AND at < now() - interval '365 days'"
        " ORDER BY id DESC LIMIT 50"
    ),
    "one day a year ago of one actor": (
        "SELECT * FROM audit_look WHERE at >= now() - interval '366 days' AND at < now() - interval '365 days'"
        " AND actor = md5('p7')::uuid ORDER BY id DESC LIMIT 50"
    ),
}
SIZES = {
    "rows": "SELECT pg_relation_size('audit_look')",
    "index of things (GIN)": "SELECT pg_relation_size('audit_look_things')",
    "indexes of actor and owner": "SELECT pg_relation_size('audit_look_actor') + pg_relation_size('audit_look_owner')",
    "index of time": "SELECT pg_relation_size('audit_look_at')",
}


def milliseconds(run: Callable[[], Any], times: int) -> tuple[float, float]:
    """Median and slowest of a number of runs."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken), max(taken)


def migrated(url: str) -> None:
    """Make the tables as an installation has them."""
    os.environ.setdefault("MEDEVAC_SECRET_KEY", secrets.token_urlsafe(64))
    os.environ.setdefault("MEDEVAC_IDENTIFIER_KEY", secrets.token_urlsafe(64))
    os.environ["DATABASE_URL"] = url
    os.environ["DJANGO_SETTINGS_MODULE"] = "medevac.site.settings"
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", verbosity=0)
    connection.close()
    connection.close_pool()


def writing(connection: psycopg.Connection[Any], things: int) -> tuple[float, float]:
    """A look at so many things, each in a transaction of its own that waits for the disk."""
    ids = [UUID(bytes=secrets.token_bytes(16)) for _ in range(things)]

    def look() -> None:
        with connection.transaction():
            connection.execute("SELECT set_config('medevac.acting', '{\"kind\": \"service\"}', true)")
            connection.execute(
                "SELECT audit_look('see.clinical', 'cases.case', %s, md5('o7')::uuid, NULL)", [ids]
            )

    return milliseconds(look, 300)


def measure(connection: psycopg.Connection[Any], rows: int) -> None:
    """Fill, measure and print."""
    lines = [
        ("empty: look at one thing", *writing(connection, 1)),
        ("empty: look at 50", *writing(connection, 50)),
    ]
    connection.execute(FILL, {"rows": rows})
    connection.execute("VACUUM ANALYZE audit_look")
    lines += [
        ("full: look at one thing", *writing(connection, 1)),
        ("full: look at 50", *writing(connection, 50)),
    ]
    for name, query in PAGES.items():
        lines.append((name, *milliseconds(lambda query=query: connection.execute(query).fetchall(), 20)))
    print(f"{rows:,} rows\n\n| what | median ms | slowest ms |\n|---|---|---|")
    for name, median, slowest in lines:
        print(f"| {name} | {median:.1f} | {slowest:.1f} |")
    print("\n| room | MB |\n|---|---|")
    for name, query in SIZES.items():
        row = connection.execute(query).fetchone()
        print(f"| {name} | {row[0] / 1e6 if row else 0:.1f} |")


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    home = Path(tempfile.mkdtemp(prefix="medevac-log-", dir="/tmp"))
    home.rmdir()
    try:
        with running(home) as server:
            migrated(server.url(OWNER))
            with psycopg.connect(server.url(OWNER), autocommit=True) as connection:
                measure(connection, rows)
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
