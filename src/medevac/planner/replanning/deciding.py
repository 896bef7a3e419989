"""Decides the changed problem: fewest touched first, then score; says what of it is proven.

1. Small problems: every way there is, in one model. Both the number and the score are proven.
2. Else the old routes as they were, everybody staying whose place is not lost for certain: when that holds,
   only those are touched, which is proven the fewest. Freed places go to the waiting, and routes may be
   exchanged for better ones that keep the same patients.
3. Else other routes for the flights concerned (`rerouting`), against a bound on how many can stay.
4. Where that finds nothing (as when somebody who is fixed needs a new flight), the planner's own plan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import medevac.planner
from medevac.planner.decision import Decision, FlightChoice
from medevac.planner.exact import MOST_OPTIONS
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.linear import Solved
from medevac.planner.loads import Way
from medevac.planner.lookup import index_of
from medevac.planner.problem import FlightKey
from medevac.planner.replanning.candidates import Candidates
from medevac.planner.replanning.changed import Changed
from medevac.planner.replanning.further import add_flights
from medevac.planner.replanning.improving import improve_routes
from medevac.planner.replanning.keeping import KeepingModel, OldPlaces
from medevac.planner.replanning.progress import decision_of, states_at
from medevac.planner.replanning.rerouting import most_that_can_stay, near_ways
from medevac.planner.standing import Standing

LARGE_OPTIONS = 4_000  # beyond which the search for the best score is cut short
LARGE_GAP, LARGE_NODES = 1e-4, 200
LONGEST_SECONDS = 60.0  # for planning anew, when all else has found nothing


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided. `decision` is None where no way was found; `impossible` says that there is none.

    `least` is a proven lower limit of the number of touched patients; `best` whether no plan with so few
    touched scores more. `turned_back` are flights under way that have nowhere to go after the hub.
    """

    decision: Decision | None
    method: str
    least: int = 0
    best: bool = False
    impossible: bool = False
    turned_back: tuple[FlightKey, ...] = ()


def decide(changed: Changed) -> Decided:
    """Decide flights and placements of a changed problem."""
    work = _Deciding(changed)
    return replace(work.decide(), turned_back=tuple(work.candidates.turned_back()))


