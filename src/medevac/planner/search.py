"""Good plans of many flights: flight by flight first, then one to three flights at a time made anew.

Every step leaves a plan that obeys all rules. Steps are counted, not timed, so that the same seed makes the
same plan unless the clock ends the search.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from medevac.planner.exchange import improve as exchange
from medevac.planner.fleet import Fleet
from medevac.planner.flight import FlightSearch, Task
from medevac.planner.instance import Floats, Instance, Ints
from medevac.planner.model import Load, RouteModel, Way
from medevac.planner.standing import Standing, adopt

MODELS_PER_FLIGHT = 12
MOST_TIGHTENED = 1200  # candidates per flight at 100 patients; fewer where each costs more
MOST_OPTIONS = 15_000  # of a model over many flights
SMALL = 400  # patients up to whom everybody is assigned anew after each gain, and slots chosen jointly
POLISH_EVERY = 40  # rounds
JOINT_AFTER = 15  # rounds without gain
JOINT_OPTIONS = 6_000
WAITING_PER_HUB = 400  # patients offered to one flight
LOAD_OPTIONS = 1_500  # of one flight's load, where there are many patients
REASSIGN_OPTIONS = 3_000
JOINT_GAP = 1e-4
JOINT_NODES = 40
WAYS_PER_SLOT = 4
EPS_VALUE = 1e-6

Stop = Callable[[], bool]


class Search:
    """Makes and improves standings; keeps the best, and every load it came upon.

    Parameters
    ----------
    instance, fleet
        The arrays of the problem and its libraries.
    weight
        What each pair is worth before transit, shape (pairs,).
    seed
        Of the choice of neighbourhoods.
    """

    def __init__(self, instance: Instance, fleet: Fleet, weight: Floats, seed: int, threads: int = 2) -> None:
        self.instance = instance
        self.fleet = fleet
        self.weight = weight
        self.random = np.random.default_rng(seed)
        self.pool = ThreadPoolExecutor(threads)
        self.threads = threads
        offered = min(len(instance.patients), WAITING_PER_HUB * len(instance.hub_codes))
        self.most_tightened = max(100, MOST_TIGHTENED * 100 // max(100, offered))
        self.found: list[Load] = []
        self.ways: dict[int, list[Way]] = {s: [] for s in range(len(instance.slots))}

    # -- one slot --------------------------------------------------------------------------------------

    def best_flights(
        self,
        standing: Standing,
        slot: int,
        patients: Ints,
        *,
        weight: Floats | None = None,
        gap: float = 1e-4,
        models: int | None = MODELS_PER_FLIGHT,
        beat: float = 0.0,
        stop: Stop | None = None,
    ) -> list[Load]:
        """The best loads found for a free slot, best first; empty where flying does not pay."""
        if not standing.may_fly(slot):
            return []
        not_before, back_before = standing.window(slot)
        patients = self._most_urgent(patients)
        task = Task(
            slot,
            patients,
            self.weight if weight is None else weight,
            standing.room,
            not_before=not_before,
            back_before=back_before,
            beat=beat,
        )
        sift_to = None if len(self.instance.patients) <= SMALL else LOAD_OPTIONS
        search = FlightSearch(self.instance, self.fleet, task, sift_to=sift_to)
        found = search.run(gap=gap, most_models=models, most_tightened=self.most_tightened, stop=stop)
        mandatory = slot in self.instance.fixed_flight
        return [load for value, load in found.loads if mandatory or value > EPS_VALUE]

    def _most_urgent(self, patients: Ints) -> Ints:
        """The `WAITING_PER_HUB` patients of each hub who weigh most, families whole: no flight takes more."""
        instance = self.instance
        kept = np.zeros(len(instance.units), dtype=np.bool_)
        for hub in range(len(instance.hub_codes)):
            here = patients[instance.hub_of[patients] == hub]
            order = np.argsort(-instance.worth[here], kind="stable")
            kept[instance.unit_of[here[order[:WAITING_PER_HUB]]]] = True
        kept[instance.unit_of[list(instance.fixed)]] = True
        return patients[kept[instance.unit_of[patients]]]

    def remember(self, loads: Sequence[Load]) -> None:
        """Keep loads for the master problem, and their ways for joint choices."""
        self.found += loads
        for load in loads:
            known = self.ways[load.way.slot]
            if load.way not in known:
                known.insert(0, load.way)
                del known[12:]

    # -- a whole standing ------------------------------------------------------------------------------

    def greedy(
        self, order: Sequence[int], stop: Stop, weight_of: Callable[[int], Floats] | None = None
    ) -> Standing:
        """Slots in this order, each flown as well as what is left allows."""
        standing = Standing(self.instance, self.weight)
        for slot in order:
            if stop() and slot not in self.instance.fixed_flight:
                continue
            weight = None if weight_of is None else weight_of(slot)
            loads = self.best_flights(standing, slot, standing.waiting(), weight=weight)
            self.remember(loads)
            if loads:
                standing.add(loads[0])
        return standing

    def improve(
        self,
        standing: Standing,
        stop: Stop,
        *,
        rounds: int,
        patience: int,
        report: Callable[[Standing], None] | None = None,
    ) -> Standing:
        """Rounds of neighbourhoods, two at a time, until `patience` rounds in a row bring nothing."""
        idle = 0
        value = standing.value()
        for number in range(rounds):
            if stop() or idle >= patience:
                break
            picks = [self._pick(standing, number + i) for i in range(self.threads)]
            jointly = len(self.instance.patients) <= SMALL and idle >= JOINT_AFTER
            tries = list(self.pool.map(partial(self._remake, standing, stop=stop, jointly=jointly), picks))
            for loads, _ in tries:
                self.remember(loads)
            better = self._best_of(standing, picks, [t for _, t in tries])
            if better.value() > value + EPS_VALUE:
                small = len(self.instance.patients) <= SMALL
                standing = (
                    self.reassign(better, nodes=20, gap=1e-4, most=REASSIGN_OPTIONS) if small else better
                )
                value, idle = standing.value(), 0
                if report is not None:
                    report(standing)
            else:
                idle += 1
            if number % POLISH_EVERY == POLISH_EVERY - 1 and len(self.instance.patients) > SMALL:
                standing = self.polish(standing, stop)
                if standing.value() > value + EPS_VALUE:
                    value, idle = standing.value(), 0
        return standing

    def _best_of(self, standing: Standing, picks: list[list[int]], tries: list[Standing | None]) -> Standing:
        """The best of what was tried, with what else was tried on top where both can be."""
        ranked = [(t.value(), -i, t) for i, t in enumerate(tries) if t is not None]
        ranked.sort(key=lambda x: x[:2], reverse=True)
        if not ranked or ranked[0][0] <= standing.value() + EPS_VALUE:
            return standing
        best = ranked[0][2]
        for value, number, other in ranked[1:]:
            if value > standing.value() + EPS_VALUE:
                both = self._on_top(best, other, picks[-number])
                if both is not None and both.value() > best.value() + EPS_VALUE:
                    best = both
        return best

    def _on_top(self, best: Standing, other: Standing, slots: list[int]) -> Standing | None:
        """`best` with some slots as in `other`, or None where they get in each other's way."""
        both = best.copy()
        for slot in slots:
            both.remove(slot)
        for slot in slots:
            load = other.loads.get(slot)
            if load is None:
                continue
            if both.placed[both.travellers(load)].any() or not both.may_fly(slot):
                return None
            not_before, back_before = both.window(slot)
            if load.way.route.leaves_base < not_before - 1e-6 or load.way.route.back_at > back_before + 1e-6:
                return None
            both.add(load)
        fits = (both.room.free[: self.instance.first_share_resource] >= -1e-9).all()
        arrivals = all((a >= -1e-9).all() for a in both.room.arrivals.values())
        return both if fits and arrivals and both.complete() >= best.complete() else None

    def _pick(self, standing: Standing, number: int) -> list[int]:
        """One to three slots: in turn one alone, then neighbours by date or by hub, then any."""
        slots = np.arange(len(self.instance.slots))
        size = min(len(slots), 1 + number % 3)
        first = int(self.random.choice(slots))
        if size == 1:
            return [first]
        same = np.array([self._kinship(standing, first, int(s)) for s in slots])
        same[first] = 0.0
        if same.sum() <= 0:
            return [first]
        others = self.random.choice(
            slots, size=min(size - 1, int((same > 0).sum())), replace=False, p=same / same.sum()
        )
        return [first, *(int(x) for x in others)]

    def _kinship(self, standing: Standing, one: int, other: int) -> float:
        a, b = standing.loads.get(one), standing.loads.get(other)
        kin = 1.0
        if self.instance.slots[one].aircraft == self.instance.slots[other].aircraft:
            kin += 1.0
        if a is not None and b is not None:
            kin += 2.0 * (a.way.route.hub == b.way.route.hub)
            kin += 1.0 * len(set(a.way.route.stops) & set(b.way.route.stops))
        return kin

    def _remake(
        self, standing: Standing, slots: Sequence[int], stop: Stop, jointly: bool = True
    ) -> tuple[list[Load], Standing | None]:
        """Clear some slots and fly them anew: one after the other, then jointly over the ways found."""
        slots = sorted(slots, key=lambda s: s not in self.instance.fixed_flight)  # what is fixed goes first
        cleared = standing.copy()
        for slot in slots:
            cleared.remove(slot)
        if len(slots) == 1:
            return self._remake_one(standing, cleared, slots[0], stop)
        trial = cleared.copy()
        seen: list[Load] = []
        ways: dict[int, list[Way]] = {}
        for slot in slots:
            loads = self.best_flights(trial, slot, trial.waiting(), stop=stop)
            seen += loads
            ways[slot] = [x.way for x in loads[:WAYS_PER_SLOT]]
            if loads:
                trial.add(loads[0])
        if not jointly:
            return seen, trial if trial.complete() >= standing.complete() else None
        for slot in slots:
            old = standing.loads.get(slot)
            extra = [] if old is None else [old.way]
            ways[slot] = _distinct(ways[slot] + extra + self.ways[slot][:WAYS_PER_SLOT])
        joint = self.joint(cleared, ways, trial if trial.value() > standing.value() else standing)
        options = [x for x in (trial, joint) if x is not None and x.complete() >= standing.complete()]
        return seen, max(options, key=lambda x: x.value(), default=None)

    def _remake_one(
        self, standing: Standing, cleared: Standing, slot: int, stop: Stop
    ) -> tuple[list[Load], Standing | None]:
        old = max(0.0, standing.value() - cleared.value())
        loads = self.best_flights(cleared, slot, cleared.waiting(), beat=old, stop=stop)
        if not loads:
            return [], None
        cleared.add(loads[0])
        return loads, cleared if cleared.complete() >= standing.complete() else None

    def joint(
        self,
        cleared: Standing,
        ways: dict[int, list[Way]],
        best: Standing,
        *,
        nodes: int | None = None,
        seconds: float | None = None,
        gap: float | None = None,
    ) -> Standing | None:
        """One model over some ways of some slots, everybody else as they are in `cleared`."""
        offered = []
        for slot, options in ways.items():
            if not cleared.may_fly(slot):
                continue
            not_before, back_before = cleared.window(slot)
            for way in options:
                fits = way.route.leaves_base >= not_before - 1e-6 and way.route.back_at <= back_before + 1e-6
                if fits:
                    must = slot in self.instance.fixed_flight
                    offered.append(Way(way.slot, way.layout, way.route, flown=must))
        if not offered:
            return None
        craft_limits = self._flights_left(cleared)
        model = RouteModel(
            self.instance,
            offered,
            cleared.room,
            cleared.waiting(),
            self.weight,
            flights_left=craft_limits,
            sift_to=JOINT_OPTIONS,
            target=best.value() - cleared.value(),
        )
        solved = model.solve(
            whole=True,
            nodes=JOINT_NODES if nodes is None else nodes,
            gap=JOINT_GAP if gap is None else gap,
            seconds=seconds,
        )
        if not len(solved.values):
            return None
        result = cleared.copy()
        for load in model.loads(solved):
            if load.seats or load.way.slot in self.instance.fixed_flight:
                result.add(Load(Way(load.way.slot, load.way.layout, load.way.route, flown=True), load.seats))
        return result

    def _flights_left(self, standing: Standing) -> Floats:
        left = np.array([a.max_flights for a in self.instance.problem.aircraft], dtype=np.float64)
        for slot in standing.loads:
            left[self.instance.slots[slot].aircraft] -= 1
        return left

    def polish(self, standing: Standing, stop: Stop) -> Standing:
        """Everybody anew over the flights as they are: by one model where it is small, else by exchanges."""
        if len(self.instance.patients) <= SMALL:
            return self.reassign(standing)
        decision = exchange(self.instance.problem, standing.decision(), stop=stop)
        better = adopt(self.instance, self.fleet, decision, self.weight)
        return better if better.value() > standing.value() and better.complete() else standing

    def reassign(
        self,
        standing: Standing,
        *,
        seconds: float | None = None,
        gap: float = 1e-5,
        slots: Sequence[int] | None = None,
        nodes: int | None = 200,
        most: int = MOST_OPTIONS,
    ) -> Standing:
        """Everybody anew over the flights as they are (or over some of them), by one model."""
        chosen = list(standing.loads) if slots is None else [s for s in slots if s in standing.loads]
        if not chosen:
            return standing
        cleared = standing.copy()
        for slot in chosen:
            cleared.remove(slot)
        ways = [standing.loads[s].way for s in chosen]
        flown = [Way(w.slot, w.layout, w.route, flown=True) for w in ways]
        model = RouteModel(
            self.instance,
            flown,
            cleared.room,
            cleared.waiting(),
            self.weight,
            sift_to=most,
            target=standing.value() - cleared.value(),
        )
        solved = model.solve(whole=True, gap=gap, seconds=seconds, nodes=nodes)
        if not len(solved.values):
            return standing
        for load in model.loads(solved):
            cleared.add(load)
        better = cleared.value() > standing.value() + EPS_VALUE and cleared.complete() >= standing.complete()
        return cleared if better else standing


def _distinct(ways: Sequence[Way]) -> list[Way]:
    found: dict[tuple[object, ...], Way] = {}
    for w in ways:
        found.setdefault((w.layout, w.route.hub, w.route.stops, w.route.leaves_base), w)
    return list(found.values())
