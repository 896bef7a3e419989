"""Who travels on which of some given routes, to which hospital: one mixed-integer model.

The same model serves four ends: the load of one route at given prices, everybody over a set of flown
flights, a choice among a few routes per slot, and, with every route there is, the whole of a small problem.
"""

from medevac.planner.loads import Load, Prices, Room, Seat, Way, board_capacity, clash, flight_cost
from medevac.planner.model.route_model import RouteModel

__all__ = ["Load", "Prices", "Room", "RouteModel", "Seat", "Way", "board_capacity", "clash", "flight_cost"]
