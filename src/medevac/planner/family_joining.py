"""How a family could best join a decision whose flights stay as they are: whole, on one flight (rule 8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from medevac.planner.decision import Assignment
from medevac.planner.joining import PatientWays
from medevac.planner.open_decision import LEAST_GAIN, Move, OpenDecision
from medevac.planner.problem import Patient
from medevac.planner.timeline import TOLERANCE


@dataclass(frozen=True, slots=True)
class _MemberWay:
    """One way of one member, with what it takes: (number, amount)."""

    value: float
    join: Assignment
    country: str
    takes: tuple[tuple[int, float], ...]


def best_family_insertion(work: OpenDecision, members: Sequence[Patient]) -> Move | None:
    """The best way for the whole family, be its gain positive or not; None if there is none."""
    return _FamilySearch(work, members, exchanging=False).best_move()


def best_family_exchange(work: OpenDecision, members: Sequence[Patient]) -> Move | None:
    """The best exchange of a family for one placed patient that raises the score; None if there is none."""
    return _FamilySearch(work, members, exchanging=True).best_move()


class _FamilySearch:
    """A search in depth over members; branches that no one placed patient could make room for are cut."""

    def __init__(self, work: OpenDecision, members: Sequence[Patient], *, exchanging: bool) -> None:
        self._work = work
        self._ways = [PatientWays(work, member) for member in members]
        self._exchanging = exchanging
        self._best: Move | None = None
        self._floor = LEAST_GAIN if exchanging else -inf
        self._same_stop = work.index.problem.family_rule(members[0].family or "") == "same-stop"
        self._free = work.occupancy.free.tolist()
        self._least_loss = min(work.loss.values(), default=inf)
        self._taken: dict[int, float] = {}
        self._chosen: list[_MemberWay] = []

    def best_move(self) -> Move | None:
        """Search every flight and every common hospital or drop on it."""
        most = [float(ways.values.max()) if ways.rows.size else -inf for ways in self._ways]
        if -inf in most or (self._exchanging and not self._work.loss):
            return self._best
        options = [self._options(ways, sum(most) - own) for ways, own in zip(self._ways, most, strict=True)]
        for end in options[0]:
            if all(end in others for others in options):
                self._search([others[end] for others in options])
        return self._best

    def _options(self, ways: PatientWays, others: float) -> dict[tuple[int, str], list[_MemberWay]]:
        """A member's hopeful ways by flight and common end, the best first.

        What a way lacks for one member it lacks for the family: without an exchange it must lack nothing,
        with one somebody must free it at a loss that the family, with `others` worth of members, makes up.
        """
        hopeful = ~ways.blocked
        if self._exchanging:
            losses = np.where(ways.lacks, self._work.cheapest[ways.numbers], -inf).max(axis=1)
            hopeful = ways.values + others + self._work.share_weight - losses > self._floor
        demand = [(column, amount) for column, amount in enumerate(ways.demand.tolist()) if amount]
        found: dict[tuple[int, str], list[_MemberWay]] = {}
        for position in np.flatnonzero(hopeful).tolist():
            row = int(ways.rows[position])
            join = self._work.ways.assignment(ways.patient, row)
            numbers = ways.table.numbers[row].tolist()
            takes = tuple((numbers[column], amount) for column, amount in demand)
            country = self._work.index.hospitals[join.hospital_id].country
            end = (join.flight_index, join.leaves_at if self._same_stop else join.hospital_id)
            way = _MemberWay(float(ways.values[position]), join, country, takes)
            found.setdefault(end, []).append(way)
        for ones in found.values():
            ones.sort(key=lambda way: -way.value)
        return found

    def _search(self, options: list[list[_MemberWay]], value: float = 0.0) -> None:
        """Choose a way for the next member, given those in `_chosen`."""
        wanting = self._wanting()
        if wanting and not self._exchanging:
            return
        rest = sum(others[0].value for others in options[len(self._chosen) + 1 :])
        most = value + rest + self._most_given_back(wanting)
        if len(self._chosen) == len(options):
            if most > self._floor:
                self._finish(value, wanting)
            return
        if len(wanting) > 1 and next(self._partners(wanting), None) is None:
            return
        before = self._taken
        for option in options[len(self._chosen)]:
            if most + option.value <= self._floor:  # nor do those after it, and what is lacking only grows
                break
            self._chosen.append(option)
            self._taken = dict(before)  # small: what the few members chosen so far take
            for number, amount in option.takes:
                self._taken[number] = self._taken.get(number, 0.0) + amount
            self._search(options, value + option.value)
            self._chosen.pop()
        self._taken = before

    def _wanting(self) -> list[tuple[int, float]]:
        """What is lacking for those chosen so far: numbers and amounts."""
        free = self._free
        return [
            (number, amount - free[number] - TOLERANCE)
            for number, amount in self._taken.items()
            if amount > free[number] + TOLERANCE
        ]

    def _partners(self, wanting: list[tuple[int, float]]) -> Iterator[str]:
        """Who could leave and make room for all that is wanting."""
        work = self._work
        if not wanting:
            yield from work.loss
            return
        fewest = min(wanting, key=lambda one: len(work.occupancy.users[one[0]]))[0]
        for one in work.occupancy.users[fewest]:
            if one in work.loss and work.frees_enough(one, wanting):
                yield one

    def _most_given_back(self, wanting: list[tuple[int, float]]) -> float:
        """The most that fair shares and a leaving partner can add to the value."""
        if not self._exchanging:
            return 0.0
        if not wanting:
            return self._work.share_weight - min(0.0, self._least_loss)
        return self._work.share_weight - max(float(self._work.cheapest[number]) for number, _ in wanting)

    def _finish(self, value: float, wanting: list[tuple[int, float]]) -> None:
        """Keep the choice if it is the best so far."""
        work = self._work
        joins = tuple(option.join for option in self._chosen)
        countries = [option.country for option in self._chosen]
        if not self._exchanging:
            self._keep(Move(value + work.share_change(countries), joins))
            return
        ends = [(join.flight_index, join.leaves_at) for join in joins]
        for one in self._partners(wanting):
            if value - work.loss[one] + work.share_weight <= self._floor:
                continue
            change = work.share_change(countries, work.country_of(one))
            if work.may_go_for(one, ends):
                self._keep(Move(value - work.loss[one] + change, joins, one))

    def _keep(self, move: Move) -> None:
        if move.gain > self._floor:
            self._floor, self._best = move.gain, move