class _Deciding:
    """The arrays of one changed problem, and the methods."""

    def __init__(self, changed: Changed) -> None:
        self.changed = changed
        self.instance = Instance(changed.problem)
        self.fleet = Fleet(self.instance)
        self.candidates = Candidates(self.instance, self.fleet, changed)
        self.old = OldPlaces(self.instance, changed)

    def decide(self) -> Decided:
        """The first method that gives an answer."""
        flown, legal = self.candidates.flown()
        if not legal:
            return Decided(None, "fixed flights break rules", impossible=True)
        staying = flown + [way for slot in self._open() for way in self._near_old(slot)]
        every = self.candidates.every() if self._may_be_small() else None
        if every is not None:
            found = self._decide_whole(every)
            if found is not None:
                return found
        found = self._decide_staying(staying) or self._decide_rerouted(flown)
        if found.decision is None:
            return self._decide_anew(found.least)
        wider = add_flights(self.changed, found.decision)
        return found if wider == found.decision else replace(found, decision=wider, best=False)

    def _may_be_small(self) -> bool:
        return len(self.instance.airport_codes) * len(self.instance.slots) <= 200

    def _open(self) -> list[int]:
        """Slots of old flights that have not left the hub and are not fixed."""
        return [slot for slot in self.candidates.old if slot not in self.instance.fixed_flight]

    def _near_old(self, slot: int) -> list[Way]:
        """The old routes of a slot; others too where it is under way and none of them is left."""
        kept = self.candidates.kept(slot)
        return kept if kept or slot not in self.candidates.must_fly else self.candidates.under_way(slot)

    def _decide_whole(self, ways: list[Way]) -> Decided | None:
        method = "every way in one model: fewest touched first, then score"
        if not ways:
            if self.instance.fixed or self.candidates.must_fly:
                return Decided(None, method, impossible=True)
            return Decided(Decision((), ()), method, self.old.count, best=True)
        must_fly = self.candidates.must_fly
        model = KeepingModel(self.instance, ways, self.old, must_fly=must_fly)
        if len(model.pair) > MOST_OPTIONS:
            return None
        most = model.most_kept()
        if most.status == "infeasible":
            return Decided(None, method, impossible=True)
        kept = round(most.objective)
        solved = model.best_score(kept, start=most.values)
        return Decided(self._decision(model, solved), method, self.old.count - kept, best=True)

    def _decide_staying(self, ways: list[Way]) -> Decided | None:
        if not ways:
            return None
        must_fly = self.candidates.must_fly
        model = KeepingModel(self.instance, ways, self.old, must_fly=must_fly, stay=True)
        solved = model.best_score(0)
        if not len(solved.values):
            return None
        standing = self._standing(model, solved)
        best = improve_routes(self.instance, self.candidates, self.old, standing)
        method = "all who can stay do; freed places by one model, then better routes that keep them"
        least = int(self.old.lost.sum())
        return Decided(self._with_empty(standing, model, solved), method, least, best=best)

    def _decide_rerouted(self, flown: list[Way]) -> Decided:
        method = "routes near to the old ones in one model: fewest touched first, then score"
        ways, limits = near_ways(self.instance, self.candidates, self.old, self._open())
        reached = {way.slot for way in ways}
        ways = flown + ways
        ways += [
            way
            for slot in self.candidates.must_fly
            if slot not in reached
            for way in self.candidates.under_way(slot)
        ]
        least = self.old.count - most_that_can_stay(self.instance, self.candidates, self.old, limits)
        if not ways:
            if self.instance.fixed:
                return Decided(None, method, least)
            return Decided(Decision((), ()), method, least)
        model = KeepingModel(self.instance, ways, self.old, must_fly=self.candidates.must_fly)
        most = model.most_kept()
        if not len(most.values):
            return Decided(None, method, least)
        large = len(model.pair) > LARGE_OPTIONS
        solved = model.best_score(
            round(most.objective),
            gap=LARGE_GAP if large else 1e-6,
            nodes=LARGE_NODES if large else None,
            start=most.values,
        )
        return Decided(self._decision(model, solved if len(solved.values) else most), method, least)

    def _decide_anew(self, least: int) -> Decided:
        """The planner's own plan of the changed problem, where it keeps to what has happened."""
        method = "planned anew, as no route near to the old ones was found"
        problem = self.changed.problem
        plan = medevac.planner.solve(problem, seconds=LONGEST_SECONDS)
        if plan is None:
            return Decided(None, method, least)
        if plan.status == "infeasible":
            return Decided(None, method, impossible=True)
        decision = decision_of(plan, states_at(index_of(problem), plan, None))
        return Decided(decision if self._keeps_to_rules(decision) else None, method, least)

    def _keeps_to_rules(self, decision: Decision) -> bool:
        """Whether flights keep to the clock, to what has happened and to what has closed."""
        flown = {one.key: one for one in decision.flights}
        for key, rule in self.changed.rules.items():
            one = flown.get(key)
            if one is None:
                if rule.must_fly:
                    return False
                continue
            wanted = (rule.leaves_base, rule.hub, rule.layout)
            got = (one.leaves_base, one.hub, one.layout_id)
            if any(want is not None and want != has for want, has in zip(wanted, got, strict=True)):
                return False
            if one.leaves_base < rule.not_before or self.changed.closed & {one.hub, *one.stops}:
                return False
        return True

    # -- from values to a decision ---------------------------------------------------------------------

    def _decision(self, model: KeepingModel, solved: Solved) -> Decision:
        return self._with_empty(self._standing(model, solved), model, solved)

    def _standing(self, model: KeepingModel, solved: Solved) -> Standing:
        standing = Standing(self.instance, self.instance.pair_value)
        for load in model.loads(solved):
            standing.add(load)
        return standing

    def _with_empty(self, standing: Standing, model: KeepingModel, solved: Solved) -> Decision:
        """The decision of a standing, with the flights that are under way and carry nobody."""
        decision = standing.decision()
        flights = list(decision.flights)
        for slot in self.candidates.must_fly:
            load = standing.loads.get(slot)
            if load is not None and load.seats:
                continue
            chosen = [i for i, way in enumerate(model.ways) if way.slot == slot and solved.values[i] > 0.5]
            flights.append(self._empty_flight(model.ways[chosen[0]]))
        return Decision(tuple(flights), decision.assignments)

    def _empty_flight(self, way: Way) -> FlightChoice:
        instance, slot = self.instance, self.instance.slots[way.slot]
        craft = instance.problem.aircraft[slot.aircraft]
        return FlightChoice(
            aircraft_id=craft.id,
            date=slot.day,
            layout_id=craft.layouts[way.layout].id,
            hub=instance.hub_codes[way.route.hub],
            stops=tuple(instance.airport_codes[one] for one in way.route.stops),
            leaves_base=way.route.leaves_base,
        )
