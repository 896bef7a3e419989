"""Measures the import of cases from a workbook: seconds of trial and deed, memory, growth.

Beside it, in the same run: openpyxl alone reading every cell of the same workbook, and the same rows filed
one by one. Starts a database of its own, migrates it, makes invented cases, and prints the table of
docs/reference/benchmarks-cases.md::

    python3 -m uv run python benchmarks/cases_import.py
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


def read_alone(data: bytes) -> float:
    """Seconds of openpyxl for every cell of a workbook, and nothing else."""
    from openpyxl import load_workbook

    begin = time.perf_counter()
    book = load_workbook(BytesIO(data), read_only=True)
    for row in book["Cases"].iter_rows(values_only=True):
        assert row
    return time.perf_counter() - begin


def begin_peak() -> float:
    """Forget the highest use of memory so far; MiB in use now."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def peak() -> float:
    """The highest use of memory of this process since `begin_peak`, in MiB."""
    return _status("VmHWM")


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(f"{name}:")).split()[1]) / 1024


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
    cleared()
    timed(places, workbook(100, weight=80))  # what is loaded once is loaded
    print(
        "| rows | step | trial s | deed s | together s | openpyxl alone s | ratio "
        "| peak memory MiB (before) |\n"
        "|---|---|---|---|---|---|---|---|"
    )
    for rows in sizes:
        for step, weight in (("new", 80), ("the same file again", 80), ("every row changed", 81)):
            found = []
            data = workbook(rows, weight=weight)
            before = begin_peak()
            for _ in range(times if step == "new" else 1):
                if step == "new":
                    cleared()
                found.append(timed(places, data))
            highest = peak()
            alone = [read_alone(data) for _ in range(times)]
            trial, deed = (statistics.median(part) for part in zip(*found, strict=True))
            read = statistics.median(alone)
            print(
                f"| {rows:,} | {step} | {trial:.2f} | {deed:.2f} | {trial + deed:.2f} | {read:.2f} "
                f"| {(trial + deed) / read:.1f} | {highest:,.0f} ({before:,.0f}) |",
                flush=True,
            )
    cleared()
    seconds = one_by_one(places, ROWS_ONE_BY_ONE)
    print(f"\n{ROWS_ONE_BY_ONE} cases filed one by one, in one transaction: {seconds:.1f} s.")


def main() -> None:
    """Run it."""
    from access_log import migrated

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 5000, 20_000])
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
