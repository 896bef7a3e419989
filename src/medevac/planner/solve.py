"""A problem in, the best plan out, with a bound: which method is used when.

Small problems are solved whole (`exact`), one flight by a search with a proof (`flight`), several flights by
bounds from prices and exchanges of flights (`several_flights`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import medevac
from medevac.planner.assemble import build_infeasible_plan, build_plan
from medevac.planner.conflicts import explain_infeasible, plain_conflicts
from medevac.planner.coupling import Coupling
from medevac.planner.decision import Decision
from medevac.planner.exact import MOST_OPTIONS, every_way, exact_model
from medevac.planner.exchange import improve as exchange
from medevac.planner.fleet import Fleet
from medevac.planner.flight import FlightSearch, Task
from medevac.planner.instance import Floats, Instance
from medevac.planner.model import Load, Room
from medevac.planner.plan import OPTIMAL_GAP, Plan, SolverRecord, Status
from medevac.planner.problem import Problem
from medevac.planner.relaxation import relax
from medevac.planner.search import Search
from medevac.planner.several_flights import SeveralFlights
from medevac.planner.standing import Standing, adopt

PATIENCE = 40  # rounds without gain that end the search for several flights
FINISHING = 4.0  # times what exchanging took in the first plan: the search's last step, exchanging, reasons


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the solver stands: best score and bound so far (None where there is none), seconds, stage."""

    score: float | None
    bound: float | None
    seconds: float
    stage: str

    @property
    def gap(self) -> float | None:
        """(bound - score) / max(1, |score|); None where either is missing."""
        if self.score is None or self.bound is None:
            return None
        return max(0.0, self.bound - self.score) / max(1.0, abs(self.score))


class Infeasible(Exception):  # noqa: N818 - an outcome, not an error
    """No plan obeys all rules."""


