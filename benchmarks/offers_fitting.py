"""Measures what fits: time and memory for one case and for a whole mission, and how both grow.

Needs no database: the problems are those that `offers.problem` would write, one aircraft for the hub, cases
and hospitals invented::

    python3 -m uv run python benchmarks/offers_fitting.py

Memory is the peak of what Python holds while the answers are made, the problem itself included.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from figures import BOEING_737
from medevac.planner import Problem, read_problem
from medevac.planner.fitting import Fitting
from medevac.tables.known_airports import known_airports

START = date(2026, 1, 12)
DAYS = 14
HUB = "EPRZ"
AIRPORTS = (
    "ENGM", "ENBR", "ENVA", "ENTC", "EDDH", "EDDF", "EDDM", "EDDK", "EKCH", "ESSA", "ESGG", "EFHK", "EHAM",
    "EBBR", "LFPG", "LFLL", "LEMD", "LEBL", "LPPT", "LIRF", "LIMC", "LOWW", "LKPR", "EPWA", "EYVI", "EVRA",
    "EETN", "EIDW",
)  # fmt: skip
COUNTRIES = ("NO", "DE", "DK", "SE", "FI", "NL", "FR", "ES", "IT", "PL")
SPECIALTIES = (
    "burns",
    "orthopaedics",
    "oncology",
    "neurosurgery",
    "rehabilitation",
    "surgery",
    "prosthetics",
)
SIZES = ((1, 300), (100, 300), (1000, 75), (1000, 150), (1000, 300), (500, 300))


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=7)
    seed = parser.parse_args().seed
    print("| cases | hospitals | pairs | CPU seconds | of them reading | microseconds a pair | MB | fit |")
    print("|---|---|---|---|---|---|---|---|")
    for cases, hospitals in SIZES:
        print(measured(cases, hospitals, seed))


def measured(cases: int, hospitals: int, seed: int) -> str:
    """One row: timed by the processor without watching memory, which makes it slower, then watched."""
    document = invented(cases, hospitals, Random(seed))
    began = time.process_time()
    problem = read_problem(document).problem
    read = time.process_time() - began
    fits = answered(problem)
    seconds = time.process_time() - began
    tracemalloc.start()
    answered(read_problem(document).problem)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    pairs = cases * hospitals
    each = 1e6 * (seconds - read) / pairs
    return (
        f"| {cases:,} | {hospitals} | {pairs:,} | {seconds:.2f} | {read:.2f} | {each:.0f} "
        f"| {peak / 1e6:.0f} | {fits:,} |"
    )


def answered(problem: Problem) -> int:
    """Ask for every patient; returns how many pairs fit."""
    fitting = Fitting(replace(problem))  # nothing is remembered from another run
    return sum(fit.fits for patient in problem.patients for fit in fitting.of(patient.id))


def invented(cases: int, hospitals: int, draw: Random) -> dict:
    """A problem with one aircraft that may fly on any day."""
    known = known_airports()
    aircraft = {**BOEING_737, "id": "flight", "base": "ENGM", "max_flights": 1}
    aircraft["days"] = [(START + timedelta(days=day)).isoformat() for day in range(DAYS)]
    return {
        "format": "medevac-problem/1",
        "name": "what fits",
        "start": START.isoformat(),
        "days": DAYS,
        "airports": {
            code: dict(zip(("lat", "lon"), known[code].position, strict=True)) for code in (HUB, *AIRPORTS)
        },
        "hubs": {HUB: {"load_minutes": 60}},
        "countries": {code: {"limit": draw.choice((None, 0, 50))} for code in COUNTRIES},
        "hospitals": [hospital(number, draw) for number in range(hospitals)],
        "aircraft": [aircraft],
        "patients": [patient(number, draw) for number in range(cases)],
    }


def hospital(number: int, draw: Random) -> dict:
    """A hospital with places in three specialties, some of them none."""
    offered = draw.sample(SPECIALTIES, 3)
    return {
        "id": f"H-{number:04}",
        "country": draw.choice(COUNTRIES),
        "reach": [
            {"airport": code, "road_minutes": draw.randint(15, 120)} for code in draw.sample(AIRPORTS, 2)
        ],
        "places": {name: draw.randint(0, 6) for name in offered},
        "suitability": {name: round(draw.random(), 2) for name in offered},
        "isolation": draw.randint(0, 3),
        "intensive": draw.randint(0, 2),
        "child": draw.randint(0, 2),
        "companions": draw.randint(0, 6),
    }


def patient(number: int, draw: Random) -> dict:
    """A patient with one or two needs, most of them kept apart."""
    return {
        "id": f"P-{number:04}",
        "hub": HUB,
        "ready": (START + timedelta(days=draw.randint(0, 6))).isoformat(),
        "priority": draw.randint(1, 3),
        "waiting_days": draw.randint(0, 90),
        "position": draw.choice(("seat", "litter", "litter", "intensive")),
        "needs": draw.sample(SPECIALTIES, draw.choice((1, 1, 1, 2))),
        "isolation": draw.choice(("none", "contact", "contact", "airborne")),
        "child": draw.random() < 0.1,
        "companions": draw.choice((0, 0, 1, 2)),
        "max_transit_minutes": 720,
        "refuses": draw.choice(([], [], ["DE"])),
        "prefers": draw.choice((None, "NO", "PL")),
    }


if __name__ == "__main__":
    main()
