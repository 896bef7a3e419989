"""Ever better bounds: stop sets mixed, then slots priced by stop sets, then by flights that exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from medevac.planner.columns import Bounder
from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.stops_relaxation import StopsRelaxation

MIX_PATIENCE = 2  # rounds of mixing without a gain that end it


def bounds(instance: Instance, fleet: Fleet, bonus: float, stop: Callable[[], bool]) -> Iterator[float]:
    """One bound after each round of counted work; not every one is smaller than the last.

    None at all where flights are fixed or where libraries hold a part of the stop sets only, which proves
    nothing.

    Parameters
    ----------
    instance, fleet
        The arrays of the problem and its libraries of routes.
    bonus
        What a fixed patient is worth beyond all else; bounds are without it.
    stop
        Asked within rounds; a round cut short gives a valid bound.
    """
    every = (x for slot in range(len(instance.slots)) for x in fleet.libraries(slot))
    if instance.fixed_flight or not all(library.complete for library in every):
        return
    bounder = Bounder(instance, fleet, bonus, threads=1)
    prices = bounder.coupling.none()
    for relaxed in StopsRelaxation(instance, fleet, bounder.coupling).rounds(patience=MIX_PATIENCE):
        prices = relaxed.duals
        yield relaxed.bound - bounder.promised
        if stop():
            return
    by_sets = bounder.rounds_by_sets(prices, stop)
    yield from by_sets.run_while_falling()
    yield from bounder.rounds_by_flights(by_sets.prices, stop).run()
