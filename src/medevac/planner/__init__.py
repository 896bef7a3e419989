"""The planner: an evacuation problem in, the best provable plan out. Pure Python on NumPy and HiGHS.

The library in four calls::

    from pathlib import Path
    from medevac.planner import evaluate, plan_to_bytes, read_problem, solve

    document = read_problem(Path("week.json"))
    plan = solve(document.problem, sha256=document.sha256, seconds=60)
    assert plan is not None and evaluate(document.problem, plan).holds
    Path("plan.json").write_bytes(plan_to_bytes(plan))
"""

from medevac.planner.evaluate import evaluate
from medevac.planner.faults import Fault, FaultsError
from medevac.planner.plan import Plan
from medevac.planner.problem import Problem
from medevac.planner.reading import plan_to_bytes, problem_to_bytes, read_plan, read_problem
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
