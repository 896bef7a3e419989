"""Small problems whole: every way of every slot in one model, solved to a proof.

Also decides what is infeasible, since the model then holds every plan there is.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from medevac.planner.fleet import Fleet
from medevac.planner.instance import Instance
from medevac.planner.model import Room, RouteModel, Way
from medevac.planner.routes import Library

MOST_WAYS = 600
MOST_OPTIONS = 20_000


def every_way(instance: Instance, fleet: Fleet, *, most: int = MOST_WAYS) -> list[Way] | None:
    """Every way that could matter, or None when there are more than `most`.

    An earlier departure is never worse for a flight on its own, so each order leaves at its earliest minute;
    where a flight may return after midnight, the same aircraft's later flights are also listed at the
    earliest minute after each such return.
    """
    ways: list[Way] = []
    for slot, late in _slots_in_order(instance):
        flight = instance.fixed_flight.get(slot)
        if flight is not None:
            fixed = fleet.fixed_way(slot, flight)
            if fixed is not None:
                ways.append(fixed)
                _note_return(instance, fixed, late)
            continue
        found: set[tuple[object, ...]] = set()
        day = instance.slots[slot].day
        starts = [0.0, *sorted(x for x in {b - (day - d).days * 1440.0 for d, b in late} if 0 < x < 1440)]
        for library in fleet.libraries(slot):
            if not library.complete:
                return None
            for start in starts:
                for way in _ways(library, slot, start):
                    key = (library.hub, way.layout, way.route.stops, way.route.leaves_base)
                    if key in found:
                        continue
                    found.add(key)
                    ways.append(way)
                    _note_return(instance, way, late)
                    if len(ways) > most:
                        return None
    return ways


def _slots_in_order(instance: Instance) -> list[tuple[int, set[tuple[date, float]]]]:
    late: dict[int, set[tuple[date, float]]] = {}
    order = sorted(
        range(len(instance.slots)), key=lambda s: (instance.slots[s].aircraft, instance.slots[s].day)
    )
    return [(s, late.setdefault(instance.slots[s].aircraft, set())) for s in order]


def _note_return(instance: Instance, way: Way, late: set[tuple[date, float]]) -> None:
    if way.route.back_at > 1440:
        late.add((instance.slots[way.slot].day, way.route.back_at))


def _ways(library: Library, slot: int, start: float) -> list[Way]:
    ways = []
    for row in range(len(library.depth)):
        for base_drop in (False, True):
            if np.isfinite(library.flying[row, int(base_drop)]):
                routes = library.orders(library.stops_of(row), base_drop=base_drop, not_before=start)
                ways += [
                    Way(slot, i, route) for route in routes for i in range(len(library.aircraft.layouts))
                ]
    return ways


def exact_model(instance: Instance, ways: list[Way]) -> RouteModel:
    """The model that holds every plan of a small problem."""
    everybody = np.arange(len(instance.patients))
    return RouteModel(
        instance, ways, Room.whole(instance), everybody, instance.pair_value, must=True, keep_all=True
    )
