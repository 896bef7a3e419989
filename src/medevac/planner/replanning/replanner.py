"""From a plan and what has changed to the new problem and the new plan."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

import medevac.planner
from medevac.planner.assemble import build_infeasible_plan, build_plan
from medevac.planner.conflicts import plain_conflicts
from medevac.planner.decision import Decision
from medevac.planner.evaluate import evaluate
from medevac.planner.explain.sentences import listed
from medevac.planner.faults import Fault
from medevac.planner.lookup import index_of
from medevac.planner.plan import OPTIMAL_GAP, Conflict, Plan, SolverRecord, Status, Unplaced
from medevac.planner.problem import FixedFlight, Problem
from medevac.planner.reading import ProblemDocument, problem_to_dict
from medevac.planner.replanning.adding import with_added
from medevac.planner.replanning.alternates import Alternate, find_alternates
from medevac.planner.replanning.bounding import old_bound
from medevac.planner.replanning.changed import Changed, OldPlace, change
from medevac.planner.replanning.changes import Changes, check_changes
from medevac.planner.replanning.deciding import Decided, decide
from medevac.planner.replanning.finishing import finish
from medevac.planner.replanning.free_keys import with_free_keys
from medevac.planner.replanning.progress import states_at
from medevac.planner.replanning.touched import Touch, find_joined, find_touched
from medevac.planner.scoring import score_terms

TOLERATED = 0.05  # by which a checker allows a stated score to differ
LONGEST_PROOF = 20.0  # seconds for the conflicts of a problem without a plan


@dataclass(frozen=True, slots=True)
class Replanned:
    """The outcome of a change.

    `problem_bytes` is the new problem's file, which `plan` names. `touched` are the other patients whose
    place changes, `least` the proven lower limit of their number: where the two are equal no valid plan
    touches fewer. `best` says that no plan that touches so few scores more. `joined` are those who were not
    placed and are now. `held` are the places kept for patients who stay waiting, `stranded` those of them
    who are on board. `alternates` are for those on board, `notes` what else was decided for the user,
    `warnings` what is odd about what was added.
    """

    problem: Problem
    problem_bytes: bytes
    plan: Plan
    touched: tuple[Touch, ...]
    least: int
    best: bool
    joined: Mapping[str, OldPlace]
    held: Mapping[str, str]
    stranded: frozenset[str]
    alternates: tuple[Alternate, ...]
    notes: tuple[str, ...]
    warnings: tuple[Fault, ...]

    @property
    def fewest(self) -> bool:
        """Whether it is proven that no valid plan touches fewer."""
        return len(self.touched) <= self.least


def replan(document: ProblemDocument, plan: Plan, changes: Changes) -> Replanned | None:
    """Change a plan so that fewest others are touched, then so that it scores most.

    Parameters
    ----------
    document
        The problem as it was read; free keys of its bytes are kept.
    plan
        The old plan. It may break rules (as when the problem has changed since); what cannot be kept is not.
    changes
        What has changed.

    Returns
    -------
    The new problem and plan; a plan of status `infeasible` when what is fixed or flown contradicts the rules.
    None when no plan was found and none was excluded either.

    Raises
    ------
    FaultsError
        When the changes name what there is not, or what has happened.
    """
    return _Replanning(document, plan, changes).run()


class _Replanning:
    """One call; keeps what its steps share."""

    def __init__(self, document: ProblemDocument, plan: Plan, changes: Changes) -> None:
        self.began = time.monotonic()
        self.notes: list[str] = []
        self.plan = plan
        self.changes = changes
        states = states_at(index_of(document.problem), plan, changes.now)
        check_changes(document.problem, plan, states, changes)
        self.asked = self.document = document
        self.raw = json.loads(document.raw)
        if changes.add is not None:
            self.document = with_added(self.raw, changes.add)
            self.raw = json.loads(self.document.raw)
        self.index = index_of(self.document.problem)
        self.states = states
        self.changed = change(self.index, plan, states, changes)

    def run(self) -> Replanned | None:
        """Decide, and write down what was decided."""
        conflicts = plain_conflicts(self.changed.problem)
        if conflicts:
            return self._infeasible(conflicts)
        decided = decide(self.changed)
        self.notes = [
            f"{key.aircraft} on its way to the hub on {key.date} has nowhere to go from there: it turns back."
            for key in decided.turned_back
        ]
        if decided.impossible:
            return self._infeasible(self._conflicts())
        if decided.decision is None:
            return None
        decision = finish(index_of(self.changed.problem), self.changed, decided.decision)
        return self._written(decided, decision)

    def _conflicts(self) -> tuple[Conflict, ...]:
        """Why there is no plan: by the problem itself, or by what has happened, which it cannot say."""
        plan = medevac.planner.solve(self.changed.problem, seconds=LONGEST_PROOF)
        if plan is not None and plan.status == "infeasible":
            return plan.conflicts
        fixed = tuple(one.patient for one in self.changed.problem.fixed)
        text = (
            "What is fixed cannot be kept after this change, with what has happened before it. Release some "
            "of the fixed patients or flights, or take back a part of the change."
        )
        return (Conflict(fixed, "10 fixed", text),)

    def _infeasible(self, conflicts: tuple[Conflict, ...]) -> Replanned:
        raw = self._bytes(self.changed.problem)
        plan = build_infeasible_plan(
            self.changed.problem,
            sha256(raw).hexdigest(),
            conflicts,
            solver_record=self._record("replan: what is fixed or flown contradicts the rules"),
        )
        return self._result(self.changed.problem, raw, plan, Decision((), ()), 0, False)

    def _written(self, decided: Decided, decision: Decision) -> Replanned:
        problem = _with_named_flights(self.changed, decision)
        raw = self._bytes(problem)
        bound, status = self._proven(problem, decision)
        plan = build_plan(
            problem,
            sha256(raw).hexdigest(),
            decision.flights,
            decision.assignments,
            bound=bound,
            status=status,
            solver_record=self._record(f"replan: {decided.method}"),
        )
        plan = replace(plan, unplaced=tuple(self._told(one) for one in plan.unplaced))
        broken = evaluate(problem, plan).broken
        if broken:
            raise AssertionError(f"The new plan breaks a rule: {broken[0].sentence}")
        return self._result(problem, raw, plan, decision, decided.least, decided.best)

    def _proven(self, problem: Problem, decision: Decision) -> tuple[float | None, Status]:
        """What the old bound proves of the new plan."""
        bound = old_bound(self.asked, self.plan, self.changes, problem)
        score = sum(score_terms(problem, decision.flights, decision.assignments).values())
        if bound is None or bound < score - TOLERATED:  # an old plan that claims too much proves nothing
            return None, "feasible"
        bound = max(bound, score)
        return bound, "optimal" if bound - score <= OPTIMAL_GAP * max(1.0, abs(score)) else "feasible"

    def _result(
        self, problem: Problem, raw: bytes, plan: Plan, decision: Decision, least: int, best: bool
    ) -> Replanned:
        feasible = plan.status != "infeasible"
        return Replanned(
            problem=problem,
            problem_bytes=raw,
            plan=plan,
            touched=find_touched(self.index, self.changed, decision) if feasible else (),
            least=least if self._all_diversions_known() else 0,
            best=best,
            joined=find_joined(self.changed, decision),
            held=self.changed.held,
            stranded=self.changed.stranded,
            alternates=self._alternates(),
            notes=(*self.changed.notes, *self.notes),
            warnings=self.document.warnings if self.changes.add is not None else (),
        )

    def _all_diversions_known(self) -> bool:
        return all(one.complete for one in self.changed.diversions.values())

    def _alternates(self) -> tuple[Alternate, ...]:
        if self.changes.now is None:
            return ()
        found: list[Alternate] = []
        for state in self.states:
            if state.stage == "aboard":
                found += find_alternates(self.index, self.plan, state, self.changed.closed, self.changes.now)
        return tuple(one for one in found if one.patient not in self.changes.without)

    def _told(self, one: Unplaced) -> Unplaced:
        """Why a patient stays, where the general sentence would not be true of a changed plan."""
        held = self.changed.held.get(one.patient)
        facts = {**(one.facts or {}), "held": held} if held else one.facts
        if one.patient in self.changed.stranded:
            text = f"{one.patient} is on board without a landing; {held} keeps the place."
            return replace(one, explanation=text, facts={**(facts or {}), "stranded": True})
        if held is not None:
            text = f"{one.patient} cannot travel now and stays waiting; {held} keeps the place."
            return replace(one, explanation=text, facts=facts)
        family = [name for name in self._family(one.patient) if name in self.changed.held]
        if family:
            text = f"The family of {one.patient} stays together, and {listed(family)} cannot travel now."
            return replace(one, explanation=text, facts={**(one.facts or {}), "held_family": family})
        if one.reason == "worse-score":
            text = _without_exchange(one)
            return replace(one, explanation=text, facts={**(one.facts or {}), "fewest_touched": True})
        return one

    def _family(self, name: str) -> list[str]:
        index = index_of(self.changed.problem)
        return [one.id for one in index.family_of(index.patients[name]) if one.id != name]

    def _bytes(self, problem: Problem) -> bytes:
        """The new problem's file: its meaning, and the free keys of the old one."""
        written = with_free_keys(problem_to_dict(problem), self.raw)
        for code in sorted(self.changed.closed):
            written["airports"][code]["x-closed"] = True
        for one in written["patients"]:
            if one["id"] in self.changed.held:
                one["x-held"] = self.changed.held[one["id"]]
        return f"{json.dumps(written, ensure_ascii=False, allow_nan=False, indent=2)}\n".encode()

    def _record(self, method: str) -> SolverRecord:
        seconds = round(time.monotonic() - self.began, 3)
        return SolverRecord("medevac", medevac.__version__, method, seconds, 0)


def _with_named_flights(changed: Changed, decision: Decision) -> Problem:
    """The changed problem with the flights as fixed ones that are under way or whose layout was named."""
    problem = changed.problem
    flights = list(problem.fixed_flights)
    known = {one.key for one in flights}
    for choice in decision.flights:
        rule = changed.rules.get(choice.key)
        if rule is None or choice.key in known or (rule.layout is None and not rule.must_fly):
            continue
        flights.append(
            FixedFlight(
                choice.aircraft_id,
                choice.date,
                choice.layout_id,
                choice.hub,
                choice.stops,
                choice.leaves_base,
            )
        )
    return replace(problem, fixed_flights=tuple(flights))


def _without_exchange(one: Unplaced) -> str:
    """A sentence about a patient who stays because nobody was to be moved for them."""
    facts = one.facts or {}
    rest = "moving others for them was not tried, as this plan touches as few as it can."
    if facts.get("flight") is None:
        return f"No flight of this plan brings {one.patient} in time to a hospital with room; {rest}"
    change_of_score = facts.get("change")
    change = "" if change_of_score is None else f", but the score would change by {change_of_score:+.2f}"
    return f"{one.patient} could join {facts['flight']}{change}; {rest}"
