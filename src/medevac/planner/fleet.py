"""The libraries of routes for every aircraft and hub of an instance, made once and shared.

Aircraft that fly alike from the same base share a library.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from math import inf

import numpy as np

from medevac.planner.instance import Instance, minutes_from
from medevac.planner.model import Way
from medevac.planner.problem import DAY_MINUTES, Aircraft, FixedFlight
from medevac.planner.routes import Library, Route
from medevac.planner.timeline import broken_flight_rules, leg_km, timeline

_Alike = tuple[object, ...]

MOST_PASSED = 12  # airports up to which every stop that might pass time is listed, whatever it serves


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

        Passing time can help where an airport opens late and where duty bands allow more legs than fewer. In
        small problems every such stop is listed; elsewhere only where leaving later would not serve as well.
        """
        airports = self.instance.problem.airports
        codes = tuple(dict.fromkeys((craft.base, hub, *drops)))
        legs = combinations([airports[code] for code in codes], 2)
        if any(leg_km(one, two) > craft.range_km for one, two in legs):
            return True
        timed = any(not airports[code].always_open for code in codes)
        if not timed and isinstance(craft.duty_minutes, int | float):
            return False
        return len(airports) <= MOST_PASSED or not self._leaving_later_serves(craft, hub, codes)

    def _leaving_later_serves(self, craft: Aircraft, hub: str, codes: Sequence[str]) -> bool:
        """Whether a flight that passes time at a stop could as well leave its base later without that stop.

        Without the stop all that follows comes earlier. The flight then leaves so much later that whatever
        opens late is reached just as it opens; what comes before is left by then. That is allowed where no
        airport closes before the last one opens, where a later report in those hours and fewer legs never
        allow less duty, and where nobody must have arrived by then.
        """
        airports = [self.instance.problem.airports[code] for code in codes]
        opens = max(one.opens for one in airports) + 1  # departures are whole minutes
        if any(not one.always_open and one.closes < opens for one in airports):
            return False
        if not isinstance(craft.duty_minutes, int | float) and not _later_is_no_worse(craft, opens):
            return False
        road = float(self.instance.reach_road.max(initial=0.0))
        latest = opens + craft.unload_minutes + road
        return not any(
            0.0 < minutes_from(day, one.fit_until) < latest
            for one in self.instance.patients
            if one.fit_until is not None and one.hub == hub
            for day in craft.days
        )

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


def _later_is_no_worse(craft: Aircraft, until: float) -> bool:
    """Whether duty bands allow no less for a later report up to a clock time, and no less for fewer legs."""
    assert not isinstance(craft.duty_minutes, int | float)
    bands = craft.duty_minutes
    edges = {float(x) for b in bands for x in (b.report_from, b.report_until)}
    moments = {-craft.report_minutes, until} | edges | {x - DAY_MINUTES for x in edges}
    reports = sorted(x for x in moments if -craft.report_minutes <= x <= until)
    before = [-inf] * (craft.max_stops + 2)
    for report in reports:
        clock = report % DAY_MINUTES
        band = next((b for b in bands if b.report_from <= clock < b.report_until), None)
        found = [None if band is None else band.limit(legs) for legs in range(1, craft.max_stops + 3)]
        limits = [-inf if x is None else float(x) for x in found]
        if any(now < then for now, then in zip(limits, before, strict=True)):
            return False
        if any(fewer < more for fewer, more in pairwise(limits)):
            return False
        before = limits
    return True


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
