"""What each fixed patient costs: the problem without that one wish, solved anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from medevac.planner.advice.advising import solved_before
from medevac.planner.advice.budget import Budget
from medevac.planner.advice.figures import Figure, Solved, difference, solve_again
from medevac.planner.plan import Plan
from medevac.planner.problem import Fixed, Problem


@dataclass(frozen=True, slots=True)
class Pin:
    """A fixed patient and what releasing them would add to the score."""

    fixed: Fixed
    figure: Figure


def price_pins(
    problem: Problem,
    plan: Plan,
    *,
    seconds: float | None = None,
    before: Solved | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[Pin, ...]:
    """Price every fixed patient who could still be planned otherwise.

    Parameters
    ----------
    problem, plan
        A problem and a plan that breaks no rule.
    seconds
        Time limit of the whole call, which ends with the solve that is under way then; None solves each
        until it is proven or nothing improves.
    before
        The unchanged problem as `Advice.before` has it; it is solved here where it is not given.
    progress
        Called with a sentence before each solve.

    Returns
    -------
    One pin for each fixed patient, in the problem's order; those who are fixed to a closed flight (they have
    flown, or nobody else may join) are left out, and those for whom the time did not suffice.
    """
    tell = progress or (lambda _: None)
    budget = Budget(seconds)
    releasable = releasable_pins(problem)
    pins: list[Pin] = []
    if before is None and releasable:
        tell("the plan as it is")
        with budget.solving(1 + len(releasable)) as share:
            before = solved_before(problem, plan, share)
    for number, one in enumerate(releasable):
        if before is None or budget.spent:
            break
        tell(f"{number + 1} of {len(releasable)}, without fixing {one.patient} to {one.hospital}")
        released = replace(problem, fixed=tuple(other for other in problem.fixed if other is not one))
        with budget.solving(len(releasable) - number) as share:
            after = solve_again(released, seconds=share, known=before.plan)
        if after is not None:
            pins.append(Pin(one, difference(before, after)))
    return tuple(pins)


def releasable_pins(problem: Problem) -> list[Fixed]:
    """The fixed patients who could still be planned otherwise."""
    shut = {one.key for one in problem.fixed_flights if one.closed}
    return [one for one in problem.fixed if one.flight not in shut]


def with_pins(plan: Plan, pins: Sequence[Pin]) -> Plan:
    """The plan with the cost of its fixed patients."""
    return replace(plan, pins={pin.fixed.patient: max(0.0, pin.figure.gain) for pin in pins})