class Solver:
    """One run of the planner.

    Parameters
    ----------
    problem
        What must be decided.
    seconds
        Time limit; None searches until `gap` is met or nothing improves.
    gap
        Relative gap at which to stop.
    seed
        Of the search.
    progress
        Called with a `Progress` now and then, from the solving thread.
    stop
        Set by others to end with the best plan so far.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        seconds: float | None = None,
        gap: float = OPTIMAL_GAP,
        seed: int = 0,
        progress: Callable[[Progress], None] | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self.began = time.monotonic()
        self.problem = problem
        self.seconds = seconds
        self.gap = min(gap, 1.0)
        self.seed = seed
        self.progress = progress
        self.stop_event = stop
        self.instance = Instance(problem)
        self.fleet = Fleet(self.instance)
        self.best: Decision | None = None
        self.score: float | None = None
        self.bound: float | None = None
        self.method = "none"
        self.reserve = 0.0  # seconds at the end for what follows the search

    # -- what others ask -------------------------------------------------------------------------------

    def elapsed(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.began

    def out_of_time(self) -> bool:
        """Whether the clock or the user says to end."""
        if self.stop_event is not None and self.stop_event.is_set():
            return True
        return self.seconds is not None and self.elapsed() >= self.seconds - self.reserve

    def left(self) -> float | None:
        """Seconds left, or None without a limit."""
        return None if self.seconds is None else max(0.0, self.seconds - self.elapsed())

    def done(self) -> bool:
        """Whether the gap is met."""
        if self.score is None or self.bound is None:
            return False
        return self.bound - self.score <= self.gap * max(1.0, abs(self.score))

    def finished(self) -> bool:
        """Out of time, or the gap is met."""
        return self.out_of_time() or self.done()

    def tell(self, stage: str) -> None:
        """Report progress."""
        if self.progress is not None:
            self.progress(Progress(self.score, self.bound, self.elapsed(), stage))

    def offer(self, standing: Standing, bonus: float) -> None:
        """Keep a standing if it is complete and the best."""
        if not standing.complete():
            return
        score = standing.value() - bonus * len(self.instance.fixed)
        if self.score is None or score > self.score:
            self.score, self.best = score, standing.decision()

    def lower_bound_to(self, bound: float) -> None:
        """Keep the smallest bound."""
        if self.bound is None or bound < self.bound:
            self.bound = float(bound)

    def rehearse(self, standing: Standing) -> Standing:
        """Exchange patients as in the outcome; what that takes, a few times over, is kept free at the end."""
        began = time.monotonic()
        decision = exchange(self.problem, standing.decision(), stop=self.out_of_time)
        self.reserve = FINISHING * (time.monotonic() - began)
        return adopt(self.instance, self.fleet, decision, standing.weight)

    # -- methods ---------------------------------------------------------------------------------------

    def run(self) -> None:
        """Solve; afterwards `best`, `score` and `bound` hold the outcome.

        Raises
        ------
        Infeasible
            When it is proved that no plan obeys all rules.
        """
        if not len(self.instance.patients) and not self.instance.fixed_flight:
            self.best, self.score, self.bound, self.method = Decision((), ()), 0.0, 0.0, "nothing to decide"
            return
        self.tell("reading the map")
        ways = every_way(self.instance, self.fleet)
        if ways is not None and self._solve_whole(ways):
            return
        if len(self.instance.slots) == 1 and not self.instance.fixed_flight:
            self._solve_one_flight()
            if self.best is not None or self.out_of_time():
                return
            self.bound = None  # it counted on fixed patients whom no load held
        self._solve_many_flights()

    def _solve_whole(self, ways: list) -> bool:  # type: ignore[type-arg]
        """Everything in one model; False when that is too much."""
        self.method = "one model over all routes"
        if not ways:
            if self.instance.fixed or self.instance.fixed_flight:
                raise Infeasible
            self.best, self.score, self.bound = Decision((), ()), 0.0, 0.0
            return True
        missing = [s for s in self.instance.fixed_flight if all(w.slot != s for w in ways)]
        if missing:
            raise Infeasible
        model = exact_model(self.instance, ways)
        if len(model.pair) > MOST_OPTIONS:
            return False
        solved = model.solve(whole=True, seconds=self.left(), gap=min(self.gap, 1e-6))
        if solved.status == "infeasible":
            raise Infeasible
        if not len(solved.values):
            return False
        standing = Standing(self.instance, self.instance.pair_value)
        for load in model.loads(solved):
            standing.add(load)
        self.offer(standing, 0.0)
        self.lower_bound_to(max(solved.bound, solved.objective))
        self.tell("solved whole")
        return True

    def _solve_one_flight(self) -> None:
        """A quick load first, to have something to show and to beat; then the search with a proof."""
        self.method = "one flight: bounded stop sets, loads by HiGHS"
        instance = self.instance
        bonus = self._bonus()
        weight = Coupling(instance, bonus).weight
        self.offer(Standing(instance, weight), 0.0)
        quick = Search(instance, self.fleet, weight)
        for load in quick.best_flights(Standing(instance, weight), 0, np.arange(len(instance.patients)))[:1]:
            self._offer_load(load, weight, bonus)
        beat = 0.0 if self.score is None else self.score + bonus * len(instance.fixed)
        task = Task(0, np.arange(len(instance.patients)), weight, Room.whole(instance), beat=max(0.0, beat))
        search = FlightSearch(instance, self.fleet, task)

        def look() -> bool:
            if search.found.loads:
                self._offer_load(search.found.loads[0][1], weight, bonus)
            if np.isfinite(search.found.bound):
                self.lower_bound_to(search.found.bound - bonus * len(instance.fixed))
            self.tell("searching stop sets")
            return self.out_of_time()

        search.run(gap=min(self.gap, 1e-7) if self.gap <= OPTIMAL_GAP else self.gap, stop=look)
        look()
        if not all(library.complete for library in self.fleet.libraries(0)):
            self.bound = None
            relaxed = relax(instance, self.fleet, Coupling(instance, bonus))
            self.lower_bound_to(relaxed.bound - bonus * len(instance.fixed))

    def _offer_load(self, load: Load, weight: Floats, bonus: float) -> None:
        standing = Standing(self.instance, weight)
        standing.add(load)
        self.offer(standing, bonus)

    def _bonus(self) -> float:
        """What a fixed patient is worth beyond all else, so that each is placed where that is possible."""
        worth = float(self.instance.worth.max(initial=0.0))
        return 1000.0 + 10.0 * worth if self.instance.fixed else 0.0

    def _solve_many_flights(self) -> None:
        self.method = "flights exchanged by the prices of everybody"
        SeveralFlights(self.instance, self.fleet, self, self._bonus(), PATIENCE).run()

    # -- outcome ---------------------------------------------------------------------------------------

    def plan(self, sha256: str) -> Plan | None:
        """The outcome as a plan; None when there is none."""
        if self.best is None or self.score is None:
            return None
        decision = exchange(self.problem, self.best)
        score = adopt(self.instance, self.fleet, decision, self.instance.pair_value).value()
        self.best, self.score = decision, max(score, self.score)
        if self.bound is not None:
            self.bound = float(max(self.bound, self.score))
        status: Status = "feasible"
        if self.bound is not None and self.bound - self.score <= OPTIMAL_GAP * max(1.0, abs(self.score)):
            status = "optimal"
        return build_plan(
            self.problem,
            sha256,
            decision.flights,
            decision.assignments,
            bound=self.bound,
            status=status,
            solver_record=self.record(),
        )

    def record(self) -> SolverRecord:
        """Who made the plan and how."""
        return SolverRecord("medevac", medevac.__version__, self.method, round(self.elapsed(), 3), self.seed)


def solve(
    problem: Problem,
    *,
    sha256: str = "",
    seconds: float | None = None,
    gap: float = OPTIMAL_GAP,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> Plan | None:
    """Find the best plan.

    Parameters
    ----------
    problem
        What must be decided.
    sha256
        Of the problem file's bytes, for the plan's record.
    seconds
        Time limit in seconds; None searches until `gap` is met or nothing improves.
    gap
        Relative gap (bound - score) / max(1, |score|) at which to stop.
    seed
        The same problem and seed give the same plan when the search ends by gap.
    progress
        Called with a `Progress` now and then, from the solving thread.
    stop
        An event that others set to end with the best plan so far.

    Returns
    -------
    A plan; one of status `infeasible` with its conflicts when it is proved that there is none; None when the
    time ended without a plan or a proof.
    """
    solver = Solver(problem, seconds=seconds, gap=gap, seed=seed, progress=progress, stop=stop)
    conflicts = plain_conflicts(problem)
    if not conflicts:
        try:
            solver.run()
        except Infeasible:
            conflicts = explain_infeasible(problem)
    if conflicts:
        solver.method = solver.method if solver.method != "none" else "contradictions among what is fixed"
        return build_infeasible_plan(problem, sha256, conflicts, solver_record=solver.record())
    return solver.plan(sha256)
