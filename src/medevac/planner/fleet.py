"""The libraries of routes for every aircraft and hub of an instance, made once and shared.

Aircraft that fly alike from the same base share a library.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from medevac.planner.instance import Instance
from medevac.planner.model import Way
from medevac.planner.problem import Aircraft, FixedFlight
from medevac.planner.routes import Library, Route
from medevac.planner.timeline import broken_flight_rules, leg_km, timeline

_Alike = tuple[object, ...]

MOST_PASSED = 12  # airports up to which every stop that might pass time is listed


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

    def drops_of(self, aircraft: int, hub: int) -> list[str]:
        """Airports where this aircraft may stop on the way from this hub, in the problem's order.

        Those that a hospital reaches which fits somebody from this hub; and every other one too where a stop
        at which nobody leaves could make a flight possible (`_passing_helps`).
        """
        instance = self.instance
        here = instance.hub_of[instance.pair_patient] == hub
        wanted = np.zeros(len(instance.airport_codes), dtype=np.bool_)
        for h in np.unique(instance.pair_hospital[here]):
            first, last = instance.reach_start[h], instance.reach_start[h + 1]
            wanted[instance.reach_airport[first:last]] = True
        drops = [c for c, w in zip(instance.airport_codes, wanted, strict=True) if w]
        craft = instance.problem.aircraft[aircraft]
        if len(drops) < len(wanted) and self._passing_helps(craft, instance.hub_codes[hub], drops):
            return [c for c in instance.airport_codes if c != craft.base or c in drops]
        return drops

    def _passing_helps(self, craft: Aircraft, hub: str, drops: Sequence[str]) -> bool:
        """Whether a stop where nobody leaves could help: beyond the range of a leg, or by passing time.

        Passing time helps where an airport opens late and where duty bands allow more legs than fewer. That
        is looked at in small problems alone, as it makes libraries grow for a case that hardly ever occurs.
        """
        airports = self.instance.problem.airports
        legs = combinations([airports[code] for code in dict.fromkeys((craft.base, hub, *drops))], 2)
        if any(leg_km(one, two) > craft.range_km for one, two in legs):
            return True
        if len(airports) > MOST_PASSED:
            return False
        timed = any(not airports[code].always_open for code in (craft.base, hub, *drops))
        return timed or not isinstance(craft.duty_minutes, int | float)

    def library(self, aircraft: int, hub: int) -> Library:
        """The library of one aircraft from one hub."""
        craft = self.instance.problem.aircraft[aircraft]
        key = (alike_craft(craft), hub)
        if key not in self._made:
            code = self.instance.hub_codes[hub]
            self._made[key] = Library(self.instance.problem, craft, code, self.drops_of(aircraft, hub))
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
        route = self.route(slot, flight.hub, flight.stops, flight.leaves_base)
        layout = next(i for i, x in enumerate(craft.layouts) if x.id == flight.layout)
        return Way(slot, layout, route, flown=True)

    def route(self, slot: int, hub: str, stops: Sequence[str], leaves_base: int) -> Route:
        """The route of a flight that is given in the problem's names; rules are not judged."""
        instance = self.instance
        craft = instance.problem.aircraft[instance.slots[slot].aircraft]
        times = timeline(instance.problem, craft, hub, stops, leaves_base)
        return Route(
            hub=instance.hub_codes.index(hub),
            stops=tuple(instance.airport_index[c] for c in stops),
            leaves_base=leaves_base,
            at_hub=times.arrives_hub,
            elapsed=tuple(times.elapsed_to(i) for i in range(len(stops))),
            flying=times.flying_hours * 60.0,
            back_at=times.back_at_base,
        )


def alike_craft(craft: Aircraft) -> _Alike:
    """What two aircraft must share to have the same routes."""
    duty = craft.duty_minutes
    bands: object = duty
    if not isinstance(duty, int | float):
        bands = tuple((b.report_from, b.report_until, tuple(sorted(b.legs.items()))) for b in duty)
    return (
        craft.base,
        craft.max_stops,
        craft.range_km,
        craft.speed_kmh,
        craft.leg_minutes,
        craft.turnaround_minutes,
        craft.report_minutes,
        bands,
    )
