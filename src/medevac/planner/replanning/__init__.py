"""A plan that changes: drop-outs, closed airports, other layouts, newcomers, with as few touched as possible.

What *touched* means is told in docs/explanation/touched.md.
"""

from medevac.planner.replanning.alternates import Alternate
from medevac.planner.replanning.changed import OldPlace
from medevac.planner.replanning.changes import Changes
from medevac.planner.replanning.replanner import Replanned, replan
from medevac.planner.replanning.touched import Touch

__all__ = ["Alternate", "Changes", "OldPlace", "Replanned", "Touch", "replan"]
