"""Why what is fixed cannot all be, where that needs a search: a smallest set, and the rule that binds."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from medevac.planner.conflicts.changes import changes_for
from medevac.planner.conflicts.plain import plain_conflicts
from medevac.planner.conflicts.wishes import conflict, flight_name
from medevac.planner.exact import MOST_OPTIONS, every_way
from medevac.planner.explain.sentences import listed
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.model import Room, RouteModel
from medevac.planner.plan import Conflict
from medevac.planner.problem import Fixed, FixedFlight, Problem

MOST_WAYS = 2_000
MOST_MODELS = 300
MOST_NODES = 2_000
MOST_SECONDS = 20.0  # a guard only: the other limits end the work first

Item = Fixed | FixedFlight


def explain_infeasible(problem: Problem) -> tuple[Conflict, ...]:
    """Name the rules that stop what is fixed, for a problem that is known to be infeasible.

    Where nothing is plain, items are dropped one by one as long as the rest stays impossible; of what is
    left, each is needed for the contradiction. Then limits are lifted one at a time, and the first that
    makes a plan possible is named.
    """
    plain = plain_conflicts(problem)
    if plain:
        return plain
    question = _Question()
    items: list[Item] = [*problem.fixed_flights, *problem.fixed]
    kept, smallest = _irreducible(problem, items, question)
    return (_explained(_only(problem, kept), kept, smallest, question),)


class _Question:
    """Whether what is fixed can be, asked a limited number of times."""

    def __init__(self) -> None:
        self.asked = 0
        self.began = time.monotonic()

    def possible(self, problem: Problem) -> bool | None:
        """Whether there is a plan; None where that is not known."""
        self.asked += 1
        if self.asked > MOST_MODELS or time.monotonic() - self.began > MOST_SECONDS:
            return None
        if not problem.fixed and not problem.fixed_flights:
            return True
        instance = Instance(problem)
        ways = every_way(instance, Fleet(instance), most=MOST_WAYS)
        if ways is None:
            return None
        if not ways or any(all(way.slot != slot for way in ways) for slot in instance.fixed_flight):
            return False
        travellers = np.array(
            [one for unit in instance.units for one in unit.members if _is_fixed(instance, unit.members)],
            dtype=np.int64,
        )
        room, weight = Room.whole(instance), instance.pair_value
        model = RouteModel(instance, ways, room, travellers, weight, must=True, keep_all=True, shares=False)
        if len(model.pair) > MOST_OPTIONS:
            return None
        solved = model.solve(whole=True, nodes=MOST_NODES, gap=1.0)
        if solved.status == "infeasible":
            return False
        return True if len(solved.values) else None


def _is_fixed(instance: Instance, members: Sequence[int]) -> bool:
    return any(one in instance.fixed for one in members)


def _irreducible(problem: Problem, items: Sequence[Item], question: _Question) -> tuple[list[Item], bool]:
    """Items that cannot all be, and whether each of them was proved to be needed for that."""
    kept, smallest = list(items), True
    for item in items:
        rest = [one for one in kept if one is not item]
        possible = question.possible(_only(problem, rest))
        if possible is False:
            kept = rest
        elif possible is None:
            smallest = False
    return kept, smallest


def _only(problem: Problem, items: Sequence[Item]) -> Problem:
    """The problem with these items fixed and nothing else; those fixed to a dropped flight stay on it."""
    return replace(
        problem,
        fixed=tuple(one for one in items if isinstance(one, Fixed)),
        fixed_flights=tuple(one for one in items if isinstance(one, FixedFlight)),
    )


def _explained(problem: Problem, kept: Sequence[Item], smallest: bool, question: _Question) -> Conflict:
    """The conflict in sentences, with the first limit whose lifting makes a plan possible."""
    fixed = [one for one in kept if isinstance(one, Fixed)]
    ids = [one.patient for one in fixed]
    families = {one.family for one in problem.patients if one.id in ids and one.family is not None}
    travellers = [one.id for one in problem.patients if one.id in ids or one.family in families]
    text = f"This cannot all be: {listed([_told(one) for one in kept])}."
    if len(kept) == 1:
        text = f"This cannot be: {_told(kept[0])}."
    elif smallest:
        text += " Without any one of these the others can be."
    for change in changes_for(problem, travellers, fixed):
        if question.possible(change.problem):
            because = f"{text} What stands in the way: {change.says}."
            return conflict(change.rule, travellers, f"{because} {change.advice}")
    advice = "No single limit stands in the way; change or remove one of these."
    return conflict(10, travellers, f"{text} {advice}")


def _told(item: Item) -> str:
    """What is fixed, in a sentence."""
    if isinstance(item, FixedFlight):
        return f"the fixed flight of {item.aircraft} on {item.date} by {', '.join(item.stops)}"
    on = "" if item.flight is None else f" on {flight_name(item.flight)}"
    return f"{item.patient} fixed to {item.hospital}{on}"
