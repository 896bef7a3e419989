"""The best single flight of one slot, with a proof: which stops, in which order, with whom.

Best first. Every stop set is bounded by one scan of the tree (`pricing`); the most promising set is split
into its orders, the most promising order is loaded by a linear model whose prices tighten all other bounds,
and only an order whose linear bound leads is loaded with whole patients. The search ends when nothing left
can beat the best load by more than the gap.
"""

from medevac.planner.flight.flight_search import FlightSearch
from medevac.planner.flight.task import Found, MixedLoad, Task

__all__ = ["FlightSearch", "Found", "MixedLoad", "Task"]
