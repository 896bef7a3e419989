"""Drop-outs on tiny problems, and the fewest touched patients by brute force, for tests of changed plans."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from random import Random
from typing import Any

from medevac.planner import Changes, Plan, Replanned, plan_to_bytes, read_problem, replan, solve
from medevac.planner.faults import FaultsError
from medevac.planner.reading import ProblemDocument
from oracle.bruteforce import Seat, _Search
from oracle.checker import check
from oracle.document import filled
from solver_cases import written

BONUS = 1e5  # more than all scores together: keeping a place comes first
OldPlace = tuple[str, str, str, str]


def planned(document: dict[str, Any]) -> tuple[ProblemDocument, Plan] | None:
    """The problem as read and its plan, decided once for each problem; None when it is infeasible."""
    return _planned(written(document))


@lru_cache(maxsize=1000)
def _planned(content: bytes) -> tuple[ProblemDocument, Plan] | None:
    read = read_problem(content)
    plan = solve(read.problem, sha256=read.sha256)
    assert plan is not None
    return None if plan.status == "infeasible" else (read, plan)


def drop_outs(plan: Plan, read: ProblemDocument, pick: Random, *, clock: bool) -> Changes:
    """Some random change; with `clock` also the instant of it and layouts."""
    placed = [one.patient for one in plan.placements]
    leaving = tuple(pick.sample(placed, min(len(placed), pick.choice([0, 1, 1, 2]))))
    held = [name for name in placed if name not in leaving]
    layouts: dict[str, str] = {}
    now = None
    if clock and plan.flights:
        flight = pick.choice(plan.flights)
        if pick.random() < 0.4:
            craft = read.problem.aircraft_by_id(flight.aircraft)
            layouts[flight.id] = pick.choice(craft.layouts).id
        leg = pick.choice(flight.legs)
        now = pick.choice([None, leg.departs, leg.arrives, flight.leaves_base])
    return Changes(
        without=leaving,
        hold=tuple(pick.sample(held, 1)) if held and pick.random() < 0.4 else (),
        close=(pick.choice(list(read.problem.airports)),) if pick.random() < 0.4 else (),
        layouts=layouts,
        now=now,
    )


def changed(read: ProblemDocument, plan: Plan, changes: Changes) -> Replanned | None:
    """The outcome, or None where the change names what has happened already."""
    try:
        result = replan(read, plan, changes)
    except FaultsError:
        return None
    assert result is not None
    return result


def faults(result: Replanned) -> list[str]:
    """What the independent checker finds wrong with the pair that is written."""
    return check(
        json.loads(result.problem_bytes),
        json.loads(plan_to_bytes(result.plan)),
        problem_bytes=result.problem_bytes,
    )


def places(plan: Plan) -> dict[str, OldPlace]:
    """Hospital, aircraft, date and drop of everybody who is placed."""
    flights = {one.id: one for one in plan.flights}
    return {
        one.patient: (
            one.hospital,
            flights[one.flight].aircraft,
            flights[one.flight].date.isoformat(),
            one.leaves_at,
        )
        for one in plan.placements
    }


def touched(old: Plan, new: Plan, named: frozenset[str]) -> set[str]:
    """Who is touched, counted from the two plans alone."""
    before, after = places(old), places(new)
    return {name for name, place in before.items() if name not in named and after.get(name) != place}


def fewest_and_best(document: dict[str, Any], old: Plan, named: frozenset[str]) -> tuple[int, float] | None:
    """The fewest touched in any valid plan, and the best score among such plans, by trying everything."""
    search = _KeepingSearch(document, places(old), named)
    best = search.run()
    if best is None:
        return None
    kept = round(best / BONUS)
    could = sum(name not in named for name in places(old))
    return could - kept, best - BONUS * kept


class _KeepingSearch(_Search):
    """Brute force in which whoever keeps their place adds a bonus."""

    def __init__(self, document: dict[str, Any], old: dict[str, OldPlace], named: frozenset[str]) -> None:
        self.kept = {name: place for name, place in old.items() if name not in named}
        self.dates = sorted({day for craft in document["aircraft"] for day in craft["days"]})
        doc = filled(document)
        self.days = {
            (craft["id"], number): date
            for craft in document["aircraft"]
            for number, date in zip(
                sorted(doc["aircraft"][craft["id"]]["days"]), sorted(craft["days"]), strict=True
            )
        }
        super().__init__(doc)

    def _seats(self, slot: Any, route: Any, leaves: float) -> Iterator[Seat]:
        for seat in super()._seats(slot, route, leaves):
            place = (seat.hospital, slot[0], self.days[slot], seat.stop)
            bonus = BONUS if self.kept.get(seat.patient) == place else 0.0
            yield Seat(seat.patient, seat.hospital, seat.stop, seat.value + bonus)
