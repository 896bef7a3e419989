"""Why there is no plan: which rules stop which fixed patients or flights.

Nobody must be placed and nothing must fly but what is fixed, so that a problem is infeasible exactly when
what is fixed contradicts itself or the rules. Why others stay behind is the work of `explain`.
"""

from medevac.planner.conflicts.plain import plain_conflicts
from medevac.planner.conflicts.smallest import explain_infeasible

__all__ = ["explain_infeasible", "plain_conflicts"]
