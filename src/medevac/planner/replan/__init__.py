"""A plan that changes: drop-outs, closed airports, other layouts, newcomers, with as few touched as possible.

What *touched* means is told in docs/explanation/touched.md.
"""

from medevac.planner.replan.alternates import Alternate
from medevac.planner.replan.changed import OldPlace
from medevac.planner.replan.changes import Changes
from medevac.planner.replan.replanning import Replanned, replan
from medevac.planner.replan.touched import Touch

__all__ = ["Alternate", "Changes", "OldPlace", "Replanned", "Touch", "replan"]
