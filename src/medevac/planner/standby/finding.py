"""Finds stand-by patients per flight and freed kind of place, in order, and says what blocks the others.

Two lists, since a place abroad may be kept for who drops out, or may be free with them: `takers` can travel
whoever drops out and whether the place abroad is kept; `depending` can when the place of a certain patient
is free as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import get_args

import numpy as np

from medevac.planner.decision import Decision
from medevac.planner.family_joining import best_family_insertion
from medevac.planner.joining import PatientWays
from medevac.planner.lookup import ProblemIndex, index_of
from medevac.planner.occupancy import ON_BOARD
from medevac.planner.open_decision import Move, OpenDecision
from medevac.planner.plan import Plan
from medevac.planner.problem import Patient, Position, Problem
from medevac.planner.replanning.progress import FlightState, decision_of, states_at
from medevac.planner.standby.blocking import Block, what_blocks

POSITIONS: tuple[Position, ...] = get_args(Position)
FREED = {"seat": ("seats",), "litter": ("litters",), "intensive": ("litters", "intensive")}
NO_ROOM = -1e9


@dataclass(frozen=True, slots=True)
class Taker:
    """Who can take a freed place: where to, and what the score gains.

    `party` is the whole family. `after` names those whose leaving, place abroad included, makes it possible,
    each alone; empty: whoever drops out.
    """

    patient: str
    hospital: str
    leaves_at: str
    gain: float
    party: tuple[str, ...]
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blocked:
    """Who waits and cannot take it, and the first cause."""

    patient: str
    block: Block


@dataclass(frozen=True, slots=True)
class FreedPlace:
    """One kind of place on one flight: who can take one that becomes free, best first, and who cannot.

    Whoever is in `depending` is in `blocked` too: for those who drop out otherwise.
    """

    flight: str
    position: Position
    takers: tuple[Taker, ...]
    depending: tuple[Taker, ...]
    blocked: tuple[Blocked, ...]


Standby = tuple[FreedPlace, ...]


def find_standby(problem: Problem, plan: Plan, *, now: datetime | None = None) -> Standby:
    """List for each flight and kind of place who could take one that becomes free.

    Parameters
    ----------
    problem, plan
        A problem and a plan that breaks no rule.
    now
        When the question is asked; a flight that has left the hub takes nobody on board. None: before all.

    Returns
    -------
    One entry for each flight and kind of place of which somebody has one, flights in the plan's order. A
    freed intensive place is a litter too; a freed litter is no intensive place.
    """
    index = index_of(problem)
    states = states_at(index, plan, now)
    decision = decision_of(plan, states)
    waiting = [index.patients[one.patient] for one in plan.unplaced]
    found = []
    for number, state in enumerate(states):
        aboard = [one.patient for one in plan.placements if one.flight == state.flight.flight.id]
        for position in POSITIONS:
            if any(index.patients[name].position == position for name in aboard):
                search = _Search(index, decision, number, state, position)
                found.append(search.find(waiting))
    return tuple(found)


def with_standby(problem: Problem, plan: Plan, standby: Standby) -> Plan:
    """The plan with its `standby`: those who need the very kind of place that becomes free, best first."""
    patients = index_of(problem).patients
    lists: dict[str, dict[str, tuple[str, ...]]] = {}
    for one in standby:
        names = (taker.patient for taker in one.takers)
        fitting = tuple(name for name in names if patients[name].position == one.position)
        lists.setdefault(one.flight, {})[one.position] = fitting
    return replace(plan, standby=lists)


class _Search:
    """One kind of place on one flight: it alone has one more, and no other flight has room."""

    def __init__(
        self, index: ProblemIndex, decision: Decision, number: int, state: FlightState, position: Position
    ) -> None:
        self.index = index
        self.number = number
        self.state = state
        self.position = position
        self.decision = decision
        self.work = OpenDecision(index, decision)
        self.flown = self.work.occupancy.flights[number]
        free = self.work.occupancy.free
        for other in range(len(decision.flights)):
            if other != number:
                free[list(self._numbers_on_board(other).values())] = NO_ROOM
        self._take_one_more(1.0)

    def _take_one_more(self, amount: float) -> None:
        """One more place of this kind on board this flight; with -1 one fewer."""
        on_board = self._numbers_on_board(self.number)
        self.work.occupancy.free[[on_board[what] for what in FREED[self.position]]] += amount

    def _numbers_on_board(self, flight: int) -> dict[str, int]:
        """The numbers of what is counted on board a flight."""
        hospital = next(one for one in self.index.problem.hospitals if one.places)
        drop = next(iter(self.work.occupancy.flights[flight].drops))
        numbers = self.work.occupancy.numbers(hospital, flight, drop, next(iter(hospital.places)))
        return dict(zip(ON_BOARD, numbers, strict=False))

    def find(self, waiting: Sequence[Patient]) -> FreedPlace:
        """Sort everybody who waits into takers and blocked."""
        takers: list[Taker] = []
        blocked: list[Blocked] = []
        for patient in waiting:
            result = self._judge(patient)
            if isinstance(result, Taker):
                takers.append(result)
            else:
                blocked.append(Blocked(patient.id, result))
        depending = self._depending([self.index.patients[one.patient] for one in blocked])
        return FreedPlace(
            self.state.flight.flight.id,
            self.position,
            self._ordered(takers),
            self._ordered(depending),
            tuple(blocked),
        )

    def _ordered(self, takers: Sequence[Taker]) -> tuple[Taker, ...]:
        return tuple(sorted(takers, key=lambda one: (-one.gain, self.index.patient_rank[one.patient])))

    def _depending(self, waiting: Sequence[Patient]) -> list[Taker]:
        """Who can travel when a certain patient leaves with everything that they took."""
        found: dict[str, list[tuple[str, Taker]]] = {}
        for one in self.decision.assignments:
            leaver = self.index.patients[one.patient_id]
            if one.flight_index != self.number or leaver.position != self.position:
                continue
            self._take_one_more(-1.0)
            self.work.occupancy.remove(leaver.id)
            for patient in waiting:
                taker = self._judge(patient)
                if isinstance(taker, Taker):
                    found.setdefault(patient.id, []).append((leaver.id, taker))
            self.work.occupancy.add(one)
            self._take_one_more(1.0)
        return [
            replace(
                max((taker for _, taker in each), key=lambda one: one.gain), after=tuple(n for n, _ in each)
            )
            for each in found.values()
        ]

    def _judge(self, patient: Patient) -> Taker | Block:
        flight = self.state.flight.flight
        if self.state.has_left_hub:
            left = f"{flight.legs[1].departs:%Y-%m-%dT%H:%MZ}"
            return Block(
                "gone", f"was not on board when {flight.id} left {flight.hub} at {left}.", {"left": left}
            )
        if self.flown.closed:
            return Block("closed", f"may not join: {flight.id} is closed.", {})
        party = self.index.family_of(patient)
        for member in party:
            block = what_blocks(self.work, self.number, self.flown, member)
            if block is not None:
                return block if member is patient else _of_member(member, block)
        move = self._move(party)
        if move is None:
            members = [member.id for member in party]
            text = f"could join alone, but not the whole family: {', '.join(members)}."
            return Block("family", text, {"members": members})
        own = next(one for one in move.joins if one.patient_id == patient.id)
        return Taker(
            patient.id, own.hospital_id, own.leaves_at, move.gain, tuple(member.id for member in party)
        )

    def _move(self, party: Sequence[Patient]) -> Move | None:
        if len(party) > 1:
            return best_family_insertion(self.work, party)
        ways = PatientWays(self.work, party[0])
        mine = np.flatnonzero((ways.table.flight[ways.rows] == self.number) & ~ways.blocked)
        if not mine.size:
            return None
        gains = ways.values[mine] - ways.costs[mine]
        best = int(mine[int(np.argmax(gains))])
        join = self.work.ways.assignment(party[0], int(ways.rows[best]))
        return Move(float(gains.max()), (join,))


def _of_member(member: Patient, block: Block) -> Block:
    """A family member's block, told of the patient who asks."""
    text = f"travels with {member.id} of the family, who {block.sentence}"
    return Block(block.cause, text, {**block.facts, "member": member.id})
