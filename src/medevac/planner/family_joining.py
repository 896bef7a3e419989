"""How a family could best join a decision whose flights stay as they are: whole, on one flight (rule 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from medevac.planner.decision import Assignment
from medevac.planner.occupancy import demand_of
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
        self._members = members
        self._exchanging = exchanging
        self._best: Move | None = None
        self._floor = LEAST_GAIN if exchanging else -inf
        family = members[0].family or ""
        self._same_stop = work.index.problem.family_rule(family) == "same-stop"
        self._taken: dict[int, float] = {}
        self._chosen: list[_MemberWay] = []

    def best_move(self) -> Move | None:
        """Search every flight and every common hospital or drop on it."""
        ways = [self._ways_of(member) for member in self._members]
        for end in ways[0]:
            if all(end in others for others in ways):
                self._search([others[end] for others in ways])
        return self._best

    def _ways_of(self, member: Patient) -> dict[tuple[int, str], list[_MemberWay]]:
        """A member's ways by flight and common end, the best first."""
        ways = self._work.ways
        table, rows = ways.table(member), ways.rows(member)
        rows = rows[~table.closed[rows]]
        demand = [(column, amount) for column, amount in enumerate(demand_of(member).tolist()) if amount]
        found: dict[tuple[int, str], list[_MemberWay]] = {}
        for row, value in zip(rows.tolist(), ways.values(member, rows).tolist(), strict=True):
            join = ways.assignment(member, row)
            numbers = table.numbers[row]
            takes = tuple((int(numbers[column]), amount) for column, amount in demand)
            end = join.leaves_at if self._same_stop else join.hospital_id
            country = self._work.index.hospitals[join.hospital_id].country
            found.setdefault((join.flight_index, end), []).append(_MemberWay(value, join, country, takes))
        for options in found.values():
            options.sort(key=lambda option: -option.value)
        return found

    def _search(self, options: list[list[_MemberWay]], value: float = 0.0) -> None:
        """Choose a way for the next member, given those in `_chosen`."""
        partners = self._partners()
        if partners is not None and not partners:
            return
        rest = sum(others[0].value for others in options[len(self._chosen) :])
        if value + rest + self._most_given_back(partners) <= self._floor:
            return
        if len(self._chosen) == len(options):
            self._finish(value, partners)
            return
        for option in options[len(self._chosen)]:
            self._chosen.append(option)
            for number, amount in option.takes:
                self._taken[number] = self._taken.get(number, 0.0) + amount
            self._search(options, value + option.value)
            self._chosen.pop()
            for number, amount in option.takes:
                self._taken[number] -= amount

    def _partners(self) -> list[str] | None:
        """Who could make room for what is taken so far; None if there is room already."""
        work = self._work
        free = work.occupancy.free
        wanting = [
            (number, amount - free[number] - TOLERANCE)
            for number, amount in self._taken.items()
            if amount > 0 and amount > free[number] + TOLERANCE
        ]
        if not wanting:
            return None
        if not self._exchanging:
            return []
        fewest = min(wanting, key=lambda one: len(work.occupancy.users[one[0]]))[0]
        users = work.occupancy.users[fewest]
        return [one for one in users if one in work.loss and work.frees_enough(one, wanting)]

    def _most_given_back(self, partners: list[str] | None) -> float:
        """The most that fair shares and a leaving partner can add to the value."""
        work = self._work
        if not self._exchanging:
            return 0.0
        loss = min((work.loss[one] for one in partners or work.loss), default=0.0)
        return work.share_weight - (loss if partners else min(0.0, loss))

    def _finish(self, value: float, partners: list[str] | None) -> None:
        """Keep the choice if it is the best so far."""
        work = self._work
        joins = tuple(option.join for option in self._chosen)
        countries = [option.country for option in self._chosen]
        if not self._exchanging:
            self._keep(Move(value + work.share_change(countries), joins))
            return
        ends = [(join.flight_index, join.leaves_at) for join in joins]
        for one in list(work.loss) if partners is None else partners:
            if value - work.loss[one] + work.share_weight <= self._floor:
                continue
            change = work.share_change(countries, work.country_of(one))
            if work.may_go_for(one, ends):
                self._keep(Move(value - work.loss[one] + change, joins, one))

    def _keep(self, move: Move) -> None:
        if move.gain > self._floor:
            self._floor, self._best = move.gain, move
