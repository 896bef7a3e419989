"""Ways to fly each slot that a change leaves: the old ones, those near to them, or every one there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations

import numpy as np

from medevac.planner.decision import FlightChoice
from medevac.planner.exact import MOST_WAYS
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.loads import Way
from medevac.planner.problem import FlightKey
from medevac.planner.replanning.changed import Changed, SlotRule
from medevac.planner.routes import Library, Route
from medevac.planner.timeline import broken_flight_rules

MOST_SETS = 400  # stop sets near a flight that are looked at
MOST_ROUTES = 2_000  # routes near a flight that are looked at
MOST_DIVERTED = 60  # routes of a flight under way whose stops have closed


@dataclass(frozen=True, slots=True)
class OldFlight:
    """A flight of the old plan that has not left the hub, in the numbers of the instance."""

    slot: int
    choice: FlightChoice


class Candidates:
    """Lists ways by slot. A slot whose flight has left the hub has one way, which is flown."""

    def __init__(self, instance: Instance, fleet: Fleet, changed: Changed) -> None:
        self.instance = instance
        self.fleet = fleet
        self.changed = changed
        self.shut = {instance.airport_index[code] for code in changed.closed}
        self.keys = [
            FlightKey(instance.problem.aircraft[slot.aircraft].id, slot.day) for slot in instance.slots
        ]
        self.old = {
            slot: changed.states[key].choice
            for slot, key in enumerate(self.keys)
            if key in changed.states and key not in changed.diversions
        }

    def rule(self, slot: int) -> SlotRule:
        """What binds a slot that has not left the hub."""
        return self.changed.rules[self.keys[slot]]

    @cached_property
    def must_fly(self) -> tuple[int, ...]:
        """Slots that are under way, have not left the hub, and have somewhere to go."""
        return tuple(slot for slot, key in enumerate(self.keys) if self._must(key) and self.under_way(slot))

    def under_way(self, slot: int) -> list[Way]:
        """Ways of a flight that has left its base: as it was, or to one or two other airports."""
        routes, _ = self.near(slot, (), 2)
        return self.kept(slot) + [way for one in routes[:MOST_DIVERTED] for way in self.in_layouts(slot, one)]

    def turned_back(self) -> list[FlightKey]:
        """Flights that have left their base and have nowhere to go after the hub."""
        under_way = {slot for slot, key in enumerate(self.keys) if self._must(key)}
        return [self.keys[slot] for slot in sorted(under_way - set(self.must_fly))]

    def _must(self, key: FlightKey) -> bool:
        return key in self.changed.rules and self.changed.rules[key].must_fly

    def flown(self) -> tuple[list[Way], bool]:
        """The ways that are given: fixed flights. False with them where one of them breaks rules 1 to 4."""
        ways = [self.fleet.fixed_way(slot, one) for slot, one in sorted(self.instance.fixed_flight.items())]
        return [way for way in ways if way is not None], None not in ways

    def every(self) -> list[Way] | None:
        """Every way that could matter, the old ones among them; None when there are too many."""
        ways, _ = self.flown()
        late: dict[int, set[tuple[date, float]]] = {}
        for way in ways:
            self._note_return(way, late)
        order = sorted(range(len(self.keys)), key=lambda one: (self.keys[one].aircraft, self.keys[one].date))
        for slot in order:
            if slot in self.instance.fixed_flight or self.keys[slot] not in self.changed.rules:
                continue
            found: dict[tuple[object, ...], Way] = {}
            for way in self._all_of_slot(slot, late):
                found.setdefault((way.layout, way.route.hub, way.route.stops, way.route.leaves_base), way)
                if len(ways) + len(found) > MOST_WAYS:
                    return None
            ways += found.values()
            for way in found.values():
                self._note_return(way, late)
            if not all(library.complete for library in self.fleet.libraries(slot)):
                return None
        return ways

    def _all_of_slot(self, slot: int, late: dict[int, set[tuple[date, float]]]) -> Iterator[Way]:
        yield from self.kept(slot)
        day, craft = self.instance.slots[slot].day, self.instance.slots[slot].aircraft
        returns = {back - (day - when).days * 1440.0 for when, back in late.get(craft, ())}
        for start in [0.0, *sorted(one for one in returns if 0 < one < 1440)]:
            for library in self.fleet.libraries(slot):
                for row in range(len(library.depth)):
                    for route in self._routes(slot, library, library.stops_of(row), start):
                        yield from self.in_layouts(slot, route)

    def _note_return(self, way: Way, late: dict[int, set[tuple[date, float]]]) -> None:
        if way.route.back_at > 1440:
            slot = self.instance.slots[way.slot]
            late.setdefault(slot.aircraft, set()).add((slot.day, way.route.back_at))

    def kept(self, slot: int) -> list[Way]:
        """The old flight as it was, and without what has closed; with the base as a drop and without."""
        choice = self.old.get(slot)
        if choice is None:
            return []
        base = self.instance.problem.aircraft[self.instance.slots[slot].aircraft].base
        stops = tuple(code for code in choice.stops if code not in self.changed.closed)
        without = tuple(code for code in stops if code != base)
        found: dict[tuple[object, ...], Route] = {}
        for option in dict.fromkeys((stops, without, (*without, base))):
            for route in self._given(slot, choice, option):
                found.setdefault((route.stops, route.leaves_base), route)
        return [way for route in found.values() for way in self.in_layouts(slot, route)]

    def _given(self, slot: int, choice: FlightChoice, stops: tuple[str, ...]) -> Iterator[Route]:
        """Routes with these stops in this order: at the old departure, and at the earliest legal one."""
        craft = self.instance.problem.aircraft[self.instance.slots[slot].aircraft]
        rule = self.rule(slot)
        if not stops or choice.hub in self.changed.closed or set(stops) & self.changed.closed:
            return
        legal = not broken_flight_rules(self.instance.problem, craft, choice.hub, stops, choice.leaves_base)
        if legal and choice.leaves_base >= rule.not_before:
            yield self.fleet.route(slot, choice.hub, stops, choice.leaves_base)
        if rule.leaves_base is not None:
            return
        hub = self.instance.hub_codes.index(choice.hub)
        library = self.fleet.library(self.instance.slots[slot].aircraft, hub)
        drops = [code for code in stops if code != craft.base]
        nodes = [int(library.node_of[self.instance.airport_index[code]]) for code in drops]
        if -1 in nodes or (craft.base in stops and not library.base_candidate):
            return
        order = tuple(self.instance.airport_index[code] for code in stops)
        for route in self._routes(slot, library, tuple(sorted(nodes)), 0.0):
            if route.stops == order:
                yield route

    def _routes(self, slot: int, library: Library, nodes: Sequence[int], start: float) -> Iterator[Route]:
        """Legal routes over a set of stops, each at its earliest departure, the closed airports left out."""
        rule = self.rule(slot)
        hub = self.instance.hub_codes[library.hub]
        if hub in self.changed.closed or (rule.hub is not None and hub != rule.hub):
            return
        for base_drop in (False, True):
            if (not nodes and not base_drop) or (base_drop and not library.base_candidate):
                continue
            if len(nodes) + base_drop > library.aircraft.max_stops:
                continue
            earliest = max(start, rule.not_before, rule.leaves_base or 0.0)
            for route in library.orders(nodes, base_drop=base_drop, not_before=earliest):
                if rule.leaves_base is not None and route.leaves_base != rule.leaves_base:
                    continue
                if not self.shut.intersection(route.stops):
                    yield route

    def in_layouts(self, slot: int, route: Route) -> list[Way]:
        """The route in every layout that the slot may have."""
        craft = self.instance.problem.aircraft[self.instance.slots[slot].aircraft]
        named = self.rule(slot).layout
        return [
            Way(slot, number, route)
            for number, layout in enumerate(craft.layouts)
            if named is None or layout.id == named
        ]

    def near(self, slot: int, needed: Sequence[int], spare: int) -> tuple[list[Route], bool]:
        """Routes that stop at all `needed` airports and at up to `spare` others, the fewest stops first.

        With them whether these are all routes that stop at the needed airports.
        """
        choice = self.old.get(slot)
        if choice is None or choice.hub not in self.instance.hub_codes:
            return [], False
        library = self.fleet.library(
            self.instance.slots[slot].aircraft, self.instance.hub_codes.index(choice.hub)
        )
        base = int(library.airport[0])
        nodes = {int(library.node_of[airport]) for airport in needed if airport != base}
        if -1 in nodes:
            return [], False
        others = [node for node in range(2, len(library.codes)) if node not in nodes]
        others = [node for node in others if int(library.airport[node]) not in self.shut]
        most = library.aircraft.max_stops - len(nodes) - (base in needed)
        found: list[Route] = []
        sets = 0
        for extra in range(min(spare, most) + 1):
            for more in combinations(others, extra):
                sets += 1
                if sets > MOST_SETS or len(found) > MOST_ROUTES:
                    return found, False
                routes = self._routes(slot, library, tuple(sorted((*nodes, *more))), 0.0)
                found += [one for one in routes if base not in needed or base in one.stops]
        return found, library.complete and most <= spare

    def sets_by_count(self, slot: int, weight: np.ndarray) -> Iterator[tuple[float, list[Route]]]:
        """Every stop set of the old flight's hub with the sum of its airports' weights, the largest first."""
        choice = self.old.get(slot)
        if choice is None or choice.hub not in self.instance.hub_codes:
            return
        library = self.fleet.library(
            self.instance.slots[slot].aircraft, self.instance.hub_codes.index(choice.hub)
        )
        by_node = np.append(weight[library.airport], 0.0)  # the last entry is that of node -1: none
        sums = by_node[library.sets].sum(axis=1) + (by_node[0] if library.base_candidate else 0.0)
        for row in np.argsort(-sums, kind="stable"):
            yield float(sums[row]), list(self._routes(slot, library, library.stops_of(int(row)), 0.0))
