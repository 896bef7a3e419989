"""Bounds for several flights, found beside the plan: which (`bounds`), counted (`beside`), in a process of
their own where that is worth its start (`process`).
"""

from medevac.planner.bounding.beside import BoundsBeside, BoundsHere
from medevac.planner.bounding.bounds import bounds
from medevac.planner.bounding.process import BoundsProcess

__all__ = ["BoundsBeside", "BoundsHere", "BoundsProcess", "bounds"]
