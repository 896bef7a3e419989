"""Several flights: a first plan flight by flight, better routes by the prices of everybody, and bounds.

Where there are few flights, bound and plan are sought side by side, in stages of counted work, so that the
same problem and seed end the same way when the gap is met. Where there are many, flights are exchanged by
prices alone and people are seated by parts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np

from medevac.planner.bounding import BoundsBeside, BoundsHere, BoundsProcess, bounds
from medevac.planner.coupling import Coupling
from medevac.planner.crowd.climb import Climb, State
from medevac.planner.crowd.crowd import CrowdPrices
from medevac.planner.crowd.seating import Seating
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.relaxation import Relaxed, relax
from medevac.planner.search import Search
from medevac.planner.standing import Standing

Stop = Callable[[], bool]
FEW_SLOTS, FEW_PAIRS = 16, 20_000  # up to which stop sets are mixed and slots priced for the bound
WORTH_A_PROCESS = 5_000  # pairs times slots from which bounds get a process of their own
LEAST_GAIN = 1e-6


class Watch(Protocol):
    """What the search tells and asks on its way."""

    seed: int

    def offer(self, standing: Standing, bonus: float) -> None:
        """Keep a standing if it is complete and the best."""

    def lower_bound_to(self, bound: float) -> None:
        """Keep the smallest bound."""

    def tell(self, stage: str) -> None:
        """Report progress."""

    def finished(self) -> bool:
        """Out of time, or the gap is met."""

    def out_of_time(self) -> bool:
        """Whether the clock or the user says to end."""

    def rehearse(self, standing: Standing) -> Standing:
        """Finish a standing as the outcome will be finished, and keep the time that this takes free."""


class SeveralFlights:
    """One search for a plan of several flights.

    Parameters
    ----------
    instance, fleet
        The arrays of the problem and its libraries of routes.
    watch
        Is told of plans and bounds, and says when to end.
    bonus
        What a fixed patient is worth beyond all else, so that each is placed.
    patience
        Rounds without a gain that end the search.
    """

    def __init__(self, instance: Instance, fleet: Fleet, watch: Watch, bonus: float, patience: int) -> None:
        self.instance, self.fleet, self.watch, self.bonus = instance, fleet, watch, bonus
        self.patience = patience
        self.coupling = Coupling(instance, bonus)
        self.climb = Climb(instance, fleet, self.coupling.weight, watch.seed)
        self.seating = Seating(self.climb.ground, self.coupling.weight)
        self.best: Standing | None = None
        self.bound = np.inf

    @property
    def few(self) -> bool:
        """Whether slots can be priced one by one for the bound."""
        return len(self.instance.slots) <= FEW_SLOTS and len(self.instance.pair_patient) <= FEW_PAIRS

    def run(self) -> None:
        """Search until the gap is met, time is out, or nothing improves."""
        if not self.few or not self.instance.slots:
            begun = self._begin()
            if begun is not None:
                self._many_flights(*begun)
            return
        with BoundsBeside(self._source(), self.watch.out_of_time) as found:
            begun = self._begin()
            if begun is not None:
                self._few_flights(begun[0], found)

    def _source(self) -> BoundsHere | BoundsProcess:
        """Bounds from a process of their own, unless it would take longer to start than to find them."""
        instance = self.instance
        if len(instance.pair_patient) * len(instance.slots) >= WORTH_A_PROCESS:
            return BoundsProcess(instance.problem, self.bonus)
        return BoundsHere(lambda stop: bounds(instance, self.fleet, self.bonus, stop))

    def _begin(self) -> tuple[State, Standing] | None:
        """A bound, a plan made flight by flight, and its state; None where there is nothing more to find."""
        relaxed = self._relax(0.0)
        self.watch.tell("bounding")
        standing = self._first_standing()
        if self.watch.finished() or not self.instance.slots:
            return None
        return self._first_state(standing, relaxed), standing

    # -- what both ways share --------------------------------------------------------------------------

    def _relax(self, target: float) -> Relaxed:
        relaxed = relax(self.instance, self.fleet, self.coupling, target=target)
        self.watch.lower_bound_to(relaxed.bound - self.bonus * len(self.instance.fixed))
        return relaxed

    def _offer(self, standing: Standing, stage: str) -> None:
        if self.best is not None and standing.value() <= self.best.value() + LEAST_GAIN:
            return
        if self.best is None or standing.complete() >= self.best.complete():
            self.best = standing
        self.watch.offer(standing, self.bonus)
        self.watch.tell(stage)

    def _first_standing(self) -> Standing:
        slots, fixed = self.instance.slots, self.instance.fixed_flight
        order = sorted(range(len(slots)), key=lambda s: (s not in fixed, slots[s].day, slots[s].aircraft))
        search = Search(self.instance, self.fleet, self.coupling.weight)
        standing = search.greedy(order, self.watch.out_of_time)
        self._offer(standing, "flight by flight")
        if not self.few and standing.complete() and not self.watch.finished():
            standing = self.watch.rehearse(standing)
            self._offer(standing, "exchanging patients")
        return standing

    def _first_state(self, standing: Standing, relaxed: Relaxed) -> State:
        ground = self.climb.ground
        prices = CrowdPrices.none(self.instance, len(ground.days), ground.stops)
        prices.resource[:] = relaxed.duals.resource
        prices.board[:] = relaxed.board
        return self.climb.start(standing, prices)

    def _random(self, *numbers: int) -> np.random.Generator:
        return np.random.default_rng([self.watch.seed, *numbers])

    # -- few flights -----------------------------------------------------------------------------------

    def _few_flights(self, state: State, found: BoundsBeside) -> None:
        """Climb beside the bound, a round at a time; once no better bound comes, two rounds at a time.

        After so many steps a plan counts together with the first so many bounds: the gap is met at the same
        step however fast either is found.
        """
        state = self.climb.climb(state, self._random(0), self.watch.finished)
        self._seat_whole(state)
        idle = number = step = 0
        alone = False
        while not self.watch.finished() and (idle < self.patience or not alone):
            if idle < self.patience:
                numbers = range(number, number + (2 if alone else 1))
                number = numbers.stop
                state, idle = self._climb_on(state, numbers, idle)
            step += 1
            bound, alone = found.best_of(step)
            self._adopt_bound(bound)
        if self.watch.out_of_time():
            self._adopt_bound(found.best())

    def _adopt_bound(self, bound: float | None) -> None:
        if bound is not None and bound < self.bound:
            self.bound = bound
            self.watch.lower_bound_to(bound)
            self.watch.tell("tightening the bound")

    def _climb_on(self, state: State, numbers: range, idle: int) -> tuple[State, int]:
        """One round of each number from the same state; the best state, and rounds since the last gain."""
        stop = self.watch.out_of_time
        begun = state
        rounds = self.climb.pool.map(lambda number: self.climb.round(begun, number, stop), numbers)
        before = self.best.value() if self.best is not None else -np.inf
        for found in rounds:
            if found.value > before + LEAST_GAIN:
                self._seat_whole(found)
            if found.value > state.value:
                state = found
        gained = self.best is not None and self.best.value() > before + LEAST_GAIN
        return state, 0 if gained else idle + len(numbers)

    def _seat_whole(self, state: State) -> None:
        standing = self.climb.whole(state)
        if standing is not None:
            self._offer(standing, "improving")

    # -- many flights ----------------------------------------------------------------------------------

    def _many_flights(self, state: State, standing: Standing) -> None:
        """Sweeps over slots by prices, people seated by parts after each; seats alone for very many."""
        report: Callable[[Standing], None] = lambda better: self._offer(better, "everybody anew")  # noqa: E731
        stop = self.watch.finished
        standing = self.seating.improve(standing, state.prices, self._random(0), stop, report)
        idle = number = 0
        too_many = self.climb.too_many(state)
        while idle < self.patience and not stop():
            number += 1
            self.watch.tell("seating everybody anew" if too_many else "exchanging flights")
            before = standing.value()
            random = self._random(number, 1)
            changed = standing
            if not too_many:
                state = self.climb.sweep(state, self._random(number), stop)
                changed = self.seating.adopt(standing, state.ways, state.prices, random, stop, report)
            changed = self.seating.improve(changed, state.prices, random, stop, report)
            if changed.value() > before + LEAST_GAIN and changed.complete() >= standing.complete():
                standing, idle = changed, 0
            else:
                idle += 1
