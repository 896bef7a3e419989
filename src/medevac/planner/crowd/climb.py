"""Better routes by the prices of everybody: exchange one flight, everybody free to change, and again.

Each step asks `proposals` for other ways of a slot, judges the most promising ones exactly by a linear model
over all flights, and keeps the best. Where no slot can be improved, a few slots are thrown about and the
climb begins anew. Steps are counted, not timed: the same seed makes the same plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from medevac.planner.crowd.crowd import Crowd, CrowdPrices, Ground, WayOptions
from medevac.planner.crowd.proposals import Proposal, Proposer
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Floats, Instance
from medevac.planner.loads import Room, Way
from medevac.planner.model import RouteModel
from medevac.planner.standing import Standing

SETS, ORDERS = 12, 4
THIN = 20  # entries per patient that are looked at where there are more than EXACT
EXACT = 20_000  # entries up to which a linear model judges ways; beyond, their Lagrangian does
FEW = 400  # patients up to whom more ways are looked at, and longer
LOOK, LOOK_MANY = 6, 3
STEPS_LONG, STEPS_SHORT, STEPS_SHORT_MANY = 150, 100, 50
FIRST_WORK = 60_000_000  # entries times steps down the first bound
MOST_ENTRIES = 1_000_000  # beyond, no flight is exchanged: prices would take too long to settle
SWEPT = 24  # slots in one sweep
EPS = 1e-6
Stop = Callable[[], bool]


@dataclass(slots=True)
class State:
    """Ways by slot, what a linear model says they can carry, and the prices of everybody."""

    ways: dict[int, Way]
    value: float
    prices: CrowdPrices
    parts: dict[int, WayOptions]

    def copy(self) -> State:
        """A copy that can be changed on its own."""
        return State(dict(self.ways), self.value, self.prices.copy(), dict(self.parts))


class Climb:
    """Climbs from the ways of a standing."""

    def __init__(self, instance: Instance, fleet: Fleet, weight: Floats, seed: int) -> None:
        self.instance, self.fleet, self.weight, self.seed = instance, fleet, weight, seed
        self.ground = Ground(instance, weight)
        self.everybody = np.arange(len(instance.patients))
        self.pool = ThreadPoolExecutor(2)
        self.exact = True  # a linear model judges ways; otherwise prices do
        few = len(instance.patients) <= FEW
        self.eps = 1e-7 if few else 1e-4  # of a value: less is no improvement where values are not exact
        self.look, self.short = (LOOK, STEPS_SHORT) if few else (LOOK_MANY, STEPS_SHORT_MANY)

    # -- values ----------------------------------------------------------------------------------------

    def model(self, ways: Sequence[Way]) -> RouteModel:
        """The model of everybody over some flown ways."""
        return RouteModel(self.instance, list(ways), Room.whole(self.instance), self.everybody, self.weight)

    def value_of(self, crowd: Crowd, prices: CrowdPrices, beat: float) -> float:
        """What the ways carry, people in parts: by a linear model, or by prices where that is too large."""
        if not crowd.ways:
            return 0.0
        if self.exact:
            return self.model(crowd.ways).solve(whole=False).objective
        return crowd.lower(prices, 0.98 * beat, STEPS_LONG, 0.01)

    def settle(self, state: State, steps: int = STEPS_LONG, level: float = 0.01) -> None:
        """Find good prices for a state; where options are many, over those nearly as good as the best."""
        ways = list(state.ways.values())
        crowd = Crowd(self.ground, ways)
        state.parts = {}
        if self.exact:
            crowd.lower(state.prices, 0.98 * state.value, steps, level)
            return
        for _ in range(2):  # the second time with options that the first prices find good
            state.parts = crowd.near_best(state.prices, THIN)
            thin = Crowd(self.ground, ways, state.parts)
            state.value = thin.lower(state.prices, 0.0, steps, level)

    def start(self, standing: Standing, start: CrowdPrices) -> State:
        """The state of a standing's ways."""
        ways = {
            s: Way(s, load.way.layout, load.way.route, flown=True)
            for s, load in sorted(standing.loads.items())
        }
        state = State(ways, standing.value(), start.copy(), {})
        crowd = Crowd(self.ground, list(ways.values()))
        steps = min(400, max(80, FIRST_WORK // max(1, len(crowd.entry_pair))))
        state.value = crowd.lower(state.prices, standing.value(), steps, 0.05)
        self.exact = len(crowd.entry_pair) <= EXACT
        if len(crowd.entry_pair) > MOST_ENTRIES:
            return state
        self.settle(state, 200, 0.02)
        if self.exact:
            state.value = self.value_of(Crowd(self.ground, list(ways.values())), state.prices, 0.0)
        return state

    def too_many(self, state: State) -> bool:
        """Whether there are too many options to exchange flights by prices."""
        ground = self.ground
        return sum(len(ground.options(w).entry_pair) for w in state.ways.values()) > MOST_ENTRIES

    def whole(self, state: State) -> Standing | None:
        """The best standing over the ways of a state, with whole patients."""
        standing = Standing(self.instance, self.weight)
        if not state.ways:
            return standing
        model = self.model(list(state.ways.values()))
        solved = model.solve(whole=True, gap=1e-5, nodes=200)
        if not len(solved.values):
            return None
        for load in model.loads(solved):
            if load.seats or load.way.slot in self.instance.fixed_flight:
                standing.add(load)
        return standing

    # -- steps -----------------------------------------------------------------------------------------

    def window(self, ways: dict[int, Way], slot: int) -> tuple[float, float]:
        """Minutes of the slot's date between which its aircraft is free beside these ways."""
        not_before, back_before = 0.0, np.inf
        craft = self.instance.slots[slot].aircraft
        for other, way in ways.items():
            if other == slot or self.instance.slots[other].aircraft != craft:
                continue
            days = self.instance.days_after(slot, other)
            if days < 0:
                not_before = max(not_before, way.route.back_at + days * 1440.0)
            else:
                back_before = min(back_before, way.route.leaves_base + days * 1440.0)
        return not_before, back_before

    def may_fly(self, ways: dict[int, Way], slot: int) -> bool:
        """Whether the aircraft has a flight left for this slot."""
        craft = self.instance.slots[slot].aircraft
        flown = sum(self.instance.slots[s].aircraft == craft for s in ways if s != slot)
        must = sum(
            self.instance.slots[s].aircraft == craft and s != slot and s not in ways
            for s in self.instance.fixed_flight
        )
        return flown + must < self.instance.problem.aircraft[craft].max_flights

    def proposals(self, state: State, slot: int, sets: int = SETS, orders: int = ORDERS) -> list[Proposal]:
        """Other ways of a slot, best first."""
        if slot in self.instance.fixed_flight or not self.may_fly(state.ways, slot):
            return []
        crowd = Crowd(self.ground, list(state.ways.values()), state.parts)
        base = crowd.gains(state.prices, slot)
        window = self.window(state.ways, slot)
        proposer = Proposer(self.ground, self.fleet, slot, state.prices, base, *window)
        return proposer.best(sets, orders)

    def step(self, state: State, slot: int) -> State | None:
        """The first way of a slot found that improves the state; None where none does."""
        found = self.proposals(state, slot)
        old = state.ways.get(slot)
        tried = 0
        for one in found:
            if tried >= self.look:
                break
            if old is not None and _same(one.way, old):
                continue
            tried += 1
            better = self.exchange(state, slot, one.way, state.value)
            if better is not None:
                return better
        return None

    def exchange(self, state: State, slot: int, way: Way, beat: float) -> State | None:
        """The state with another way, or None where its value is no more than `beat`."""
        trial = state.copy()
        trial.ways[slot] = way
        trial.ways = dict(sorted(trial.ways.items()))
        trial.prices.drops[slot] = 0.0
        trial.parts.pop(slot, None)
        crowd = Crowd(self.ground, list(trial.ways.values()), trial.parts)
        bound = crowd.lower(trial.prices, beat, self.short, 0.01)
        if bound <= beat + EPS:
            return None
        trial.value = self.value_of(crowd, trial.prices, beat)
        if trial.value <= beat + self.eps * abs(beat):
            return None
        if self.exact:
            self.settle(trial, STEPS_LONG)
        return trial

    def climb(self, state: State, random: np.random.Generator, stop: Stop) -> State:
        """Exchange one flight at a time until no slot can be improved."""
        slots = [int(s) for s in random.permutation(len(self.instance.slots))]
        idle = 0
        at = 0
        while idle < len(slots) and not stop():
            better = self.step(state, slots[at % len(slots)])
            at += 1
            if better is None:
                idle += 1
            else:
                state, idle = better, 0
        return state

    def sweep(self, state: State, random: np.random.Generator, stop: Stop) -> State:
        """Try some slots, each once, two at a time."""
        slots = [int(s) for s in random.permutation(len(self.instance.slots))[:SWEPT]]
        for first in range(0, len(slots), 2):
            if stop():
                break
            begun = state
            pair = slots[first : first + 2]
            tries = list(self.pool.map(lambda slot, begun=begun: self.step(begun, slot), pair))
            found = [(t.value, -i, pair[i], t) for i, t in enumerate(tries) if t is not None]
            found.sort(key=lambda x: x[:2], reverse=True)
            if not found:
                continue
            state = found[0][3]
            for _, _, slot, other in found[1:]:
                both = self.exchange(state, slot, other.ways[slot], state.value)
                state = state if both is None else both
        self.settle(state)
        return state

    def throw(self, state: State, random: np.random.Generator) -> State:
        """Fly one to three slots by ways drawn from their proposals, one after the other."""
        state = state.copy()
        count = int(random.integers(1, min(3, len(self.instance.slots)) + 1))
        slots = [int(s) for s in random.choice(len(self.instance.slots), size=count, replace=False)]
        slots = [s for s in slots if s not in self.instance.fixed_flight]
        for s in slots:
            state.ways.pop(s, None)
            state.parts.pop(s, None)
        for s in slots:
            found = self.proposals(state, s, sets=40, orders=1)
            if found:
                i = min(len(found) - 1, int(random.exponential(6.0)))
                state.ways[s] = found[i].way
                state.ways = dict(sorted(state.ways.items()))
                state.prices.drops[s] = 0.0
                crowd = Crowd(self.ground, list(state.ways.values()), state.parts)
                crowd.lower(state.prices, 0.9 * state.value, self.short)
        crowd = Crowd(self.ground, list(state.ways.values()))
        state.value = self.value_of(crowd, state.prices, 0.98 * state.value)
        self.settle(state)
        return state

    def round(self, state: State, number: int, stop: Stop) -> State:
        """Throw and climb again."""
        random = np.random.default_rng([self.seed, number])
        return self.climb(self.throw(state, random), random, stop)


def _same(one: Way, other: Way) -> bool:
    return (one.layout, one.route.hub, one.route.stops, one.route.leaves_base) == (
        other.layout,
        other.route.hub,
        other.route.stops,
        other.route.leaves_base,
    )
