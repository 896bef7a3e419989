"""Builds a week of 150 invented patients and every hospital of the real list, and plans it.

Hospitals, airports and runways come from the published lists in `../shared/data`, or in the folder that
MEDEVAC_TRIAL_DATA names, by the library of `medevac import-hospitals`. What hospitals offer is that import's
assumption; `--offering N` lets only N of them, drawn at random, have places in this week, as in life. Run
`python benchmarks/real_week.py --output DIR --seconds 120`; without `--seconds` the week is only written.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from datetime import date
from math import ceil
from pathlib import Path

from figures import BOEING_737, C130J, JET, POPULATION, Document, Recipe
from instances import Draw, canonical_bytes, make_patients
from medevac.planner import Plan, Progress, evaluate, plan_to_bytes, read_problem, solve
from medevac.tables.facilities import (
    ImportRule,
    ReachRule,
    import_hospitals,
    read_facilities,
    read_runways,
)
from medevac.tables.known_airports import known_airports

DATA = Path(os.environ.get("MEDEVAC_TRIAL_DATA", Path(__file__).parents[2] / "shared" / "data"))
FACILITIES = Path("facilities", "gisco-healthcare-all-2021-03.csv")
RUNWAYS = Path("airports", "europe-airports-longest-runway.csv")
START = date(2026, 1, 12)
RECIPE = Recipe(150, 0, 0.0, START, 7, {"EPRZ": 1.0}, (0, 0, 0), ())
SEED = 150


def make_week(data: Path, *, offering: int | None, nearest: int, iata_only: bool) -> Document:
    """The whole problem."""
    facilities, runways = read_facilities(data / FACILITIES), read_runways(data / RUNWAYS)
    rule = ImportRule(START, ReachRule(nearest=nearest, iata_only=iata_only))
    week = import_hospitals(facilities, runways, {}, rule).document
    draw = Draw(SEED)
    if offering is not None:
        week["hospitals"] = draw.sample(week["hospitals"], offering)
    patients, families = make_patients(RECIPE, week["hospitals"], draw)
    lat, lon = known_airports()["EPRZ"].position
    reached = {one["airport"] for it in week["hospitals"] for one in it["reach"]} | {"ENGM", "EKCH"}
    return week | {
        "name": "a week from the real list, 150 patients",
        "airports": {code: it for code, it in week["airports"].items() if code in reached}
        | {"EPRZ": {"lat": lat, "lon": lon}},
        "hubs": {"EPRZ": {"load_minutes": 60}},
        "countries": make_countries(week["countries"]),
        "aircraft": make_aircraft(),
        "patients": patients,
        "families": families,
    }


def make_countries(listed: Document) -> Document:
    """Every country of the list and of the patients' wishes; fair shares by population where it is known."""
    total = sum(POPULATION.values())
    shares = {code: {"fair_share": ceil(RECIPE.patients * it / total)} for code, it in POPULATION.items()}
    return {code: shares.get(code, {"fair_share": 1}) for code in sorted({*listed, *POPULATION})}


def make_aircraft() -> list[Document]:
    """Two flights of the 737, three of a C-130J, and three of a jet."""
    days = {"B737": ["2026-01-13", "2026-01-16"], "C130J": ["2026-01-13", "2026-01-15", "2026-01-17"],
            "JET": ["2026-01-12", "2026-01-14", "2026-01-16"]}  # fmt: skip
    kinds = {"B737": ("ENGM", BOEING_737), "C130J": ("EKCH", C130J), "JET": ("ENGM", JET)}
    return [{"id": name, "base": base, "days": days[name]} | kind for name, (base, kind) in kinds.items()]


def say(plan: Plan) -> None:
    """What came out, in a few lines."""
    print(f"status {plan.status}, score {plan.score}, bound {plan.bound}")
    print(f"{len(plan.placements)} placed on {len(plan.flights)} flights, {len(plan.unplaced)} stay:")
    print("  by reason:", dict(Counter(str(it.reason) for it in plan.unplaced).most_common()))
    print("  by country:", dict(Counter(it.hospital[:2] for it in plan.placements).most_common()))
    for flight in plan.flights:
        stops = " ".join(leg.destination for leg in flight.legs)
        aboard = sum(it.flight == flight.id for it in plan.placements)
        print(f"  {flight.date} {flight.aircraft}: {flight.legs[0].origin} {stops}, {aboard} patients")


def tell(now: Progress) -> None:
    """Where the search stands."""
    print(f"{now.seconds:7.1f} s {now.stage}: score {now.score}, bound {now.bound}", flush=True)


def main() -> None:
    """Write the week, and plan it if asked."""
    parser = argparse.ArgumentParser(description="Build and plan a week from the real list of hospitals.")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--output", type=Path, required=True, help="folder for problem.json and plan.json")
    parser.add_argument("--offering", type=int, help="how many hospitals have places; all unless given")
    parser.add_argument("--nearest", type=int, default=1, help="airports that each hospital keeps")
    parser.add_argument("--air-bases", action="store_true", help="also airports without an IATA code")
    parser.add_argument("--seconds", type=float, help="plan for so long")
    chosen = parser.parse_args()
    began = time.monotonic()
    week = canonical_bytes(
        make_week(
            chosen.data, offering=chosen.offering, nearest=chosen.nearest, iata_only=not chosen.air_bases
        )
    )
    chosen.output.mkdir(parents=True, exist_ok=True)
    (chosen.output / "problem.json").write_bytes(week)
    print(f"built and written in {time.monotonic() - began:.1f} s, {len(week) / 1e6:.1f} MB")
    document = read_problem(week)
    print(f"read after {time.monotonic() - began:.1f} s, {len(document.warnings)} warnings")
    print(f"{len(document.problem.hospitals)} hospitals, {len(document.problem.airports)} airports")
    if chosen.seconds is None:
        return
    plan = solve(document.problem, sha256=document.sha256, seconds=chosen.seconds, progress=tell)
    print(f"planned after {time.monotonic() - began:.1f} s")
    if plan is None:
        print("no plan")
        return
    (chosen.output / "plan.json").write_bytes(plan_to_bytes(plan))
    say(plan)
    print("broken rules:", len(evaluate(document.problem, plan).broken))


if __name__ == "__main__":
    main()
