"""Measures the import of cases from a workbook, and the same rows filed one by one.

Starts a database of its own, migrates it, makes invented cases, and prints a table for
docs/reference/benchmarks-cases.md::

    python3 -m uv run python benchmarks/import_cases.py
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from typing import Any

from medevac.database import OWNER, running

sys.path.insert(0, str(Path(__file__).parent))
sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / room) for room in ("people", "directory", "cases")]


ROWS_ONE_BY_ONE = 500  # the baseline is linear; more would only take longer


def workbook(rows: int, *, weight: int) -> bytes:
    """Invented patients, with names of three scripts' worth of letters, dates and texts."""
    from openpyxl import Workbook

    from medevac.tables.cases.sheet import SHEET

    keys = [
        "own_reference",
        "family_name",
        "given_name",
        "birth_date",
        "sex",
        "telephone",
        "document_number",
        "diagnosis",
        "icd10",
        "injury_date",
        "mechanism",
        "history",
        "priority",
        "category",
        "specialties",
        "position",
        "weight_kg",
        "isolation",
        "preferred_countries",
        "monitor",
    ]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Cases")
    sheet.append([SHEET.by_key[key].heading.en for key in keys])
    for n in range(rows):
        sheet.append(
            [
                f"B-{n}", f"Прізвище{n}", "Юрій", f"{1940 + n % 80}-0{1 + n % 9}-{10 + n % 18}",
                ("male", "female")[n % 2], f"+38067{n:07}", f"FX{n:06}",
                "Open fracture of the left tibia", "S82.2, T79.3", "2026-01-12", "blast",
                "Treated first at a stabilisation point. " * 10, f"P{1 + n % 3}", "trauma",
                "orthopaedics, plastic surgery", "litter", weight, "contact", "NO, DE", "yes",
            ]
        )  # fmt: skip
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def timed(places: Any, data: bytes) -> tuple[float, float]:
    """Seconds of the trial (reading, comparing) and of the deed."""
    from medevac.cases.services.importing import apply_import, try_import
    from medevac.people.roles import Role

    who = places.world.people[Role.HOSPITAL_COORDINATOR]
    begin = time.perf_counter()
    kept, trial = try_import(who, places.world["hospital"], places.mission, "cases.xlsx", data)
    tried = time.perf_counter()
    assert trial.faults == (), trial.faults[:3]
    apply_import(who, kept)
    return tried - begin, time.perf_counter() - tried


def one_by_one(places: Any, rows: int) -> float:
    """Seconds to file so many cases by the service of the page, in one transaction."""
    from case_files import filed
    from django.db import transaction

    begin = time.perf_counter()
    with transaction.atomic():
        for n in range(rows):
            filed(places, family_name=f"Прізвище{n}", telephone=f"+38067{n:07}", document_number=f"FY{n:06}")
    return time.perf_counter() - begin


def cleared() -> None:
    """Leave no case, so that each size begins alike."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE cases_person, cases_case, cases_caseimport CASCADE")


def measure(sizes: list[int], times: int) -> None:
    """Print the table."""
    import directory_places

    places = directory_places.build()
    print("| rows | step | trial s | deed s | together s | rows a second |\n|---|---|---|---|---|---|")
    for rows in sizes:
        for step, weight in (("new", 80), ("the same file again", 80), ("every row changed", 81)):
            found = []
            data = workbook(rows, weight=weight)
            for _ in range(times if step == "new" else 1):
                if step == "new":
                    cleared()
                found.append(timed(places, data))
            trial, deed = (statistics.median(part) for part in zip(*found, strict=True))
            print(
                f"| {rows:,} | {step} | {trial:.2f} | {deed:.2f} | {trial + deed:.2f} "
                f"| {rows / (trial + deed):,.0f} |"
            )
    cleared()
    seconds = one_by_one(places, ROWS_ONE_BY_ONE)
    print(
        f"| {ROWS_ONE_BY_ONE:,} | baseline: filed one by one | – | {seconds:.2f} | {seconds:.2f} "
        f"| {ROWS_ONE_BY_ONE / seconds:,.0f} |"
    )


def main() -> None:
    """Run it."""
    from access_log import migrated

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 1000, 5000])
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="medevac-import-", dir="/tmp"))
    home.rmdir()
    try:
        with running(home) as server:
            migrated(server.url(OWNER))
            print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", file=sys.stderr)
            measure(asked.sizes, asked.times)
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
