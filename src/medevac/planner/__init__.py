"""The planner: an evacuation problem in, the best provable plan out. Pure Python on NumPy and HiGHS.

The library in four calls::

    from pathlib import Path
    from medevac.planner import evaluate, plan_to_bytes, read_problem, solve

    document = read_problem(Path("week.json"))
    plan = solve(document.problem, sha256=document.sha256, seconds=60)
    assert plan is not None and evaluate(document.problem, plan).holds
    Path("plan.json").write_bytes(plan_to_bytes(plan))

What comes after the first plan: `replan` (a plan that changes), `find_standby` (who takes a freed seat or
litter), `advise` and `price_pins` (what one thing more, or one fixed patient less, is worth), `compare`.

The solver with numba and HiGHS is loaded when `solve`, `replan` and the like are first asked for, so that
reading and checking start at once. Ask for them here: `medevac.planner.solve` is also the name of a module.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from medevac.planner.evaluate import evaluate
from medevac.planner.faults import Fault, FaultsError
from medevac.planner.plan import Plan
from medevac.planner.problem import Problem
from medevac.planner.reading import plan_to_bytes, problem_to_bytes, read_plan, read_problem

if TYPE_CHECKING:
    from medevac.planner.advice import Advice, advise, price_pins
    from medevac.planner.comparing import Comparison, compare
    from medevac.planner.replanning import Changes, Replanned, replan
    from medevac.planner.solve import Progress, solve
    from medevac.planner.standby import find_standby

LAZY = {
    "Advice": "advice",
    "Changes": "replanning",
    "Comparison": "comparing",
    "Progress": "solve",
    "Replanned": "replanning",
    "advise": "advice",
    "compare": "comparing",
    "find_standby": "standby",
    "price_pins": "advice",
    "replan": "replanning",
    "solve": "solve",
}

__all__ = [
    "Advice",
    "Changes",
    "Comparison",
    "Fault",
    "FaultsError",
    "Plan",
    "Problem",
    "Progress",
    "Replanned",
    "advise",
    "compare",
    "evaluate",
    "find_standby",
    "plan_to_bytes",
    "price_pins",
    "problem_to_bytes",
    "read_plan",
    "read_problem",
    "replan",
    "solve",
]


def __getattr__(name: str) -> Any:
    """Load a module when one of its names is first asked for; from then on they are plain attributes."""
    if name not in LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    source = LAZY[name]
    module = import_module(f"medevac.planner.{source}")
    globals().update({one: getattr(module, one) for one, where in LAZY.items() if where == source})
    return globals()[name]
