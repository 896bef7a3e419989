"""The planner: an evacuation problem in, the best provable plan out. Pure Python on NumPy and HiGHS.

The library in four calls::

    from pathlib import Path
    from medevac.planner import evaluate, plan_to_bytes, read_problem, solve

    document = read_problem(Path("week.json"))
    plan = solve(document.problem, sha256=document.sha256, seconds=60)
    assert plan is not None and evaluate(document.problem, plan).holds
    Path("plan.json").write_bytes(plan_to_bytes(plan))

The solver with numba and HiGHS is loaded when `solve` or `Progress` is first asked for, so that reading and
checking start at once. Ask for both here: `medevac.planner.solve` is also the name of their module.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from medevac.planner.evaluate import evaluate
from medevac.planner.faults import Fault, FaultsError
from medevac.planner.plan import Plan
from medevac.planner.problem import Problem
from medevac.planner.reading import plan_to_bytes, problem_to_bytes, read_plan, read_problem

if TYPE_CHECKING:
    from medevac.planner.solve import Progress, solve

__all__ = [
    "Fault",
    "FaultsError",
    "Plan",
    "Problem",
    "Progress",
    "evaluate",
    "plan_to_bytes",
    "problem_to_bytes",
    "read_plan",
    "read_problem",
    "solve",
]


def __getattr__(name: str) -> Any:
    """Load the solver when it is first asked for; from then on its names are plain attributes."""
    if name not in ("Progress", "solve"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module("medevac.planner.solve")
    found = {"Progress": module.Progress, "solve": module.solve}
    globals().update(found)
    return found[name]
