"""Problems for the tests of the solver, and the judgement of its plans by the independent checker.

`posed` reads a document as the planner does; `broken` says what is wrong with a plan of it. `long_flights`
turns a tiny problem into one of a few days whose flights are back after midnight, now and then days later.
"""

from __future__ import annotations

import json
from itertools import combinations
from random import Random
from typing import Any

import numpy as np

from instances import make
from medevac.planner import Plan, Problem, plan_to_bytes, read_problem
from medevac.planner.columns import Bounder
from medevac.planner.coupling import Duals
from medevac.planner.instance import NO_LIMIT, Instance
from medevac.planner.model import board_capacity, clash
from medevac.planner.standing import Standing
from oracle.checker import check
from oracle.reasons import check_reasons

DATES = ["2026-01-12", "2026-01-13", "2026-01-14"]


def written(document: dict[str, Any]) -> bytes:
    """The bytes of a problem's file."""
    return json.dumps(document).encode()


def posed(document: dict[str, Any]) -> Problem:
    """The problem that a document poses."""
    return read_problem(written(document)).problem


def broken(document: dict[str, Any], plan: Plan) -> list[str]:
    """Everything that is wrong with a plan: rules, numbers, the hash, reasons."""
    told = json.loads(plan_to_bytes(plan))
    return check(document, told, problem_bytes=written(document)) + check_reasons(document, told)


def long_flights(document: dict[str, Any], seed: int) -> dict[str, Any]:
    """The problem with long turnarounds and duties, on three days in a row for the first aircraft."""
    pick = Random(seed)
    craft = [
        {
            **document["aircraft"][0],
            "days": DATES,
            "max_flights": pick.choice([1, 2, 3, 3]),
            "turnaround_minutes": pick.choice([200, 400, 700, 1100]),
            "duty_minutes": pick.choice([1500, 2500, 6000]),
            "max_stops": min(2, document["aircraft"][0]["max_stops"]),
            "cost_per_hour": pick.choice([0, 500, 2000]),
            "layouts": document["aircraft"][0]["layouts"][:1],
        }
    ]
    flights = [
        {
            **{key: value for key, value in flight.items() if key != "closed"},
            "layout": craft[0]["layouts"][0]["id"],
            "leaves_base": f"{flight['date']}T{pick.choice(['00:10', '06:00', '14:00'])}Z",
        }
        for flight in document.get("fixed_flights", ())
        if flight["aircraft"] == craft[0]["id"]
    ]
    fixed = [f for f in document.get("fixed", ()) if f.get("flight", {"aircraft": "p0"})["aircraft"] == "p0"]
    patients = [{**p, "max_transit_minutes": pick.choice([600, 2000, 5000])} for p in document["patients"]]
    airports = {
        code: {key: value for key, value in airport.items() if key not in ("opens", "closes")}
        for code, airport in document["airports"].items()
    }
    return {
        **document,
        "days": 3,
        "airports": airports,
        "aircraft": craft,
        "patients": patients,
        "fixed": fixed,
        "fixed_flights": flights,
    }


def shrunken_week() -> dict[str, Any]:
    """The benchmark of size M with 40 patients, 30 hospitals and at most three stops."""
    document = make("M", 1)
    patients = [p for p in document["patients"][:40] if not p.get("hospitals") and not p.get("chosen")]
    families = {p["family"] for p in patients if p.get("family")}
    return {
        **document,
        "patients": patients,
        "families": {name: rule for name, rule in document["families"].items() if name in families},
        "hospitals": document["hospitals"][::4],
        "aircraft": [{**craft, "max_stops": 3} for craft in document["aircraft"]],
    }


def assert_valid_standing(standing: Standing) -> None:
    """Nothing overbooked, nobody twice, cabins not too full, no flight before the last is back."""
    instance = standing.instance
    hard = instance.first_share_resource
    assert np.all(standing.room.free[:hard] >= -1e-6)
    assert all(np.all(left >= -1e-6) for left in standing.room.arrivals.values())
    loads = list(standing.loads.values())
    people = [int(p) for load in loads for p in standing.travellers(load)]
    assert len(people) == len(set(people)) == standing.placed.sum()
    for load in loads:
        craft = instance.problem.aircraft[instance.slots[load.way.slot].aircraft]
        on_board = instance.board[standing.travellers(load)].sum(axis=0)
        assert np.all(on_board <= board_capacity(craft.layouts[load.way.layout]) + 1e-6)
        assert instance.may_fly(load.way.slot)[standing.travellers(load)].all()
    for one, other in combinations(loads, 2):
        same = instance.slots[one.way.slot].aircraft == instance.slots[other.way.slot].aircraft
        assert not (same and (clash(instance, one.way, other.way) or clash(instance, other.way, one.way)))
    for number, craft in enumerate(instance.problem.aircraft):
        assert sum(instance.slots[x.way.slot].aircraft == number for x in loads) <= craft.max_flights


def promise(instance: Instance) -> float:
    """A bonus for each fixed patient that makes placing them worth more than all else."""
    return 1000.0 + 10.0 * float(instance.worth.max(initial=0.0)) if instance.fixed else 0.0


def random_prices(bounder: Bounder, seed: int, size: float) -> Duals:
    """Prices, half of them zero: none on arrivals without limit, on fair shares at most their weight."""
    pick = Random(seed)
    duals = bounder.coupling.none()
    for part in (duals.unit, duals.resource, duals.arrivals, duals.craft):
        part.flat = [pick.uniform(0, size) if pick.random() < 0.5 else 0.0 for _ in range(part.size)]
    duals.arrivals[:, bounder.coupling.limits >= NO_LIMIT] = 0.0
    first = bounder.instance.first_share_resource
    most = bounder.instance.problem.weights.above_fair_share
    duals.resource[first:] = [pick.uniform(0, most) for _ in duals.resource[first:]]
    return duals
