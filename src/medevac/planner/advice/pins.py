"""What each fixed patient costs: the problem without that one wish, solved anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from medevac.planner.advice.advising import solved_before
from medevac.planner.advice.figures import Figure, difference, solve_again
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
    progress: Callable[[str], None] | None = None,
) -> tuple[Pin, ...]:
    """Price every fixed patient who could still be planned otherwise.

    Parameters
    ----------
    problem, plan
        A problem and a plan that breaks no rule.
    seconds
        Time limit of each solve; None solves each until it is proven or nothing improves.
    progress
        Called with a sentence before each solve.

    Returns
    -------
    One pin for each fixed patient, in the problem's order; those who are fixed to a closed flight (they have
    flown, or nobody else may join) are left out.
    """
    tell = progress or (lambda _: None)
    shut = {one.key for one in problem.fixed_flights if one.closed}
    pins: list[Pin] = []
    before = solved_before(problem, plan, seconds)
    for one in problem.fixed:
        if one.flight in shut:
            continue
        tell(f"without fixing {one.patient} to {one.hospital}")
        released = replace(problem, fixed=tuple(other for other in problem.fixed if other is not one))
        after = solve_again(released, seconds=seconds, known=before.plan)
        if after is not None:
            pins.append(Pin(one, difference(before, after)))
    return tuple(pins)


def with_pins(plan: Plan, pins: Sequence[Pin]) -> Plan:
    """The plan with the cost of its fixed patients."""
    return replace(plan, pins={pin.fixed.patient: max(0.0, pin.figure.gain) for pin in pins})
