"""Tight bounds of single stop sets and orders: a few steps down the Lagrangian dual, compiled.

Where `pricing` bounds all sets at one vector of prices, this finds prices for each candidate of its own. It
follows subgradients with Polyak's step (B. T. Polyak, 1969) towards a target, the value to beat, and stops
as soon as the candidate is shown to be no better than the target.

`candidates` calls what the other files compile. numba looks for changes only in the file of the function that
it loads: a change in `runs`, `scarce` or `descent` counts once the compiled code in `__pycache__` is deleted.
"""

from medevac.planner.tighten.candidates import tighten
from medevac.planner.tighten.descent import descend
from medevac.planner.tighten.runs import gather
from medevac.planner.tighten.standalone import standalone_prices

__all__ = ["descend", "gather", "standalone_prices", "tighten"]
