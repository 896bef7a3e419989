"""The libraries of routes for every aircraft and hub of an instance, made once and shared.

Aircraft that fly alike from the same base share a library.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from medevac.planner.instance import Instance
from medevac.planner.model import Way
from medevac.planner.problem import Aircraft, FixedFlight
from medevac.planner.routes import EPS, Library, Route
from medevac.planner.timeline import broken_flight_rules, timeline

_Alike = tuple[object, ...]


class Fleet:
    """Libraries by slot and hub.

    Parameters
    ----------
    instance
        The arrays of the problem.
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self._made: dict[_Alike, Library] = {}

    def drops_of(self, hub: int) -> list[str]:
        """Airports that a hospital reaches which fits somebody from this hub, in the problem's order."""
        instance = self.instance
        here = instance.hub_of[instance.pair_patient] == hub
        wanted = np.zeros(len(instance.airport_codes), dtype=np.bool_)
        for h in np.unique(instance.pair_hospital[here]):
            first, last = instance.reach_start[h], instance.reach_start[h + 1]
            wanted[instance.reach_airport[first:last]] = True
        return [c for c, w in zip(instance.airport_codes, wanted, strict=True) if w]

    def library(self, aircraft: int, hub: int) -> Library:
        """The library of one aircraft from one hub."""
        craft = self.instance.problem.aircraft[aircraft]
        key = (_alike(craft), hub)
        if key not in self._made:
            code = self.instance.hub_codes[hub]
            self._made[key] = Library(self.instance.problem, craft, code, self.drops_of(hub))
        return self._made[key]

    def libraries(self, slot: int) -> Iterator[Library]:
        """The libraries of a slot, one per hub that sends somebody."""
        for hub in np.unique(self.instance.hub_of):
            yield self.library(self.instance.slots[slot].aircraft, int(hub))

    def fixed_way(self, slot: int, flight: FixedFlight) -> Way | None:
        """The way of a fixed flight, or None when it breaks rules 1 to 4 by itself."""
        instance = self.instance
        craft = instance.problem.aircraft[instance.slots[slot].aircraft]
        if broken_flight_rules(instance.problem, craft, flight.hub, flight.stops, flight.leaves_base):
            return None
        times = timeline(instance.problem, craft, flight.hub, flight.stops, flight.leaves_base)
        route = Route(
            hub=instance.hub_codes.index(flight.hub),
            stops=tuple(instance.airport_index[c] for c in flight.stops),
            leaves_base=flight.leaves_base,
            at_hub=times.hub_arrives,
            elapsed=tuple(times.elapsed_to(i) for i in range(len(flight.stops))),
            flying=times.flying_hours * 60.0,
            back_at=times.back_at_base,
        )
        layout = next(i for i, x in enumerate(craft.layouts) if x.id == flight.layout)
        return Way(slot, layout, route, flown=True)


def _alike(craft: Aircraft) -> _Alike:
    duty = craft.duty_minutes
    bands: object = duty
    if not isinstance(duty, int | float):
        bands = tuple((b.report_from, b.report_until, tuple(sorted(b.legs.items()))) for b in duty)
    return (
        craft.base, craft.max_stops, craft.range_km, craft.speed_kmh, craft.leg_minutes,
        craft.turnaround_minutes, craft.report_minutes, bands,
    )


def back_by_next_day(route: Route) -> bool:
    """Whether no flight of the same aircraft on a later date can be touched by this one."""
    return route.back_at <= 24 * 60 + EPS
