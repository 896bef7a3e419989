"""A bound that knows of stops: aircraft mix stop sets, patients leave only where somebody stops.

Like `relaxation`, but each kind of aircraft and hub has so many flights, each with a stop set from its
library, and a patient may leave at an airport only as far as flights that could carry them stop there. The
sets are brought in one by one where prices find them attractive (column generation); finding the best set for
given prices is a sum over its airports, so each round costs next to nothing. What is still given away: loads
may be split, and flights of one kind may share their cabins.
"""

from medevac.planner.stops_relaxation.mixing import StopsRelaxation

__all__ = ["StopsRelaxation"]
